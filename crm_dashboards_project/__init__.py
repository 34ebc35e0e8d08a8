from . import tiles
