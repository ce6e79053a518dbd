"""A delivery as a script: the dialogue that a server which offers everything would see. Pure.

A script has no branches: STARTTLS where it is merely offered stands in it as a comment, unless a
login follows, which hardly any server takes outside TLS.
"""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.errors import UsageError
from smtpprobe.present.escape import quoted
from smtpprobe.present.script_syntax import clean_lines, exact_lines, raw_line
from smtpprobe.protocol.auth.login import in_clear
from smtpprobe.protocol.auth.words import BEST
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.target import Target
from smtpprobe.send.message.content import Content, Stuffer
from smtpprobe.send.order import Ending, Order, Point, Tls
from smtpprobe.send.plan import Impossible, Transaction, batches, limit_of, transaction

EMBEDDED_OCTETS = 1 << 20
"""The largest message in octets that goes into the script; a longer one has to be a file."""

EVERYTHING = Extensions(
    tuple(
        (keyword, ())
        for keyword in (
            "8BITMIME", "BINARYMIME", "CHUNKING", "DELIVERBY", "DSN", "FUTURERELEASE",
            "MT-PRIORITY", "PIPELINING", "PRDR", "REQUIRETLS", "SMTPUTF8",
        )
    )
)  # fmt: skip
"""What is assumed to be offered: all that can be asked for, SIZE left out."""


class Embedded:
    """The message as is in a script: a file by its path, or its octets."""

    def __init__(self, content: Content, octets: bytes = b"", path: str = "") -> None:
        self.content, self.octets, self.path = content, octets, path


def script(order: Order, message: Embedded, target: Target | None, user: str = "") -> str:
    """Return the script.

    Raises:
        UsageError: a script cannot hold the message.
    """
    return "".join(f"{line}\n" for line in _head(target)) + "".join(
        _until(order, _dialogue(order, message, target, user))
    )


Said = tuple[Point | None, str]
"""Lines of the script, and the point that they reach."""


def _head(target: Target | None) -> Iterator[str]:
    yield "# made by smtpprobe send"
    yield f"# run it: smtpprobe --script FILE {target or 'TARGET'}"
    yield ":expand off"


def _dialogue(order: Order, message: Embedded, target: Target | None, user: str) -> Iterator[Said]:
    yield Point.CONNECT, ""
    lmtp = target is not None and target.dialect is Dialect.LMTP
    hello = f"{'LHLO' if lmtp else 'EHLO'} {order.client}\n"
    yield Point.FIRST_EHLO, hello
    inside = target is not None and target.implicit_tls
    login = order.mechanism is not None
    if not inside and (order.tls is Tls.REQUIRED or (login and order.tls is Tls.OFFERED)):
        if order.tls is Tls.OFFERED:
            yield (
                None,
                "# send leaves this out where it is not offered\n",
            )
        yield Point.STARTTLS, "STARTTLS\n"
        yield Point.EHLO, hello
    else:
        if order.tls is Tls.OFFERED and not inside:
            yield None, f"# if STARTTLS is offered, send uses it here:\n# STARTTLS\n# {hello}"
        yield Point.EHLO, ""
    if order.mechanism is not None:
        if order.tls is Tls.NEVER and not inside and not order.force:
            yield None, _unless_in_clear(order.mechanism)
        yield Point.AUTH, _login(order, user)
    for people in batches(order.recipients, limit_of(EVERYTHING)):
        plan = transaction(order, people, message.content, EVERYTHING)
        if isinstance(plan, Impossible):  # an order that no server could take
            raise UsageError(plan.reason, plan.hint)
        yield from _transaction(order, plan, message)
    yield None, "QUIT\n"


def _unless_in_clear(mechanism: str) -> str:
    """Return what keeps a password from going out in the clear, where `send` does not send it."""
    if in_clear(mechanism, None):
        return "# send refuses this login outside TLS (--force sends it)\n:assert tls.ok\n"
    return "" if mechanism else "# send refuses a login outside TLS that shows the password\n"


def _login(order: Order, user: str) -> str:
    """Return the line of a login; without a user, it is the one that the script is run with."""
    words = [":auth", order.mechanism or BEST]
    words += [quoted(user.encode("utf-8", "surrogateescape"))] if user else []
    words += ["--force", "--clear"] if order.force else []
    return f"{' '.join(words)}\n"


def _transaction(order: Order, plan: Transaction, message: Embedded) -> Iterator[Said]:
    if order.pipeline and order.stop is None:
        yield None, f":hold\n{''.join(map(_line, (plan.mail, *plan.rcpts)))}:flush\n"
    else:
        yield Point.MAIL, _line(plan.mail)
        yield None, "".join(map(_line, plan.rcpts[:-1]))
        yield Point.RCPT, _line(plan.rcpts[-1])
    if message.path:
        path = quoted(message.path.encode("utf-8", "surrogateescape"))
        chunk = f":bdat {path} --chunk {plan.chunk}\n"
        yield Point.DOT, f":data {path}\n" if plan.chunk is None else chunk
        return
    if plan.chunk is not None:
        last = f"BDAT {len(message.octets)} LAST\n"
        yield Point.DOT, last + "".join(f"{line}\n" for line in _embedded(message.octets))
        return
    lines = _embedded(Stuffer().feed(message.octets))
    if order.stop is not None and order.stop.ending is Ending.DROP_UNANSWERED:
        if order.stop.point is Point.DATA:
            yield Point.DATA, "DATA\n"
        yield None, "> DATA\n< 354\n" + exact_lines([*lines, "."])
        yield Point.DOT, ""
    elif order.stop is not None and order.stop.point is Point.DATA:
        yield Point.DATA, "> DATA\n< 354\n"
    yield Point.DOT, "DATA\n" + "".join(f"{line}\n" for line in lines) + ".\n"


def _embedded(octets: bytes) -> list[str]:
    """Return a message's lines as written in the script.

    Raises:
        UsageError: they cannot.
    """
    if len(octets) > EMBEDDED_OCTETS:
        raise UsageError("the message is too long for a script", "use --eml FILE")
    lines = clean_lines(octets)
    if not lines:
        raise UsageError("the message has octets that a script cannot hold", "use --eml FILE")
    return lines


def _line(text: str) -> str:
    """Return a command as a line; braces would be taken for values, so they need `:raw`."""
    octets = text.encode("utf-8", "surrogateescape") + b"\r\n"
    bare = clean_lines(octets) and "{{" not in text
    return f"{text}\n" if bare else f"{raw_line(octets)}< 250\n"


def _until(order: Order, said: Iterator[Said]) -> Iterator[str]:
    """Yield the lines up to the point where the order stops."""
    stop = order.stop
    for point, lines in said:
        if stop is None or point is not stop.point:
            yield lines
            continue
        unanswered = stop.ending is Ending.DROP_UNANSWERED
        yield f"> {lines}" if unanswered and lines.count("\n") == 1 else lines
        quits = stop.ending is Ending.QUIT and point is not Point.DATA
        yield "QUIT\n" if quits else ":close\n"
        return
