from . import test_agreement_access
from . import test_agreement_figures
from . import test_agreement_settlement
from . import test_invariant
