"""What real servers answered in the same situations, and how a person would have read it.

`make servers-more` recorded them. Beside each recording stands a file of readings: one row for each
reply, where it came up first.
"""
