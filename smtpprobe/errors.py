"""What smtpprobe itself can fail at; what a server does is an event, never an exception.

ProbeError
├── UsageError       an option, argument, target or setting is wrong        (exit 2)
├── ScriptError      a script cannot be read or parsed                      (exit 3)
├── LookupFailed     a name did not resolve to anything that can be dialled (exit 4)
├── NoMailService    the domain says that it takes no mail (null MX)        (exit 5)
├── NotKept          a result could not be written where it was to go       (exit 4)
├── Cancelled        the user broke off what was asked of them              (exit 130)
└── ConnectFailed    no address answered with a greeting                    (exit 4)
"""

from __future__ import annotations

from smtpprobe.exits import ExitStatus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar


class ProbeError(Exception):
    """Base of all errors that the user sees as one line, with an optional hint."""

    status: ClassVar[ExitStatus] = ExitStatus.INTERNAL

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ProbeError):
    """An option, argument or setting is invalid; nothing was sent."""

    status = ExitStatus.USAGE


class ScriptError(ProbeError):
    """A script cannot be read or parsed; nothing was sent.

    `id` names the error in machine formats, `name` is that of the script where it is known.
    """

    status = ExitStatus.SCRIPT_UNREADABLE

    def __init__(self, message: str, hint: str = "", id_: str = "", name: str = "") -> None:
        super().__init__(message, hint)
        self.id = id_
        self.name = name


class LookupFailed(ProbeError):  # noqa: N818 - names the outcome as the field does
    """A name did not resolve: NXDOMAIN, SERVFAIL, no address, timeout.

    `about` is the name with which the message begins, empty if there is none. `late` means
    that no answer came within the limit.
    """

    status = ExitStatus.CANNOT_TELL

    def __init__(
        self, message: str, hint: str = "", *, about: str = "", late: bool = False
    ) -> None:
        super().__init__(message, hint)
        self.about = about
        self.late = late


class NoMailService(ProbeError):  # noqa: N818
    """The domain publishes a null MX (RFC 7505): it never takes mail, so nothing is dialled."""

    status = ExitStatus.NOTHING_CHECKED


class NotKept(ProbeError):  # noqa: N818
    """A result could not be written where it was to go; the message says where it is instead."""

    status = ExitStatus.CANNOT_TELL


class Cancelled(ProbeError):  # noqa: N818
    """The user broke off at a question that had to be answered."""

    status = ExitStatus.INTERRUPTED


class ConnectFailed(ProbeError):  # noqa: N818
    """No address of any host gave a greeting."""

    status = ExitStatus.CANNOT_TELL
