from . import settlement_preview
