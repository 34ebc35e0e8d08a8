from . import models
from . import tiles
