"""Runs many scripts against many targets: `--script`."""
