"""`smtpprobe starttls`: which kinds of sender can deliver over TLS, and why not.

`collect` gathers facts, `judge` draws findings and the sender matrix from them, the views show.
"""
