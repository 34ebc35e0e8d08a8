# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""The lists behind See More, as they stand below tiles in a dashboard's workbook."""

from dataclasses import replace

from odoo.exceptions import AccessError

from .facets import Facets
from .report_request import parse_report_request
from .rooms import share_rooms

# Of all lists together: what a worker writes well within its time.
MOST_RECORDS = 100_000


def read_see_more(tile, scope):
    """Return what the list behind a tile's See More shows when it is opened.

    :param tile: model of the tile, in the environment of ``scope``
    :param Scope scope:
    :return: ReportRequest; None where there is no list that Excel can have, no record
        in it, or none for this user
    """
    if not tile._report_action:
        return None
    try:
        facets = Facets(scope.env, tile._follow(scope, {}))
        code = facets.context.get("crm_dashboards_report")
        if not code:
            return None
        request = parse_report_request(facets.model.env, code, {})
    except AccessError:
        return None
    request = replace(
        request,
        domain=request.domain & facets.get_domain(),
        facets=facets.get_labels(),
    )
    return request if request.count else None


def get_rooms(requests):
    """Return how many records of each list the workbook has.

    :param requests: list of ReportRequest, None for a tile without one
    """
    counts = [request.count if request else 0 for request in requests]
    return share_rooms(counts, MOST_RECORDS)
