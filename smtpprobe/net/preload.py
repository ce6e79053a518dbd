"""Loads what only failures need, before there is one.

A module is a file: with all that may be open in use none can be read, and a failure that cannot be
told ends as an internal error. So who makes many connections loads them first.
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
