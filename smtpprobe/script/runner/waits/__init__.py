"""How a script waits: one file per kind of wait, all on the inbox of one connection."""
