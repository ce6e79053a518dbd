"""`smtpprobe starttls`: which kinds of sender can deliver over TLS, and why not.

`collect` gathers facts, `judge` derives findings and the sender matrix, `reports` writes them.
"""
