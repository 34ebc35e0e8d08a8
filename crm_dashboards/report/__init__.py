from . import workbook
from . import brief
