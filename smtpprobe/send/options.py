"""The options of an order, for the command line and for `:send`; swaks's names where they fit."""

from __future__ import annotations

from smtpprobe.errors import UsageError
from smtpprobe.settings.option_limits import CHUNK_OCTETS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from smtpprobe.command_line.options import Group
    from smtpprobe.command_line.parser import Parser


def add_envelope(parser: Parser) -> None:
    """Add the options for sender and recipients."""
    add = parser.add_argument_group("envelope").add_argument
    add("-f", "--from", dest="sender", metavar="ADDRESS", help="sender; <> for the null sender")
    for names, meaning in (
        (("-t", "--to"), "recipient; several with commas, @F reads them from a file"),
        (("--cc",), "recipient named in Cc"),
        (("--bcc",), "recipient that the header does not name"),
    ):
        add(*names, action="append", default=[], metavar="ADDRESS", help=meaning)


def add_message(parser: Parser) -> None:
    """Add what the message is made of."""
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


def add_extensions(parser: Parser) -> None:
    """Add what needs an extension of SMTP."""
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
    add("--hold-for", type=_seconds, metavar="SECONDS", help="FUTURERELEASE: delay")
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
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) == 1:
        return int(text)
    raise UsageError(f"--mt-priority {text}: not a number from -9 to 9")


def _seconds(text: str) -> int:
    """Return a number of seconds."""
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text):
        return int(text)
    raise UsageError(f"--hold-for {text}: not a number of seconds", "for example 3600")


def add_turns(group: Group) -> None:
    """Add how the session is held, and where it stops."""
    add = group.add_argument
    add("--pipeline", dest="pipeline", action="store_const", const=True,
        help="send commands together (where PIPELINING is offered)")  # fmt: skip
    add("--no-pipeline", dest="pipeline", action="store_const", const=False,
        help="wait for each reply")  # fmt: skip
    add("-q", "--quit-after", metavar="POINT", help="stop after this step with QUIT")
    add("-da", "--drop-after", metavar="POINT", help="close after this step without QUIT")
    add("-das", "--drop-after-send", metavar="POINT", help="close before the reply to this step")


def add_starttls(group: Group) -> None:
    """Add whether STARTTLS is used."""
    add = group.add_argument
    add("-tls", "--starttls", action="store_true", help="no delivery without STARTTLS (also --tls)")
    add("--no-starttls", action="store_true", help="do not use STARTTLS")
