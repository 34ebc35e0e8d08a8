from . import test_problems
