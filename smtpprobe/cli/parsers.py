"""The parsers of the command line, made when one is needed."""

from __future__ import annotations

import argparse
import sys
from functools import partial

from smtpprobe import __version__
from smtpprobe.settings.rows import SETTINGS, SWITCHED_OFF

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from _typeshed import SupportsWrite

CERTIFICATES = ("good", "expired", "wrong-name", "self-signed", "untrusted")
"""The certificates that the practice server can show."""

SHELLS = ("bash", "zsh", "fish")
"""The shells whose completion can be printed."""

DESCRIPTION = """\
Speak SMTP to a server, as in telnet, and read under every reply what it means
and what comes next.

With no --script, a prompt opens on the target; type SMTP, or :help.
With --script, or when standard input is no terminal, lines run as checks."""

EPILOG = """\
targets:
  example.org              the MX hosts of the domain, in order
  [mx1.example.org]        that host itself; so does mx1.example.org:25
  mx1.example.org 25       the same, as telnet has it
  [192.0.2.1]:587          an address; IPv6 as [2001:db8::1]:25
  smtps://host             TLS from the first octet (port 465)
  lmtp://host:24           LMTP; unix:/path and lmtp+unix:/path for sockets

examples:
  smtpprobe --sandbox                          learn it on a practice server
  smtpprobe example.org                        a session with its first MX
  smtpprobe smtp.example.org:587 --transcript call.smtp
  printf 'EHLO me.example\\nQUIT\\n' | smtpprobe '[mx1.example.org]'
  smtpprobe --script checks.smtp example.org   exit 0 only if all went well
  smtpprobe --script checks/ --check           what would be sent; no network
  smtpprobe --script checks/ --each-mx --format junit -o report.xml example.org
  smtpprobe sandbox                            the practice server alone
  smtpprobe explain 550 5.7.1 "Relay access denied"
  smtpprobe explain -f /var/log/mail.log --summary
  smtpprobe starttls example.org               does TLS work there, and for whom
  eval "$(smtpprobe --print-completion bash)"  complete options with Tab

exit codes:
  0 ok   1 a check failed   2 usage   3 script unreadable
  4 could not talk, or could not tell   5 nothing was checked
  70 internal error   130, 143 interrupted

Screen readers: --plain gives a prompt with no cursor movement."""

SANDBOX_DESCRIPTION = """\
A practice server on loopback: STARTTLS and implicit TLS with a throw-away CA,
AUTH with shown credentials, recipients that provoke every reply worth
practising. Mail is shown and thrown away.

With --replay, a recorded session is served instead: the server that somebody
met, at your desk. Each client gets the next recorded connection, in the order
in which they were opened (also those of ":on NAME" in a script); after the
last one the first comes again."""

SANDBOX_EPILOG = """\
replay:
  A command gets the reply that the next one with the same verb got then, octet
  for octet; one with no place in the rest of the recording gets "500 5.5.1 not
  in this recording" and a line on this screen. STARTTLS is a real handshake;
  trust the CA file that is shown. Any AUTH answer gets the recorded reply.

examples:
  smtpprobe sandbox --port 2525                      practise
  smtpprobe mx.example.org --transcript call.smtp    record a session ...
  smtpprobe sandbox --replay call.smtp               ... and serve it
  smtpprobe sandbox --replay call.jsonl --timing     as slow as it was

exit codes: 0 ended by Ctrl-C, 2 usage, 3 the recording cannot be read"""


IMPORTED = ("telnet", "swaks", "exim")
"""The forms that `smtpprobe import` reads."""

IMPORT_DESCRIPTION = """\
Turn a dialogue of another tool into a script on standard output: to be read,
run with --script, kept in a repository, or served by "sandbox --replay"."""

