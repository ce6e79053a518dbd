"""The parser of `smtpprobe sandbox`."""

from __future__ import annotations

from smtpprobe.cli.option_types import port
from smtpprobe.cli.shared_options import Parser, add_general
from smtpprobe.exits import ExitStatus
from smtpprobe.help_text import exit_codes

CERTIFICATES = ("good", "expired", "wrong-name", "self-signed", "untrusted")
"""The certificates that the practice server can show."""

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
  smtpprobe sandbox --client-ca ca.pem               log in by certificate, too
  smtpprobe sandbox --hostile taken-back@rcpt        try a client on a bad server
  smtpprobe sandbox --hostile mx-many --port 5353    ... on a bad name server
  smtpprobe mx.example.org --transcript call.smtp    record a session ...
  smtpprobe sandbox --replay call.smtp               ... and serve it
  smtpprobe sandbox --replay call.jsonl --timing     with the recorded delays

{exit_codes(_SANDBOX_EXITS)}"""


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
        "--client-ca",
        metavar="FILE",
        help="ask for a client certificate of a CA in this file, for AUTH EXTERNAL",
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
        help="misbehave in this way, as a mail server (taken-back@rcpt), a name server (mx-many) "
        "or a policy host (policy-cut); docs/hostile.md has all names",
    )
    group = parser.add_argument_group("replay")
    group.add_argument(
        "--replay", metavar="FILE", help="play back this recording (.smtp or .jsonl; - is stdin)"
    )
    group.add_argument(
        "--timing", action="store_true", help="keep the recorded delays (.jsonl only)"
    )
    return parser
