"""The commands that begin with a colon: the table, and what each does."""
