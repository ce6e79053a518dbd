"""The parser of `smtpprobe send`: options of swaks keep their names where they mean the same."""

from __future__ import annotations

from smtpprobe.cli.option_types import file_only
from smtpprobe.cli.shared_options import (
    PLAIN_VALUES,
    Parser,
    add_config,
    add_connection,
    add_count,
    add_general,
    add_login,
    add_setting,
    add_shared,
)
from smtpprobe.exits import MEANINGS, ExitStatus
from smtpprobe.help_text import exit_codes
from smtpprobe.misspelt import near_word
from smtpprobe.send.options import (
    add_envelope,
    add_extensions,
    add_message,
    add_starttls,
    add_turns,
)
from smtpprobe.settings.option_limits import MOST_MESSAGES, MOST_RATE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
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
  smtpprobe send --to you@example.org lmtp://[192.0.2.1]:24    LMTP, a reply for each
                                                           recipient; lmtp+unix:/path
  smtpprobe send --sandbox --to bob@sandbox.test           to a practice server
  smtpprobe send --to you@example.org --dry-run            the dialogue as a script
  smtpprobe send --json --to you@example.org | jq .recipients

delivery unknown:
  If the server is silent or closes after the final dot, the message may have
  been accepted. It is never sent again on its own.

{PLAIN_VALUES}
  POINT  {POINTS}

{exit_codes(_EXITS)}"""


TLS_MODES = ("auto", "off", "implicit")


class SendParser(Parser):
    """Reads a bare `--tls` as swaks does: STARTTLS, or no delivery."""

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Return the words.

        Raises:
            UsageError: one of them is wrong.
        """
        bare = list(argv)
        self._check_swaks(argv)
        for at, word in enumerate(argv):
            behind = argv[at + 1] if at + 1 < len(argv) else ""
            if word == "--tls" and behind not in TLS_MODES:
                self._check_no_mode(behind)
                bare[at] = "--starttls"
        words = super().read(bare)
        if words.lhlo is not None:
            words.client = words.lhlo
        return words

    def _check_swaks(self, argv: Sequence[str]) -> None:
        """Raise UsageError for an option that only swaks has.

        Its short ones have several letters: `-tlso` would be read as `-t lso`, a recipient.
        """
        for word in argv[: argv.index("--") if "--" in argv else None]:
            name = word.partition("=")[0]
            if len(name) < 3 or name[0] != "-" or name in self.names:
                continue
            from smtpprobe.script.importers.swaks_options import BY_NAME  # noqa: PLC0415 - for what is wrong

            if (row := BY_NAME.get(name.lstrip("-"))) is not None:
                here = (row.does or row.option).replace("`", "")
                self.error(f"{name} is an option of swaks", f"here: {here}")

    def _check_no_mode(self, behind: str) -> None:
        """Raise UsageError where the word behind a bare `--tls` is a mode with a slip in it."""
        if near := near_word(behind, TLS_MODES):
            self.error(f"--tls {behind}: not a TLS mode", f"did you mean --tls {near}?")


def send_parser() -> SendParser:
    """Return the parser of `smtpprobe send`."""
    parser = SendParser(
        prog="smtpprobe send",
        usage="smtpprobe send [OPTIONS] --to ADDRESS [TARGET]",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_many("targets", "TARGET", "server or domain; a number after it is the port")
    general = add_general(parser, "show only the result, not the dialogue")
    add_config(general)
    for name in ("annotate", "transcript", "replies"):
        add_setting(general, name)
    add_envelope(parser)
    add_message(parser)
    add_extensions(parser)
    add_connection(parser)
    _add_session(parser)
    add_login(parser, ("-au",), ("-ap",))
    _add_result(parser)
    return parser


def _add_session(parser: Parser) -> None:
    group = parser.add_argument_group("session")
    add = group.add_argument
    add("--ehlo", "--helo", "--client", dest="client", metavar="NAME",
        help="EHLO name (fully qualified name of this machine)")  # fmt: skip
    add("--lhlo", metavar="NAME", help="LHLO name: the server speaks LMTP, as with lmtp://")
    add("-tlsc", "--tls-on-connect", dest="tls", action="store_const", const="implicit",
        help="same as --tls implicit")  # fmt: skip
    add("--tls-verify", action="store_const", const=True,
        help="no delivery if the certificate does not verify (always so for a login)")  # fmt: skip
    add("-a", "--auth", metavar="MECH", help="log in with this mechanism; auto: the best offered")
    add_starttls(group)
    add_turns(group)
    add_count(group, "--repeat", MOST_MESSAGES, default=1,
        help="send it N times (load test: on loopback only)")  # fmt: skip
    add_count(group, "--rate", MOST_RATE, metavar="R",
        help="with --repeat: at most R messages a second")  # fmt: skip
    add("--yes-i-own-this-server", action="store_true", help="allow --repeat on any server")


def _add_result(parser: Parser) -> None:
    group = parser.add_argument_group("result")
    add = group.add_argument
    add("--format", choices=("text", "json"), help="format of the result (text)")
    add_shared(group, "--json")
    add_shared(group, "--output", help="write the result to a file")
    add("--dry-run", action="store_true", help="print the dialogue as a script; no network")
    add(
        "--as-script",
        type=file_only("--as-script"),
        metavar="F",
        help="save the dialogue as a script; no network",
    )
