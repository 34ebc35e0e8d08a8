from . import customer_brands
