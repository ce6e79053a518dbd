"""What was read, as text, summary and rows."""
