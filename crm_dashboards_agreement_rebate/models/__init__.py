from . import agreement
from . import settlement_preview
