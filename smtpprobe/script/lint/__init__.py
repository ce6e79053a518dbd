"""What may stand in a script and is most likely meant otherwise: the rules, and their table."""
