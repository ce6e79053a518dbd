"""How a connection is made, as data: proxies, PROXY headers, what TLS offers."""
