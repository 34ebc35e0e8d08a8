from . import agreement
