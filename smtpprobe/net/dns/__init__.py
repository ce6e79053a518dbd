"""DNS lookups: for connecting, and DNSSEC-validated for checks."""
