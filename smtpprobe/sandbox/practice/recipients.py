"""Recipients that provoke the replies worth practising: one table, and one form for every code.

`SPECIALS` holds those with a name. Any local part that begins with a code is special as well:
`550`, `550-5.1.1`, `451-4.7.1-any-words`, the same behind `data-` (said to DATA) and `afterdot-`
(said at the end of the message).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TypeAlias

from smtpprobe.sandbox.handler import Act, Drip, HangUp, Patience, Say, Wait
from smtpprobe.sandbox.practice.replies import reply, text_for
from smtpprobe.sandbox.practice.state import DOMAIN, Call

SLOW_SECONDS = 3.0
IDLE_SECONDS = 2.0
DRIP_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a recipient gets, and whether the server has taken it."""

    acts: tuple[Act, ...]
    accepted: bool = False


Trick: TypeAlias = Callable[[Call, str], Outcome]
"""What a recipient's address provokes; the address comes without brackets."""


@dataclass(frozen=True, slots=True)
class Special:
    """A practice recipient: its local part, what it is for, and what it does where.

    `rcpt` answers RCPT; `data` and `end`, when there are, answer DATA and the end of the message.
    `expected` is how the decisive reply begins, empty when it is no ordinary reply.
    """

    name: str
    expected: str
    summary: str
    rcpt: Trick
    data: Trick | None = None
    end: Trick | None = None


def accept(call: Call, address: str) -> Outcome:
    """Accept the recipient, as any other."""
    del call, address
    return Outcome((reply(250, "2.1.5", "Ok"),), accepted=True)


def saying(code: int, enhanced: str, *lines: str) -> Trick:
    """Return the trick that gives one reply.

    `{address}`, `{sender}`, `{client}` and `{hello}` in the lines become the client's values.
    """

    def trick(call: Call, address: str) -> Outcome:
        said = tuple(line.format(**_words(call, address)) for line in lines)
        acts: tuple[Act, ...] = (reply(code, enhanced, *said),)
        return Outcome((*acts, HangUp()) if code == 421 else acts, accepted=code in (250, 251))

    return trick


def _words(call: Call, address: str) -> dict[str, str]:
    envelope = call.talk.envelope
    return {
        "address": address,
        "sender": envelope.sender if envelope else "",
        "client": call.house.client,
        "hello": call.talk.hello or "",
    }


def _octets(octets: bytes) -> Trick:
    """Return the trick that sends octets as they are, right or wrong; no recipient is accepted."""
    return lambda _call, _address: Outcome((Say(octets),))


def _greylist(call: Call, address: str) -> Outcome:
    envelope = call.talk.envelope
    triplet = (call.house.client, envelope.sender if envelope else "", address)
    left = call.house.greylist.wait(triplet, call.now)
    if not left:
        return accept(call, address)
    text = f"<{address}>: Recipient address rejected: Greylisted, try again in {ceil(left)} seconds"
    return Outcome((reply(450, "4.2.0", text),))


def _needs_tls(call: Call, address: str) -> Outcome:
    if call.talk.tls:
        return accept(call, address)
    return Outcome((reply(530, "5.7.0", "Must issue a STARTTLS command first"),))


def _needs_login(call: Call, address: str) -> Outcome:
    if call.talk.user is not None:
        return accept(call, address)
    return Outcome((reply(530, "5.7.0", "Authentication required"),))


def _slow(call: Call, address: str) -> Outcome:
    accepted = accept(call, address)
    return Outcome((Wait(SLOW_SECONDS * call.house.pace), *accepted.acts), accepted=True)


def _drip(call: Call, address: str) -> Outcome:
    del address
    octets = reply(250, "2.1.5", "Ok").octets
    return Outcome((Drip(octets, DRIP_SECONDS * call.house.pace),), accepted=True)


def _idle_close(call: Call, address: str) -> Outcome:
    accepted = accept(call, address)
    return Outcome((*accepted.acts, Patience(IDLE_SECONDS * call.house.pace)), accepted=True)


