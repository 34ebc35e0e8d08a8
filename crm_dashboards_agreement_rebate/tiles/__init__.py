from . import customer_agreements
