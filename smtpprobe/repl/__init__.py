"""The interactive session: typed lines, queue, output, history; its terminal is in `ui`."""
