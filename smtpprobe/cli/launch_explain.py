"""Launches `smtpprobe explain`: help and versions at once, all else where replies are read."""

from __future__ import annotations

import sys

from smtpprobe.exits import ExitStatus
from smtpprobe.explainer.arguments import help_text, read_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def run_explain(argv: Sequence[str]) -> int:
    """Run with these arguments; return the exit code.

    Raises:
        UsageError: invalid arguments, or the answer cannot be written; the caller reports it.
    """
    words = read_words(argv)
    if words.help:
        sys.stdout.write(help_text())
        return ExitStatus.OK
    if words.version:
        from smtpprobe.about import about_text  # noqa: PLC0415 - loads TLS

        sys.stdout.write(about_text())
        return ExitStatus.OK
    from smtpprobe.explainer import subcommand  # noqa: PLC0415 - loads what replies mean

    return subcommand.run(words)
