"""Reports of a STARTTLS check, one file per format. Pure."""
