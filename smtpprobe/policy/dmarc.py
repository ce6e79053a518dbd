"""DMARC (RFC 9989): the policy that applies to a domain, and the domains that align with it.

The organisational domain is found as RFC 9989 4.10 says, by records in DNS alone. Receivers that
still follow RFC 7489 use a list of public suffixes; both agree wherever the records of a domain
stand at the name that was registered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from smtpprobe.policy.dns_answer import Lookup
from smtpprobe.policy.txt_record import Kind, as_text

MOST_QUERIES: Final = 8
"""So many names are asked for one domain: itself, then those of at most seven labels (4.10)."""

_KIND = Kind(
    "v=DMARC1", re.compile(r"(?i)\bdmarc[ _-]?1\b|^\W{0,3}p\s{0,3}=\s{0,3}(?:none|quar|rej)")
)
_BEGINS = re.compile(r"v[ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)")
_URI = re.compile(r"(?i)(?:mailto:[^@\s]+@[^@\s]+|[a-z][a-z0-9+.-]*://\S+)")


class Request(Enum):
    """What a domain asks receivers to do with mail that fails (4.7)."""

    NONE = "none"
    QUARANTINE = "quarantine"
    REJECT = "reject"


_TESTED: Mapping[Request, Request] = MappingProxyType(
    {
        Request.NONE: Request.NONE,
        Request.QUARANTINE: Request.NONE,
        Request.REJECT: Request.QUARANTINE,
    }
)
"""What is asked for with `t=y`: one step less (4.7)."""

Boundary: TypeAlias = Literal["y", "n", "u"]
"""`psd=`: a public suffix, an organisation's top, or not said."""

Tag: TypeAlias = Literal["p", "sp", "np"]


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """A record that applies. `sp` and `np` are None where they are not set.

    `strict_spf` and `strict_dkim` ask for the same domain, not only the same organisation.
    `testing` is `t=y`; `doubts` are what receivers read in different ways.
    """

    text: str
    p: Request = Request.NONE
    sp: Request | None = None
    np: Request | None = None
    strict_spf: bool = False
    strict_dkim: bool = False
    psd: Boundary = "u"
    testing: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DmarcRead:
    """The result of reading the TXT records at one `_dmarc` name.

    `count` is how many are DMARC records: with more than one, none counts (4.10). `problem` says
    why there is no `record` though one was meant.
    """

    count: int
    record: DmarcRecord | None = None
    problem: str = ""


def read_dmarc(records: Sequence[str]) -> DmarcRead:
    """Return what the TXT records (octets as latin-1) at a `_dmarc` name mean (4.7)."""
    texts = [as_text(record) for record in records]
    counted = [text for text in texts if _BEGINS.match(text)]
    if len(counted) > 1:
        return DmarcRead(len(counted), problem=f"{len(counted)} records: none of them counts")
    if not counted:
        near = next((text for text in texts if _KIND.meant(text)), "")
        problem = f"{near[:80]!r} must begin with 'v=DMARC1;'" if near else ""
        return DmarcRead(0, problem=problem)
    return _read_one(counted[0])


def _read_one(text: str) -> DmarcRead:
    tags = _tags(text)
    doubts = [_WITHDRAWN[name] for name in _WITHDRAWN if name in tags]
    asked = {name: _request(tags.get(name)) for name in ("p", "sp", "np")}
    invalid = [name for name in ("p", "sp", "np") if name in tags and asked[name] is None]
    reports = any(_URI.fullmatch(uri.strip()) for uri in tags.get("rua", "").split(","))
    if invalid or asked["p"] is None:
        named = ", ".join(f"{name}={tags[name][:20]}" for name in invalid)
        what = f"{named} is not none, quarantine or reject" if invalid else "there is no p="
        if not reports and (invalid or "p" not in tags):
            return DmarcRead(1, problem=f"{what}, and no address for reports: it does not count")
        doubts.append(f"{what}: receivers take p=none")
        asked = dict.fromkeys(asked, None)
    record = DmarcRecord(
        text,
        asked["p"] or Request.NONE,
        asked["sp"],
        asked["np"],
        strict_spf=tags.get("aspf", "").lower() == "s",
        strict_dkim=tags.get("adkim", "").lower() == "s",
        psd=_boundary(tags.get("psd", "")),
        testing=tags.get("t", "").lower() == "y",
        doubts=tuple(doubts),
    )
    return DmarcRead(1, record)


_WITHDRAWN: Mapping[str, str] = MappingProxyType(
    {"pct": "pct= counts for older receivers only (RFC 9989 has removed it)"}
)


def _tags(text: str) -> dict[str, str]:
    """Return the tags after the version, by their lower-case name: the first of each."""
    tags: dict[str, str] = {}
    for part in text.split(";")[1:]:
        name, equals, value = part.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), value.strip())
    return tags


def _request(value: str | None) -> Request | None:
    return next((one for one in Request if value is not None and one.value == value.lower()), None)


def _boundary(value: str) -> Boundary:
    match value.lower():
        case "y":
            return "y"
        case "n":
            return "n"
        case _:
            return "u"


