"""From what is known to one verdict: the cause, who acts, what now, what was ruled out. Pure."""

from __future__ import annotations

import ipaddress
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import SMTPS_PORT, Target
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import Answer, Connect
from smtpprobe.why.causes import BY_ID, Cause, Who
from smtpprobe.why.diagnose.case import Case, Isolated, Place, case_of
from smtpprobe.why.diagnose.table import ROWS, SHOWN, Certainty, Row
from smtpprobe.why.facts import Fact, Known, Purpose
from smtpprobe.why.request import Kind

_EXITS = {0: ExitStatus.OK, 1: ExitStatus.CHECK_FAILED, 4: ExitStatus.CANNOT_TELL}


@dataclass(frozen=True, slots=True)
class Ruled:
    """What is not the cause, and what shows that."""

    out: str
    by: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `title` is the sentence, `because` what shows it, `now` the next steps.

    `reply` is the deciding reply verbatim, empty where none was given. `beside` are things that
    are wrong on the way and not the cause; `still_open` what is not known.
    """

    cause: Cause
    certainty: Certainty
    who: Who
    status: ExitStatus
    title: str
    because: str
    reply: str
    now: tuple[str, ...]
    ruled_out: tuple[Ruled, ...]
    beside: tuple[str, ...]
    still_open: tuple[str, ...]


def diagnose(known: Known) -> Verdict:
    """Return the verdict on what is known."""
    case = case_of(known)
    row = next(row for row in ROWS if row.holds(case))
    cause = BY_ID[row.cause]
    values = _values(case)
    quoted = {name: _for_a_shell(name, value) for name, value in values.items()}
    return Verdict(
        cause=cause,
        certainty=row.certainty,
        who=row.who or _who(case, cause),
        status=_EXITS[_exit(case, row, cause)],
        title=_filled(cause.title, values),
        because=_because(case, row),
        reply=values["reply"] if case.refused else "",
        now=_now(cause, values, quoted),
        ruled_out=tuple(_ruled_out(case, row)),
        beside=(*_beside(case, row), *_lame(case, row)),
        still_open=tuple(_open(case, row)),
    )


def _now(cause: Cause, values: dict[str, str], quoted: dict[str, str]) -> tuple[str, ...]:
    """Return the steps that can be taken; where all of them want our address, how to give it."""
    steps = tuple(_filled(step, quoted) for step in cause.now if _can_be_filled(step, values))
    return steps or ((_GIVE_OURS,) if cause.now and not values["ours"] else ())


_GIVE_OURS = "give the address that they see: the same command with --public-address IP"


def _who(case: Case, cause: Cause) -> Who:
    """Return who acts: what a submission host does is a matter of the sending side."""
    if cause.who is not Who.RECIPIENT:
        return cause.who
    if case.known.request.kind is Kind.SUBMISSION and cause.id not in _OF_A_RECIPIENT:
        return Who.SENDER
    # what is at an address of --resolve may have nothing to do with the recipient
    return Who.UNKNOWN if _stranger(case) else Who.RECIPIENT


def _stranger(case: Case) -> bool:
    """Return whether the way ends at an address of `--resolve` that has said no SMTP reply."""
    place = case.place
    if place is None or not place.host.pinned:
        return False
    greeting = place.address.greeting
    return not case.refused and (greeting is None or not greeting.good)


def _exit(case: Case, row: Row, cause: Cause) -> int:
    if row.exit is not None:
        return row.exit
    passing = case.refused and case.place is not None and case.place.code // 100 == 4
    if cause.exit == 1 and passing and not cause.stays:
        return 4
    return cause.exit


def _because(case: Case, row: Row) -> str:
    shown = case.isolated.value if case.refused else ""
    return f"{row.when}; {shown}" if shown else row.when


_UNKNOWN_OURS = "our address"


def _values(case: Case) -> dict[str, str]:
    """Return what texts are filled with; empty where it is not known."""
    known, place = case.known, case.place
    request = known.request
    host = place.host.name if place is not None else next((one.name for one in case.hosts), "")
    ours, spf, other = _ours(case), known.fact("us.spf"), known.fact("road.other-port")
    login = known.fact("dialogue.login")
    reply = case.trial.reply.line if case.trial is not None and case.trial.reply else ""
    if not case.refused:
        last = known.fact("history.last")
        reply = (last.datum("reply") or last.value) if last is not None else ""
    return {
        "recipient": request.recipient,
        "sender": f"{request.sender}" if request.sender else "<>",
        "domain": request.domain,
        "sender_domain": request.sender_domain,
        "author": request.author_domain,
        "host": host or request.target.name,
        "ip": place.address.ip if place is not None else "",
        "ours": ours,
        "reverse": _reverse(ours),
        "spf": spf.datum("proposed") if spf is not None else "",
        "spf_error": spf.value if spf is not None else "",
        "port": str(_port(case)),
        "other_port": other.datum("port") if other is not None and other.yes else "",
        "other_host": _other_host(host or request.target.name, other),
        "client": request.client,
        "reply": reply,
        "detail": _detail(case),
        "question": _question(case),
        "loop": _loop(case),
        "dial": _dialled(case),
        "at": request.domain,
        "family": str(request.family or ""),
        "login": login.value if login is not None else "",
        **_names(case),
        "lame": ", ".join(one.about for one in case.lame),
    }


def _relay(target: Target) -> str:
    name = f"[{target.name}]" if ":" in target.name else target.name
    if target.implicit_tls and target.port == SMTPS_PORT:
        return f"smtps://{name}"
    return f"{name}:{target.port}"


def _names(case: Case) -> dict[str, str]:
    """Return who and what is meant by the way that the mail goes; empty on the other way."""
    request = case.known.request
    if request.kind is Kind.MX:
        at = request.domain
        return {
            "postmaster": f"the postmaster of {at}",
            "operator": "",
            "record": "MX record",
            "relay": request.target.name,
            "starttls": f"smtpprobe starttls {shlex.quote(at)}",
        }
    relay = _relay(request.target)
    return {
        "postmaster": f"the operator of {relay}",
        "operator": f"the operator of {relay}",
        "record": "",
        "relay": relay,
        "starttls": f"smtpprobe starttls {shlex.quote(relay)}",
    }


def _question(case: Case) -> str:
    """Return the question that failed, as `dig` takes it."""
    failed = case.known.failed_lookup
    return f"{shlex.quote(failed.name)} {failed.kind}" if failed is not None else ""


def _loop(case: Case) -> str:
    """Return the way through the CNAME records that leads back."""
    found = case.fact("address.loop")
    return found.value if found is not None and found.yes else ""


def _dialled(case: Case) -> str:
    """Return the address of the deciding host as a target, with the port where it is not 25."""
    place = case.place
    if place is None:
        return case.known.request.target.name
    target = f"[{place.address.ip}]:{place.address.port}"
    return shlex.quote(f"smtps://{target}" if place.address.implicit_tls else target)


def _port(case: Case) -> int:
    return case.place.address.port if case.place is not None else case.known.request.target.port


def _other_host(host: str, other: Fact | None) -> str:
    port = other.datum("port") if other is not None else ""
    return f"smtps://{host}" if port == str(SMTPS_PORT) else f"{host}:{port}"


def _ours(case: Case) -> str:
    fact = case.fact("us.address")
    return fact.datum("ip") if fact is not None and fact.yes else ""


def _reverse(ours: str) -> str:
    try:
        return ipaddress.ip_address(ours).reverse_pointer
    except ValueError:
        return ""


def _detail(case: Case) -> str:
    failed = case.known.failed_lookup
    if failed is not None:
        return f"{failed.name} {failed.kind} ({failed.reason})"
    place = case.place
    if place is None:
        return ""
    reply, tls = place.address.starttls.reply, place.address.tls
    if place.blocked_why:
        return place.blocked_why
    if tls is not None and not tls.ok:
        return f"the handshake fails: {tls.reason}"
    if reply is not None and not reply.good:
        return f"STARTTLS gets {reply.line}"
    trial = place.trial
    if trial is not None and trial.reply is not None:
        more = f", and unsolicited {trial.unasked}" if trial.unasked else ""
        return f"{_STAGES[trial.stage]} it says {trial.reply.line or 'an empty line'}{more}"
    return (
        (trial.lost if trial is not None else "")
        or place.address.reason
        or (place.address.connect.value)
    )


_STAGES = {
    Stage.GREETING: "instead of a greeting",
    Stage.EHLO: "to EHLO",
    Stage.TLS: "to EHLO inside TLS",
    Stage.AUTH: "to AUTH",
    Stage.MAIL: "to MAIL",
    Stage.RCPT: "to RCPT",
}


_WORDS = frozenset(
    {"reply", "detail", "spf", "spf_error", "login", "lame", "postmaster", "operator", "record",
     "starttls", "question", "loop", "dial"}
)  # fmt: skip
"""What is no word of a command, or quoted already."""

_PLAIN = re.compile(r"[\w.@:+=\[\]-]*")


def _for_a_shell(name: str, value: str) -> str:
    """Return a value as a step may hold it, which people copy: DNS may have put anything there."""
    if name in _WORDS or _PLAIN.fullmatch(value):
        return value
    return shlex.quote(value)


def _filled(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        instead = _UNKNOWN_OURS if name == "ours" and not value else value
        text = text.replace("{" + name + "}", instead)
    return text


_NEEDED = (
    "{spf}",
    "{reverse}",
    "{reply}",
    "{detail}",
    "{client}",
    "{sender_domain}",
    "{spf_error}",
    "{at}",
    "{operator}",
    "{record}",
    "{login}",
)


def _can_be_filled(step: str, values: dict[str, str]) -> bool:
    """Return whether a step names nothing that is not known: it is for copying."""
    if re.search(r"\bA \{ours\}", step) and not values["ours"]:
        return False
    return all(values[name[1:-1]] for name in _NEEDED if name in step)


def _ruled_out(case: Case, row: Row) -> Iterator[Ruled]:
    """Yield what is not the cause, by what shows it."""
    known = case.known
    for purpose, out in _OTHERS:
        if purpose is Purpose.POSTMASTER and row.cause in _OF_RECIPIENT:
            continue
        for trial in known.tried(purpose)[:1]:
            if case.refused and trial.reply is not None and not trial.reply.good:
                yield Ruled(out, f"{_by(trial.sender, trial.recipient)} is refused too")
    if row.cause in ("accepted", "catch-all", "not-tried"):
        return
    reached = [one for one in case.places if _greets(one)]
    if reached:
        port = reached[0].address.port
        yield Ruled(f"port {port} and the way there", f"{reached[0].host.name} greets")
    for id_, out in _FINE:
        fact = case.fact(id_)
        if fact is not None and fact.yes and case.refused:
            yield Ruled(out, fact.value or "as looked up")
    others = (Isolated.SENDER, Isolated.NULL_SENDER, Isolated.RECIPIENT)
    if case.isolated in others and row.cause not in _OF_OUR_HOST:
        yield Ruled("our host", "others get through from here")


def _greets(place: Place) -> bool:
    greeting = place.address.greeting
    return place.address.connect is Connect.OK and (greeting is None or greeting.good)


_OTHERS = (
    (Purpose.NULL_SENDER, "this sender"),
    (Purpose.OTHER_SENDER, "the null sender"),
    (Purpose.POSTMASTER, "this recipient"),
)

_OF_RECIPIENT = ("unknown-recipient", "mailbox-full", "mailbox-disabled", "recipient-moved")
"""Causes that a missing postmaster does not speak against."""

_OF_OUR_HOST = (
    "no-reverse-dns",
    "reverse-dns-mismatch",
    "helo-refused",
    "ip-blocked",
    "client-refused",
    "rate-limited",
    "too-many-connections",
    "spf-fail",
)
"""Causes that are at our host, also where postmaster is spared."""

_OF_A_RECIPIENT = (*_OF_RECIPIENT, "recipient-refused", "domain-full", "loop-detected")
"""Causes at the recipient's side, also where a submission host names them."""

