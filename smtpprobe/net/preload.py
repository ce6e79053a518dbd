"""Loads the modules that only failures need, in advance.

A module is a file: once the limit of open files is reached none can be imported, and a failure that
cannot be reported ends as an internal error. So load these before opening many connections.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

ALWAYS = (
    "concurrent.futures.thread",
    "difflib",
    "encodings.idna",
    "idna",
    "smtpprobe.net.dns.resolver",
    "smtpprobe.net.no_greeting",
    "smtpprobe.net.tls.certificates",
    "smtpprobe.net.tls.handshake",
    "smtpprobe.net.tls.chain",
    "smtpprobe.net.dial",
    "smtpprobe.net.wire",
)
"""What any connection may come to need."""


def load(more: Iterable[str] = ()) -> None:
    """Load these modules and those that any connection may need."""
    for name in (*ALWAYS, *more):
        import_module(name)
