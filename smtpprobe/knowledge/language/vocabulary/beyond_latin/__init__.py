"""The words of each language that is written in a script of its own."""
