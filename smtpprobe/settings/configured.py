"""Whether there can be a configuration at all: most have none, and start without looking it up."""

from __future__ import annotations

import os
import sys


def may_be_configured() -> bool:
    """Return whether the user may have a folder of ours.

    platformdirs would say which, but loading it doubles a bare start.
    """
    if sys.platform != "linux":
        return True
    folder = os.environ.get("XDG_CONFIG_HOME", "").strip() or os.path.expanduser("~/.config")  # noqa: PTH111
    return os.path.isdir(f"{folder}/smtpprobe")  # noqa: PTH112 - pathlib costs a third of a bare start