_FINE = (
    ("us.fcrdns", "our reverse DNS"),
    ("us.spf", "SPF"),
    ("us.bounces", "the return path"),
    ("us.unlisted", "the list asked"),
)


def _by(sender: str, recipient: str) -> str:
    return f"<{sender}> to {recipient}"


def _beside(case: Case, row: Row) -> Iterator[str]:
    """Yield what is wrong on the way without being the cause."""
    for one in case.places:
        if one is not case.place and row.cause in _WELL:
            yield from _trouble(one)
    yield from _at_odds(case)
    if case.refused:
        yield from _around_a_refusal(case, row)
    if row.cause in _WELL:
        place = case.place
        address = place.address if place is not None else None
        reply = address.starttls.reply if address is not None else None
        tls = address.tls if address is not None else None
        if reply is not None and not reply.good:
            yield f"STARTTLS is offered and refused ({reply.line}): mail is sent in the clear"
        elif tls is not None and not tls.ok:
            yield f"STARTTLS is offered and fails ({tls.reason}): mail is sent in the clear"
        for id_ in _WORTH:
            for fact in case.known.every(id_):
                if fact.no and fact.datum("result") in ("", "fail", "softfail", "permerror"):
                    yield fact.value


def _at_odds(case: Case) -> Iterator[str]:
    """Yield which replies on the way have lines with different codes: senders go by one of them."""
    place, trial = case.place, case.trial
    if place is None:
        return
    address = place.address
    said = [
        ("its greeting", address.greeting),
        ("its reply to EHLO", address.hello),
        ("its reply to EHLO inside TLS", address.inside),
    ]
    if trial is not None and trial.stage in (Stage.MAIL, Stage.RCPT):
        said.append((f"its reply to {trial.stage.value.upper()}", trial.reply))
    for what, reply in said:
        if reply is not None and reply.codes:
            codes = ", ".join(map(str, reply.codes))
            yield f"{what} has lines with different codes ({codes}); senders differ in which counts"


