"""TLS: how far it came at an address, and what senders make of it by the judge of `starttls`."""

from __future__ import annotations

from smtpprobe.net.clock import now
from smtpprobe.starttls.facts import AddressFacts, Answer
from smtpprobe.starttls.judge.judge import judge
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import JudgeOptions, Sender
from smtpprobe.starttls.progress import encrypted
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.seat import Seat
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Weight


def tell_session(seat: Seat, address: AddressFacts, notes: Notes) -> None:
    """Write down whether the session with an address was encrypted."""
    fact = encrypted(address)
    tls, reply = address.tls, address.starttls.reply
    if fact.yes and tls is not None:
        value = f"{tls.version} {tls.cipher}"
    elif address.starttls.advertised.no:
        value = "STARTTLS is not offered"
    elif reply is not None and not reply.good:
        value = f"STARTTLS is offered and refused: {reply.line}"
    elif tls is not None and not tls.ok:
        value = f"STARTTLS: the handshake fails: {tls.reason}"
    else:
        value = ""
    evidence = (Evidence(Weight.OBSERVED, value),) if value else ()
    because = "" if fact.yes or fact.no else fact.reason
    notes.tell(Fact("tls.session", fact.answer, seat.about, value, because, evidence))


async def weigh_up(notes: Notes, tools: Tools) -> None:
    """Tell what each kind of sender that the domain's policies ask for would do."""
    facts = notes.known.starttls
    assert facts is not None
    report = judge(facts, JudgeOptions(sni=tools.how.sni), now())
    notes.judged(report)
    for sender in (Sender.DANE, Sender.STS):
        cells = [(one, one.cells[sender]) for one in report.addresses]
        telling = [(one, cell) for one, cell in cells if cell.value in (Value.YES, Value.NO)]
        if not telling:
            continue
        refusing = [(one, cell) for one, cell in telling if cell.value is Value.NO]
        about = sender.value
        if not refusing:
            notes.yes("tls.sender", f"{_LABELS[sender]} would deliver", about)
            continue
        shown = ", ".join(f"{one.standing.host.name} ({cell.reason})" for one, cell in refusing[:2])
        whether = Answer.NO if len(refusing) == len(telling) else Answer.YES
        notes.tell(
            Fact(
                "tls.sender",
                whether,
                about,
                f"{_LABELS[sender]} would not deliver to {shown}",
                evidence=(Evidence(Weight.OBSERVED, shown),),
            )
        )


_LABELS = {Sender.DANE: "DANE senders", Sender.STS: "MTA-STS senders"}
