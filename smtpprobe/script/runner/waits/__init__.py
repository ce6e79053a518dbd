"""How a script waits: one file for each kind of wait, on what was heard on one connection."""
