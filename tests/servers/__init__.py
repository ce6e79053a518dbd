"""Real servers for the tests: mail servers from Debian packages, and a DNS server."""
