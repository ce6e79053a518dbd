"""What replies mean: tables with sources, and pure functions that read them. No I/O."""
