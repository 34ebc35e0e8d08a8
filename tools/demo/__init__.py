"""Demo databases: a made-up wholesaler, or a real order history loaded as orders."""
