from . import models
from . import tiles
from . import report
from . import wizards
from .hooks import post_init_hook
