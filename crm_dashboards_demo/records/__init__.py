"""How the wholesaler becomes records: by Odoo itself, or by COPY where it is slow."""
