"""Many scripts against many targets."""
