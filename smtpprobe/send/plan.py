"""What to say next: decided from the order and from what the server offers, as data. Pure.

    hello_line(order, state)              EHLO or LHLO
    upgrade(order, state)                 whether STARTTLS goes out
    transaction(order, ..., extensions)   the lines of one transaction, or why there can be none
    batches(recipients, limit)            as many transactions as the recipients need

What was asked for and is not offered is not left out in silence: the transaction is `Impossible`,
unless the order says to send it anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from smtpprobe.digits import capped_number
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.session import State
from smtpprobe.send.message.content import Content
from smtpprobe.send.order import Order, Recipient, Stage, Tls

RECIPIENTS = 1000
"""How many recipients a transaction has if the server names no limit: what Postfix takes."""

TOGETHER = 100
"""How many commands go out in one write at most."""


class Upgrade(Enum):
    """What becomes of STARTTLS."""

    SEND = "send"
    NONE = "none"
    NOT_OFFERED = "not offered"


class Impossible(NamedTuple):
    """Why something was not sent, and what would send it."""

    stage: Stage
    reason: str
    hint: str = ""


class Transaction(NamedTuple):
    """One transaction: its lines without line ends, and how the message follows.

    `chunk` is the size of a BDAT chunk, None for DATA; `binary` leaves the octets as they are.
    """

    mail: str
    rcpts: tuple[str, ...]
    recipients: tuple[Recipient, ...]
    chunk: int | None = None
    pipelined: bool = False
    binary: bool = False


def hello_line(order: Order, state: State) -> str:
    """Return the line that introduces the client."""
    verb = "LHLO" if state.dialect is Dialect.LMTP else "EHLO"
    return f"{verb} {order.client}"


def upgrade(order: Order, state: State) -> Upgrade:
    """Return whether STARTTLS is to go out now."""
    if order.tls is Tls.NEVER or state.tls is not None:
        return Upgrade.NONE
    if "STARTTLS" in state.extensions or (order.force and order.tls is Tls.REQUIRED):
        return Upgrade.SEND
    return Upgrade.NOT_OFFERED if order.tls is Tls.REQUIRED else Upgrade.NONE


def limit_of(extensions: Extensions) -> int:
    """Return how many recipients a transaction may have (RFC 9422 4.2)."""
    told = extensions.limits.get("RCPTMAX", "")
    return capped_number(told, 10**9) or RECIPIENTS


def batches(recipients: Sequence[Recipient], limit: int) -> Iterator[tuple[Recipient, ...]]:
    """Return the recipients of each transaction."""
    return (tuple(recipients[at : at + limit]) for at in range(0, len(recipients), limit))


def transaction(
    order: Order, recipients: tuple[Recipient, ...], content: Content, extensions: Extensions
) -> Transaction | Impossible:
    """Return one transaction, or why the server cannot be given it."""
    wanted = list(_mail_parameters(order, recipients, content, extensions))
    told = list(_rcpt_parameters(order, recipients))
    needed = [Needed("CHUNKING", f"--chunking: {_NO}")] if order.chunk is not None else []
    for need in (*needed, *wanted, *told):
        if need.keyword and need.keyword not in extensions and not order.force:
            return Impossible(Stage.MAIL, need.why.format(need.keyword), need.hint)
    mail = " ".join((f"MAIL FROM:<{order.sender}>", *(one.parameter for one in wanted)))
    common = [one.parameter for one in told if one.parameter]
    return Transaction(
        mail=mail,
        rcpts=tuple(_rcpt(one, common) for one in recipients),
        recipients=recipients,
        chunk=order.chunk,
        pipelined=_pipelined(order, extensions),
        binary=order.wishes.body == "BINARYMIME",
    )


def _pipelined(order: Order, extensions: Extensions) -> bool:
    announced = "PIPELINING" in extensions
    return announced if order.pipeline is None else order.pipeline and (announced or order.force)


def _rcpt(recipient: Recipient, parameters: Sequence[str]) -> str:
    original = [f"ORCPT={recipient.original}"] if recipient.original else []
    return " ".join((f"RCPT TO:<{recipient.address}>", *parameters, *original))


class Needed(NamedTuple):
    """A parameter, the keyword that has to be announced for it, and what is said where it is not.

    Without a keyword it goes out in any case.
    """

    keyword: str
    why: str = ""
    parameter: str = ""
    hint: str = "--force sends it anyway"


_NO = "the server does not offer {}"


def _mail_parameters(
    order: Order, recipients: Sequence[Recipient], content: Content, extensions: Extensions
) -> Iterator[Needed]:
    wishes = order.wishes
    if "SIZE" in extensions:
        yield Needed("", parameter=f"SIZE={content.octets}")
    yield from _body_parameter(wishes.body, content)
    if why := _why_utf8(order, recipients, content):
        yield Needed("SMTPUTF8", f"{why}: {_NO}", "SMTPUTF8")
    if wishes.ret:
        yield Needed("DSN", f"--ret: {_NO}", f"RET={wishes.ret}")
    if wishes.envid:
        yield Needed("DSN", f"--envid: {_NO}", f"ENVID={xtext(wishes.envid)}")
    if wishes.require_tls:
        yield Needed("REQUIRETLS", f"--requiretls: {_NO}", "REQUIRETLS")
    if wishes.priority is not None:
        yield Needed("MT-PRIORITY", f"--mt-priority: {_NO}", f"MT-PRIORITY={wishes.priority}")
    if wishes.by:
        yield Needed("DELIVERBY", f"--deliverby: {_NO}", f"BY={wishes.by}")
    if wishes.hold:
        yield Needed("FUTURERELEASE", f"--hold-for, --hold-until: {_NO}", wishes.hold)
    if wishes.prdr:
        yield Needed("PRDR", f"--prdr: {_NO}", "PRDR")
    yield from (Needed("", parameter=one) for one in wishes.mail)


def _body_parameter(body: str, content: Content) -> Iterator[Needed]:
    if body:
        keyword = {"8BITMIME": "8BITMIME", "BINARYMIME": "BINARYMIME"}.get(body, "8BITMIME")
        yield Needed(keyword, f"BODY={body}: {_NO}", f"BODY={body}")
        if body == "BINARYMIME":
            yield Needed("CHUNKING", f"BODY=BINARYMIME needs BDAT: {_NO}")
    elif content.eight_bit:
        yield Needed("8BITMIME", f"the message has 8-bit octets: {_NO}", "BODY=8BITMIME")


def _why_utf8(order: Order, recipients: Sequence[Recipient], content: Content) -> str:
    """Return what needs SMTPUTF8 (RFC 6531 3.4), empty if nothing does."""
    if order.wishes.utf8:
        return "--smtputf8"
    if not order.sender.isascii() or not all(one.address.isascii() for one in recipients):
        return "an address is not ASCII"
    return "a header is not ASCII" if content.utf8_header else ""


def _rcpt_parameters(order: Order, recipients: Sequence[Recipient]) -> Iterator[Needed]:
    if order.wishes.notify:
        yield Needed("DSN", f"--notify: {_NO}", f"NOTIFY={order.wishes.notify}")
    if any(one.original for one in recipients):
        yield Needed("DSN", f"--orcpt: {_NO}")
    yield from (Needed("", parameter=one) for one in order.wishes.rcpt)


def xtext(text: str) -> str:
    """Return a text as xtext (RFC 3461 4): what is not printable ASCII, `+` and `=` in hex."""
    octets = text.encode("utf-8", "surrogateescape")
    plain = (0x21 <= octet <= 0x7E and octet not in b"+=" for octet in octets)
    return "".join(
        chr(octet) if is_plain else f"+{octet:02X}"
        for octet, is_plain in zip(octets, plain, strict=True)
    )
