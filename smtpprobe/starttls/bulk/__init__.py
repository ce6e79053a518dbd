"""The check of many targets: the list read, the lines written."""
