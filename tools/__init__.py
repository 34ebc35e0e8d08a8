"""Fetch Odoo, start it with the addon, load demo data, run the tests: `make help`."""
