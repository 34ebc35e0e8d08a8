"""Demo databases: a made-up wholesaler, or a real order history as customers and orders."""