def _twice(call: Call, address: str) -> Outcome:
    accepted = accept(call, address)
    surplus = reply(250, "2.0.0", "this reply answers nothing")
    return Outcome((*accepted.acts, surplus), accepted=True)


def _hangup(call: Call, address: str) -> Outcome:
    del call, address
    return Outcome((HangUp(),))


def _silent(call: Call, address: str) -> Outcome:
    del call, address
    return Outcome(())


_REJECTED = "<{address}>: Recipient address rejected:"

SPECIALS = {
    special.name: special
    for special in (
        Special("unknown", "550 5.1.1", "there is no such user",
                saying(550, "5.1.1", f"{_REJECTED} User unknown in virtual mailbox table")),
        Special("moved", "551 5.1.6", "the user has moved; the reply gives the new address",
                saying(551, "5.1.6", "User not local; please try <elsewhere@other.example>")),
        Special("forward", "251 2.1.5", "accepted, and forwarded elsewhere",
                saying(251, "2.1.5", "User not local; will forward to <elsewhere@other.example>")),
        Special("disabled", "550 5.2.1", "the mailbox exists and takes nothing",
                saying(550, "5.2.1", f"{_REJECTED} Mailbox disabled")),
        Special("full", "452 4.2.2", "the mailbox is full, for now",
                saying(452, "4.2.2", "<{address}>: Mailbox is full: 100% of 1 GiB used")),
        Special("quota", "552 5.2.2", "the mailbox is full, and the server gives up",
                saying(552, "5.2.2", "<{address}>: Mailbox is full: over quota since 30 days")),
        Special("greylist", "450 4.2.0", "greylisted: accepted when tried again after 5 seconds",
                _greylist),
        Special("toomany", "452 4.5.3", "too many recipients in this message",
                saying(452, "4.5.3", "Error: too many recipients")),
        Special("lookup", "451 4.3.0", "the server's user database does not answer",
                saying(451, "4.3.0", "<{address}>: Temporary lookup failure")),
        Special("throttled", "450 4.7.1", "you send too much",
                saying(450, "4.7.1", "Client host rejected: too many messages from {client}, "
                                     "slow down")),
        Special("blocked", "554 5.7.1", "your address is on a block list",
                saying(554, "5.7.1", "Service unavailable; Client host [{client}] blocked using "
                                     f"dnsbl.{DOMAIN}; https://dnsbl.{DOMAIN}/query?ip={{client}}")),
        Special("badsender", "550 5.1.8", "a refusal of the sender, delayed until RCPT",
                saying(550, "5.1.8", "<{sender}>: Sender address rejected: Domain not found")),
        Special("badhelo", "504 5.5.2", "a refusal of your EHLO name, delayed until RCPT",
                saying(504, "5.5.2", "<{hello}>: Helo command rejected: need fully-qualified "
                                     "hostname")),
        Special("spf", "550 5.7.23", "SPF does not allow your address for this sender",
                saying(550, "5.7.23", f"{_REJECTED} Message rejected due to: SPF fail - not "
                                      "authorized. Sender {sender}, client {client}")),
        Special("ptr", "550 5.7.25", "your address has no name in reverse DNS",
                saying(550, "5.7.25", "Client host rejected: cannot find your reverse hostname, "
                                      "[{client}]")),
        Special("tls", "530 5.7.0", "accepted inside TLS only", _needs_tls),
        Special("auth", "530 5.7.0", "accepted from those who have logged in", _needs_login),
        Special("spam", "554 5.7.1", "accepted, then refused at the end of the message", accept,
                end=saying(554, "5.7.1", "Message rejected as spam by content scanner")),
        Special("dmarc", "550 5.7.1", "accepted, then refused: the message fails DMARC", accept,
                end=saying(550, "5.7.1", "Unauthenticated mail is not accepted due to the "
                                         "domain's DMARC policy")),
        Special("multiline", "550 5.7.1", "a refusal of five lines",
                saying(550, "5.7.1", "Message refused by the policy of this site.",
                       "Your server [{client}] has sent mail",
                       "to addresses which do not exist.",
                       f"Please read https://{DOMAIN}/policy",
                       f"or write to postmaster@{DOMAIN}.")),
        Special("busy", "421 4.3.2", "the server closes the connection with a 421",
                saying(421, "4.3.2", f"{DOMAIN} Service not available, closing transmission "
                                     "channel")),
        Special("hangup", "", "the server closes without a word", _hangup),
        Special("silent", "", "no answer ever; other commands are still answered", _silent),
        Special("slow", "250 2.1.5", "accepted after 3 seconds", _slow),
        Special("drip", "250 2.1.5", "accepted, one octet after the other", _drip),
        Special("later421", "250 2.1.5", "accepted; 421 when you are idle for 2 seconds",
                _idle_close),
        Special("twice", "250 2.1.5", "accepted, with a second reply that answers nothing",
                _twice),
        Special("bare", "250", "a reply without any text",
                lambda _call, _address: Outcome((Say(b"250\r\n"),), accepted=True)),
        Special("malformed", "550", "a reply with bare LF, changed codes and a wrong separator",
                _octets(b"550-5.1.1 this line ends with LF only\n"
                        b"451-4.3.0 this line has another code\r\n"
                        b"550:5.1.1 this line has a colon behind the code\r\n"
                        b"550 5.1.1 this is the last line\r\n")),
        Special("escape", "550 5.7.1", "a reply that tries to drive your terminal",
                _octets(b"550 5.7.1 \x1b]0;title\x07\x1b[2J\x1b[31mred\x1b[0m \xe2\x80\xaegnp.exe"
                        b"\r\n")),
        Special("garbage", "", "octets that are not a reply, then a reply",
                _octets(b"\x00\x01\xff\xfe HTTP/1.1 400 Bad Request\r\n"
                        b"550 5.0.0 \xff\x80\xc3( not UTF-8\r\n")),
        Special("long", "550 5.7.1", "a reply line of 5,000 octets",
                _octets(b"550 5.7.1 " + b"long " * 998 + b"\r\n")),
    )
}  # fmt: skip
"""The practice recipients at sandbox.test, by local part, in the order of HELP."""

