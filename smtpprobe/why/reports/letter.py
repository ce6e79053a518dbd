"""A text for the other postmaster, ready to be mailed: facts, times, their own words. Pure.

It holds what they have seen already or can look up, and nothing else about our side: no address
but the one they see, no path, no line of our log, no resolver. Lines have at most 72 characters.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from smtpprobe.policy.addresses import is_address, no_mail_network
from smtpprobe.present.escape import shown
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import Answer, Connect
from smtpprobe.why.facts import Fact, Known, Purpose, Trial
from smtpprobe.why.request import Kind

WIDTH: Final = 72

MOST_TRIALS: Final = 12
"""How many sessions are told one by one."""

MOST_LINES: Final = 8
"""How many lines of one reply are told."""

_WHY: Final = {
    Purpose.REAL: "",
    Purpose.NULL_SENDER: "for comparison, the null sender",
    Purpose.OTHER_SENDER: "for comparison, another sender",
    Purpose.POSTMASTER: "for comparison, postmaster",
    Purpose.HOST_POSTMASTER: "for comparison, the postmaster of the host",
    Purpose.RANDOM: "for comparison, a recipient that was made up",
    Purpose.SMALL: "for comparison, without SIZE",
    Purpose.AGAIN: "a second try",
}


def letter(known: Known, sentence: str, *, accepted: bool = False, ours: bool = False) -> str:
    """Return the letter; `sentence` is the verdict, `accepted` whether mail would be taken.

    `ours` means that nobody there has to act. If their hosts were not reached either, there is
    nothing to write, and the text says so.
    """
    request = known.request
    sentence = _without_our_network(sentence, known)
    if ours and not _reached(known):
        return (
            "\n".join(_wrapped(f"There is nothing to write to the other side: {sentence}.")) + "\n"
        )
    theirs = request.domain if request.kind is Kind.MX else request.target.name
    answered = [trial.host for trial in known.trials if trial.reply is not None]
    how = "is accepted by" if accepted else "is refused by" if answered else "does not reach"
    subject = f"mail to {request.recipient} {how} {(answered or [theirs])[0]}"
    parts = [
        [
            *_wrapped(f"To: postmaster@{theirs}", more=" "),
            *_wrapped(f"Subject: {subject}", more=" "),
        ],
        ["To the postmaster,"],
        _wrapped(_opening(known, sentence)),
        _dns(known),
        *_sessions(known),
        _us(known),
        _before(known),
        _wrapped(_closing(known, accepted=accepted)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


_ADDRESS: Final = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*::?[0-9a-fA-F:]+)"
)


def _without_our_network(text: str, known: Known) -> str:
    """Return words of ours without addresses behind NAT: our resolver may have named some.

    What the others have themselves stays.
    """
    theirs = {one.ip for _, one in known.places}

    def instead(found: re.Match[str]) -> str:
        inside = is_address(found[0]) and no_mail_network(found[0]) and found[0] not in theirs
        return "(an address of our network)" if inside else found[0]

    return _ADDRESS.sub(instead, text)


def _wrapped(text: str, indent: str = "", more: str | None = None) -> list[str]:
    """Return a text in lines; what comes from outside is escaped."""
    return textwrap.wrap(
        shown(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent if more is None else more,
        break_on_hyphens=False,
    )


def _opening(known: Known, sentence: str) -> str:
    request = known.request
    sender = f"from {request.sender} " if request.sender else ""
    when = f" on {_time(known.started)}" if known.started is not None else ""
    return (
        f"we looked into mail {sender}to {request.recipient}{when}. As far as we can see: "
        f"{sentence}. This is what was asked, and what your hosts answered. All times are UTC; "
        "long lines are folded."
    )


def _reached(known: Known) -> bool:
    return bool(known.trials) or any(one.connect is Connect.OK for _, one in known.places)


def _dns(known: Known) -> list[str]:
    """Return what DNS says of their domain where it names no host that was asked."""
    if known.places:
        return []
    facts = [known.fact(id_) for id_ in ("address.domain", "address.mx", "address.host")]
    lines = []
    for fact in facts:
        if fact is not None and not fact.yes:
            told = _without_our_network(fact.value or fact.because, known)
            lines += _wrapped(f"{_time(fact.at)}  DNS: {fact.about}: {told}".strip(), more="    ")
    return lines


def _sessions(known: Known) -> Iterator[list[str]]:
    """Yield what was said at each address, and which addresses took no connection."""
    for host, address in known.places:
        if address.connect is not Connect.OK:
            greeting = known.fact("road.greeting", f"{host.name} [{address.ip}]:{address.port}")
            at = _time(greeting.at) if greeting is not None else ""
            where = f"{host.name} [{address.ip}] port {address.port}"
            yield _wrapped(f"{at}  {where}: {address.connect.value}".strip(), more="    ")
    for trial in known.trials[:MOST_TRIALS]:
        yield _trial(trial, known)
    if (left := len(known.trials) - MOST_TRIALS) > 0:
        yield [f"and {left} more sessions with the like."]


def _trial(trial: Trial, known: Known) -> list[str]:
    why = f" ({_WHY[trial.purpose]})" if _WHY.get(trial.purpose) else ""
    tls = ", in TLS" if trial.inside else ""
    lines = _wrapped(f"{_time(trial.at)}  {trial.host} [{trial.ip}]{tls}{why}", more="    ")
    for asked in _asked(trial, known):
        lines += _wrapped(asked, "    we:  ", "         ")
    if trial.reply is None:
        return [*lines, *_wrapped(f"no answer: {trial.lost}", "    you: ", "         ")]
    said = _verbatim(trial)
    for line in said[:MOST_LINES]:
        lines += _wrapped(line, "    you: ", "         ")
    if len(said) > MOST_LINES:
        lines.append(f"         and {len(said) - MOST_LINES} more lines")
    return lines


def _asked(trial: Trial, known: Known) -> Iterator[str]:
    stages = list(Stage)
    if trial.stage in (Stage.CONNECT, Stage.GREETING):
        yield "(connected)"
        return
    if trial.stage is Stage.AUTH:
        yield "AUTH"
        return
    if trial.stage in (Stage.EHLO, Stage.TLS):
        yield f"EHLO {known.request.client}".strip()
        return
    if stages.index(trial.stage) >= stages.index(Stage.MAIL):
        yield f"MAIL FROM:<{trial.sender}>"
    if stages.index(trial.stage) >= stages.index(Stage.RCPT):
        yield f"RCPT TO:<{trial.recipient}>"


def _verbatim(trial: Trial) -> list[str]:
    """Return their reply as on the wire, a line each."""
    reply = trial.reply
    assert reply is not None
    texts = reply.text.split("\n")
    if reply.code is None:
        return texts
    return [
        f"{reply.code}{' ' if number == len(texts) else '-'}{text}"
        for number, text in enumerate(texts, 1)
    ]


def _us(known: Known) -> list[str]:
    """Return what they can see of us: what they have seen already, and what is in public DNS."""
    if not _reached(known):
        return []
    told = [("EHLO name", known.request.client)] if known.request.client else []
    address = known.fact("us.address")
    if address is not None and address.yes:
        told.append(("address", address.datum("ip")))
        told += [(label, _public(fact)) for label, fact in _looked_up(known)]
    if not told:
        return []
    lines = ["Our side, as you see it:"]
    for label, value in told:
        lines += _wrapped(f"{label}: {value}", "    ", "        ")
    return lines


_OURS: Final = (
    ("PTR", "us.ptr"),
    ("reverse DNS confirmed", "us.fcrdns"),
    ("SPF", "us.spf"),
    ("DMARC", "us.dmarc"),
    ("alignment", "us.aligned"),
)


def _looked_up(known: Known) -> Iterator[tuple[str, Fact]]:
    for label, id_ in _OURS:
        fact = known.fact(id_)
        if fact is not None:
            yield label, fact


def _public(fact: Fact) -> str:
    """Return a fact without the reason why it is unknown, which may tell of our network."""
    return "unknown to us" if fact.answer is Answer.UNKNOWN else fact.value


def _before(known: Known) -> list[str]:
    """Return what our log has of their answers: theirs and the time, no line of ours."""
    last, turn = known.fact("history.last"), known.fact("history.turn")
    if last is None or last.datum("own-server"):
        return []
    relay, reply = last.datum("relay"), last.datum("reply")
    # a relay of our own is our inside, and what it says is not theirs
    if not reply or relay.lower() not in {host.name.lower() for host, _ in known.places}:
        return []
    when = f" at {last.datum('time')} (as our log has it)" if last.datum("time") else ""
    lines = _wrapped(f"In our log the latest answer of {relay} for this recipient{when} is:")
    lines += _wrapped(reply, "    you: ", "         ")
    if turn is not None and turn.yes:
        since, until = turn.datum("first-failure"), turn.datum("last-success")
        lines += _wrapped(f"Mail was delivered until {until}, and has failed since {since}.")
    return lines


def _closing(known: Known, *, accepted: bool) -> str:
    sent = "No message was sent: no session went further than RCPT TO."
    if not known.places:
        return "No message was sent. Could you look into this, and tell us once it is fixed?"
    if accepted:
        return f"{sent} If mail to this address is lost behind that, your log will show where."
    refused = bool(_before(known)) or any(
        trial.reply is not None and not trial.reply.good for trial in known.trials
    )
    wish = (
        "Could you look these up in your log, and tell us what refuses them and what has to change?"
        if refused
        else "Could you see to it that these hosts accept mail, and tell us once they do?"
    )
    return f"{sent} {wish}"


def _time(at: datetime | None) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S") if at is not None else ""
