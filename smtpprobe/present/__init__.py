"""Data to lines of styled text and to machine formats. Pure: no terminal, no I/O."""
