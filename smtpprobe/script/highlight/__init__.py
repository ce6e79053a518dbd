"""The language in colours. Pure."""
