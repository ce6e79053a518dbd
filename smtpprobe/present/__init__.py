"""Renders data as styled lines and machine formats. Pure: no terminal, no I/O."""
