"""How long is a night? Reading, computing and storing the figures at size."""

from tools import analytics_alone
