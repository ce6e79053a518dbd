"""DATA, BDAT and what is said at the end of a message."""

from __future__ import annotations

from dataclasses import replace

from smtpprobe.sandbox.framing import KEPT_OCTETS, Message
from smtpprobe.sandbox.handler import Accept, Act, Delivery
from smtpprobe.sandbox.practice.mailbox import parse_mailbox
from smtpprobe.sandbox.practice.recipients import Special, special_for
from smtpprobe.sandbox.practice.replies import reply
from smtpprobe.sandbox.practice.state import (
    SIZE_LIMIT,
    Call,
    Chunk,
    Envelope,
    Service,
    Talk,
    Turn,
    is_ours,
    refuse,
    say,
)


def data(call: Call) -> Turn:
    """Answer DATA: 354, and message text is due (RFC 5321 4.1.1.4)."""
    talk, envelope = call.talk, call.talk.envelope
    if call.command.argument:
        return refuse(talk, 501, "5.5.4", "Syntax: DATA")
    if refusal := _no_recipients(envelope):
        return refuse(talk, *refusal)
    assert envelope is not None
    if envelope.chunked:
        return refuse(talk, 503, "5.5.1", "Error: DATA after BDAT")
    for address, special in _specials(envelope):
        if special.data is not None:
            return Turn(talk, special.data(call, address).acts)
    text = "End data with <CR><LF>.<CR><LF>"
    return say(replace(talk, body=True), 354, "", text)


def bdat(call: Call) -> Turn:
    """Take a BDAT: its octets are due, the reply comes behind them (RFC 3030 2).

    A chunk is read even when it is refused, else its octets would be taken for commands.
    """
    talk, octets = call.talk, call.command.chunk
    words = call.command.argument.split()
    if octets is None or len(words) > 2 or (len(words) == 2 and not call.command.last_chunk):
        return refuse(talk, 501, "5.5.4", "Syntax: BDAT octets [LAST]")
    refusal = None
    if refused := _no_recipients(talk.envelope):
        refusal = reply(*refused)
    return Turn(replace(talk, chunk=Chunk(octets, call.command.last_chunk, refusal)))


def message_ended(call: Call, message: Message) -> Turn:
    """Answer the dot: accepted, or refused as a recipient wants it."""
    assert call.talk.envelope is not None
    envelope = replace(call.talk.envelope, text=message.text, octets=message.octets)
    talk = replace(call.talk, body=False, envelope=None)
    if message.bare_lf:
        return _for_all(call, talk, envelope, reply(550, "5.5.2", "Error: bare <LF> received"))
    return _taken(call, talk, envelope)


def chunk_ended(call: Call, message: Message) -> Turn:
    """Answer the last octet of a chunk."""
    chunk, envelope = call.talk.chunk, call.talk.envelope
    assert chunk is not None
    talk = replace(call.talk, chunk=None)
    if chunk.refusal is not None:
        return Turn(replace(talk, errors=talk.errors + 1), (chunk.refusal,))
    assert envelope is not None
    room = KEPT_OCTETS - len(envelope.text)
    envelope = replace(
        envelope,
        chunked=True,
        text=envelope.text + message.text[:room],
        octets=envelope.octets + message.octets,
    )
    if chunk.last:
        return _taken(call, replace(talk, envelope=None), envelope)
    if envelope.octets > SIZE_LIMIT:
        return Turn(replace(talk, envelope=envelope), (_TOO_BIG,))
    text = f"Ok: {message.octets} octets received"
    return say(replace(talk, envelope=envelope), 250, "2.0.0", text)


_TOO_BIG = reply(552, "5.3.4", f"Error: message exceeds the limit of {SIZE_LIMIT} octets")


def _no_recipients(envelope: Envelope | None) -> tuple[int, str, str] | None:
    if envelope is None:
        return 503, "5.5.1", "Error: need MAIL command"
    if envelope.recipients:
        return None
    if envelope.tried:
        return 554, "5.5.1", "Error: no valid recipients"
    return 503, "5.5.1", "Error: need RCPT command"


def _specials(envelope: Envelope) -> list[tuple[str, Special]]:
    found = []
    for address in envelope.recipients:
        mailbox = parse_mailbox(address)
        special = special_for(mailbox.local) if mailbox and is_ours(mailbox.domain) else None
        if special is not None:
            found.append((address, special))
    return found


def _taken(call: Call, talk: Talk, envelope: Envelope) -> Turn:
    if envelope.octets > SIZE_LIMIT:
        return _for_all(call, talk, envelope, _TOO_BIG)
    if call.house.service is Service.LMTP:
        return _taken_by_each(call, talk, envelope)
    for address, special in _specials(envelope):
        if special.end is not None:
            return Turn(talk, special.end(call, address).acts)
    delivery = _delivery(call, envelope, envelope.recipients)
    said = reply(250, "2.0.0", f"Ok: queued as {delivery.queue_id}")
    return Turn(talk, (said, Accept(delivery)))


def _taken_by_each(call: Call, talk: Talk, envelope: Envelope) -> Turn:
    """LMTP answers for each recipient, in their order (RFC 2033 4.2)."""
    refusing = {address: special.end for address, special in _specials(envelope) if special.end}
    accepted = tuple(address for address in envelope.recipients if address not in refusing)
    delivery = _delivery(call, envelope, accepted)
    acts: list[Act] = []
    for address in envelope.recipients:
        if trick := refusing.get(address):
            acts.extend(trick(call, address).acts)
        else:
            acts.append(reply(250, "2.0.0", f"<{address}> Ok: saved as {delivery.queue_id}"))
    return Turn(talk, (*acts, Accept(delivery)) if accepted else tuple(acts))


def _for_all(call: Call, talk: Talk, envelope: Envelope, said: Act) -> Turn:
    # LMTP owes a reply to each of them, refusals too (RFC 2033 4.2)
    times = len(envelope.recipients) if call.house.service is Service.LMTP else 1
    return Turn(talk, (said,) * times)


def _delivery(call: Call, envelope: Envelope, recipients: tuple[str, ...]) -> Delivery:
    queue_id = call.house.token()
    return Delivery(queue_id, envelope.sender, recipients, envelope.text, envelope.octets)
