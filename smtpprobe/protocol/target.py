"""What a user names to be connected to, read from its written form and printed back."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from smtpprobe.errors import UsageError
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.ports import LMTP_PORT, SMTP_PORT, SMTPS_PORT


class TargetKind(Enum):
    """How a target's name becomes addresses."""

    DOMAIN = "domain"
    HOST = "host"
    ADDRESS = "address"
    SOCKET = "socket"


class Target(NamedTuple):
    """Whom to connect to.

    `name` is a domain (its MX hosts are meant), a host, an address without brackets, or the path
    of a UNIX socket. `port` is 0 for a socket. `mailbox` is the whole address when the target was
    written `user@domain`.
    """

    kind: TargetKind
    name: str
    port: int = SMTP_PORT
    implicit_tls: bool = False
    dialect: Dialect = Dialect.SMTP
    mailbox: str = ""

    @property
    def domain(self) -> str | None:
        """The mail domain meant, for `{{domain}}`; None for a host, address or socket."""
        return self.name if self.kind is TargetKind.DOMAIN else None

    @property
    def literal(self) -> str:
        """The name as SMTP writes it: addresses in brackets (RFC 5321 4.1.3)."""
        if self.kind is not TargetKind.ADDRESS:
            return self.name
        return f"[IPv6:{self.name}]" if ":" in self.name else f"[{self.name}]"

    def __str__(self) -> str:
        lmtp = self.dialect is Dialect.LMTP
        if self.kind is TargetKind.SOCKET:
            return f"{'lmtp+' if lmtp else ''}unix:{self.name}"
        if self.kind is TargetKind.DOMAIN:
            return self.name
        name = f"[{self.name}]"
        if lmtp:
            return f"lmtp://{name}" + (f":{self.port}" if self.port != LMTP_PORT else "")
        if self.implicit_tls:
            return f"smtps://{name}" + (f":{self.port}" if self.port != SMTPS_PORT else "")
        return name + (f":{self.port}" if self.port != SMTP_PORT else "")


def is_local(name: str) -> bool:
    """Tell whether a name means the machine it is read on, and never goes to DNS (RFC 6761 6.3)."""
    return name.lower() == "localhost" or name.lower().endswith(".localhost")


def host_target(target: Target, host: str) -> Target:
    """Return the target that means `host` itself, otherwise as `target`; for recordings."""
    if target.kind is TargetKind.SOCKET:
        return target
    kind = TargetKind.ADDRESS if _address(host) else TargetKind.HOST
    return Target(kind, host, target.port, target.implicit_tls, target.dialect)


def parse_target(text: str) -> Target:
    """Return the target written as `text`: see the table in the README.

    Raises:
        UsageError: nothing can be meant by it; the hint shows a form that can.
    """
    written = text.strip()
    if not written:
        raise UsageError("no target given", "for example example.org, [mx1.example.org], mx:25")
    scheme, _, rest = written.partition("://")
    if rest and not written.startswith("["):
        return _with_scheme(scheme.lower(), rest, written)
    for prefix, dialect in (("lmtp+unix:", Dialect.LMTP), ("unix:", Dialect.SMTP)):
        if written.lower().startswith(prefix):
            path = written[len(prefix) :]
            if not path:
                raise UsageError(f"no path in {written!r}", f"{prefix}/run/dovecot/lmtp")
            return Target(TargetKind.SOCKET, path, 0, dialect=dialect)
    name, at, after = written.rpartition("@")
    if at:
        if not name or not after:
            raise UsageError(f"{written!r} is not a mailbox", "write user@example.org")
        found = parse_target(after)
        return Target(
            found.kind, found.name, found.port, found.implicit_tls, found.dialect, written
        )
    return _plain(written)


def parse_bind(text: str) -> tuple[str, int]:
    """Return the source address and port of `--bind ADDR[:PORT]`; port 0 leaves it to the system.

    Raises:
        UsageError: it is no address.
    """
    target = parse_target(f"[{text}]" if text.count(":") > 1 and "[" not in text else text)
    if target.kind is not TargetKind.ADDRESS:
        raise UsageError(f"--bind: {text!r} is not an address", "for example 192.0.2.7 or [::1]:0")
    return target.name, target.port if text.rstrip().endswith(f":{target.port}") else 0


def _with_scheme(scheme: str, rest: str, written: str) -> Target:
    match scheme:
        case "smtp":
            port, implicit, dialect = SMTP_PORT, False, Dialect.SMTP
        case "smtps":
            port, implicit, dialect = SMTPS_PORT, True, Dialect.SMTP
        case "lmtp":
            port, implicit, dialect = LMTP_PORT, False, Dialect.LMTP
        case _:
            raise UsageError(
                f"unknown scheme in {written!r}", "known: smtps://host, lmtp://host, unix:/path"
            )
    host, explicit = _split_port(rest.rstrip("/"), written)
    kind, name = _name(host, written)
    implicit = implicit or (explicit == SMTPS_PORT and dialect is Dialect.SMTP)
    return Target(kind, name, explicit if explicit is not None else port, implicit, dialect)


def _plain(written: str) -> Target:
    host, port = _split_port(written, written)
    kind, name = _name(host, written)
    if port is None and kind is TargetKind.HOST and not host.startswith("["):
        kind = TargetKind.HOST if is_local(name) else TargetKind.DOMAIN
    return Target(kind, name, SMTP_PORT if port is None else port, port == SMTPS_PORT)


def _split_port(text: str, written: str) -> tuple[str, int | None]:
    if text.startswith("["):
        host, bracket, tail = text.partition("]")
        if not bracket or (tail and not tail.startswith(":")):
            raise UsageError(f"{written!r}: a bracket is missing", "write [host] or [host]:port")
        host, port = host + "]", tail[1:] if tail else None
    elif text.count(":") > 1:
        shown = text if _address(text) else "2001:db8::1"
        raise UsageError(
            f"{written!r}: an IPv6 address needs brackets", f"write [{shown}] or [{shown}]:25"
        )
    else:
        host, colon, tail = text.partition(":")
        port = tail if colon else None
    if port is None:
        return host, None
    if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
        raise UsageError(f"{written!r}: the port must be a number from 1 to 65535", f"{host}:587")
    return host, int(port)


def _name(host: str, written: str) -> tuple[TargetKind, str]:
    name = host[1:-1] if host.startswith("[") else host
    if name[:5].lower() == "ipv6:":
        name = name[5:]
        if not _address(name):
            raise UsageError(f"{written!r}: not an IPv6 address", "write [IPv6:2001:db8::1]")
    if address := _address(name):
        return TargetKind.ADDRESS, address
    name = name.removesuffix(".")
    if re.fullmatch(r"[0-9.]+", name):
        raise UsageError(f"{written!r}: not an IPv4 address", "four numbers from 0 to 255")
    octets = len(name.encode("utf-8", "surrogatepass"))
    if not name or octets > 253 or _NO_NAME.search(name) or ".." in name or name[0] in ".-":
        raise UsageError(
            f"{written!r} is not a host or domain", "for example example.org or [mx1.example.org]"
        )
    return TargetKind.HOST, name


_NO_NAME = re.compile(r"[\s\x00-\x1f\x7f/\\<>\[\]:@\"'(),;]|\.\.")


def _address(text: str) -> str:
    import ipaddress  # noqa: PLC0415 - 4 ms that only a target needs

    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
