"""The parser of `smtpprobe send`: options of swaks keep their names where they mean the same."""

from __future__ import annotations

import argparse

from smtpprobe.cli.option_types import number
from smtpprobe.cli.parsers import (
    VALUES,
    Parser,
    add_config,
    add_connection,
    add_general,
    add_login,
    add_setting,
)
from smtpprobe.exits import MEANINGS, ExitStatus
from smtpprobe.help_text import exit_codes
from smtpprobe.settings.option_limits import CHUNK_OCTETS, MOST_MESSAGES, MOST_RATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

DESCRIPTION = """\
Send a message in one command, and see what every reply means. The result names
each recipient: accepted, refused, deferred, or unknown.

Without TARGET, mail goes to the MX hosts of the recipients' domain. STARTTLS is
used where it is offered."""

_EXITS = {
    ExitStatus.OK: "every recipient was accepted, and the message too",
    ExitStatus.CHECK_FAILED: "a recipient or the message was refused, or not sent",
    ExitStatus.CANNOT_TELL: "no connection, no reply, or delivery unknown",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    ExitStatus.NOTHING_CHECKED: "the domain accepts no mail (null MX)",
    **{status: MEANINGS[status] for status in (ExitStatus.INTERNAL, ExitStatus.INTERRUPTED,
                                               ExitStatus.TERMINATED)},
}  # fmt: skip

POINTS = "connect, first-ehlo, starttls, ehlo, auth, mail, rcpt, data, dot"

EPILOG = f"""\
examples:
  smtpprobe send --to you@example.org                      to the MX of example.org
  smtpprobe send --to you@example.org mx.example.org:25    to this server
  smtpprobe send --from me@example.net --to you@example.org --subject test \\
      --body @report.txt --attach @report.pdf mx.example.org
  smtpprobe send --to you@example.org --auth-user me --starttls smtp.example.org:587
  smtpprobe send --to you@example.org --eml message.eml --notify success,failure
  smtpprobe send --to you@example.org --body @gtube        is spam refused?
  smtpprobe send --to you@example.org --quit-after rcpt    is the address accepted?
  smtpprobe send --sandbox --to bob@sandbox.test           to a practice server
  smtpprobe send --to you@example.org --dry-run            the dialogue as a script
  smtpprobe send --json --to you@example.org | jq .recipients

delivery unknown:
  If the server is silent or closes after the final dot, the message may have
  been accepted. It is never sent again on its own.

{VALUES}
  POINT  {POINTS}

{exit_codes(_EXITS)}"""


