from . import test_companies
from . import test_dashboards
from . import test_filling
from . import test_made_up
from . import test_refusal
from . import test_rows
