"""The terminal: what prompt_toolkit draws, and the plain face where there is no terminal."""