class SendParser(Parser):
    """Reads a bare `--tls` as swaks does: STARTTLS, or no delivery."""

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the words.

        Raises:
            UsageError: one of them is wrong.
        """
        modes = ("auto", "off", "implicit")
        bare = [
            "--starttls" if word == "--tls" and (*argv[at + 1 :], "")[0] not in modes else word
            for at, word in enumerate(argv)
        ]
        return super().read(bare)


def send_parser() -> SendParser:
    """Return the parser of `smtpprobe send`."""
    parser = SendParser(
        prog="smtpprobe send",
        usage="smtpprobe send [OPTIONS] --to ADDRESS [TARGET]",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.many = "targets"
    parser.add_argument(
        "targets",
        metavar="TARGET",
        nargs="*",
        help="server or domain; a number after it is the port",
    )
    general = add_general(parser, "show only the result, not the dialogue")
    add_config(general)
    for name in ("annotate", "transcript", "replies"):
        add_setting(general, name)
    _add_envelope(parser)
    _add_message(parser)
    _add_extensions(parser)
    add_connection(parser)
    _add_session(parser)
    add_login(parser)
    _add_result(parser)
    return parser


def _add_envelope(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("envelope").add_argument
    add("-f", "--from", dest="sender", metavar="ADDRESS", help="sender; <> for the null sender")
    for names, meaning in (
        (("-t", "--to"), "recipient; several with commas, @F reads them from a file"),
        (("--cc",), "recipient named in Cc"),
        (("--bcc",), "recipient that the header does not name"),
    ):
        add(*names, action="append", default=[], metavar="ADDRESS", help=meaning)


def _add_message(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("message").add_argument
    add("--subject", metavar="TEXT", default="", help="subject")
    add(
        "--header",
        metavar="'NAME: VALUE'",
        action="append",
        default=[],
        help="set a header, instead of the one that would be made",
    )
    add(
        "-ah",
        "--add-header",
        metavar="'NAME: VALUE'",
        action="append",
        default=[],
        help="add a header beside those of this name",
    )
    add("--body", metavar="TEXT", help="text, @F for a file, - for standard input, @gtube")
    add("--attach", metavar="@F", action="append", default=[], help="attach a file")
    add("--attach-type", metavar="TYPE", help="media type of attachments (by their names)")
    add("--eml", "--data", metavar="F", help="send this message as it is; - is standard input")
    add("--dkim-key", metavar="F", help="sign with this private key (PEM); needs smtpprobe[dkim]")
    add("--dkim-selector", metavar="NAME", help="selector of the key")
    add("--dkim-domain", metavar="DOMAIN", help="signing domain (that of From)")


def _add_extensions(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("extensions (sent only if the server offers them)").add_argument
    add("--notify", metavar="WHEN", help="DSN: never, or some of success,failure,delay")
    add("--ret", choices=("full", "hdrs"), help="DSN: what of the message to return")
    add("--envid", metavar="ID", help="DSN: envelope id")
    add(
        "--orcpt",
        metavar="ADDRESS",
        action="append",
        default=[],
        help="DSN: original recipient, one for each recipient; auto: the recipient itself",
    )
    add(
        "--body-type", choices=("7bit", "8bitmime", "binarymime"), help="BODY= (8bitmime if needed)"
    )
    add("--smtputf8", action="store_true", help="SMTPUTF8 even if nothing needs it")
    add("--requiretls", action="store_true", help="REQUIRETLS (RFC 8689)")
    add("--mt-priority", type=_priority, metavar="N", help="MT-PRIORITY, -9 to 9 (RFC 6710)")
    add("--deliverby", metavar="'SECONDS;R|N'", help="DELIVERBY (RFC 2852)")
    add("--hold-for", type=number("--hold-for"), metavar="SECONDS", help="FUTURERELEASE: delay")
    add("--hold-until", metavar="DATE", help="FUTURERELEASE: date and time (RFC 3339)")
    add("--chunking", action="store_true", help="send the message with BDAT")
    add(
        "--chunk-size",
        metavar="SIZE",
        help=f"octets of a chunk, such as 1M ({CHUNK_OCTETS // 1024}k)",
    )
    add("--prdr", action="store_true", help="PRDR: one reply per recipient after the message")
    add("--mail-param", metavar="TEXT", action="append", default=[], help="add to MAIL as it is")
    add("--rcpt-param", metavar="TEXT", action="append", default=[], help="add to RCPT as it is")
    add("--force", action="store_true", help="send what is not offered, and passwords in the clear")


def _priority(text: str) -> int:
    """Return a priority of RFC 6710."""
    from smtpprobe.errors import UsageError  # noqa: PLC0415 - only for what is wrong

    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) == 1:
        return int(text)
    raise UsageError(f"--mt-priority {text}: not a number from -9 to 9")


def _add_session(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("session").add_argument
    add("--ehlo", "--helo", "--lhlo", "--client", dest="client", metavar="NAME",
        help="EHLO name (fully qualified name of this machine)")  # fmt: skip
    add("-tls", "--starttls", action="store_true", help="no delivery without STARTTLS (also --tls)")
    add("--no-starttls", action="store_true", help="do not use STARTTLS")
    add("-tlsc", "--tls-on-connect", dest="tls", action="store_const", const="implicit",
        help="same as --tls implicit")  # fmt: skip
    add("--tls-verify", action="store_const", const=True,
        help="no delivery if the certificate does not verify (always so for a login)")  # fmt: skip
    add("-a", "--auth", metavar="MECH", help="log in with this mechanism; auto: the best offered")
    add("--pipeline", dest="pipeline", action="store_const", const=True,
        help="send commands together (where PIPELINING is offered)")  # fmt: skip
    add("--no-pipeline", dest="pipeline", action="store_const", const=False,
        help="wait for each reply")  # fmt: skip
    add("-q", "--quit-after", metavar="POINT", help="stop after this step with QUIT")
    add("-da", "--drop-after", metavar="POINT", help="close after this step without QUIT")
    add("-das", "--drop-after-send", metavar="POINT", help="close before the reply to this step")
    add("--repeat", type=number("--repeat", most=MOST_MESSAGES), default=1, metavar="N",
        help="send it N times (load test: on loopback only)")  # fmt: skip
    add("--rate", type=number("--rate", most=MOST_RATE), default=None, metavar="R",
        help="with --repeat: at most R messages a second")  # fmt: skip
    add("--yes-i-own-this-server", action="store_true", help="allow --repeat on any server")


def _add_result(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("result").add_argument
    add("--format", choices=("text", "json"), help="format of the result (text)")
    add("--json", dest="format", action="store_const", const="json", help="same as --format json")
    add("-o", "--output", metavar="F", help="write the result to a file")
    add("--dry-run", action="store_true", help="print the dialogue as a script; no network")
    add("--as-script", metavar="F", help="save the dialogue as a script; no network")
