from . import agreement
from . import agreement_bonus
