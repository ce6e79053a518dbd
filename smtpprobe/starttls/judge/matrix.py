"""The sender matrix: whether each kind of sender delivers to an address, and to the target."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from smtpprobe.policy import dane
from smtpprobe.policy.dns_answer import Status
from smtpprobe.policy.mta_sts import Mode
from smtpprobe.protocol.target import TargetKind
from smtpprobe.starttls.facts import NO, YES, Because, Fact
from smtpprobe.starttls.judge.assessment import Case, Standing
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.judge.ratings import OLD_VERSIONS
from smtpprobe.starttls.judge.strict import Client, Refusal, why
from smtpprobe.starttls.progress import misspoken, stuck, varies


class Value(Enum):
    """What a sender does; the value is the word in JSON."""

    TLS = "tls"
    CLEAR = "clear"
    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    """Some of these senders deliver, some do not."""
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Cell:
    """One sender at one address. `reason` says why where it is neither yes nor TLS.

    `finding` is the id of the finding that reports it, if the sender refuses for it.
    """

    value: Value
    reason: str = ""
    finding: str = ""


_NO, _UNKNOWN, _NOT_APPLICABLE = Value.NO, Value.UNKNOWN, Value.NOT_APPLICABLE


def cells(case: Case, one: Standing) -> dict[Sender, Cell]:
    """Return what each kind of sender does at an address."""
    blocked = _blocked(one)
    if case.facts.null_conflict:
        blocked = Cell(_NO, "Postfix treats a null MX next to others as a null MX")
    if blocked is not None:
        return dict.fromkeys(Sender, blocked)
    found = {
        Sender.OPPORTUNISTIC: _opportunistic(one),
        Sender.PKIX: _pkix(one),
        Sender.DANE: _dane(case, one),
        Sender.STS: sts_cell(case, one),
    }
    if not varies(one.address):
        return found
    return {sender: _now_and_then(cell) for sender, cell in found.items()}


def _now_and_then(cell: Cell) -> Cell:
    """Return what a sender does where STARTTLS is listed in one connection but not in another."""
    changing = cell.value in (Value.TLS, Value.CLEAR, Value.YES)
    return Cell(Value.PARTIAL, Because.VARIES.value) if changing else cell


def _blocked(one: Standing) -> Cell | None:
    if one.address.starttls.surplus:
        return Cell(_NO, "plaintext after the 220")
    if one.speaks.no:
        return Cell(_NO, misspoken(one.address))
    if one.address.unasked and one.speaks.yes:
        return Cell(_NO, "it sends unsolicited replies")
    if one.encrypted.no:
        return None
    if not one.encrypted.yes:
        return Cell(_UNKNOWN, one.encrypted.reason)
    if one.demanded.yes:
        return Cell(_NO, "the server requires a client certificate")
    if one.inside.no:
        return Cell(_NO, stuck(one.address))
    return None if one.inside.yes else Cell(_UNKNOWN, one.inside.reason)


def _opportunistic(one: Standing) -> Cell:
    value = _NO if one.address.implicit_tls else Value.CLEAR
    if not one.encrypted.yes:
        return Cell(value, "the handshake fails" if value is _NO else _why_clear(one))
    if refusal := one.refused(Client.MAY):
        return _refused(value, refusal, *Client)
    return Cell(Value.TLS)


def _refused(value: Value, refusal: Refusal, *clients: Client) -> Cell:
    return Cell(value, why(refusal, *clients), refusal.finding)


def _why_clear(one: Standing) -> str:
    if one.address.starttls.advertised.no:
        return "no STARTTLS"
    return "the handshake fails" if one.address.tls is not None else "STARTTLS is refused"


def _pkix(one: Standing) -> Cell:
    """Return what Postfix does at `verify`, and at `secure` with `match=hostname` beside it."""
    if not one.encrypted.yes:
        return Cell(_NO, _why_clear(one))
    if refusal := one.refused(Client.SECURE):
        return _refused(_NO, refusal, Client.SECURE)
    cell = _certified(one, one.name.fits_any)
    if cell.value is _NO and one.trusted.yes and one.for_domain == YES:
        cell = Cell(
            Value.PARTIAL, "the certificate is for the domain: Postfix at secure accepts it"
        )
    if cell.value in (Value.YES, Value.PARTIAL) and (refusal := one.distrusted(Client.SECURE)):
        return _refused(_NO, refusal, Client.SECURE)
    if cell.value is Value.YES and one.for_domain == NO:
        return Cell(
            Value.YES, "Postfix at secure needs match=hostname: by default it looks for the domain"
        )
    return cell


def _certified(one: Standing, name: Fact) -> Cell:
    if one.trusted.no:
        return Cell(_NO, "the certificate is not trusted")
    if name.no:
        return Cell(_NO, "the certificate is for another name")
    reason = one.trusted.reason or name.reason
    return Cell(_UNKNOWN, reason) if reason else Cell(Value.YES)


def _dane(case: Case, one: Standing) -> Cell:
    if case.facts.target.kind is TargetKind.ADDRESS:
        return Cell(_NOT_APPLICABLE, "an address has no TLSA records")
    found = {lookup.status for lookup in (*case.facts.lookups, *one.host.lookups)}
    if Status.BOGUS in found:
        return Cell(_NO, "a DNS answer fails validation")
    status = one.host.tlsa.status
    if Status.INTERRUPTED in (*found, status):
        return Cell(_UNKNOWN, Because.INTERRUPTED.value)
    match status:
        case None | Status.INSECURE:
            return Cell(_NOT_APPLICABLE, "no secure TLSA records")
        case Status.BOGUS:
            return Cell(_NO, "the TLSA answer fails validation")
        case Status.ERROR | Status.TIMEOUT if believed(case):
            return Cell(_NO, "the TLSA lookup fails")
        case Status.ERROR | Status.TIMEOUT:
            return Cell(_UNKNOWN, Because.NO_ANSWER.value)
        case _ if not one.host.tlsa.records:
            return Cell(_NOT_APPLICABLE, "no TLSA records")
        case Status.UNVERIFIED:
            return Cell(_UNKNOWN, Because.UNVERIFIED.value)
        case _:
            return _authenticated(one)


def _authenticated(one: Standing) -> Cell:
    """Return what a DANE sender does by records that are secure."""
    if not one.encrypted.yes:
        return Cell(_NO, _why_clear(one))
    usable = one.dane.verdict is not dane.Verdict.UNUSABLE
    if refusal := one.refused(Client.DANE if usable else Client.MAY):
        return _refused(_NO, refusal, Client.DANE if usable else Client.MAY)
    if one.split:
        return Cell(Value.PARTIAL, "one of its two certificates matches no record")
    if one.dispute is not None:
        return Cell(Value.PARTIAL, f"senders differ on the certificate: {one.dispute.value}")
    match one.dane.verdict:
        case dane.Verdict.MATCH if len(one.host.tlsa.records) > dane.MOST_READ:
            return Cell(Value.PARTIAL, dane.TOO_MANY)
        case dane.Verdict.MATCH:
            second = one.address.second.present.reason
            return Cell(Value.YES, f"a second certificate is unknown: {second}" if second else "")
        case dane.Verdict.UNUSABLE:
            return Cell(Value.YES, "no usable record: TLS without authentication")
        case dane.Verdict.NO_MATCH:
            return Cell(_NO, one.dane.missed.told if one.dane.missed is not None else "no match")
        case _:
            return Cell(_UNKNOWN, Because.UNREADABLE.value)


def believed(case: Case) -> bool:
    """Return whether the resolver's word on DNSSEC counts."""
    return case.facts.resolver is not None and case.facts.resolver.believed


