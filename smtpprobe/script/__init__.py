"""Scripts: text to steps, steps against a live session, recordings and what is read from them."""
