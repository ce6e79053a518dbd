"""From what is known to one verdict, by a table that a postmaster can read. Pure."""