def owner(domain: str) -> str:
    """Return the name at which a domain's DMARC record stands (4.7)."""
    return f"_dmarc.{domain}"


def walk(domain: str) -> tuple[str, ...]:
    """Return the domains whose records are asked for, in order: at most eight (4.10)."""
    labels = domain.removesuffix(".").lower().split(".")
    above = labels[-(MOST_QUERIES - 1) :] if len(labels) >= MOST_QUERIES else labels[1:]
    return (".".join(labels), *(".".join(above[start:]) for start in range(len(above))))


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at one step of the walk: the domain, the question's answer, the record."""

    domain: str
    lookup: Lookup
    read: DmarcRead


def ends_walk(found: Found) -> bool:
    """Return whether nothing above a record counts: it says where its organisation ends (4.10)."""
    return found.read.record is not None and found.read.record.psd != "u"


def found_at(domain: str, lookup: Lookup) -> Found:
    """Return a step of the walk from the answer to its question."""
    return Found(domain, lookup, read_dmarc(lookup.records))


@dataclass(frozen=True, slots=True)
class Discovery:
    """The DMARC policy that applies to mail from `domain`, and its organisation.

    `record` stands at `stands_at`; it is None where there is none, or where that is `unknown`,
    which then says why. `asked` is what is to be done with mail that fails, by which `tag`; it is
    None where `tag` cannot be told because it is unknown whether the domain exists.
    `organisation` is empty where it is unknown. `problem` is a record that does not count.
    """

    domain: str
    record: DmarcRecord | None = None
    stands_at: str = ""
    tag: Tag = "p"
    asked: Request | None = None
    organisation: str = ""
    unknown: str = ""
    problem: str = ""
    queries: tuple[str, ...] = ()


def discover(domain: str, steps: Sequence[Found], *, exists: bool | None) -> Discovery:
    """Return what the steps of a walk from a domain show (4.10.1, 4.10.2).

    `exists` says whether the domain has any A, AAAA or MX record; None is unknown.
    """
    steps = _counted(steps)
    asked = tuple(owner(step.domain) for step in steps)
    lost = next((step for step in steps if not step.lookup.answered), None)
    why = "" if lost is None else f"{owner(lost.domain)}: {lost.lookup.reason}"
    organisation = "" if why else _organisation(domain, steps)
    problem = next(
        (f"{owner(step.domain)}: {step.read.problem}" for step in steps if step.read.problem), ""
    )
    blank = Discovery(
        domain, organisation=organisation, unknown=why, problem=problem, queries=asked
    )
    own = steps[0] if steps else None
    if own is not None and own.lookup.answered and own.read.record is not None:
        return _with(blank, own, own.read.record, "p")
    if why:
        return blank
    by_domain = {step.domain: step for step in steps}
    of_suffix = next((one for one in steps if one.read.record and one.read.record.psd == "y"), None)
    for step in (by_domain.get(organisation), of_suffix):
        if step is not None and step.read.record is not None:
            return _with(blank, step, step.read.record, _tag(step.read.record, exists=exists))
    return blank


def _counted(steps: Sequence[Found]) -> tuple[Found, ...]:
    end = next((at for at, step in enumerate(steps) if ends_walk(step)), len(steps))
    return tuple(steps[: end + 1])


def _organisation(domain: str, steps: Sequence[Found]) -> str:
    name = domain.removesuffix(".").lower()
    records = [(step.domain, step.read.record) for step in steps if step.read.record is not None]
    for at, record in records:
        if record.psd == "n":
            return at
        if record.psd == "y" and at != name:
            return ".".join(name.split(".")[-(at.count(".") + 2) :])
    return records[-1][0] if records else name


def _tag(record: DmarcRecord, *, exists: bool | None) -> Tag | None:
    """Return the tag that counts for a subdomain; None where it cannot be told (4.10.1)."""
    of_subdomain: Tag = "sp" if record.sp is not None else "p"
    of_nothing: Tag = "np" if record.np is not None else of_subdomain
    if exists is None:
        same = _asked(record, of_subdomain) is _asked(record, of_nothing)
        return of_subdomain if same else None
    return of_subdomain if exists else of_nothing


def _asked(record: DmarcRecord, tag: Tag) -> Request:
    found = {"p": record.p, "sp": record.sp, "np": record.np}[tag] or record.p
    return _TESTED[found] if record.testing else found


def _with(blank: Discovery, step: Found, record: DmarcRecord, tag: Tag | None) -> Discovery:
    asked = None if tag is None else _asked(record, tag)
    return replace(blank, record=record, stands_at=step.domain, tag=tag or "p", asked=asked)


def aligned(author: Discovery, other: Discovery, *, strict: bool) -> bool | None:
    """Return whether an authenticated domain counts for the author's (4.4); None is unknown.

    Strict wants the same domain, relaxed the same organisation.
    """
    one, two = (each.domain.removesuffix(".").lower() for each in (author, other))
    if one == two:
        return True
    if strict:
        return False
    if not author.organisation or not other.organisation:
        return None
    return author.organisation == other.organisation