def _lame(case: Case, row: Row) -> Iterator[str]:
    if row.cause != "lame-delegation":
        yield from (f"name server {one.about}: {one.value}" for one in case.lame)


_WELL = ("accepted", "catch-all", "greylisted")
_WORTH = (
    "address.syntax",
    "road.untouched",
    "road.prompt",
    "us.spf",
    "us.fcrdns",
    "us.mx",
    "us.bounces",
    "us.aligned",
)


def _around_a_refusal(case: Case, row: Row) -> Iterator[str]:
    place = case.place
    if place is None:
        return
    if place.code // 100 == 4 and BY_ID[row.cause].exit == 1 and row.exit is None:
        yield f"{place.code} is a refusal for now: senders queue the mail, and bounce it days later"
    if place.bounces and not case.split:
        for one in case.places:
            if one.takes:
                yield f"{one.host.name} accepts it; no sender asks there after {place.code} here"


def _trouble(place: Place) -> Iterator[str]:
    name = f"{place.host.name} [{place.address.ip}]"
    trial = place.trial
    if place.address.connect is not Connect.OK:
        yield f"{name}: {place.address.connect.value}"
    elif place.refuses and trial is not None and trial.reply is not None:
        yield f"{name} refuses: {trial.reply.line}"
    elif place.blocked is not None:
        yield f"{name}: {place.blocked_why}"


