"""What a command takes: its options as data, the help page drawn from them, and their reading.

Nothing here loads argparse until there are words to read: `--help` is a page, drawn from the data.
"""
