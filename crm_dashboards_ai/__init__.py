from . import models
from . import tiles
from . import wizards
from .hooks import uninstall_hook