_CODED = re.compile(
    r"(?:(?P<stage>data|afterdot)-)?"
    r"(?:(?P<hangup>hangup)|(?P<code>[2-5][0-9]{2})"
    r"(?:-(?P<enhanced>[245]\.[0-9]{1,3}\.[0-9]{1,3}))?(?:-(?P<words>.+))?)",
    re.IGNORECASE | re.DOTALL,
)


def special_for(local: str) -> Special | None:
    """Return the special recipient that a local part means; None for an ordinary one."""
    named = SPECIALS.get(local.lower())
    match = None if named else _CODED.fullmatch(local)
    if match is None:
        return named
    at_once = match["stage"] is None
    trick = _hangup if match["hangup"] else coded(match, prefix="<{address}>: " if at_once else "")
    expected = "" if match["hangup"] else f"{match['code']} {match['enhanced'] or ''}".strip()
    match (match["stage"] or "").lower():
        case "data":
            return Special(
                local, expected, "accepted, then DATA is answered with this", accept, data=trick
            )
        case "afterdot":
            return Special(
                local,
                expected,
                "accepted, then the end of the message is answered with this",
                accept,
                end=trick,
            )
        case _:
            return Special(local, expected, "RCPT is answered with this", trick)


def special_sender(local: str) -> Trick | None:
    """Return what a sender's local part that begins with a code provokes; None for others."""
    match = _CODED.fullmatch(local)
    if match is None or match["stage"] or match["hangup"]:
        return None
    return coded(match, prefix="<{address}>: ")


def coded(match: re.Match[str], prefix: str) -> Trick:
    """Return the trick that gives the reply which a local part spells out."""
    code, enhanced = int(match["code"]), match["enhanced"] or ""
    words = (match["words"] or "").replace("-", " ") or text_for(code, enhanced)
    return saying(code, enhanced, prefix + words.replace("{", "{{").replace("}", "}}"))
