"""What a code, an enhanced code or an SMTP word means without context."""