IMPORT_EPILOG = """\
forms:
  telnet   a session pasted from the terminal: lines with a reply code are the
           server's, others yours; between 354 and "." all is message text
  swaks    its transcript, as printed or logged
  exim     a dialogue of the client in Exim's test suite ("??? 250"), or a file
           of tests that holds some; files that it names ("<<< FILE") are read
           from this folder, from that of FILE or from one above it

Replies stand as they came; a run asserts their codes. Lines that went out
together stay together (:hold). Credentials become secrets: give them with
--secret NAME=file:F or SMTPPROBE_SECRET_NAME. What a script cannot say is a
"# import:" comment, and is told with its line.

examples:
  smtpprobe import telnet pasted.txt > call.smtp
  swaks --to you@example.org --server mx.example.org | smtpprobe import swaks -
  smtpprobe import exim 0001 -o checks/basic.smtp

exit codes: 0 all of it, 1 not all of it, 2 usage, 3 not readable"""


STARTTLS_DESCRIPTION = """\
Which kinds of sender can deliver to a domain over TLS, and why not: every
address of every mail host, seen as an opportunistic sender sees it, as one
that requires a public certificate, as one with DANE and as one with MTA-STS.

At most two connections to an address, and no mail is begun."""

STARTTLS_EPILOG = """\
targets:
  example.org              every MX host of the domain, every address, port 25
  [mx1.example.org]        that host; mx1.example.org:587 at another port,
                           or mx1.example.org 587, as telnet has it
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

    def __init__(
        self, prog: str, *, description: str, epilog: str, usage: str | None = None
    ) -> None:
        self.many: str | None = None
        """Where words without an option go, if there may be several."""
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            epilog=epilog,
            formatter_class=_formatter(80),  # one is made for every option that is added
            add_help=False,
            allow_abbrev=False,
        )

    def format_help(self) -> str:
        """Return the help, as wide as the terminal."""
        import shutil  # noqa: PLC0415 - heavy, and only for help

        self.formatter_class = _formatter(shutil.get_terminal_size().columns)
        return super().format_help()

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the words; those without an option may stand anywhere between options.

        Raises:
            UsageError: one of them is wrong.
        """
        words, more = self.parse_known_args(argv)
        if more and (self.many is None or any(word.startswith("-") for word in more)):
            self.error(f"unrecognized arguments: {' '.join(more)}")
        if self.many is not None:
            getattr(words, self.many).extend(more)
        return words

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:  # noqa: ARG002 - argparse's signature
        """Leave after --help or --version.

        Raises:
            SystemExit: always, once what was written has left the program.
            OSError: standard output did not take it.
        """
        sys.stdout.flush()
        sys.exit(status)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Write help, and raise where argparse says nothing of a disk that is full."""
        (file or sys.stdout).write(message)

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong with the words.

        Raises:
            UsageError: always.
        """
        from smtpprobe.errors import UsageError  # noqa: PLC0415 - only for what is wrong

        raise UsageError(message, f"{self.prog} --help shows how")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Folds at blanks alone: an option or a path in a sentence stays whole."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        import textwrap  # noqa: PLC0415 - only for help

        return textwrap.wrap(
            " ".join(text.split()), width, break_long_words=False, break_on_hyphens=False
        )


def _formatter(columns: int) -> partial[_Help]:
    return partial(_Help, width=columns - 2)


