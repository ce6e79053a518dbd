"""What a user names to be connected to, read from its written form and printed back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from smtpprobe.digits import whole_number
from smtpprobe.errors import UsageError
from smtpprobe.lookalikes import lookalike, named
from smtpprobe.misspelt import dash, meant_command
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.phase import Dialect

SMTP_PORT, SMTPS_PORT, SUBMISSION_PORT, LMTP_PORT = 25, 465, 587, 24
"""The ports of mail: RFC 5321 4.5.4.2, RFC 8314 3.3, RFC 6409 3.1, RFC 2033 5."""

PORT_NAMES = {
    "smtp": SMTP_PORT,
    "smtps": SMTPS_PORT,
    "submissions": SMTPS_PORT,
    "submission": SUBMISSION_PORT,
    "lmtp": LMTP_PORT,
}
"""The names of these ports, as IANA and /etc/services have them; Postfix writes `[host]:smtp`."""


class TargetKind(Enum):
    """How a target's name becomes addresses."""

    DOMAIN = "domain"
    HOST = "host"
    ADDRESS = "address"
    SOCKET = "socket"
    PIPE = "pipe"
    """A program of this machine, whose input and output are the connection."""


LOCAL = frozenset({TargetKind.SOCKET, TargetKind.PIPE})
"""What has neither a name in DNS nor a port."""


