"""What a reply shows, as evidence, and the one function that weighs it."""
