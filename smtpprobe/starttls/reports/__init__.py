"""A report as text, page, JSON and monitoring status. Pure."""
