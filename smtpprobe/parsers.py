"""The parsers of the command line, made when one is needed."""

from __future__ import annotations

import argparse

from smtpprobe import __version__
from smtpprobe.options import SETTINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

CERTIFICATES = ("good", "expired", "wrong-name", "self-signed", "untrusted")
"""The certificates that the practice server can show."""

DESCRIPTION = """\
Speak SMTP to a server, as in telnet, and read under every reply what it means
and what comes next.

With no --script, a prompt opens on the target; type SMTP, or :help.
With --script, or when standard input is no terminal, lines run as checks."""

EPILOG = """\
targets:
  example.org              the MX hosts of the domain, in order
  [mx1.example.org]        that host itself; so does mx1.example.org:25
  [192.0.2.1]:587          an address; IPv6 as [2001:db8::1]:25
  smtps://host             TLS from the first octet (port 465)
  lmtp://host:24           LMTP; unix:/path and lmtp+unix:/path for sockets

examples:
  smtpprobe --sandbox                          learn it on a practice server
  smtpprobe example.org                        a session with its first MX
  smtpprobe smtp.example.org:587 --transcript call.smtp
  printf 'EHLO me.example\\nQUIT\\n' | smtpprobe '[mx1.example.org]'
  smtpprobe --script checks.smtp example.org   exit 0 only if all went well
  smtpprobe sandbox                            the practice server alone
  smtpprobe explain 550 5.7.1 "Relay access denied"
  smtpprobe explain -f /var/log/mail.log --summary
  smtpprobe starttls example.org               does TLS work there, and for whom

exit codes:
  0 ok   1 a check failed   2 usage   3 script unreadable
  4 could not talk, or could not tell   5 nothing was checked
  70 internal error   130, 143 interrupted

Screen readers: --plain gives a prompt with no cursor movement."""

SANDBOX_DESCRIPTION = """\
A practice server on loopback: STARTTLS and implicit TLS with a throw-away CA,
AUTH with shown credentials, recipients that provoke every reply worth
practising. Mail is shown and thrown away."""


STARTTLS_DESCRIPTION = """\
Which kinds of sender can deliver to a domain over TLS, and why not: every
address of every mail host, seen as an opportunistic sender sees it, as one
that requires a public certificate, as one with DANE and as one with MTA-STS.

At most two connections to an address, and no mail is begun."""

STARTTLS_EPILOG = """\
targets:
  example.org              every MX host of the domain, every address, port 25
  [mx1.example.org]        that host; mx1.example.org:587 at another port
  [192.0.2.1]              that address; its name in the certificate is the address
  user@example.org         the domain behind the @
  smtps://host, host:465   TLS from the first octet

examples:
  smtpprobe starttls example.org
  smtpprobe starttls --submission example.org     the hosts of its SRV records
  smtpprobe starttls --at +30d --cert-days 30,7 example.org
  smtpprobe starttls --level dane --resolver 127.0.0.1 example.org
  smtpprobe starttls --json example.org | jq .senders
  smtpprobe starttls --format nagios example.org
  smtpprobe explain dane.no-match                 what a finding means
  smtpprobe starttls -i domains.txt -o results.jsonl    go on: --resume

the result:
  By default TLS has to work at every address that answers, and what is
  published (TLSA records, an MTA-STS policy in mode enforce) has to hold.
  --level asks for one kind of sender instead. Facts that could not be had are
  shown as unknown, never as no.

exit codes:
  0 ok   1 a check failed   2 usage   4 could not tell
  5 nothing to check (null MX, submission not offered)
  70 internal error   130, 143 interrupted
  --format nagios has the codes of a plugin: 0, 1, 2, 3

limits: no SSLv2, no OCSP staple, no bugs of TLS stacks (testssl.sh finds those),
no raw public keys. DNSSEC rests on the word of the resolver: one on this
machine, or one named with --resolver and --trust-ad."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where help is; exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Leave with the usage exit code."""
        self.exit(2, f"smtpprobe: {message}\n  {self.prog} --help shows how\n")


