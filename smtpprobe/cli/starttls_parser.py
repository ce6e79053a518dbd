"""The parser of `smtpprobe starttls`."""

from __future__ import annotations

from smtpprobe.cli.option_types import file_only, number, port
from smtpprobe.cli.shared_options import (
    USUAL_DAYS,
    Parser,
    add_config,
    add_general,
    add_setting,
    add_shared,
)
from smtpprobe.exits import MEANINGS, ExitStatus
from smtpprobe.help_text import exit_codes
from smtpprobe.settings.option_limits import (
    DEEP_CONNECTIONS,
    LIST_JOBS,
    MOST_DEEP_CONNECTIONS,
    MOST_LIST_JOBS,
)

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


def _add_reaching(parser: Parser) -> None:
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


def _add_judging(parser: Parser) -> None:
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


def _add_report(parser: Parser) -> None:
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


def _add_list(parser: Parser) -> None:
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
