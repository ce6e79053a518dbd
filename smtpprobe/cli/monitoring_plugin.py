"""What a monitoring system is owed by a plugin, also where nothing could be checked.

It reads a line of status on standard output and an exit code of 0 to 3 (Monitoring Plugins
guidelines); any other code is told to nobody, or taken for a crash.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def is_asked_for(argv: Sequence[str]) -> bool:
    """Tell whether the words ask for the output of a plugin, whatever else is wrong with them."""
    words = list(argv)
    words = words[: words.index("--")] if "--" in words else words
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(pair == ("--format", "nagios") or pair[0] == "--format=nagios" for pair in pairs)


def unknown_line(service: str, reason: str) -> str:
    """Return the line of status that says why nothing was checked."""
    from smtpprobe.present.nagios import cut, plain  # noqa: PLC0415 - only for what is wrong

    return f"{service} UNKNOWN - {cut(plain(' '.join(reason.split()), ' '))}\n"
