"""Settings: a row each with the default, and where they are read from."""
