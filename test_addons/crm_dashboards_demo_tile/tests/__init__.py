from . import test_demo_tile
from . import test_invariant
from . import test_night_phase
from . import test_demo_dashboard
