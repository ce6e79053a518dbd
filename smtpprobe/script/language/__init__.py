"""A script as data: steps, matchers, values, what its words mean. Pure."""
