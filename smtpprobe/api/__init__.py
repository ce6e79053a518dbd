"""What programs use: sessions, the STARTTLS check and explanations, without a command line.

The names are those of the package itself: `smtpprobe.connect`, not `smtpprobe.api.session.connect`.
"""
