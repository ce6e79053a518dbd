"""Secrets in environment variables: how they are named, and kept from programs that are started."""

from __future__ import annotations

import os

SECRET = "SMTPPROBE_SECRET_"  # noqa: S105 - how the name of an environment variable begins


def without_secrets() -> dict[str, str]:
    """Return the environment for a program that is started: none of our secrets is its business.

    An editor and its plugins, a server behind `pipe:`: what they inherit, they and their children
    may log, and /proc shows for as long as they run.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith(SECRET)}
