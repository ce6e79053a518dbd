"""The parser of `smtpprobe import`."""

from __future__ import annotations

from smtpprobe.cli.option_types import output
from smtpprobe.cli.shared_options import Parser, add_general
from smtpprobe.exits import ExitStatus
from smtpprobe.help_text import exit_codes

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
