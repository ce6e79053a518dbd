"""smtpprobe: an interactive SMTP test client that explains every reply."""

__version__ = "0.1.0"
