"""The practice server: octets in, actions out. Pure."""
