from . import test_reactivation_mailing
