"""Test servers on loopback: one for practice, one that misbehaves on script, one for replay."""
