"""The sender's domain: where bounces go, DMARC, keys of DKIM."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from smtpprobe.policy.certificate_names import a_labels
from smtpprobe.policy.dkim_key import key_name, read_key
from smtpprobe.policy.dmarc import Discovery, aligned, discover, found_at, owner, walk
from smtpprobe.policy.dns_answer import Lookup, exchangers, telling
from smtpprobe.starttls.facts import Answer
from smtpprobe.why.collect.foresight import foresee
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.facts import Evidence, Fact, Weight


async def sender_domain(notes: Notes, tools: Tools) -> None:
    """Tell what the sender's domain says of its mail."""
    request = notes.known.request
    domain, author = _plain(request.sender_domain), _plain(request.author_domain)
    if domain.startswith("["):
        notes.no("us.mx", f"{domain} is an address, not a domain", domain)
    elif domain:
        _tell_return_path(domain, await _lookups(domain, tools), notes)
    if author.startswith("["):
        return
    await asyncio.gather(
        foresee(notes, tools),
        _tell_dmarc(author, notes, tools),
        *(_tell_key(each, author, notes, tools) for each in request.selectors),
    )


def _plain(domain: str) -> str:
    return a_labels(domain).lower().rstrip(".")


async def _lookups(domain: str, tools: Tools) -> tuple[Lookup, ...]:
    kinds = ("MX", "A", "AAAA")
    return tuple(await asyncio.gather(*(tools.ask(domain, kind) for kind in kinds)))


def _exists(lookups: Sequence[Lookup]) -> bool | None:
    """Return whether a domain has any such record; None where that is unknown (RFC 9989 3.2)."""
    if any(one.records for one in lookups):
        return True
    return False if all(one.answered for one in lookups) else None


def _tell_return_path(domain: str, lookups: Sequence[Lookup], notes: Notes) -> None:
    """Tell where bounces would go, by DNS alone (RFC 5321 5.1)."""
    mx, *addresses = lookups
    shown = tuple(
        Evidence(Weight.OBSERVED, f"{domain} {one.kind} {record}")
        for one in lookups
        for record in one.records[:5]
    )

    def tell(answer: Answer, words: str) -> None:
        unknown = answer is Answer.UNKNOWN
        value, because = ("", words) if unknown else (words, "")
        notes.tell(Fact("us.mx", answer, domain, value, because, shown))

    hosts = [one for one in exchangers(mx) if one.name != "."]
    if hosts:
        named = ", ".join(one.name for one in hosts[:3])
        tell(Answer.YES, f"{domain} has MX {named}{' ...' if len(hosts) > 3 else ''}")
    elif mx.records:
        tell(Answer.NO, f"{domain} has a null MX (RFC 7505): it takes no bounces")
    elif not mx.answered:
        tell(Answer.UNKNOWN, f"{domain}: {mx.reason}")
    elif any(one.records for one in addresses):
        tell(Answer.YES, f"{domain} has no MX: its own address takes them (RFC 5321 5.1)")
    elif all(one.answered for one in addresses):
        gone = mx.nxdomain
        what = "does not exist" if gone else "has neither an MX record nor an address"
        tell(Answer.NO, f"{domain} {what}")
    else:
        tell(Answer.UNKNOWN, f"{domain}: {telling(addresses).reason}")


async def _discovery(domain: str, tools: Tools) -> Discovery:
    names = walk(domain)
    answers = await asyncio.gather(*(tools.ask(owner(name), "TXT") for name in names))
    steps = [found_at(name, one) for name, one in zip(names, answers, strict=True)]
    return discover(domain, steps, exists=_exists(await _lookups(domain, tools)))


