"""The command line: parses arguments and starts a front end."""
