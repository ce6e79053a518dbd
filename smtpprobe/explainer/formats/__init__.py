"""One file for each format of log, bounce and session. Pure."""