def main_parser() -> Parser:
    """Return the parser of the prompt and of scripts."""
    parser = Parser(
        prog="smtpprobe",
        usage="smtpprobe [OPTIONS] [TARGET]\n"
        "       smtpprobe [OPTIONS] --script FILE... [TARGET]\n"
        "       smtpprobe sandbox [OPTIONS]\n"
        "       smtpprobe explain [OPTIONS] [TEXT...]\n"
        "       smtpprobe starttls [OPTIONS] TARGET...\n"
        "       smtpprobe import telnet|swaks|exim FILE",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.many = "positional"
    parser.add_argument(
        "positional", metavar="TARGET", nargs="*", help="whom to connect to; a number is its port"
    )
    _add_general(parser).add_argument(
        "--print-completion", choices=SHELLS, help="what a shell reads to complete these options"
    )
    _add_connection(parser)
    _add_script(parser)
    _add_settings(parser)
    return parser


def sandbox_parser() -> Parser:
    """Return the parser of `smtpprobe sandbox`."""
    parser = Parser(
        prog="smtpprobe sandbox",
        description=SANDBOX_DESCRIPTION,
        epilog=SANDBOX_EPILOG,
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
        names = ("-p", "--port") if name == "port" else (f"--{name}",)
        group.add_argument(
            *names, type=_port, default=0, metavar="N", help=f"{meaning}; 0: any free port"
        )
    group.add_argument(
        "--certificate",
        choices=CERTIFICATES,
        default=CERTIFICATES[0],
        help="show a bad certificate, to practise on",
    )
    group = parser.add_argument_group("replay")
    group.add_argument(
        "--replay", metavar="FILE", help="serve this recording (.smtp or .jsonl; - is stdin)"
    )
    group.add_argument("--timing", action="store_true", help="with the delays of the .jsonl")
    return parser


def import_parser() -> Parser:
    """Return the parser of `smtpprobe import`."""
    parser = Parser(
        prog="smtpprobe import",
        description=IMPORT_DESCRIPTION,
        epilog=IMPORT_EPILOG,
    )
    parser.add_argument("form", choices=IMPORTED, help="which tool's dialogue it is")
    parser.add_argument("file", metavar="FILE", help="what to read; - is standard input")
    parser.add_argument("-o", "--output", metavar="F", help="write the script into this file")
    _add_general(parser)
    return parser


def starttls_parser() -> Parser:
    """Return the parser of `smtpprobe starttls`."""
    parser = Parser(
        prog="smtpprobe starttls",
        usage="smtpprobe starttls [OPTIONS] TARGET...\n"
        "       smtpprobe starttls -i FILE [-o FILE [--resume|--restart]] [OPTIONS]",
        description=STARTTLS_DESCRIPTION,
        epilog=STARTTLS_EPILOG,
    )
    parser.many = "targets"
    parser.add_argument(
        "targets", metavar="TARGET", nargs="*", help="whom to check; a number is a target's port"
    )
    _add_config(_add_general(parser))
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
    add("-s", "--server", metavar="HOST", help="that host itself, as TARGET [HOST]")
    add("-p", "--port", type=_port, metavar="N", help="of a bare domain: its MX hosts at that port")
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
    add(
        "--deep",
        action="store_true",
        help="up to 25 more: weak ciphers, versions, groups, names",
    )
    add("--deep-connections", metavar="N", help="with --deep: up to N more instead (500 at most)")
    add("--client", metavar="NAME", help="name sent in EHLO (the name of this machine)")
    add("--timeout", metavar="D", help="limit for every wait: DNS, connection, each reply, policy")
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
    add("--pem", action="store_true", help="with the certificates as PEM, in JSON")
    add("--html", metavar="F", help="write a page for a browser as well")
    add("-o", "--output", metavar="F", help="write the report to a file")


STARTTLS_FORMATS = ("text", "json", "jsonl", "nagios", "prom", "junit", "html")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:6]) < 65536):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port (0 to 65535)")
    return int(text)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number")
    return int(text)


def _at_least_one(text: str) -> int:
    if _number(text) < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return int(text)


