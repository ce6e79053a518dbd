"""What to type next: completion, hints and next steps. Pure."""
