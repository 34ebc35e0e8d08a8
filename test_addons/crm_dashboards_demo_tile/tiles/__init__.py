from . import products
from . import quotations
