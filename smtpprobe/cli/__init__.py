"""The command line: words to a running front end."""
