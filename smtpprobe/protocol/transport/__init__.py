"""How a connection is made to be, as data: what stands in between, what this side brings."""
