"""Local commands that other languages have and this one has not: what meets the need here. Pure."""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple


class Instead(NamedTuple):
    """What is said of a word: in a few words under it, and as help, a line for each way.

    Where the word is known it `opens` or `closes` a block, so it does here, and is reported once.
    """

    label: str
    help: tuple[str, ...]
    opens: bool = False
    closes: bool = False


_NO_BRANCHES = "scripts have no branches"
_BRANCHES = (
    ":require STARTTLS  skips the case if EHLO does not list it",
    ':case "name"  is a separate test, independent of the others',
    "< 250|450  accepts either reply; <? 250 is optional; <~ 250 only warns",
    ":assert tls.version >= 1.2  fails if this is not the case; severity=warning only warns",
)
_LOOPS = (
    ":for n in 1..10  counts; :for a in x y  loops over words; :end closes the block",
    ":repeat 10  runs the lines up to :end 10 times",
    ":retry 6 every 10s  runs them until every check passes",
)
_FAILURES = (
    ":finally  starts the part that runs even after a failure",
    ":continue on  continues after a failure; <~ 250 only warns",
)
_JUMPS = (
    "a failure ends its case, not the others; :continue on continues after it",
    ":require KEYWORD  skips the case if EHLO does not list it",
)
_ROWS: tuple[tuple[str, Instead], ...] = (
    ("if unless when ifdef ifndef switch given select", Instead(
        _NO_BRANCHES, _BRANCHES, opens=True)),
    ("else elif elsif elseif then otherwise default", Instead(_NO_BRANCHES, _BRANCHES)),
    ("while until loop foreach do times", Instead(
        "loops have different names here", _LOOPS, opens=True)),
    ("endif fi done endfor endwhile endrepeat endloop esac endswitch", Instead(
        ":end closes a block", (":end",), closes=True)),
    ("try", Instead("failures cannot be caught", _FAILURES, opens=True)),
    ("catch except rescue ensure", Instead("failures cannot be caught", _FAILURES)),
    ("break exit return goto stop abort fail die skip skipif only", Instead(
        "scripts cannot jump", _JUMPS)),
    ("var variable define capture export setenv", Instead(
        "use :let to set a variable",
        (":let to = postmaster@example.net", "< 250 /queued as (?<id>[0-9A-Z]+)/  sets {{id}}"))),
    ("function def sub proc macro call source import load run", Instead(
        "use :include to insert a file", (":include FILE",))),
    ("expect recv receive response reply", Instead("use a separate line", (
        '< 250 2.1.5 "Ok"  must match; <? is optional, <* any number, <~ only warns',))),
    ("send sendline write line", Instead("use a separate line", (
        "NOOP  goes to the server verbatim, and its reply is awaited",
        "> NOOP  is sent immediately, without waiting for a reply",
        r':raw "NOOP\r\n"  sends these octets'))),
    ("print log say note puts", Instead("use :echo to print text", (":echo TEXT",))),
    ("wait pause delay", Instead(":sleep waits", (
        ":sleep 2s", "< none for 2s  checks that nothing arrives meanwhile"))),
    ("test testcase scenario section it", Instead("use :case to start a test", (':case "name"',))),
    ("open dial host server target", Instead(":connect connects", (":connect TARGET",))),
    ("disconnect hangup", Instead(":close closes", (":close", ":shutdown  closes our side"))),
    ("starttls ssl", Instead("TLS can start in two ways", (
        "STARTTLS  as a line for the server: the handshake follows the 220",
        ":tls on  starts the handshake immediately"))),
    ("login user password", Instead("use :auth to log in", (
        ":auth PLAIN USER  the password comes from --secret password",))),
    ("body message attach", Instead("use :data to send a file as the message", (":data FILE",))),
    ("must verify", Instead(":assert checks", (":assert reply.code == 250",))),
)  # fmt: skip

INSTEAD = {word: row for words, row in _ROWS for word in words.split()}
"""What is said of each word."""
