"""A proxy that connections are made through, as it is written: `socks5h://user@host:1080`."""

from __future__ import annotations

import re
from enum import Enum
from urllib.parse import quote, unquote

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.transport.tls_offer import Hidden

SOCKS_PORT = 1080
"""The port of SOCKS (IANA); HTTP proxies have no usual one."""

LONGEST_WORD = 255
"""Octets of a user name or password in SOCKS5 (RFC 1929 2)."""


class ProxyKind(Enum):
    """How a proxy is asked; the value is the scheme."""

    SOCKS5 = "socks5"
    """RFC 1928, with addresses: names are resolved here."""
    SOCKS5H = "socks5h"
    """The same with names, which the proxy resolves."""
    HTTP = "http"
    """CONNECT (RFC 9110 9.3.6), with names."""


_WORDS = {
    ProxyKind.SOCKS5: "SOCKS5 proxy",
    ProxyKind.SOCKS5H: "SOCKS5 proxy",
    ProxyKind.HTTP: "HTTP proxy",
}
_HINT = "for example socks5h://127.0.0.1:1080 or http://user@proxy.example:3128"


class Proxy(NamedTuple):
    """A proxy; `user` is empty where it is asked without a name."""

    kind: ProxyKind
    host: str
    port: int
    user: str = ""
    password: Hidden = Hidden()

    @property
    def resolves(self) -> bool:
        """Whether it gets names, and resolves them."""
        return self.kind is not ProxyKind.SOCKS5

    @property
    def words(self) -> str:
        """What it is, where, and who resolves names."""
        who = "it resolves names" if self.resolves else "names are resolved here"
        return f"{_WORDS[self.kind]} {self._place} ({who})"

    def __str__(self) -> str:
        secret = f":{_MASKED}" if self.password else ""
        user = f"{quote(self.user, safe='')}{secret}@" if self.user else ""
        return f"{self.kind.value}://{user}{self._place}"

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


_MASKED = "********"

_URL = (
    r"(?i)(?P<kind>[a-z0-9]+)://(?:(?P<user>[^@/]*)@)?"
    r"(?P<host>\[[0-9a-f:.]+\]|[^\s:/@\[\]]+)(?::(?P<port>[0-9]{1,5}))?/?"
)


def parse_proxy(text: str) -> Proxy:
    """Return the proxy written as `socks5|socks5h|http://[USER[:PASSWORD]@]HOST[:PORT]`.

    Raises:
        UsageError: none is meant by it; the message shows no password.
    """
    match = re.fullmatch(_URL, text.strip())
    kinds = {kind.value: kind for kind in ProxyKind}
    if match is None or (kind := kinds.get(match["kind"].lower())) is None:
        raise UsageError(f"proxy {masked_proxy(text)!r} cannot be understood", _HINT)
    if match["port"] is None and kind is ProxyKind.HTTP:
        raise UsageError(f"proxy {masked_proxy(text)!r} has no port", _HINT)
    port = int(match["port"] or SOCKS_PORT)
    if not 0 < port < 65536:
        raise UsageError(f"proxy {masked_proxy(text)!r}: the port must be from 1 to 65535", _HINT)
    user, _, password = (match["user"] or "").partition(":")
    found = Proxy(kind, match["host"].strip("[]"), port, unquote(user), Hidden(unquote(password)))
    check_login(found)
    return found


def check_login(proxy: Proxy) -> None:
    """Raise UsageError for a name or password that the protocol cannot carry."""
    words = (("user name", proxy.user), ("password", proxy.password))
    for what, word in words:
        if not word.isascii() or len(word) > LONGEST_WORD or not word.isprintable():
            raise UsageError(
                f"proxy {proxy}: a {what} is at most {LONGEST_WORD} printable ASCII characters"
            )
    if proxy.kind is ProxyKind.HTTP and ":" in proxy.user:
        raise UsageError(f"proxy {proxy}: a user name has no colon in HTTP (RFC 7617 2)")
    if proxy.password and not proxy.user:
        raise UsageError(f"proxy {proxy}: a password without a user name", _HINT)


_LOGIN = r"(?<=://)\S*@"
"""A user and a password, up to the last at sign."""


def masked_proxy(text: str) -> str:
    """Return a text with what can be the password of a proxy masked."""
    return re.sub(_LOGIN, _hidden, text)


def _hidden(login: re.Match[str]) -> str:
    user, colon, _ = login[0].removesuffix("@").partition(":")
    return f"{user}:{_MASKED}@" if colon else login[0]
