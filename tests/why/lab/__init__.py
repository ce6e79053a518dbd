"""The worlds of `worlds.toml`, built: zones, servers, and a network of their own."""
