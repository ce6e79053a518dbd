"""Reading a reply by the tables, in order of trust."""
