from . import quotations
