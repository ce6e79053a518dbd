"""The parser of the prompt and of scripts: `smtpprobe` without a command."""

from __future__ import annotations

from smtpprobe.cli.option_types import limit, number, rate, seconds, segment
from smtpprobe.cli.shared_options import (
    ELSEWHERE,
    VALUES,
    Parser,
    add_config,
    add_connection,
    add_general,
    add_login,
    add_setting,
    add_shared,
)
from smtpprobe.exits import MEANINGS, NagiosState
from smtpprobe.help_text import exit_codes
from smtpprobe.settings.defaults import SETTINGS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from smtpprobe.command_line.options import Group


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


def _add_pace(parser: Parser) -> None:
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


def _add_script(parser: Parser) -> None:
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


def _add_settings(parser: Parser) -> None:
    """Every setting is an option."""
    group = parser.add_argument_group(
        "settings (also with :set, SMTPPROBE_NAME or the config file)"
    )
    add_config(group)
    for name, *_ in SETTINGS:
        if name not in ELSEWHERE:
            add_setting(group, name)
