"""Options that several commands have: their names, what they take and their help, once."""

from __future__ import annotations

from smtpprobe.cli.option_types import bind, days, file_only, limit, number, output, port
from smtpprobe.command_line import parser as command_line
from smtpprobe.command_line.options import SHOW
from smtpprobe.protocol.units import written_duration
from smtpprobe.settings.defaults import SETTINGS, SWITCHED_OFF
from smtpprobe.settings.option_limits import (
    CERTIFICATE_DAYS,
    MOST_LIST_JOBS,
    MOST_SURVEY_RATE,
    SURVEY_PER_NETWORK,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from smtpprobe.command_line.options import Group

PLAIN_VALUES = """\
values:
  D     a duration: 500ms, 10s, 2m; a bare number is in seconds
  F     a file"""

VALUES = f"""\
{PLAIN_VALUES}
  K, V  the name of a variable or secret, and its value"""

SHARED: dict[str, dict[str, Any]] = {
    "-4": {"dest": "family", "action": "store_const", "const": 4, "help": "IPv4 only"},
    "-6": {"dest": "family", "action": "store_const", "const": 6, "help": "IPv6 only"},
    "--bind": {"type": bind, "metavar": "ADDR[:PORT]", "help": "source address and port"},
    "--trust-ad": {"action": "store_true", "help": "trust a remote resolver's AD bit"},
    "--resolve": {
        "metavar": "NAME:PORT:ADDR",
        "action": "append",
        "default": [],
        "help": "connect to ADDR instead of resolving NAME",
    },
    "--timeout": {
        "type": limit("--timeout"),
        "metavar": "D",
        "help": "timeout for each DNS query, connection, reply and policy fetch",
    },
    "--cert-days": {
        "type": days,
        "metavar": "W,C",
        "help": "certificate days left: warn below W, fail below C",
    },
    "--per-host": {
        "type": number("--per-host", most=MOST_LIST_JOBS),
        "metavar": "N",
        "help": "at most N connections to one address at a time (1)",
    },
    "--per-network": {
        "type": number("--per-network", most=MOST_LIST_JOBS),
        "metavar": "N",
        "default": SURVEY_PER_NETWORK,
        "help": "at most N connections to one network at a time, an IPv4 /24 or an IPv6 /48 "
        f"({SURVEY_PER_NETWORK})",
    },
    "--rate": {
        "type": number("--rate", most=MOST_SURVEY_RATE),
        "metavar": "N",
        "help": "at most N connections per second, in all",
    },
    "--against": {"metavar": "FOLDER", "help": "show changes since the survey in FOLDER"},
    "--no-progress": {"action": "store_true", "help": "do not show progress"},
    "--json": {
        "dest": "format",
        "action": "store_const",
        "const": "json",
        "help": "same as --format json",
    },
    "--output": {"type": output, "metavar": "F", "help": "write the report to a file"},
    "--server": {
        "metavar": "HOST",
        "help": "connect to this host, no MX lookup; same as TARGET [HOST]",
    },
}
"""Each option as `add_argument` takes it."""

USUAL_DAYS: dict[str, Any] = {
    "default": CERTIFICATE_DAYS,
    "help": f"{SHARED['--cert-days']['help']} ({','.join(map(str, CERTIFICATE_DAYS))})",
}
"""What --cert-days has where certificates are judged whether it is given or not."""

SHORT = {"--output": ("-o",), "--server": ("-s",)}
"""What is short for an option."""


def add_shared(group: Group, option: str, **changes: object) -> None:
    """Add an option of SHARED; `changes` are what this command has otherwise."""
    group.add_argument(*SHORT.get(option, ()), option, **{**SHARED[option], **changes})


def add_count(group: Group, option: str, most: int, **more: Any) -> None:
    """Add an option that takes a number from 1 to `most`."""
    as_number: dict[str, Any] = {"type": number(option, most=most), "metavar": "N"}
    group.add_argument(option, **as_number | more)


class Parser(command_line.Parser):
    """Knows of an option that is wrong here which other command or tool has it."""

    def meant(self, words: Sequence[str]) -> str:
        """Return what was meant by words of which one is no option here; empty if unknown."""
        from smtpprobe.cli.elsewhere import option_elsewhere  # noqa: PLC0415 - for what is wrong

        return option_elsewhere(words) or super().meant(words)


def _versions() -> str:
    from smtpprobe.about import about_text  # noqa: PLC0415 - loads TLS

    return about_text()


def add_general(parser: Parser, quiet: str | None = None) -> Group:
    """Add the options of every command; `quiet` is what --quiet does where there is no banner."""
    group = parser.add_argument_group("general")
    add_setting(group, "quiet", quiet)
    add_setting(group, "color")
    group.add_argument("--debug", action="store_true", help="show tracebacks; secrets stay hidden")
    version = "show the versions of all that is involved"
    group.add_argument("--version", action=SHOW, const=_versions, help=version)
    group.add_argument("-h", "--help", action=SHOW, const=parser.help_page, help="show this help")
    return group


def add_config(group: Group) -> None:
    """Add which configuration file is read."""
    group.add_argument("--config", metavar="F", help="read this configuration file")
    group.add_argument("--no-config", action="store_true", help="do not read a configuration file")


def add_connection(parser: Parser) -> None:
    """Add where to connect to and how."""
    group = parser.add_argument_group("connection")
    add = group.add_argument
    add("--target", metavar="TARGET", help="same as the positional TARGET")
    add_shared(group, "--server")
    add("-p", "--port", type=port(), metavar="N", help="port; same as TARGET host:N")
    add("--sandbox", action="store_true", help="connect to a built-in practice server")
    add_shared(group, "-4")
    add_shared(group, "-6")
    add_shared(group, "--bind")
    add_setting(group, "proxy")
    add_setting(group, "proxy_protocol")
    add_setting(group, "resolver")
    add("--mx", metavar="N|HOST", help="use only the Nth MX by preference, or the MX named HOST")
    add(
        "--tls",
        choices=("auto", "off", "implicit"),
        default="auto",
        help="TLS mode; auto: implicit TLS for smtps:// and port 465",
    )
    add(
        "--insecure",
        action="store_true",
        help="continue if the certificate is invalid; still report it",
    )
    for name in TLS_SETTINGS:
        add_setting(group, name)
    add(
        "--keylog",
        type=file_only("--keylog"),
        metavar="F",
        help="append TLS session keys to file F for Wireshark",
    )
    add(
        "--pcap",
        type=file_only("--pcap"),
        metavar="F",
        help="append the decrypted session to a packet capture",
    )
    add("--pcap-secrets", action="store_true", help="do not mask passwords in the packet capture")
    add_shared(group, "--timeout", help="timeout for each connection, handshake and reply")


def add_login(parser: Parser, user: Sequence[str] = (), password: Sequence[str] = ()) -> Group:
    """Add where the credentials of a login come from; `login.arguments` reads them.

    `user` and `password` are further names of those two options.
    """
    group = parser.add_argument_group("login")
    add = group.add_argument
    add(*user, "--auth-user", metavar="USER", help="user name to log in with")
    add(
        "--auth-password-from",
        metavar="SRC",
        help="password: env:NAME, file:F, netrc[:F], keyring[:SERVICE] or prompt",
    )
    add("--auth-token-from", metavar="SRC", help="the same for an OAuth access token")
    add(*password, "--auth-password", metavar="TEXT", help="password; other users can see it (ps)")
    return group


TLS_SETTINGS = ("ca_file", "sni", "cert", "key", "tls_min", "tls_max", "ciphers", "groups")
"""Settings of handshakes, in the order of their options."""

ELSEWHERE = ("quiet", "color", "resolver", *TLS_SETTINGS, "proxy", "proxy_protocol")
"""Settings whose option is listed under general or connection."""

_METAVARS = {
    "duration": "D",
    "number": "N",
    "file": "F",
    "server": "HOST[:PORT]",
    "text": "TEXT",
    "client": "NAME",
    "sni": "NAME|none",
    "proxy": "URL",
    "proxy_protocol": "HEADER",
    "ciphers": "LIST",
    "groups": "LIST",
    "transcript": "F",
    "replies": "F",
}
"""What an option takes, by the name of its setting or else by its kind."""


def add_setting(group: Group, name: str, does: str | None = None) -> None:
    """Add the option of a setting as its row says; a switch has both forms (--bell, --no-bell).

    `does` is what it does in this command, if the row says something else.
    """
    _, kind, default, values, usual_meaning = next(row for row in SETTINGS if row[0] == name)
    meaning = does or usual_meaning
    option = "--" + name.replace("_", "-")
    if kind == "bool":
        no = "--no-" + option[2:]
        shown, other = (no, option) if default else (option, no)
        text = SWITCHED_OFF[name] if default else meaning
        group.add_argument(shown, dest=name, action="store_const", const=not default, help=text)
        group.add_argument(other, dest=name, action="store_const", const=bool(default), help=None)
        return
    usual = written_duration(float(default)) if kind == "duration" else str(default)
    text = meaning if kind in ("text", "file", "server") or not usual else f"{meaning} ({usual})"
    metavar = None if kind == "choice" else _METAVARS.get(name, _METAVARS.get(kind))
    kind_of = file_only(option) if name == "transcript" else str
    group.add_argument(
        option, dest=name, type=kind_of, choices=values or None, metavar=metavar, help=text
    )
