"""Network I/O, one outside thing per module; the names that the client uses are exported here.

The names are resolved on first use (PEP 562), so that a prompt opens without TLS, DNS and SMTP
libraries: they are loaded when a connection is opened.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smtpprobe.net.child import Child as Child
    from smtpprobe.net.connect import Connector as Connector
    from smtpprobe.net.connect import direct as direct
    from smtpprobe.net.dial import DialOptions as DialOptions
    from smtpprobe.net.dial import nobody_greeted as nobody_greeted
    from smtpprobe.net.dial import reach as reach
    from smtpprobe.net.mx_route import Wish as Wish
    from smtpprobe.net.mx_route import a_label as a_label
    from smtpprobe.net.mx_route import find_route as find_route
    from smtpprobe.net.no_greeting import or_tls as or_tls
    from smtpprobe.net.os_errors import loss_reason as loss_reason
    from smtpprobe.net.pacing import paced as paced
    from smtpprobe.net.proxied import Proxied as Proxied
    from smtpprobe.net.tls.context import Demand as Demand
    from smtpprobe.net.tls.context import handshake_for as handshake_for
    from smtpprobe.net.tls.handshake import prepare as prepare
    from smtpprobe.net.tls.handshake import shake_hands as shake_hands
    from smtpprobe.net.tls.handshake_failures import alert_of as alert_of
    from smtpprobe.net.tls.handshake_failures import is_ours as is_ours
    from smtpprobe.net.tls.offer import check_offer as check_offer
    from smtpprobe.net.tls.offer import wants_password as wants_password
    from smtpprobe.net.tls.strict_context import check_ca_file as check_ca_file
    from smtpprobe.net.wire import Wire as Wire

_HOMES = {
    "Child": "child",
    "Connector": "connect",
    "Demand": "tls.context",
    "DialOptions": "dial",
    "Proxied": "proxied",
    "Wire": "wire",
    "Wish": "mx_route",
    "a_label": "mx_route",
    "alert_of": "tls.handshake_failures",
    "is_ours": "tls.handshake_failures",
    "check_ca_file": "tls.strict_context",
    "check_offer": "tls.offer",
    "direct": "connect",
    "find_route": "mx_route",
    "handshake_for": "tls.context",
    "loss_reason": "os_errors",
    "nobody_greeted": "dial",
    "or_tls": "no_greeting",
    "paced": "pacing",
    "prepare": "tls.handshake",
    "reach": "dial",
    "shake_hands": "tls.handshake",
    "wants_password": "tls.offer",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found  # so that it is looked for once
    return found
