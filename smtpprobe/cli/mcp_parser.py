"""The parser of `smtpprobe mcp`."""

from __future__ import annotations

from smtpprobe.cli.option_types import limit
from smtpprobe.cli.shared_options import Parser, add_general, add_setting
from smtpprobe.exits import ExitStatus
from smtpprobe.help_text import exit_codes

DESCRIPTION = """\
Let an AI assistant explain replies, check STARTTLS and run your scripts: a server
of the Model Context Protocol (MCP) on standard input and output. The assistant's
program starts it; needs the extra: pip install 'smtpprobe[mcp]'.

Without options only the tool "explain" is there, and nothing is connected to."""

_EXITS = {
    ExitStatus.OK: "the assistant's program closed its end",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    ExitStatus.INTERRUPTED: ExitStatus.INTERRUPTED.meaning,
    ExitStatus.TERMINATED: ExitStatus.TERMINATED.meaning,
}

EPILOG = f"""\
tools:
  explain         a reply, log lines, a bounce, a code; offline
  check_starttls  who can deliver to a domain over TLS; with --allow
  run_script      a .smtp file of the folder; with --allow and --scripts

what --allow takes:
  example.org          that name, and the MX hosts of that domain
  *.example.org        every name below it; * alone: any name
  192.0.2.1, 192.0.2.0/24, 2001:db8::/32
  mx.example.org:2525, [2001:db8::1]:2525, mx.example.org:*
                       another port, any port; else 25, 465 and 587

  A name that leads to loopback, link-local or private addresses is connected to
  only if another --allow has the address: its owner could point it anywhere.

what never happens:
  No mail: MAIL, RCPT, DATA, BDAT and what else starts a delivery are refused
  before they go out, unless you give --allow-mail. No file outside of the
  folder is read, symbolic links included. No program is started.
  What servers say is escaped and marked as theirs in every result.

configuration of the assistant, in the form most of them read:
  {{
    "mcpServers": {{
      "smtpprobe": {{
        "command": "smtpprobe",
        "args": ["mcp", "--allow", "example.org", "--scripts", "/home/me/checks"]
      }}
    }}
  }}

{exit_codes(_EXITS)}"""


def mcp_parser() -> Parser:
    """Return the parser of `smtpprobe mcp`."""
    parser = Parser(
        prog="smtpprobe mcp",
        usage="smtpprobe mcp [--allow HOST]... [--scripts FOLDER [--allow-mail]] [OPTIONS]",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    add_general(parser, "no effect: there is no banner")
    add = parser.add_argument_group("permissions").add_argument
    add(
        "--allow",
        metavar="HOST",
        action="append",
        default=[],
        help="a name, pattern, address or network that may be connected to",
    )
    add("--scripts", metavar="FOLDER", help="scripts of this folder may be run")
    add("--allow-mail", action="store_true", help="scripts may send mail")
    group = parser.add_argument_group("connection")
    for name in ("client", "resolver", "ca_file"):
        add_setting(group, name)
    add = group.add_argument
    add(
        "--timeout",
        type=limit("--timeout"),
        metavar="D",
        help="timeout for each DNS query, connection and reply",
    )
    add("--max-time", type=limit("--max-time"), metavar="D", help="time limit for one call (2m)")
    return parser
