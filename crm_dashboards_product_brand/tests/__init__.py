from . import test_customer_brands
from . import test_customer_brands_report
from . import test_invariant
