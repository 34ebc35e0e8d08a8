"""What asks a model and judges its answer: plain Python, nothing of Odoo."""
