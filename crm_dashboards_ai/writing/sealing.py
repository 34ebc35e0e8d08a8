# Copyright 2026 CRM Dashboards contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

"""Seal a key together with the address that it is for.

What is stored passes through statements of SQL, which a server logs with their values
when they fail. Sealed, the key is nowhere in them.
"""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

PURPOSE = "crm_dashboards_ai.key"


def seal(key, origin, secret):
    """Return a key and the origin that it is for, readable with ``secret`` only."""
    return _get_cipher(secret).encrypt(json.dumps([key, origin]).encode()).decode()


def unseal(sealed, secret):
    """Return (key, origin), both empty if they were sealed with another secret."""
    try:
        return tuple(json.loads(_get_cipher(secret).decrypt(sealed.encode())))
    except InvalidToken:
        return "", ""


def _get_cipher(secret):
    return Fernet(urlsafe_b64encode(sha256(f"{PURPOSE}:{secret}".encode()).digest()))
