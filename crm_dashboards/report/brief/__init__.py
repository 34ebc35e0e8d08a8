from . import customer_brief
