"""The user's own table of replies (`replies.toml`): its rows, its parser, and `--teach`. Pure."""