def _add_general(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
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
    return group


def _add_connection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("connection")
    add = group.add_argument
    add("--target", metavar="TARGET", help="the same as the positional TARGET")
    add("-s", "--server", metavar="HOST", help="that host itself, as TARGET [HOST]")
    add("-p", "--port", type=_port, metavar="N", help="of the target, as TARGET host:N")
    add("--sandbox", action="store_true", help="talk to a practice server in this process")
    add("-4", dest="family", action="store_const", const=4, help="IPv4 only")
    add("-6", dest="family", action="store_const", const=6, help="IPv6 only")
    add("--bind", metavar="ADDR[:PORT]", help="source address and port")
    add("--resolver", metavar="HOST[:PORT]", help="DNS server instead of the system's")
    add("--mx", metavar="N|HOST", help="only the N-th MX in order, or that one")
    add("--tls", choices=("auto", "off", "implicit"), default="auto", help="auto: by target")
    add("--insecure", action="store_true", help="show a bad certificate and go on")
    add("--ca-file", metavar="F", help="trusted roots instead of the system's")
    add("--sni", metavar="NAME|none", help="name sent in SNI and wanted in the certificate")
    add("--keylog", metavar="F", help="append TLS secrets for Wireshark")
    add("--timeout", metavar="D", help="limit for every wait: connection, handshake, each reply")


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
    _add_script_values(group)
    _add_script_judgement(group)
    _add_script_runs(group)
    _add_script_tools(group)
    _add_formats(group)


def _add_script_values(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--var", metavar="K=V", action="append", default=[], help="a variable, {{K}} in scripts")
    add("--vars-file", metavar="F", help="variables, a line K=V each")
    add(
        "--secret",
        metavar="K[=...]",
        action="append",
        default=[],
        help="a secret: K asks for it, K=env:NAME and K=file:F read it",
    )


def _add_script_judgement(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--continue", dest="going_on", action="store_true", help="go on after a miss")
    add("--strict", action="store_true", help="soft misses and lint findings count as failures")
    add("--strict-text", action="store_true", help="replies in a script count with their text")
    add("-w", dest="warn_time", metavar="SEC", help="total time: a longer one is a warning")
    add("-c", dest="fail_time", metavar="SEC", help="total time: a longer one is a failure")
    add("--cert-days", metavar="W,C", help="days to the certificate's end: warning, failure")


def _add_script_runs(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--jobs", type=_at_least_one, default=1, metavar="N", help="so many scripts at a time")
    add(
        "--per-host",
        type=_at_least_one,
        default=None,
        metavar="N",
        help="of these so many against one host (all)",
    )
    add(
        "--retry",
        type=_number,
        default=0,
        metavar="N",
        help="run a script that failed, or could not be told, up to N times more",
    )
    add("--each-mx", action="store_true", help="run each script against each MX host")
    add("--each-address", action="store_true", help="run each script against each address")
    add(
        "--compare",
        metavar="TARGET",
        nargs="+",
        help="run against each target; show where replies differ",
    )


def _add_script_tools(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--check", action="store_true", help="read scripts, lint, show the plan; no network")
    add("--fmt", action="store_true", help="bring scripts into the canonical form")
    add("--diff", action="store_true", help="with --fmt: show what would change, change nothing")


def _add_formats(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add(
        "--format",
        choices=("text", "tap", "junit", "json", "jsonl", "nagios", "prom"),
        help="form of the report (text)",
    )
    add("--json", dest="format", action="store_const", const="json", help="--format json")
    add("--jsonl", dest="format", action="store_const", const="jsonl", help="--format jsonl")
    add("-o", "--output", metavar="F", help="write the report to a file, atomically")
    for name, default in (("timeout", "critical"), ("skip", "unknown")):
        add(
            f"--{name}-state",
            choices=("ok", "warning", "critical", "unknown"),
            default=default,
            help=f"nagios: what a {name} is ({default})",
        )


def _add_config(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--config", metavar="F", help="configuration file")
    group.add_argument("--no-config", action="store_true", help="read no configuration file")


OF_OTHER_GROUPS = ("quiet", "color", "ca_file", "sni", "resolver")
"""Settings whose option stands under general or connection."""


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """Every setting is an option; switches have both forms (--toolbar, --no-toolbar)."""
    group = parser.add_argument_group("prompt (also :set, environment SMTPPROBE_KEY, config file)")
    _add_config(group)
    for name, kind, default, values, meaning in SETTINGS:
        if name in OF_OTHER_GROUPS:
            continue
        option = "--" + name.replace("_", "-")
        if kind == "bool":
            shown = option if not default else "--no-" + option[2:]
            text = meaning if not default else SWITCHED_OFF[name]
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
