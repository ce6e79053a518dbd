"""Rules about the whole repository, each held by a test."""
