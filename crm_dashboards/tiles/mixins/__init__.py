from . import customers
from . import alerts
from . import sales
from . import timeline
from . import documents
from . import meetings
from . import messages
