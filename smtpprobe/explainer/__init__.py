"""`smtpprobe explain`: replies found in words, logs, bounces and sessions, and what they mean."""
