"""Data only: codes, enhanced codes, causes, refusals by command, EHLO keywords."""
