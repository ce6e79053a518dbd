"""Text cut into blocks, each with its format."""
