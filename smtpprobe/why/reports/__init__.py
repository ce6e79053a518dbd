"""What is shown: lines as they come, JSON, the letter. Pure."""
