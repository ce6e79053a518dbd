"""A server that plays a recorded session back."""
