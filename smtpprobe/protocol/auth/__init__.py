"""AUTH (RFC 4954): mechanisms, a login from the client's side, and credentials in a line. Pure."""
