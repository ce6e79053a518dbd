"""`smtpprobe explain`: explains replies in arguments, logs, bounces and pasted sessions."""
