from . import tile
from . import mixins
from . import account_manager
from . import customer
