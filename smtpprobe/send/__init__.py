"""`smtpprobe send` and `:send`: a whole message in one command, every reply explained."""
