"""The parser of `smtpprobe why`."""

from __future__ import annotations

from smtpprobe.cli.option_types import limit, number, port
from smtpprobe.cli.shared_options import (
    Parser,
    add_config,
    add_general,
    add_login,
    add_setting,
    add_shared,
)
from smtpprobe.exits import MEANINGS, ExitStatus
from smtpprobe.help_text import exit_codes

DESCRIPTION = """\
Show why mail to an address does not arrive: DNS, every mail host, our own
name and address as they see them, TLS, MAIL and RCPT, what the logs say. Each
line appears as it is known; the last ones are the verdict: the cause, who has
to act, what to do now, what was ruled out and how.

No message is ever sent: RCPT is followed by RSET and QUIT."""

_EXITS = {
    ExitStatus.OK: "the mail would be accepted",
    ExitStatus.CHECK_FAILED: "it would not, however long one waits",
    ExitStatus.CANNOT_TELL: "cannot tell, or refused for now only",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    **{status: MEANINGS[status] for status in (ExitStatus.INTERNAL, ExitStatus.INTERRUPTED,
                                               ExitStatus.TERMINATED)},
}  # fmt: skip

MOST_SIZE = 10**12

EPILOG = f"""\
examples:
  smtpprobe why user@example.org --from me@example.net
  smtpprobe why user@example.org --from me@example.net --log /var/log/mail.log
  smtpprobe why user@example.org --from '<>'          why do bounces not arrive
  smtpprobe why user@example.org --wait 6m            and if it is greylisting
  smtpprobe why user@example.org --control mx.example.net   is port 25 blocked?
  smtpprobe why user@example.org --via submission smtp.example.net --auth-user me
  smtpprobe why user@example.org --plan               what would be done; no network
  smtpprobe why user@example.org --json | jq .verdict

how it decides:
  A refusal is compared with two more tries: the same recipient from <>, and
  postmaster from the same sender. They show whether it is this sender, this
  recipient or our host, whatever the reply claims. "The cause" was tried or looked
  up; "most likely" rests on the words of a reply; "cannot tell" names what would
  settle it. What could not be determined is unknown, never no.

how much is asked:
  One connection to each address, six at a time, a second one only where the
  first was ended; four RCPT commands to a host. A host that says 421 is left
  alone. The last line counts what was done.

durations (D): 500ms, 10s, 2m; a bare number is in seconds

{exit_codes(_EXITS)}"""


def why_parser() -> Parser:
    """Return the parser of `smtpprobe why`."""
    parser = Parser(
        prog="smtpprobe why",
        usage="smtpprobe why [OPTIONS] user@example.org",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_argument(
        "recipient", metavar="ADDRESS", nargs="?", help="the recipient that mail does not reach"
    )
    add_config(add_general(parser, "show only the verdict"))
    _add_mail(parser)
    _add_trying(parser)
    _add_reaching(parser)
    _add_login(parser)
    _add_known(parser)
    _add_report(parser)
    return parser


def _add_mail(parser: Parser) -> None:
    from smtpprobe.starttls.sender_kinds import EVERY  # noqa: PLC0415 - only for checks

    add = parser.add_argument_group("the mail").add_argument
    add("--from", dest="sender", metavar="ADDRESS", help="its sender; '<>' for a bounce (<>)")
    add(
        "--header-from",
        metavar="ADDRESS",
        help="what From: in its header says, where it is not the sender: DMARC goes by it",
    )
    add(
        "--via",
        nargs="+",
        metavar="WAY",
        help="mx: to the recipient's MX hosts (default); submission HOST: through that host",
    )
    add("--size", type=number("--size", most=MOST_SIZE), metavar="N", help="its size in octets")
    add(
        "--level",
        choices=EVERY,
        help="the kind of sender that counts for TLS (default: one that honours DANE and MTA-STS)",
    )


def _add_trying(parser: Parser) -> None:
    add = parser.add_argument_group("what is tried").add_argument
    add("--plan", action="store_true", help="show which steps would follow from what; no network")
    add("--no-rcpt", action="store_true", help="stop before MAIL and RCPT")
    add("--catch-all", action="store_true", help="also try a recipient that is made up")
    add(
        "--bounces",
        action="store_true",
        help="also ask the sender's mail host whether it takes bounces (<>) for the sender",
    )
    add(
        "--wait",
        type=limit("--wait"),
        metavar="D",
        help="wait up to D for a second try where the first is greylisted",
    )
    add(
        "--control",
        metavar="HOST",
        help="where no MX answers, see whether port 25 of this host opens from here",
    )
    add(
        "--other-resolver",
        metavar="HOST[:PORT]",
        help="where DNS gives no answer, ask this resolver and the name servers of the zone too",
    )
    add(
        "--dnsbl",
        metavar="ZONE",
        action="append",
        default=[],
        help="ask this list about our address; many lists refuse public resolvers",
    )
    add(
        "--dkim-selector",
        metavar="NAME",
        action="append",
        default=[],
        help="look up the sender's DKIM key of this name",
    )


def _add_reaching(parser: Parser) -> None:
    group = parser.add_argument_group("connection")
    add = group.add_argument
    add("--ehlo", "--helo", "--client", dest="client", metavar="NAME",
        help="EHLO name (fully qualified name of this machine)")  # fmt: skip
    add(
        "--public-address",
        metavar="IP",
        help="the address that others see us come from, where it is not this machine's",
    )
    add("-p", "--port", type=port(), metavar="N", help="port of the MX hosts (25)")
    add_shared(group, "-4")
    add_shared(group, "-6")
    add_shared(group, "--bind")
    add_setting(group, "resolver")
    add_shared(group, "--trust-ad")
    add_shared(group, "--resolve")
    add_setting(group, "ca_file")
    add_shared(group, "--timeout")


def _add_login(parser: Parser) -> None:
    add_login(parser).add_argument(
        "-a",
        "--auth",
        metavar="MECH",
        help="log in at the submission host with this mechanism; auto: the best offered",
    )


def _add_known(parser: Parser) -> None:
    add = parser.add_argument_group("what has happened").add_argument
    add(
        "--log",
        metavar="FILE",
        action="append",
        default=[],
        help="a mail log of the sending side: its lines for this recipient, domain and hosts",
    )
    add("--paste", metavar="FILE", help="a bounce or a session, - for standard input")


def _add_report(parser: Parser) -> None:
    group = parser.add_argument_group("report")
    add = group.add_argument
    add("--format", choices=("text", "json"), help="report format (text)")
    add_shared(group, "--json")
    add(
        "--letter",
        action="store_true",
        help="a text for the other postmaster: facts, times, their replies; nothing of our inside",
    )
    add_shared(group, "--output")
