"""The commands that fit now, likeliest first, and why another does not.

One table for `next:`, ghost text and completion.
"""

from __future__ import annotations

from collections.abc import Callable

from smtpprobe.knowledge.annotation import NextStep
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH
from smtpprobe.protocol.phase import Dialect, Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.target import SMTPS_PORT, SUBMISSION_PORT
from smtpprobe.protocol.verbs import VERBS, Verb

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

SUBMISSION_PORTS = frozenset({SUBMISSION_PORT, SMTPS_PORT})
"""Ports where a login is expected (RFC 6409 3.1, RFC 8314 7.3)."""


class Names(NamedTuple):
    """What is typed for the client's name, sender and recipient where the state does not say."""

    client: str = "your.host.name"
    sender: str = ""
    recipient: str = ""


Steps: TypeAlias = Callable[[State, Names], tuple[NextStep, ...]]
Predicate: TypeAlias = Callable[[State], bool]


def hello(state: State, names: Names) -> NextStep:
    """Return the step EHLO, or LHLO in LMTP."""
    verb = "LHLO" if state.dialect is Dialect.LMTP else "EHLO"
    return NextStep(f"{verb} {names.client}", f"{verb} {names.client}")


def mail(names: Names) -> NextStep:
    """Return the step MAIL."""
    return _addressed(VERBS["MAIL"], names.sender)


def rcpt(names: Names) -> NextStep:
    """Return the step RCPT."""
    return _addressed(VERBS["RCPT"], names.recipient)


def _addressed(known: Verb, address: str) -> NextStep:
    return NextStep(f"{known.beginning}{known.address}>", f"{known.beginning}{address}>")


def verb(name: str) -> NextStep:
    """Return the step of a command without arguments."""
    return NextStep(name, name)


def tls_on(state: State) -> bool:
    """Return whether the connection is encrypted."""
    return state.tls is not None and state.tls.ok


def starttls_possible(state: State) -> bool:
    """Return whether STARTTLS is announced and not done."""
    return "STARTTLS" in state.extensions and not tls_on(state)


def mechanisms(state: State) -> tuple[str, ...]:
    """Return the announced mechanisms; those that `:auth` can do come first."""
    announced = state.extensions.auth_mechanisms
    first = tuple(name for name in DONE_BY_AUTH if name in announced)
    return first + tuple(name for name in announced if name not in first)


def login_expected(state: State) -> bool:
    """Return whether a login is the likely next step: a submission port that announces AUTH."""
    return (
        state.port in SUBMISSION_PORTS
        and state.authenticated is None
        and "AUTH" in state.extensions
    )


def login_possible(state: State) -> bool:
    """Return whether a login is announced, not done, and safe from being read."""
    return state.authenticated is None and "AUTH" in state.extensions and tls_on(state)


def logins(state: State) -> tuple[NextStep, ...]:
    """Return the AUTH steps for the announced mechanisms, at most two."""
    return tuple(verb(f"AUTH {name}") for name in mechanisms(state)[:2]) or (
        NextStep("AUTH", "AUTH "),
    )


def _ready(state: State, names: Names) -> tuple[NextStep, ...]:
    found: list[NextStep] = []
    if starttls_possible(state):
        found.append(verb("STARTTLS"))
    if login_expected(state):
        found.extend(logins(state))
    found.append(mail(names))
    if not login_expected(state) and login_possible(state):
        found.extend(logins(state)[:1])
    return tuple(found)


def _whole_login(state: State) -> tuple[NextStep, ...]:
    """Return the next step of a manual login; `:auth` does a whole one."""
    mechanism = state.auth_mechanism or ""
    if mechanism not in DONE_BY_AUTH:
        return (NextStep("* gives up", "*"),)
    return (NextStep(f"* cancels, then :auth {mechanism} USER handles the whole exchange", "*"),)


def _bdat(state: State, _names: Names) -> tuple[NextStep, ...]:
    left = state.body.left
    return (NextStep(f"{left} more octets of this chunk"),) if left else ()


class Expectation(NamedTuple):
    """In which states which steps are expected."""

    fits: Predicate
    steps: Steps


def _in(*phases: Phase) -> Predicate:
    return lambda state: state.phase in phases


EXPECTED: tuple[Expectation, ...] = (
    Expectation(_in(Phase.CLOSED), lambda _s, _n: (NextStep(":connect", ":connect "),)),
    Expectation(
        lambda state: state.ended, lambda _s, _n: (NextStep("wait: the server closes now"),)
    ),
    Expectation(
        _in(Phase.GREETING),
        lambda _s, _n: (NextStep("wait for the greeting; talking before it may get you blocked"),),
    ),
    Expectation(_in(Phase.TLS), lambda _s, _n: (NextStep("wait for the end of the handshake"),)),
    Expectation(
        _in(Phase.AUTH),
        lambda state, _n: (
            NextStep("the answer in base64"),
            NextStep(":b64 TEXT encodes", ":b64 "),
            *_whole_login(state),
        ),
    ),
    Expectation(
        _in(Phase.DATA),
        lambda _s, _n: (NextStep('end with a line containing only "."', "."),),
    ),
    Expectation(_in(Phase.BDAT), _bdat),
    Expectation(_in(Phase.CONNECTED), lambda state, names: (hello(state, names),)),
    Expectation(_in(Phase.READY), _ready),
    Expectation(_in(Phase.MAIL), lambda _s, names: (rcpt(names),)),
    Expectation(_in(Phase.RCPT), lambda _s, names: (verb("DATA"), rcpt(names))),
)
"""The first expectation that fits the state is taken."""


def expected(state: State, names: Names) -> tuple[NextStep, ...]:
    """Return the steps that the state calls for, likeliest first."""
    return next((row.steps(state, names) for row in EXPECTED if row.fits(state)), ())


_OF_THE_OTHER = {Dialect.SMTP: "LHLO is for LMTP", Dialect.LMTP: "LMTP begins with LHLO"}
"""Why a command of the other dialect is wrong, by the one that is spoken."""

_NEEDS = {
    Phase.CLOSED: "not connected",
    Phase.GREETING: "talking before the greeting may get you blocked",
}


def objection(verb: Verb, state: State) -> str:
    """Return why the command does not fit, with the reply to expect; empty when it fits."""
    if state.phase in _NEEDS:
        return _NEEDS[state.phase]
    if verb.dialect not in (None, state.dialect):
        return f"500 expected: {_OF_THE_OTHER[state.dialect]}"
    if verb.name == "STARTTLS" and tls_on(state):
        return "503 expected: TLS is on already"
    if verb.name == "AUTH" and state.authenticated is not None:
        return "503 expected: logged in already"
    if state.phase not in verb.phases:
        return f"503 expected: {_missing(verb, state)}"
    return _unannounced(verb, state)


def _missing(verb: Verb, state: State) -> str:
    """Return the step that is missing before the command, or what prevents it."""
    if state.identity is None:
        return "no EHLO yet"
    if state.sender is not None and Phase.MAIL not in verb.phases and Phase.RCPT not in verb.phases:
        return "a transaction is open"
    return "no MAIL yet" if state.sender is None else "no recipient yet"


def _unannounced(verb: Verb, state: State) -> str:
    if verb.keyword is None or state.identity is None or verb.keyword in state.extensions:
        return ""
    return f"not announced: {verb.unannounced} expected"
