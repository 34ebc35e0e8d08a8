from . import test_demo_tile