def sts_cell(case: Case, one: Standing, *, strictly: bool = False) -> Cell:
    """Return what MTA-STS senders do; `strictly` as if the policy were in mode enforce."""
    if case.sts.unreached is not None:
        return Cell(_UNKNOWN, case.sts.unreached.value)
    policy = case.sts.policy
    if policy is None:
        return Cell(_NOT_APPLICABLE, "no policy")
    if policy.mode is not Mode.ENFORCE and not strictly:
        if policy.enforced_by_some:
            strict = sts_cell(case, one, strictly=True)
            if strict.value in (_NO, Value.PARTIAL):
                why = f"some senders use its last mode, enforce: {strict.reason}"
                return Cell(Value.PARTIAL, why)
        return Cell(_NOT_APPLICABLE, f"mode {policy.mode.value}")
    if not policy.covers(one.host.name):
        return Cell(_NO, "no mx of the policy covers it")
    cell = _by_policy(one)
    if cell.value is Value.YES and policy.covers_for_some(one.host.name):
        return Cell(Value.PARTIAL, "the mx that covers it does so only for some senders")
    return cell


def _by_policy(one: Standing) -> Cell:
    """Return what a sender does by a policy in mode enforce that covers the host."""
    if not one.encrypted.yes:
        return Cell(_NO, _why_clear(one))
    if one.address.tls is not None and one.address.tls.version in OLD_VERSIONS:
        return Cell(_NO, "TLS is older than 1.2")
    reply = one.address.starttls.reply
    if reply is not None and reply.begins_tls_for_some:
        return Cell(
            Value.PARTIAL, f"the reply to STARTTLS is {reply.code}, not 220", "starttls.not-220"
        )
    cell = _certified(one, one.sts_name.fits)
    by = (Client.SECURE, Client.OPENSSL)
    refusal = one.refused(*by) or one.distrusted(*by)
    if cell.value is Value.YES and refusal is not None:
        return _refused(Value.PARTIAL, refusal, *by)
    return cell


class Reach(Enum):
    """How far a kind of sender gets at a target; the value is the word in JSON."""

    TLS = "tls"
    DEGRADED = "degraded"
    CLEAR = "clear"
    ALL = "all"
    PARTIAL = "partial"
    NONE = "none"
    NOT_APPLICABLE = "not-applicable"
    UNKNOWN = "unknown"


_ALWAYS = (Sender.OPPORTUNISTIC, Sender.PKIX)
"""These do not depend on what is published."""


def reach(sender: Sender, values: Iterable[Value]) -> Reach:
    """Return the result of one row's cells; unknown ones count only if all are."""
    found = list(values)
    telling = {value for value in found if value not in (_UNKNOWN, _NOT_APPLICABLE)}
    if not telling:
        if _NOT_APPLICABLE in found:
            return Reach.NOT_APPLICABLE
        if _UNKNOWN in found:
            return Reach.UNKNOWN
        return Reach.NONE if sender in _ALWAYS else Reach.NOT_APPLICABLE
    if sender is Sender.OPPORTUNISTIC:
        return _opportunistic_reach(telling)
    if telling == {Value.YES}:
        return Reach.ALL
    return Reach.PARTIAL if telling & {Value.YES, Value.PARTIAL} else Reach.NONE


def _opportunistic_reach(telling: set[Value]) -> Reach:
    if telling == {Value.TLS}:
        return Reach.TLS
    if telling & {Value.TLS, Value.PARTIAL}:
        return Reach.DEGRADED
    return Reach.CLEAR if Value.CLEAR in telling else Reach.NONE
