# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The edge of numpy: results leave here as plain Python."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from math import isfinite

import numpy as np
import pandas as pd

__all__ = ["to_python"]


def to_python(value):
    """The same value in Python's own types, empty where it is undefined.

    Numbers of numpy cannot be stored by the database driver and reach a browser as
    text; NaN is no JSON.

    Parameters
    ----------
    value : object
        A scalar, array, Series or DataFrame (a list of rows), a dataclass (a dict),
        or lists, tuples and dicts of them.

    Returns
    -------
    object
        NaN, infinity, NaT and NA are None; days of numpy are ``datetime.date``,
        finer times ``datetime.datetime``.

    Raises
    ------
    TypeError
        For anything else.
    """
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, np.generic):
        return _scalar_to_python(value)
    if isinstance(value, (bool, int, str, bytes)):
        return value
    if isinstance(value, float):
        return float(value) if isfinite(value) else None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, (date, datetime)):
        return value
    return _container_to_python(value)


def _scalar_to_python(value):
    if isinstance(value, np.datetime64):
        if np.isnat(value):
            return None
        if np.datetime_data(value.dtype)[0] in ("Y", "M", "W", "D"):
            return value.astype("datetime64[D]").item()
        return value.astype("datetime64[us]").item()
    if isinstance(value, np.timedelta64):
        raise TypeError("a span of time has no plain form; give days as a number")
    if isinstance(value, np.floating):
        return to_python(float(value))
    return value.item()


def _container_to_python(value):
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "biuU":
            return value.tolist()
        return [to_python(item) for item in value]
    if isinstance(value, pd.DataFrame):
        return [to_python(row) for row in value.itertuples(index=False, name=None)]
    if isinstance(value, pd.Series):
        return [to_python(item) for item in value]
    if isinstance(value, dict):
        return {to_python(key): to_python(item) for key, item in value.items()}
    if isinstance(value, list):
        return [to_python(item) for item in value]
    if isinstance(value, tuple):
        return tuple(to_python(item) for item in value)
    if is_dataclass(value):
        return {f.name: to_python(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"no plain form of {type(value).__name__}")
