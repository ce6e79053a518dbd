"""Facts to findings, and what each sender does. Pure."""
