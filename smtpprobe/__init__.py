"""smtpprobe: an interactive SMTP test client that explains every reply.

The names below are its Python interface. They are resolved on first use (PEP 562), so that
importing the package costs next to nothing.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from smtpprobe import sync as sync
    from smtpprobe.api.check import check_starttls as check_starttls
    from smtpprobe.api.failures import HandshakeFailed as HandshakeFailed
    from smtpprobe.api.failures import NoReply as NoReply
    from smtpprobe.api.failures import NotProven as NotProven
    from smtpprobe.api.json_values import as_json as as_json
    from smtpprobe.api.offline import explain as explain
    from smtpprobe.api.session import Session as Session
    from smtpprobe.api.session import Transaction as Transaction
    from smtpprobe.api.session import connect as connect
    from smtpprobe.client import Client as Client
    from smtpprobe.client import ConnectOptions as ConnectOptions
    from smtpprobe.errors import ConnectFailed as ConnectFailed
    from smtpprobe.errors import LookupFailed as LookupFailed
    from smtpprobe.errors import NoMailService as NoMailService
    from smtpprobe.errors import ProbeError as ProbeError
    from smtpprobe.errors import UsageError as UsageError
    from smtpprobe.knowledge.annotate import annotate as annotate
    from smtpprobe.knowledge.annotation import Annotation as Annotation
    from smtpprobe.protocol.command import Command as Command
    from smtpprobe.protocol.command import read_line as read_line
    from smtpprobe.protocol.reply import Reply as Reply
    from smtpprobe.protocol.reply import parse_reply as parse_reply
    from smtpprobe.protocol.session import Exchange as Exchange
    from smtpprobe.protocol.session import State as State
    from smtpprobe.protocol.session import advance as advance
    from smtpprobe.protocol.target import Target as Target
    from smtpprobe.protocol.target import parse_target as parse_target

_HOMES = {
    "Annotation": "knowledge.annotation",
    "Client": "client",
    "Command": "protocol.command",
    "ConnectFailed": "errors",
    "ConnectOptions": "client",
    "Exchange": "protocol.session",
    "HandshakeFailed": "api.failures",
    "LookupFailed": "errors",
    "NoMailService": "errors",
    "NoReply": "api.failures",
    "NotProven": "api.failures",
    "ProbeError": "errors",
    "Reply": "protocol.reply",
    "Session": "api.session",
    "State": "protocol.session",
    "Target": "protocol.target",
    "Transaction": "api.session",
    "UsageError": "errors",
    "advance": "protocol.session",
    "annotate": "knowledge.annotate",
    "as_json": "api.json_values",
    "check_starttls": "api.check",
    "connect": "api.session",
    "explain": "api.offline",
    "parse_reply": "protocol.reply",
    "parse_target": "protocol.target",
    "read_line": "protocol.command",
}


def __getattr__(name: str) -> object:
    from importlib import import_module  # noqa: PLC0415 - only when a name is asked for

    if name == "sync":
        return import_module(f"{__name__}.sync")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*_HOMES, "sync", "__version__"]
