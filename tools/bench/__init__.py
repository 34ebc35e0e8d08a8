"""How long is a night? The nightly job itself, in a database of any size."""