class Target(NamedTuple):
    """The host or domain to connect to.

    `name` is a domain (its MX hosts are meant), a host, an address without brackets, the path of
    a UNIX socket or a command line. `port` is 0 for the last two.
    `mailbox` is the whole address when the target was written `user@domain`.
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
        if self.kind is TargetKind.PIPE:
            return f"{'lmtp+' if lmtp else ''}pipe:{self.name}"
        if self.kind is TargetKind.DOMAIN:
            return self.name
        name = f"[{self.name}]"
        if lmtp:
            return f"lmtp://{name}" + (f":{self.port}" if self.port != LMTP_PORT else "")
        if self.implicit_tls:
            return f"smtps://{name}" + (f":{self.port}" if self.port != SMTPS_PORT else "")
        return name + (f":{self.port}" if self.port != SMTP_PORT else "")


def is_local(name: str) -> bool:
    """Return whether a name means the local machine, and never goes to DNS (RFC 6761 6.3)."""
    return name.lower() == "localhost" or name.lower().endswith(".localhost")


def host_target(target: Target, host: str) -> Target:
    """Return the target that means `host` itself, otherwise as `target`; for recordings."""
    if target.kind in LOCAL:
        return target
    kind = TargetKind.ADDRESS if _address(host) else TargetKind.HOST
    return Target(kind, host, target.port, target.implicit_tls, target.dialect)


def parse_target(text: str) -> Target:
    """Return the target written as `text`: see the table in the README.

    A number behind it is the port, as telnet has it: `host 25` means `host:25`.

    Raises:
        UsageError: nothing can be meant by it; the hint shows a form that can.
    """
    written = text.strip()
    if not written:
        raise UsageError("no target given", "for example example.org, [mx1.example.org], mx:25")
    if written.lower() in _WORDS:
        raise UsageError(
            f"{written!r} is not a target: {_WORDS[written.lower()]}",
            f"for a host of that name write '[{written}]', for a domain '{written}.'",
        )
    if (found := _local(written)) is not None:
        return found
    if len(words := written.split()) > 1:
        return parse_target(_one_word(words, written))
    if written[:7].lower() == "mailto:" and "@" in written:  # RFC 6068
        return parse_target(written[7:].partition("?")[0])
    scheme, _, rest = written.partition("://")
    if rest and not written.startswith("["):
        return _with_scheme(scheme.lower(), rest, written)
    # the last one: a quoted local part may hold others (RFC 5321 4.1.2)
    name, at, after = written.rpartition("@")
    if at:
        if not name or not after:
            raise UsageError(f"{written!r} is not a mailbox", "write user@example.org")
        if ":" in name and not name.startswith('"'):  # no dot-string has one (RFC 5321 4.1.2)
            raise _login_in_target("", name, after)
        found = parse_target(after)
        return Target(
            found.kind, found.name, found.port, found.implicit_tls, found.dialect, written
        )
    return _plain(written)


_LOCAL = (
    ("lmtp+unix:", TargetKind.SOCKET, Dialect.LMTP),
    ("unix:", TargetKind.SOCKET, Dialect.SMTP),
    ("lmtp+pipe:", TargetKind.PIPE, Dialect.LMTP),
    ("pipe:", TargetKind.PIPE, Dialect.SMTP),
)
_NOTHING = {
    TargetKind.SOCKET: ("no path", "/run/dovecot/lmtp"),
    TargetKind.PIPE: ("no program", "exim -bh 192.0.2.1"),
}
"""What is missing after the colon, and an example of it."""


def _local(written: str) -> Target | None:
    for prefix, kind, dialect in _LOCAL:
        if written.lower().startswith(prefix):
            name = written[len(prefix) :].strip()
            if not name:
                what, example = _NOTHING[kind]
                raise UsageError(f"{what} in {written!r}", f"{prefix}{example}")
            return Target(kind, name, 0, dialect=dialect)
    return None


def targets_of(words: Iterable[str]) -> list[str]:
    """Return the targets that words of a command line name: a port belongs to the one before.

    Raises:
        UsageError: a port number without a host.
    """
    found: list[str] = []
    for word in words:
        if found and is_port(word):
            found[-1] = with_port(found[-1], word)
        else:
            found.append(word)
    return found


def one_target(words: Iterable[str]) -> str | None:
    """Return the one target that words of a command line name; None where they name none.

    Raises:
        UsageError: there are two, or a port without a host.
    """
    written = list(words)
    named = targets_of(written)
    if len(named) > 1:
        hint = meant_command(written) or "give one"
        raise UsageError(f"two targets: {named[0]!r} and {named[1]!r}", hint)
    return named[0] if named else None


def with_port(written: str, port: str) -> str:
    """Return a target without a port in the form that has one: `host` and `25` as `host:25`.

    Raises:
        UsageError: it is no target, has a port already, or can have none.
    """
    whole = f"[{address}]" if ":" in (address := _address(written)) else written
    target = parse_target(whole)
    if target.kind in LOCAL:
        raise UsageError(f"{written!r} takes no port", f"omit {port}")
    host = whole.rpartition("@")[2].rpartition("://")[2].rstrip("/")
    if ":" in (host.rpartition("]")[2] if "[" in host else host):
        raise UsageError(f"two ports: {written!r} and {port}", "give one")
    return f"{whole.rstrip('/')}:{port}"


def host_itself(written: str) -> str:
    """Return the form of a target that means the host of that name, never the MX hosts of a domain.

    Raises:
        UsageError: it is no target.
    """
    whole = f"[{address}]" if ":" in (address := _address(written)) else written
    target = parse_target(whole)
    return f"[{target.name}]" if target.kind is TargetKind.DOMAIN else whole


def lmtp_target(written: str) -> str:
    """Return a target in the form that means LMTP: `host:24` as `lmtp://host:24`.

    Raises:
        UsageError: it is no target, or names SMTP.
    """
    target = parse_target(written)
    if target.dialect is Dialect.LMTP:
        return written
    if target.kind in LOCAL:
        return f"lmtp+{written}"
    if "://" in written or target.implicit_tls:
        raise UsageError(f"{written!r} is SMTP, not LMTP", "lmtp://HOST:24")
    return f"lmtp://{written.rpartition('@')[2]}"


def parse_bind(text: str) -> tuple[str, int]:
    """Return the source address and port of `--bind ADDR[:PORT]`; port 0 leaves it to the system.

    Raises:
        UsageError: it is no address.
    """
    written = text.strip()
    if written.count(":") > 1 and "[" not in written:
        written = f"[{written}]"
    _, _, port = written.rpartition("]")[2].partition(":")
    host = written.removesuffix(f":{port}") if port else written
    kind, name = parse_target(host)[:2]
    number = port_of(port) if port.strip("0") else 0
    if kind is not TargetKind.ADDRESS or number is None:
        raise UsageError(f"--bind: {text!r} is not an address", "for example 192.0.2.7 or [::1]:0")
    return name, number


def parse_server(text: str) -> tuple[str, int]:
    """Return the host and port of a DNS server, `HOST[:PORT]`.

    Raises:
        UsageError: no host, or an invalid port.
    """
    host, port = text, "53"
    if text.startswith("["):
        host, _, tail = text[1:].partition("]")
        port = tail.removeprefix(":") or "53"
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    if not host or not (number := whole_number(port, 65535)):
        raise UsageError(
            f"resolver {text}: not an address with a port",
            "for example 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:5353",
        )
    return host, number


_WORDS = {
    "help": "use --help for the command line, :help at the prompt",
    "?": "use --help for the command line, :help at the prompt",
    "version": "use --version for the version of smtpprobe",
    "quit": "use :quit to leave the prompt",
    "exit": "use :quit to leave the prompt",
}
"""Options typed where a target belongs, and the right way to give them."""

_PORT_WORDS = ("-p", "--port")
_HOST_WORDS = ("-s", "--server")


def is_port(word: str) -> bool:
    """Return whether a word can only be a port: a number, or the name of a port of mail."""
    return (word.isascii() and word.isdigit()) or word.lower() in PORT_NAMES


def port_of(word: str) -> int | None:
    """Return the port that a number or a name means; None if it is none."""
    if word.lower() in PORT_NAMES:
        return PORT_NAMES[word.lower()]
    return whole_number(word, 65535) or None


def _one_word(words: Sequence[str], written: str) -> str:
    """Return `host 25` in one word; what has options gets the line that says the same without.

    Raises:
        UsageError: it is neither.
    """
    if len(words) == 2 and is_port(words[1]):  # a host and its port
        return with_port(*words)
    hosts: list[str] = []
    ports: list[str] = []
    left = iter(word for one in words for word in one.split("=", 1))
    for word in left:
        if word in _PORT_WORDS:
            ports.append(next(left, ""))
        elif word in _HOST_WORDS:
            hosts.append(host_itself(next(left, "")))
        elif word[:2] == "-p" and is_port(word[2:]):
            ports.append(word[2:])
        else:
            (ports if is_port(word) else hosts).append(word)
    if len(hosts) != 1 or len(ports) > 1:
        example = "for example mx.example.org:25"
        raise UsageError(f"{written!r} is not a host or domain", named(written) or example)
    meant = with_port(hosts[0], ports[0]) if ports else hosts[0]
    parse_target(meant)
    raise UsageError(f"{written!r}: a target takes no options here", f"write {meant}")


_SCHEMES = {
    "smtp": (SMTP_PORT, False, Dialect.SMTP),
    "smtps": (SMTPS_PORT, True, Dialect.SMTP),
    "submission": (SUBMISSION_PORT, False, Dialect.SMTP),
    "submissions": (SMTPS_PORT, True, Dialect.SMTP),
    "lmtp": (LMTP_PORT, False, Dialect.LMTP),
}
"""The usual port of a scheme, whether TLS begins at once, and what is spoken."""


def _login_in_target(scheme: str, login: str, server: str) -> UsageError:
    """Return the error for `user:password@server`, in which the password is not to be seen."""
    user = login.partition(":")[0]
    return UsageError(
        f"a login does not belong in a target: {scheme}{user}@...",
        f"write {scheme}{server}; a login: --auth-user {user} --auth-password-from prompt",
    )


def _with_scheme(scheme: str, rest: str, written: str) -> Target:
    if scheme not in _SCHEMES:
        raise UsageError(
            f"unknown scheme in {scheme + '://'!r}",
            f"known: {' '.join(f'{name}://' for name in _SCHEMES)} unix:/path",
        )
    port, implicit, dialect = _SCHEMES[scheme]
    login, at, server = rest.rstrip("/").rpartition("@")
    if at:
        raise _login_in_target(f"{scheme}://", login, server)
    host, explicit = _split_port(server, written)
    kind, name = _name(host, written)
    # 465 is implicit TLS, whatever the scheme (RFC 8314 3.3)
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
    if (number := port_of(port)) is None:
        raise UsageError(f"{written!r}: the port must be a number from 1 to 65535", f"{host}:587")
    return host, number


def _name(host: str, written: str) -> tuple[TargetKind, str]:
    name = host[1:-1] if host.startswith("[") else host
    if name[:5].lower() == "ipv6:":
        name = name[5:]
        if not _address(name):
            raise UsageError(f"{written!r}: not an IPv6 address", "write [IPv6:2001:db8::1]")
    if address := _address(name):
        return TargetKind.ADDRESS, address
    name = name.removesuffix(".")
    # no top-level domain is a number (RFC 3696 2), so an address is meant
    if re.fullmatch(r"[0-9.]+", name):
        raise UsageError(f"{written!r}: not an IPv4 address", "four numbers from 0 to 255")
    # 253 octets: RFC 1035 2.3.4, without the length octets and the root
    octets = len(name.encode("utf-8", "surrogatepass"))
    pasted = _pasted(name)
    if pasted or not name or octets > 253 or re.search(_NO_NAME, name) or name[0] in ".-":
        inner, colon, port = name.rpartition(":")
        within = f"write [{inner}]:{port}" if colon and inner and is_port(port) else ""
        example = "for example example.org or [mx1.example.org]"
        raise UsageError(f"{written!r} is not a host or domain", within or pasted or example)
    return TargetKind.HOST, name


_NO_NAME = r"[\s\x00-\x1f\x7f/\\<>\[\]:@\"'(),;]|\.\."


def _pasted(name: str) -> str:
    """Return which pasted character makes this no name; IDNA maps the others (UTS 46)."""
    found = lookalike(name)
    return str(found) if found and found.meant in _NEVER_MAPPED else dash(name)


_NEVER_MAPPED = ('"', "'", "<", ">", "a space")


def _address(text: str) -> str:
    import ipaddress  # noqa: PLC0415 - 4 ms that only a target needs

    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
