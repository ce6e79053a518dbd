"""`--check`, `--fmt` and `smtpprobe import`."""
