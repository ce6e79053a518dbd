"""What `--allow` permits: names, addresses, networks and their ports.

    example.org          that name, and what its MX records lead to
    *.example.org        every name below it
    192.0.2.1, 2001:db8::/32
    ...:2525, ...:*      that port, any port; without one those of mail: 25, 465, 587

A target is asked about by the name that it was given, before anything is looked up. An address
that a name led to is asked about again: where it belongs to this machine or its networks, its
name's owner could have pointed it anywhere, so the address itself has to be permitted.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple, TypeAlias

from smtpprobe.digits import whole_number
from smtpprobe.errors import UsageError
from smtpprobe.net.mx_route import LOOPBACK, a_label
from smtpprobe.policy.addresses import MAIL_PORTS, is_address, no_mail_network
from smtpprobe.protocol.target import LOCAL, Target, TargetKind, is_local

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

ANY_NAME = "*"


class Rule(NamedTuple):
    """One `--allow`: a name (`*` any, `*.x` those below x) or a network; `ports` None means any."""

    name: str = ""
    network: Network | None = None
    ports: tuple[int, ...] | None = MAIL_PORTS

    def has_port(self, port: int | None) -> bool:
        """Return whether the port is permitted."""
        return self.ports is None or port in self.ports

    def has_name(self, name: str) -> bool:
        """Return whether the name is permitted; it is lower case, as in DNS."""
        if self.name.startswith("*."):
            return name.endswith(self.name[1:])
        return bool(self.name) and self.name in (name, ANY_NAME)

    def has_address(self, address: str) -> bool:
        """Return whether the address is permitted as one."""
        return self.network is not None and ipaddress.ip_address(address) in self.network


def read_rule(text: str) -> tuple[Rule, ...]:
    """Return what one `--allow` permits.

    Raises:
        UsageError: it is neither a name nor an address nor a network.
    """
    host, ports = _apart(text.strip())
    if is_local(host):
        own = tuple(Rule(network=ipaddress.ip_network(one), ports=ports) for one in LOOPBACK)
        return (Rule(name=host.lower(), ports=ports), *own)
    try:
        return (Rule(network=ipaddress.ip_network(host), ports=ports),)
    except ValueError as error:
        if "/" in host:
            raise UsageError(f"--allow {text}: {error}", "for example 192.0.2.0/24") from None
    below = host.removeprefix("*.")
    if host != ANY_NAME and (not below or not all(map(_is_label, below.split(".")))):
        raise UsageError(f"--allow {text}: not a name, an address or a network", _EXAMPLES)
    name = host if host == ANY_NAME else f"{host[: len(host) - len(below)]}{_in_dns(below)}"
    return (Rule(name=name, ports=ports),)


_EXAMPLES = "for example example.org, *.example.org, 192.0.2.0/24, mx.example.org:2525"


def _apart(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Return a host and the ports behind it."""
    if text.startswith("["):
        host, _, behind = text[1:].partition("]")
        port = behind.removeprefix(":") if behind else None
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
    else:
        host, port = text, None
    if port is None:
        return host, MAIL_PORTS
    if port == "*":
        return host, None
    if not (number := whole_number(port, 65535)):
        raise UsageError(f"--allow {text}: {port!r} is not a port", "a number, or * for any")
    return host, (number,)


def _is_label(label: str) -> bool:
    return bool(label) and all(one.isalnum() or one in "-_" for one in label)


def _in_dns(name: str) -> str:
    return a_label(name.removesuffix(".")).lower()


class Allowed(NamedTuple):
    """All that `--allow` permits."""

    rules: tuple[Rule, ...] = ()

    def check_target(self, target: Target) -> None:
        """Check that a target may be connected to, as far as its name shows.

        Raises:
            UsageError: it may not.
        """
        if target.kind in LOCAL:
            raise UsageError(f"{target}: only servers reached by TCP can be connected to here")
        if target.kind is TargetKind.ADDRESS:
            if not self.has_address(target.name, target.port):
                raise self._refusal(str(target), target.name, target.port)
            return
        name = _in_dns(target.name)
        named = [rule for rule in self.rules if rule.has_name(name)]
        if not any(rule.has_port(target.port) for rule in named):
            raise self._refusal(str(target), target.name, target.port, port_only=bool(named))

    def has_address(self, address: str, port: int | None) -> bool:
        """Return whether an address is permitted by its number."""
        if not is_address(address):
            return False
        return any(rule.has_address(address) and rule.has_port(port) for rule in self.rules)

    def address_fault(self, address: str, port: int | None) -> str:
        """Return why an address that a permitted name led to is not dialled; empty if it is."""
        if self.has_address(address, port) or not is_address(address):
            return "" if is_address(address) else "not an address"
        if network := no_mail_network(address):
            return f"not permitted: {address} is in {network}, and no --allow names that address"
        return ""

    def _refusal(self, target: str, name: str, port: int, *, port_only: bool = False) -> UsageError:
        what = f"port {port} of {name}" if port_only else target
        word = f"[{name}]" if ":" in name else name
        option = word if port in MAIL_PORTS else f"{word}:{port}"
        return UsageError(
            f"{what} is not permitted: smtpprobe mcp connects only to what --allow names",
            f"the user can add --allow {option}; nothing was looked up or sent",
        )
