from . import crm_reactivation
from . import mailing_figures_mixin
from . import mailing_filter
from . import mailing_mailing
