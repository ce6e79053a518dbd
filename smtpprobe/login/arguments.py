"""What the options of a login say, as a wish."""

from __future__ import annotations

import argparse

from smtpprobe.login.sources import Wish, check


def wish_of(words: argparse.Namespace) -> Wish:
    """Return what the options of `cli.shared_options.add_login` say.

    Raises:
        UsageError: an option cannot be meant.
    """
    return check(
        Wish(
            user=words.auth_user,
            password=words.auth_password,
            password_from=words.auth_password_from or "",
            token_from=words.auth_token_from or "",
        )
    )
