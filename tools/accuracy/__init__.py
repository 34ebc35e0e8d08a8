"""How good are the figures? The shipped analytics, walked forward over a history."""

from tools import analytics_alone
