from . import test_reactivation_mailing
from . import test_mailing_queue
from . import test_mailing_recipients
from . import test_mailing_texts
from . import test_mailing_view
from . import test_open_expressions
