from . import models
from . import tiles
from . import report
