"""Many mail servers, each stood up on loopback and recorded in the same situations.

`make servers-more` does it, outside CI. What was recorded is in `tests/corpus/servers`, and is read
there without any server.
"""
