"""The words of replies, by concept: a file a language."""
