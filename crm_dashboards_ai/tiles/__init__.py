from . import written_summary
