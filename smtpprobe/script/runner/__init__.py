"""A script against a connection: steps to results."""
