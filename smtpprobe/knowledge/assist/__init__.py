"""What can be typed next: completion, hints and the fitting verbs."""
