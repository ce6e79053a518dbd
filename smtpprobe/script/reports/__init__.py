"""Reports of script runs, one file per format. Pure."""
