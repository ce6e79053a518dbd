"""The commands around scripts: check, format and import."""