async def _tell_alignment(author: Discovery, notes: Notes, tools: Tools) -> None:
    """Write down whether SPF, which is about the sender, can count for From: (RFC 9989 4.4)."""
    request = notes.known.request
    domain = _plain(request.sender_domain or request.client or tools.how.client)
    if not request.author or request.sender is None:
        return
    strict = author.record is not None and author.record.strict_spf
    fits = aligned(author, await _discovery(domain, tools), strict=strict)
    mode = "strict" if strict else "relaxed"
    if fits is None:
        because = f"whether {domain} and {author.domain} are of one organisation is not known"
        notes.unknown("us.aligned", because, author.domain)
    elif fits:
        notes.yes("us.aligned", f"{domain} aligns with {author.domain} ({mode})", author.domain)
    else:
        wanted = _aligning(author, strict=author.record is not None and author.record.strict_dkim)
        told = f"{domain} does not align with {author.domain} ({mode}): DKIM for {wanted} has to"
        notes.no("us.aligned", f"{told} pass", author.domain)


async def _tell_dmarc(domain: str, notes: Notes, tools: Tools) -> None:
    """Tell the DMARC policy that applies, and what has to align with the domain (RFC 9989)."""
    found = await _discovery(domain, tools)
    await _tell_alignment(found, notes, tools)
    record = found.record
    if record is None and found.unknown:
        notes.unknown("us.dmarc", found.unknown, domain)
        return
    if record is None:
        where = f"; {found.problem}" if found.problem else ""
        notes.no("us.dmarc", f"no DMARC record for {domain}{where}", domain)
        return
    notes.tell(
        Fact(
            "us.dmarc",
            Answer.YES,
            domain,
            _policy(found),
            evidence=(Evidence(Weight.OBSERVED, f"{owner(found.stands_at)} TXT {record.text}"),),
            data=(
                ("asked", found.asked.value if found.asked is not None else ""),
                ("stands-at", found.stands_at),
                ("organisation", found.organisation),
                ("spf", "strict" if record.strict_spf else "relaxed"),
                ("dkim", "strict" if record.strict_dkim else "relaxed"),
            ),
        )
    )


def _policy(found: Discovery) -> str:
    """Return the policy in one line, with what a pass takes."""
    record = found.record
    assert record is not None
    asked = found.asked.value if found.asked is not None else "unknown (whether it exists is)"
    at = "" if found.stands_at == found.domain else f" of {found.stands_at}"
    spf = _aligning(found, strict=record.strict_spf)
    dkim = _aligning(found, strict=record.strict_dkim)
    either = f"SPF or DKIM for {spf}" if spf == dkim else f"SPF for {spf} or DKIM for {dkim}"
    tested = ", tested only (t=y)" if record.testing else ""
    return f"{found.tag}={asked}{at}{tested}; it wants {either} to pass"


def _aligning(found: Discovery, *, strict: bool) -> str:
    """Return which domains align, in words (RFC 9989 4.4)."""
    if strict:
        return f"{found.domain} itself"
    return f"a name in {found.organisation}" if found.organisation else "the same organisation"


async def _tell_key(selector: str, domain: str, notes: Notes, tools: Tools) -> None:
    """Write down if there is a key that verifiers can use (RFC 6376 3.6)."""
    name = key_name(selector, domain)
    answer = await tools.ask(name, "TXT")
    if not answer.answered:
        notes.unknown("us.dkim", f"{name}: {answer.reason}", selector)
        return
    key = read_key(answer.records)
    shown = tuple(Evidence(Weight.OBSERVED, f"{name} TXT {text}") for text in answer.records[:3])
    if not answer.records:
        notes.no("us.dkim", f"{name}: {answer.reason}", selector)
        return
    usable = not key.problem
    size = f"{key.kind}, {key.bits} bits" if key.bits else key.kind
    doubts = "".join(f"; {doubt}" for doubt in key.doubts)
    testing = "; t=y: a failed signature counts as none" if key.testing else ""
    value = f"{name}: {size}{doubts}{testing}" if usable else f"{name}: {key.problem}"
    answered = Answer.YES if usable else Answer.NO
    notes.tell(Fact("us.dkim", answered, selector, value, evidence=shown))