def _open(case: Case, row: Row) -> Iterator[str]:
    """Yield what is not known, and what would settle it."""
    known = case.known
    request = known.request
    if known.interrupted:
        yield "it was interrupted: what had not been shown by then"
    yield from _not_asked(case)
    if request.sender is None and request.rcpt and case.trial is not None:
        yield "how another sender than <> fares: --from ADDRESS"
    if row.certainty is not SHOWN and case.refused:
        yield "whether the reply's words are true: no comparison separates the cause"
    if case.isolated is Isolated.SENDER and request.sender and not known.every("us.bounces"):
        yield f"whether {request.sender_domain} takes bounces: --bounces"
    if case.split:
        yield "hosts of the same preference differ: some take the recipient"
    for id_ in ("us.address", "us.ptr", "us.spf"):
        fact = case.fact(id_)
        if fact is not None and fact.answer is Answer.UNKNOWN:
            yield f"{_LABELS[id_]}: unknown, {fact.because}"
            break
    if row.cause in _WELL and not known.every("history.last"):
        yield "what happens behind DATA: no message was sent"


def _not_asked(case: Case) -> Iterator[str]:
    """Yield which addresses of the mail hosts nobody asked."""
    if (unasked := _unasked(case)) > 0:
        yield f"{unasked} more addresses of its mail hosts were not asked"
    if case.place is not None and case.place.host.pinned:
        yield "how the addresses in DNS fare: the same command without --resolve"


def _unasked(case: Case) -> int:
    """Return how many addresses were left out because there are so many."""
    found = sum(len(lookup.records) for host in case.hosts for lookup in host.lookups)
    return found - len(case.places) if case.places and not case.known.interrupted else 0


_LABELS = {"us.address": "our public address", "us.ptr": "PTR", "us.spf": "SPF"}
