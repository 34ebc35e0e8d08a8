"""Who buys what from whom, and when: plain Python, the same for everyone on a day."""
