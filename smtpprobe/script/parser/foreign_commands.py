"""Local commands that other languages have and this one has not: what meets the need here. Pure."""

from __future__ import annotations

from typing import NamedTuple


class Instead(NamedTuple):
    """What is said of a word: in a few words under it, and as help, a line for each way.

    Where the word is known it `opens` or `closes` a block, so it does here, and is told once.
    """

    label: str
    help: tuple[str, ...]
    opens: bool = False
    closes: bool = False


_NO_BRANCHES = "a script has no branches"
_BRANCHES = (
    ":require STARTTLS  skips the case where EHLO does not announce it",
    ':case "name"  is a test point of its own, whatever became of the others',
    "< 250|450  takes either reply; <? 250 takes one only if it comes; <~ 250 only warns",
    ":assert tls.version >= 1.2  fails where it is not so; severity=warning only warns",
)
_LOOPS = (
    ":for n in 1..10  counts; :for a in x y  goes over words; :end closes it",
    ":repeat 10  runs the lines to :end so many times",
    ":retry 6 every 10s  runs them until all goes well",
)
_FAILURES = (
    ":finally  begins what is run also after a failure",
    ":continue on  goes on after a failure; <~ 250 only warns",
)
_JUMPS = (
    "a failure ends its case, not the others; :continue on goes on after it",
    ":require KEYWORD  skips the case where EHLO does not announce it",
)
_ROWS: tuple[tuple[str, Instead], ...] = (
    ("if unless when ifdef ifndef switch given select", Instead(
        _NO_BRANCHES, _BRANCHES, opens=True)),
    ("else elif elsif elseif then otherwise default", Instead(_NO_BRANCHES, _BRANCHES)),
    ("while until loop foreach do times", Instead("loops have other names", _LOOPS, opens=True)),
    ("endif fi done endfor endwhile endrepeat endloop esac endswitch", Instead(
        ":end closes a block", (":end",), closes=True)),
    ("try", Instead("a failure is not caught", _FAILURES, opens=True)),
    ("catch except rescue ensure", Instead("a failure is not caught", _FAILURES)),
    ("break exit return goto stop abort fail die skip skipif only", Instead(
        "nothing is jumped over", _JUMPS)),
    ("var variable define capture export setenv", Instead(
        ":let gives a name a value",
        (":let to = postmaster@example.net", "< 250 /queued as (?<id>[0-9A-Z]+)/  sets {{id}}"))),
    ("function def sub proc macro call source import load run", Instead(
        ":include takes the lines of a file", (":include FILE",))),
    ("expect recv receive response reply", Instead("that is a line of its own", (
        '< 250 2.1.5 "Ok"  must match; <? may come, <* as often as it does, <~ only warns',))),
    ("send sendline write line", Instead("that is a line of its own", (
        "NOOP  goes to the server as it stands, and one reply belongs to it",
        "> NOOP  goes out at once, its reply is not awaited",
        r':raw "NOOP\r\n"  sends these octets'))),
    ("print log say note puts", Instead(":echo tells something", (":echo TEXT",))),
    ("wait pause delay", Instead(":sleep waits", (
        ":sleep 2s", "< none for 2s  sees that nothing comes meanwhile"))),
    ("test testcase scenario section it", Instead(":case begins a test point", (':case "name"',))),
    ("open dial host server target", Instead(":connect connects", (":connect TARGET",))),
    ("disconnect hangup", Instead(":close closes", (":close", ":shutdown  ends our side"))),
    ("starttls ssl", Instead("TLS begins in one of two ways", (
        "STARTTLS  as a line for the server: the handshake follows its 220",
        ":tls on  shakes hands at once"))),
    ("login user password", Instead(":auth logs in", (
        ":auth PLAIN USER  the password is the secret password, which --secret gives",))),
    ("body message attach", Instead(":data sends a file as the message", (":data FILE",))),
    ("must verify", Instead(":assert checks", (":assert reply.code == 250",))),
)  # fmt: skip

INSTEAD = {word: row for words, row in _ROWS for word in words.split()}
"""What is said of each word."""
