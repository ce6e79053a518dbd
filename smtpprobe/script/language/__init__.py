"""A script as data, what its words mean, and what can be said of it unrun. Pure."""
