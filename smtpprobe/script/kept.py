"""What a session at the prompt keeps between lines of the script language."""

from __future__ import annotations

import os

from smtpprobe.script.expecting import Manner
from smtpprobe.script.known_names import Outside
from smtpprobe.script.load import VARIABLE
from smtpprobe.script.scope import Scope
from smtpprobe.script.untaken import Untaken


def _unknown(name: str) -> str:
    raise KeyError(name)


class Kept:
    """Values, settings, and the replies that no expectation has taken."""

    def __init__(self, untaken: Untaken) -> None:
        values = {
            name.removeprefix(VARIABLE): value
            for name, value in os.environ.items()
            if name.startswith(VARIABLE)
        }
        self.scope = Scope(Outside(values, os.environ), _unknown, expanding=False)
        self.manner = Manner(None, implying=False)
        self.untaken = untaken

    @property
    def outside(self) -> Outside:
        """What is known to a line, beside what it sets itself."""
        known = dict.fromkeys(self.scope.names, "")
        return Outside({**self.scope.outside.values, **known}, os.environ)
