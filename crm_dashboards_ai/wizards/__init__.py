from . import crm_summary_preview
