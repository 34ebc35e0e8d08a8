from . import test_answer
from . import test_endpoint
from . import test_summary
from . import test_summary_access
from . import test_summary_settings
