"""A server that replays a recorded session."""
