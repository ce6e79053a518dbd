"""The parsers of the command line, made when one is needed."""

from __future__ import annotations

from smtpprobe.cli.option_types import (
    file_only,
    limit,
    number,
    output,
    port,
    rate,
    seconds,
    segment,
)
from smtpprobe.cli.shared_options import USUAL_DAYS, add_shared
from smtpprobe.command_line import parser as command_line
from smtpprobe.command_line.options import SHOW
from smtpprobe.exits import MEANINGS, ExitStatus, NagiosState
from smtpprobe.help_text import exit_codes
from smtpprobe.protocol.units import written_duration
from smtpprobe.settings.defaults import SETTINGS, SWITCHED_OFF
from smtpprobe.settings.option_limits import (
    DEEP_CONNECTIONS,
    LIST_JOBS,
    MOST_DEEP_CONNECTIONS,
    MOST_LIST_JOBS,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from smtpprobe.command_line.options import Group

PLAIN_VALUES = """\
values:
  D     a duration: 500ms, 10s, 2m; a bare number is in seconds
  F     a file"""

VALUES = f"""\
{PLAIN_VALUES}
  K, V  the name of a variable or secret, and its value"""

CERTIFICATES = ("good", "expired", "wrong-name", "self-signed", "untrusted")
"""The certificates that the practice server can show."""

SHELLS = ("bash", "zsh", "fish", "powershell")
"""The shells whose completion can be printed."""

DESCRIPTION = """\
Talk SMTP to a server as you would with telnet; below each reply you see what it
means and what to do next.

Without --script, a prompt connected to TARGET opens: type SMTP commands, or
:help. With --script, or when standard input is not a terminal, the lines run as
a script and every reply is checked."""

EPILOG = f"""\
targets:
  example.org              the MX hosts of the domain, in order of preference
  [mx1.example.org]        that host, no MX lookup; also mx1.example.org:25
  mx1.example.org 25       the same, as with telnet
  [192.0.2.1]:587          an address; IPv6 as [2001:db8::1]:25
  smtps://host             implicit TLS (port 465)
  lmtp://host:24           LMTP; unix:/path and lmtp+unix:/path for UNIX sockets
  'pipe:exim -bh ADDR'     a program's input and output; also lmtp+pipe:

{VALUES}

examples:
  smtpprobe --sandbox                          learn SMTP on a practice server
  smtpprobe example.org                        a session with its first reachable MX
  smtpprobe smtp.example.org:587 --transcript call.smtp
  printf 'EHLO me.example\\nQUIT\\n' | smtpprobe '[mx1.example.org]'
  smtpprobe --script checks.smtp example.org   exit 0 only if every check passed
  smtpprobe --script checks/ --check           show what would be sent; no network
  smtpprobe --script checks/ --each-mx --format junit -o report.xml example.org
  smtpprobe send --to you@example.org          a whole message in one command
  smtpprobe sandbox                            run only the practice server
  smtpprobe explain 550 5.7.1 "Relay access denied"
  smtpprobe explain -f /var/log/mail.log --summary
  smtpprobe why user@example.org               why does mail not arrive there
  smtpprobe starttls example.org               who can deliver there over TLS
  smtpprobe mcp --allow example.org            the same for an AI assistant
  eval "$(smtpprobe --print-completion bash)"  complete options with Tab

{exit_codes(MEANINGS)}

Screen readers: --plain gives a prompt with no cursor movement."""

SANDBOX_DESCRIPTION = """\
A practice server on loopback: STARTTLS and implicit TLS with a throw-away CA,
AUTH with the credentials it prints, and recipients that trigger every reply
worth practising. Mail is shown and discarded.

With --replay, it plays back a recorded session: the customer's server, on your
own machine. Each client gets the next recorded connection, in the order they
were opened (including those of ":on NAME" in a script); after the last one it
starts over."""

_SANDBOX_EXITS = {
    ExitStatus.OK: "ended by Ctrl-C",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    ExitStatus.SCRIPT_UNREADABLE: "cannot read the recording",
    ExitStatus.TERMINATED: ExitStatus.TERMINATED.meaning,
}

SANDBOX_EPILOG = f"""\
replay:
  A command gets the recorded reply to the next command with the same verb,
  octet for octet. One that does not occur in the rest of the recording gets
  "500 5.5.1 not in this recording" and is logged here. STARTTLS is a real
  handshake: trust the CA file printed at startup. Any response to an AUTH
  challenge gets the recorded reply.

examples:
  smtpprobe sandbox --port 2525                      practise
  smtpprobe sandbox --hostile taken-back@rcpt        try a client on a bad server
  smtpprobe mx.example.org --transcript call.smtp    record a session ...
  smtpprobe sandbox --replay call.smtp               ... and serve it
  smtpprobe sandbox --replay call.jsonl --timing     with the recorded delays

{exit_codes(_SANDBOX_EXITS)}"""


IMPORTED = ("telnet", "swaks", "swaks-command", "exim")
"""The forms that `smtpprobe import` reads."""

IMPORT_DESCRIPTION = """\
Convert another tool's session to a script on standard output: to read, to run
with --script, to keep in a repository, or to play back with "sandbox --replay"."""

_IMPORT_EXITS = {
    ExitStatus.OK: "all converted",
    ExitStatus.CHECK_FAILED: "partly converted",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    ExitStatus.SCRIPT_UNREADABLE: "cannot read FILE",
}

IMPORT_EPILOG = f"""\
formats:
  telnet   a session pasted from the terminal: lines with a reply code are the
           server's, all others are yours; after 354, all up to "." is message
           text
  swaks    a swaks transcript, as printed or logged
  swaks-command  a swaks command line instead of FILE (or - for standard input): the
           "smtpprobe send" line that does the same (docs/swaks.md)
  exim     a script for the client of Exim's test suite ("??? 250"), or a test
           file that contains some; files it includes ("<<< FILE") are looked up
           in the current directory, the directory of FILE and its parents

Replies are kept verbatim; a run checks their codes. Lines sent together stay
together (:hold). Credentials become secrets: pass them with
--secret NAME=file:F or SMTPPROBE_SECRET_NAME. Whatever a script cannot express
becomes an "# import:" comment and a warning with its line number.

examples:
  smtpprobe import telnet pasted.txt > call.smtp
  swaks --to you@example.org --server mx.example.org | smtpprobe import swaks -
  smtpprobe import exim 0001 -o checks/basic.smtp
  smtpprobe import swaks-command "swaks --to you@example.org --server mx.example.org"

{exit_codes(_IMPORT_EXITS)}"""


STARTTLS_DESCRIPTION = """\
Show which senders can deliver to a domain over TLS, and what stops the others.
Every address of every mail host is assessed for four kinds of sender:
opportunistic, requiring a public certificate, DANE, and MTA-STS.

Opens at most two connections per address and never starts a mail transaction."""

_STARTTLS_EXITS = MEANINGS | {
    ExitStatus.NOTHING_CHECKED: "nothing to check (null MX, submission not offered)"
}
del _STARTTLS_EXITS[ExitStatus.SCRIPT_UNREADABLE]

STARTTLS_EPILOG = f"""\
targets:
  example.org              every MX host of the domain, every address, port 25
  [mx1.example.org]        that host; mx1.example.org:587 for another port,
                           or mx1.example.org 587, as with telnet
  [192.0.2.1]              that address; the certificate must name it
  user@example.org         the domain of that mailbox
  smtps://host, host:465   implicit TLS

examples:
  smtpprobe starttls example.org
  smtpprobe starttls --submission example.org     the hosts of its SRV records
  smtpprobe starttls --at +30d --cert-days 30,7 example.org
  smtpprobe starttls --level dane --resolver 127.0.0.1 example.org
  smtpprobe starttls --json example.org | jq .senders
  smtpprobe starttls --format nagios example.org
  smtpprobe explain dane.no-match                 what a finding means
  smtpprobe starttls -i domains.txt -o results.jsonl    continue with --resume

the result:
  By default, TLS must work at every address that answers, and every policy the
  domain publishes (TLSA records, MTA-STS in mode enforce) must be satisfied.
  --level bases the verdict on one kind of sender only. What could not be
  determined is shown as unknown, never as no.

{exit_codes(_STARTTLS_EXITS)}
  --format nagios uses plugin exit codes: 0, 1, 2, 3

limits:
  Not tested: SSLv2, OCSP stapling, TLS stack bugs (use testssl.sh for those)
  and raw public keys. DNSSEC status comes from the resolver's AD bit: use a
  validating resolver on this machine, or --resolver with --trust-ad.

durations (D): 500ms, 10s, 2m; a bare number is in seconds"""


class Parser(command_line.Parser):
    """Knows of an option that is wrong here which other command or tool has it."""

    def meant(self, words: Sequence[str]) -> str:
        """Return what was meant by words of which one is no option here; empty if unknown."""
        from smtpprobe.cli.elsewhere import option_elsewhere  # noqa: PLC0415 - for what is wrong

        return option_elsewhere(words) or super().meant(words)


def _versions() -> str:
    from smtpprobe.about import about_text  # noqa: PLC0415 - loads TLS

    return about_text()


def main_parser() -> Parser:
    """Return the parser of the prompt and of scripts."""
    parser = Parser(
        prog="smtpprobe",
        usage="smtpprobe [OPTIONS] [TARGET]\n"
        "       smtpprobe [OPTIONS] --script FILE... [TARGET]\n"
        "       smtpprobe send [OPTIONS] --to ADDRESS [TARGET]\n"
        "       smtpprobe sandbox [OPTIONS]\n"
        "       smtpprobe explain [OPTIONS] [TEXT...]\n"
        "       smtpprobe why [OPTIONS] user@example.org\n"
        "       smtpprobe starttls [OPTIONS] TARGET...\n"
        "       smtpprobe survey [OPTIONS] LIST -o FOLDER --contact C\n"
        "       smtpprobe import telnet|swaks|swaks-command|exim FILE\n"
        "       smtpprobe mcp [OPTIONS]",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_many("positional", "TARGET", "server or domain; a number after it is the port")
    add_general(parser).add_argument(
        "--print-completion", choices=SHELLS, help="print the completion script for a shell"
    )
    add_connection(parser)
    _add_pace(parser)
    add_login(parser)
    _add_script(parser)
    _add_settings(parser)
    return parser


def sandbox_parser() -> Parser:
    """Return the parser of `smtpprobe sandbox`."""
    parser = Parser(
        prog="smtpprobe sandbox",
        usage="smtpprobe sandbox [OPTIONS]\n       smtpprobe sandbox --replay FILE [OPTIONS]",
        description=SANDBOX_DESCRIPTION,
        epilog=SANDBOX_EPILOG,
    )
    add_general(parser, "show only accepted messages and errors")
    group = parser.add_argument_group("server")
    group.add_argument(
        "--host", default="127.0.0.1", help="loopback address to listen on (127.0.0.1)"
    )
    for name, meaning in (
        ("port", "SMTP with STARTTLS"),
        ("submission-port", "submission with mandatory AUTH"),
        ("smtps-port", "implicit TLS"),
        ("lmtp-port", "LMTP"),
    ):
        names = ("-p", "--port") if name == "port" else (f"--{name}",)
        group.add_argument(
            *names,
            type=port(f"--{name}", 0),
            default=0,
            metavar="N",
            help=f"{meaning}; 0: any free port",
        )
    group.add_argument(
        "--certificate",
        choices=CERTIFICATES,
        default=CERTIFICATES[0],
        help="certificate to present (good)",
    )
    group.add_argument(
        "--proxy-protocol", action="store_true", help="expect a PROXY header (v1 or v2) first"
    )
    group.add_argument(
        "--xclient", action="store_true", help="offer XCLIENT and XFORWARD to every client"
    )
    group.add_argument(
        "--hostile",
        metavar="NAME[@STAGE]",
        help="misbehave in this way: a name of docs/hostile.md, as taken-back@rcpt",
    )
    group = parser.add_argument_group("replay")
    group.add_argument(
        "--replay", metavar="FILE", help="play back this recording (.smtp or .jsonl; - is stdin)"
    )
    group.add_argument(
        "--timing", action="store_true", help="keep the recorded delays (.jsonl only)"
    )
    return parser


def import_parser() -> Parser:
    """Return the parser of `smtpprobe import`."""
    parser = Parser(
        prog="smtpprobe import",
        usage=f"smtpprobe import [OPTIONS] {'|'.join(IMPORTED)} FILE",
        description=IMPORT_DESCRIPTION,
        epilog=IMPORT_EPILOG,
    )
    parser.add_argument("form", choices=IMPORTED, help="tool that produced FILE")
    parser.add_argument("file", metavar="FILE", help="file to convert; - is standard input")
    parser.add_argument(
        "-o", "--output", type=output, metavar="F", help="write the script to this file"
    )
    add_general(parser, "no effect: there is no banner")
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
    parser.add_many("targets", "TARGET", "domain or host; a number after it is the port")
    add_config(add_general(parser, "show only the result line; do not show progress"))
    _add_reaching(parser)
    _add_judging(parser)
    _add_report(parser)
    _add_list(parser)
    return parser


def _add_list(parser: command_line.Parser) -> None:
    group = parser.add_argument_group("lists")
    add = group.add_argument
    add(
        "-i",
        dest="input",
        metavar="FILE",
        help="check every target in the file (- is standard input)",
    )
    add(
        "--jobs",
        type=number("--jobs", most=MOST_LIST_JOBS),
        metavar="N",
        help=f"check up to N targets in parallel ({LIST_JOBS}; at most {MOST_LIST_JOBS})",
    )
    add_shared(group, "--per-host")
    add(
        "--resume",
        action="store_true",
        help="resume from the results already in the -o file",
    )
    add("--restart", action="store_true", help="start over and overwrite -o FILE")
    add_shared(group, "--no-progress")
    add("--yes-active", action="store_true", help="allow --active with -i")


def _add_reaching(parser: command_line.Parser) -> None:
    group = parser.add_argument_group("connection")
    add = group.add_argument
    add("--target", metavar="TARGET", action="append", help="same as a positional TARGET")
    add_shared(group, "--server")
    add(
        "-p",
        "--port",
        type=port(),
        metavar="N",
        help="port; also used for the MX hosts of a domain",
    )
    add(
        "--submission",
        action="store_true",
        help="check the submission servers from SRV records instead of the MX hosts",
    )
    add_shared(group, "-4")
    add_shared(group, "-6")
    add_shared(group, "--bind")
    add_setting(group, "resolver")
    add_shared(group, "--trust-ad")
    add_shared(
        group,
        "--resolve",
        help="connect to ADDR instead of resolving NAME; use port 443 for the policy host",
    )
    add_setting(group, "sni")
    add("--active", action="store_true", help="test plaintext injection; two more connections")
    add(
        "--deep",
        action="store_true",
        help="test weak ciphers, old versions, groups, other names; "
        f"up to {DEEP_CONNECTIONS} more connections",
    )
    add(
        "--deep-connections",
        type=number("--deep-connections", most=MOST_DEEP_CONNECTIONS),
        metavar="N",
        help=f"limit for --deep ({DEEP_CONNECTIONS}; at most {MOST_DEEP_CONNECTIONS})",
    )
    add_setting(group, "client")
    add_shared(group, "--timeout")
    add(
        "--keylog",
        metavar="F",
        help="append TLS session keys to file F for Wireshark (or SSLKEYLOGFILE)",
    )


def _add_judging(parser: command_line.Parser) -> None:
    from smtpprobe.starttls.sender_kinds import EVERY, FAIL, WARN  # noqa: PLC0415 - only for checks

    group = parser.add_argument_group("verdict")
    add = group.add_argument
    add(
        "--level",
        choices=EVERY,
        help="base the verdict on this kind of sender only",
    )
    add_setting(group, "ca_file")
    add(
        "--match",
        metavar="NAME",
        action="append",
        default=[],
        help="also accept this name in certificates",
    )
    add("--at", metavar="+30d|DATE", help="check certificate dates as of this time")
    add_shared(group, "--cert-days", **USUAL_DAYS)
    add("--previous-id", metavar="ID", default="", help="MTA-STS policy id seen last time")
    add(
        "--fail-on",
        choices=(WARN, FAIL),
        default=FAIL,
        help=f"exit 1 from this level on ({FAIL})",
    )


def _add_report(parser: command_line.Parser) -> None:
    group = parser.add_argument_group("report")
    add = group.add_argument
    from smtpprobe.starttls.reports.formats import Format as StarttlsFormat  # noqa: PLC0415

    usual = StarttlsFormat.TEXT.value
    forms = [one.value for one in StarttlsFormat]
    add("--format", choices=forms, help=f"report format ({usual})")
    add_shared(group, "--json")
    add(
        "--jsonl",
        dest="format",
        action="store_const",
        const="jsonl",
        help="one JSON line per target",
    )
    add("--pem", action="store_true", help="include certificates as PEM in JSON")
    add("--html", type=file_only("--html"), metavar="F", help="also write an HTML report")
    add_shared(group, "--output")


def add_general(parser: command_line.Parser, quiet: str | None = None) -> Group:
    """Add the options of every command; `quiet` is what --quiet does where there is no banner."""
    group = parser.add_argument_group("general")
    add_setting(group, "quiet", quiet)
    add_setting(group, "color")
    group.add_argument("--debug", action="store_true", help="show tracebacks; secrets stay hidden")
    version = "show the versions of all that is involved"
    group.add_argument("--version", action=SHOW, const=_versions, help=version)
    group.add_argument("-h", "--help", action=SHOW, const=parser.help_page, help="show this help")
    return group


def add_connection(parser: command_line.Parser) -> None:
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


def add_login(
    parser: command_line.Parser, user: Sequence[str] = (), password: Sequence[str] = ()
) -> Group:
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


def _add_pace(parser: command_line.Parser) -> None:
    add = parser.add_argument_group("wire").add_argument
    add(
        "--rate",
        dest="octet_rate",
        type=rate,
        metavar="N/s",
        help="send at most N octets per second, as with :rate",
    )
    add(
        "--segment",
        type=segment,
        metavar="N",
        help="send at most N octets per TCP segment, as with :rate --segment N",
    )


def _add_script(parser: command_line.Parser) -> None:
    from smtpprobe.script.reports.formats import Show  # noqa: PLC0415 - for scripts only

    group = parser.add_argument_group("scripts")
    add = group.add_argument
    add(
        "--script",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="files, folders or - for standard input; a last argument that is not a file is "
        "the target",
    )
    add(
        "--show",
        choices=tuple(show.value for show in Show),
        help="which dialogue to show in the report (default: failures; all for piped input)",
    )
    add("--max-time", type=limit("--max-time"), metavar="D", help="time limit for the whole run")
    _add_script_values(group)
    _add_script_judgement(group)
    _add_script_runs(group)
    _add_script_tools(group)
    _add_formats(group)


def _add_script_values(group: Group) -> None:
    add = group.add_argument
    add(
        "--var", metavar="K=V", action="append", default=[], help="set a variable, {{K}} in scripts"
    )
    add("--vars-file", metavar="F", help="read variables from a file, one K=V per line")
    add(
        "--secret",
        metavar="K[=...]",
        action="append",
        default=[],
        help="set a secret: K prompts for it, K=env:NAME and K=file:F read it",
    )


def _add_script_judgement(group: Group) -> None:
    add = group.add_argument
    add("--continue", dest="going_on", action="store_true", help="continue after a failed check")
    add("--strict", action="store_true", help="count warnings and lint findings as failures")
    add("--strict-text", action="store_true", help="also check the text of pasted replies")
    add(
        "-w",
        dest="warn_time",
        type=seconds("-w"),
        metavar="SEC",
        help="warn if a script takes longer than SEC seconds",
    )
    add(
        "-c",
        dest="fail_time",
        type=seconds("-c"),
        metavar="SEC",
        help="fail if a script takes longer than SEC seconds",
    )
    add_shared(group, "--cert-days")


def _add_script_runs(group: Group) -> None:
    add = group.add_argument
    add(
        "--jobs",
        type=number("--jobs"),
        default=1,
        metavar="N",
        help="run up to N scripts in parallel",
    )
    add(
        "--per-host",
        type=number("--per-host"),
        default=None,
        metavar="N",
        help="at most N scripts per host at a time (no limit)",
    )
    add(
        "--retry",
        type=number("--retry", 0),
        default=0,
        metavar="N",
        help="retry a failed or inconclusive script up to N times",
    )
    add("--each-mx", action="store_true", help="run each script against each MX host")
    add("--each-address", action="store_true", help="run each script against each address")
    add(
        "--compare",
        metavar="TARGET",
        nargs="+",
        help="run against each target and show where replies differ",
    )


def _add_script_tools(group: Group) -> None:
    add = group.add_argument
    add(
        "--check",
        action="store_true",
        help="parse and lint scripts, show what they would do; no network",
    )
    add("--fmt", action="store_true", help="format scripts in place")
    add("--diff", action="store_true", help="with --fmt: show the changes, do not write them")


def _add_formats(group: Group) -> None:
    from smtpprobe.script.reports.formats import Format  # noqa: PLC0415 - for scripts only

    add = group.add_argument
    add(
        "--format",
        choices=[one.value for one in Format],
        help=f"report format ({Format.TEXT.value})",
    )
    add_shared(group, "--json", help="--format json")
    add("--jsonl", dest="format", action="store_const", const="jsonl", help="--format jsonl")
    add_shared(group, "--output")
    for name, default in (("timeout", "critical"), ("skip", "unknown")):
        add(
            f"--{name}-state",
            choices=[one.name.lower() for one in NagiosState],
            default=default,
            help=f"plugin state for a {name}, with --format nagios ({default})",
        )


def add_config(group: Group) -> None:
    """Add which configuration file is read."""
    group.add_argument("--config", metavar="F", help="read this configuration file")
    group.add_argument("--no-config", action="store_true", help="do not read a configuration file")


TLS_SETTINGS = ("ca_file", "sni", "cert", "key", "tls_min", "tls_max", "ciphers", "groups")
"""Settings of handshakes, in the order of their options."""

ELSEWHERE = ("quiet", "color", "resolver", *TLS_SETTINGS, "proxy", "proxy_protocol")
"""Settings whose option is listed under general or connection."""


def _add_settings(parser: command_line.Parser) -> None:
    """Every setting is an option."""
    group = parser.add_argument_group(
        "settings (also with :set, SMTPPROBE_NAME or the config file)"
    )
    add_config(group)
    for name, *_ in SETTINGS:
        if name not in ELSEWHERE:
            add_setting(group, name)


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