def main_parser() -> argparse.ArgumentParser:
    """Return the parser of the prompt and of scripts."""
    parser = Parser(
        prog="smtpprobe",
        usage="smtpprobe [OPTIONS] [TARGET]\n"
        "       smtpprobe [OPTIONS] --script FILE... [TARGET]\n"
        "       smtpprobe sandbox [OPTIONS]\n"
        "       smtpprobe explain [OPTIONS] [TEXT...]\n"
        "       smtpprobe starttls [OPTIONS] TARGET...",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("positional", metavar="TARGET", nargs="?", help="whom to connect to")
    _add_general(parser)
    _add_connection(parser)
    _add_script(parser)
    _add_settings(parser)
    return parser


def sandbox_parser() -> argparse.ArgumentParser:
    """Return the parser of `smtpprobe sandbox`."""
    parser = Parser(
        prog="smtpprobe sandbox",
        description=SANDBOX_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    _add_general(parser)
    group = parser.add_argument_group("server")
    group.add_argument("--host", default="127.0.0.1", help="loopback address (127.0.0.1)")
    for name, meaning in (
        ("port", "SMTP with STARTTLS"),
        ("submission-port", "submission: AUTH needed"),
        ("smtps-port", "TLS from the first octet"),
        ("lmtp-port", "LMTP"),
    ):
        group.add_argument(
            f"--{name}", type=_port, default=0, metavar="N", help=f"{meaning}; 0: any free port"
        )
    group.add_argument(
        "--certificate",
        choices=CERTIFICATES,
        default=CERTIFICATES[0],
        help="show a bad certificate, to practise on",
    )
    return parser


def starttls_parser() -> argparse.ArgumentParser:
    """Return the parser of `smtpprobe starttls`."""
    parser = Parser(
        prog="smtpprobe starttls",
        usage="smtpprobe starttls [OPTIONS] TARGET...\n"
        "       smtpprobe starttls -i FILE [-o FILE [--resume|--restart]] [OPTIONS]",
        description=STARTTLS_DESCRIPTION,
        epilog=STARTTLS_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
        allow_abbrev=False,
    )
    parser.add_argument("targets", metavar="TARGET", nargs="*", help="whom to check")
    _add_general(parser)
    _add_reaching(parser)
    _add_judging(parser)
    _add_report(parser)
    _add_list(parser)
    return parser


def _add_list(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("lists").add_argument
    add("-i", dest="input", metavar="FILE", help="check every target in it (- is standard input)")
    add("--jobs", metavar="N", help="so many at a time (16; at most 256)")
    add("--per-host", metavar="N", help="so many connections to one address at a time (1)")
    add("--resume", action="store_true", help="go on with the results in -o FILE")
    add("--restart", action="store_true", help="begin -o FILE anew")
    add("--no-progress", action="store_true", help="tell nothing on the way")
    add("--yes-active", action="store_true", help="with -i, --active is meant")


def _add_reaching(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("what is asked").add_argument
    add("--target", metavar="TARGET", action="append", help="the same as a positional TARGET")
    add("--port", type=_port, metavar="N", help="of a bare domain: its MX hosts at that port")
    add("--submission", action="store_true", help="the hosts of its SRV records instead of MX")
    add("-4", dest="family", action="store_const", const=4, help="IPv4 only")
    add("-6", dest="family", action="store_const", const=6, help="IPv6 only")
    add("--bind", metavar="ADDR[:PORT]", help="source address and port")
    add("--resolver", metavar="HOST[:PORT]", help="DNS server instead of the system's")
    add("--trust-ad", action="store_true", help="believe its AD bit though it is elsewhere")
    add(
        "--resolve",
        metavar="NAME:PORT:ADDR",
        action="append",
        default=[],
        help="use this address for a name; the policy host has port 443",
    )
    add("--sni", metavar="NAME|none", help="name sent in SNI and wanted in the certificate")
    add("--active", action="store_true", help="two more connections: plaintext injection, state")
    add("--deep", action="store_true", help="up to 25 more: old versions, ciphers, groups, names")
    add("--client", metavar="NAME", help="name sent in EHLO (the name of this machine)")
    add("--timeout", metavar="D", help="limit for a connection and a reply; greeting twice that")
    add("--keylog", metavar="F", help="append TLS secrets for Wireshark (or SSLKEYLOGFILE)")


def _add_judging(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("what counts").add_argument
    add(
        "--level",
        choices=("opportunistic", "pkix", "dane", "sts"),
        help="the kind of sender that decides",
    )
    add("--ca-file", metavar="F", help="trusted roots instead of the system's")
    add("--match", metavar="NAME", action="append", default=[], help="a further name that counts")
    add("--at", metavar="+30d|DATE", help="judge dates as of then")
    add("--cert-days", metavar="W,C", default="14,0", help="days left: warn below W, fail below C")
    add("--previous-id", metavar="ID", default="", help="MTA-STS id seen before")
    add("--fail-on", choices=("warn", "fail"), default="fail", help="lowest level for exit 1")


def _add_report(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("report").add_argument
    add("--format", choices=STARTTLS_FORMATS, help="form of the report (text)")
    add("--json", dest="format", action="store_const", const="json", help="the same as --format")
    add("--jsonl", dest="format", action="store_const", const="jsonl", help="one line a target")
    add("--html", metavar="F", help="write a page for a browser as well")
    add("-o", "--output", metavar="F", help="write the report to a file")


STARTTLS_FORMATS = ("text", "json", "jsonl", "nagios", "prom", "junit", "html")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _add_general(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("general")
    group.add_argument("--quiet", action="store_true", default=None, help="no banner")
    group.add_argument(
        "--color", choices=("auto", "always", "never"), default=None, help="auto obeys NO_COLOR"
    )
    group.add_argument("--debug", action="store_true", help="tracebacks; secrets stay hidden")
    group.add_argument(
        "--version", action="version", version=f"smtpprobe {__version__}", help="show the version"
    )
    group.add_argument("-h", "--help", action="help", help="show this help")


def _add_connection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("connection")
    add = group.add_argument
    add("--target", metavar="TARGET", help="the same as the positional TARGET")
    add("--sandbox", action="store_true", help="talk to a practice server in this process")
    add("-4", dest="family", action="store_const", const=4, help="IPv4 only")
    add("-6", dest="family", action="store_const", const=6, help="IPv6 only")
    add("--bind", metavar="ADDR[:PORT]", help="source address and port")
    add("--resolver", metavar="HOST[:PORT]", help="DNS server instead of the system's")
    add("--mx", metavar="N|HOST", help="only the N-th MX in order, or that one")
    add("--tls", choices=("auto", "off", "implicit"), default="auto", help="auto: by target")
    add("--insecure", action="store_true", help="show a bad certificate and go on")
    add("--ca-file", metavar="F", help="trusted roots instead of the system's")
    add("--sni", metavar="NAME", help="name sent in SNI and wanted in the certificate")
    add("--keylog", metavar="F", help="append TLS secrets for Wireshark")
    add("--timeout", metavar="D", help="limit for replies after the greeting (scripts: 30s)")


def _add_script(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("scripts")
    add = group.add_argument
    add(
        "--script",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="files, folders or - for standard input; a last word that is no file is the target",
    )
    add(
        "--show",
        choices=("none", "failures", "all"),
        help="wire lines in the report (failures; from a pipe: all)",
    )
    add("--max-time", metavar="D", help="limit for the whole run")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """Every setting is an option; switches have both forms (--toolbar, --no-toolbar)."""
    group = parser.add_argument_group("prompt (also :set, environment SMTPPROBE_KEY, config file)")
    group.add_argument("--config", metavar="F", help="configuration file")
    group.add_argument("--no-config", action="store_true", help="read no configuration file")
    for name, kind, default, values, meaning in SETTINGS:
        if name in ("quiet", "color"):
            continue
        option = "--" + name.replace("_", "-")
        if kind == "bool":
            shown = option if not default else "--no-" + option[2:]
            text = meaning if not default else f"without: {meaning}"
            group.add_argument(shown, dest=name, action="store_const", const=not default, help=text)
            other = option if default else "--no-" + option[2:]
            group.add_argument(
                other, dest=name, action="store_const", const=bool(default), help=argparse.SUPPRESS
            )
        else:
            metavar = {"duration": "D", "number": "N", "choice": None}.get(kind, "TEXT")
            group.add_argument(
                option, dest=name, choices=values or None, metavar=metavar, help=meaning
            )
