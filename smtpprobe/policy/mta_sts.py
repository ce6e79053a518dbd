"""MTA-STS (RFC 8461): the TXT record, the policy file and which MX hosts it covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from smtpprobe.policy.names import name_matches

MOST_SECONDS = 31_557_600
"""The largest max_age: a year (3.2)."""

SHORT_SECONDS = 86_400
"""A max_age below a day protects little."""


class Mode(Enum):
    """What senders do with a host that fails (3.2)."""

    ENFORCE = "enforce"
    TESTING = "testing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Txt:
    """What `_mta-sts` TXT records amount to. `count` is how many are STS records at all.

    `policy_id` is empty unless exactly one is valid; `problem` says what is wrong, `warning` what
    is only doubtful.
    """

    count: int
    policy_id: str = ""
    problem: str = ""
    warning: str = ""


_TXT = re.compile(r"v=STSv1[ \t]*;")
_ID = re.compile(r"[A-Za-z0-9]{1,32}")
_FIELD = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=([\x21-\x3a\x3c\x3e-\x7e]+)")


def read_txt(records: Sequence[str]) -> Txt:
    """Return what the TXT records mean (3.1); records of other kinds are passed over."""
    found = [record for record in records if _TXT.match(record)]
    if len(found) != 1:
        nothing = len(found) == 0
        return Txt(
            len(found), problem="" if nothing else f"{len(found)} records: none of them counts"
        )
    return _read_one(found[0])


def _read_one(record: str) -> Txt:
    version, *fields = (field.strip(" \t") for field in record.split(";"))
    if fields and not fields[-1]:
        fields.pop()
    blank = record[len(version)] != ";"
    warning = "a blank before the first ';' (erratum 6285): some senders refuse it" if blank else ""
    identity = ""
    for field in fields:
        match = _FIELD.fullmatch(field)
        if match is None:
            return Txt(1, problem=f"the field {field[:40]!r} is not name=value")
        if match[1] == "id" and not identity:
            identity = match[2]
    if not identity:
        return Txt(1, problem="there is no id")
    if not _ID.fullmatch(identity):
        return Txt(1, problem=f"the id {identity[:40]!r} is not 1 to 32 letters and digits")
    return Txt(1, identity, warning=warning)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that parses. `max_age` is in seconds; `mx` patterns are as written."""

    mode: Mode
    max_age: int
    mx: tuple[str, ...] = ()

    def covers(self, host: str) -> str:
        """Return the pattern that covers an MX host name, empty when none does (4.1)."""
        return next((pattern for pattern in self.mx if mx_matches(host, pattern)), "")


@dataclass(frozen=True, slots=True)
class Read:
    """A policy file as read: the policy, or in `problem` why there is none."""

    policy: Policy | None = None
    problem: str = ""


def mx_matches(host: str, pattern: str) -> bool:
    """Tell whether a pattern covers a host; `*.` stands for exactly one label (4.1)."""
    return name_matches(host, pattern.removesuffix(".")) or _by_star(host, pattern)


def _by_star(host: str, pattern: str) -> bool:
    """`*.test` is legal in a policy, though in no certificate."""
    star, _, parent = pattern.lower().removesuffix(".").partition(".")
    label, _, rest = host.lower().removesuffix(".").partition(".")
    return star == "*" and bool(label) and bool(parent) and rest == parent


_PATTERN = re.compile(
    r"(?i)(\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")


def read_policy(body: bytes) -> Read:
    """Return the policy in a file (3.2): `key: value` lines, LF or CRLF (erratum 6253)."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return Read(problem="it is not UTF-8 text")
    values: dict[str, str] = {}
    patterns: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        key, colon, value = line.removesuffix("\r").partition(":")
        key, value = key.rstrip(" \t"), value.strip(" \t")
        if not colon or not _KEY.fullmatch(key):
            return Read(problem=f"line {number} is not `key: value`: {line.strip()[:40]!r}")
        if key == "mx":
            patterns.append(value)
        else:
            values.setdefault(key, value)
    return _policy(values, tuple(patterns))


def _policy(values: dict[str, str], patterns: tuple[str, ...]) -> Read:
    version, mode, max_age = (values.get(key) for key in ("version", "mode", "max_age"))
    if version != "STSv1":
        return Read(problem=_missing("version", version, "STSv1"))
    if mode not in {one.value for one in Mode}:
        return Read(problem=_missing("mode", mode, "enforce, testing or none"))
    if max_age is None or not re.fullmatch(r"[0-9]{1,10}", max_age):
        return Read(problem=_missing("max_age", max_age, "1 to 10 digits"))
    if int(max_age) > MOST_SECONDS:
        return Read(problem=f"max_age {max_age} is over {MOST_SECONDS}, a year")
    wrong = next((one for one in patterns if not _PATTERN.fullmatch(one.removesuffix("."))), None)
    if wrong is not None:
        return Read(problem=f"mx: {wrong[:60]!r} is neither a host name nor *.name")
    if not patterns and mode != Mode.NONE.value:
        return Read(problem="there is no mx line")
    return Read(Policy(Mode(mode), int(max_age), patterns))


def _missing(key: str, value: str | None, wanted: str) -> str:
    if value is None:
        return f"there is no {key} line ({key}: {wanted})"
    return f"{key}: {value[:40]!r} is not {wanted}"


def is_text_plain(content_type: str | None) -> bool:
    """Tell whether a media type is text/plain, with or without parameters (3.3)."""
    return (content_type or "").partition(";")[0].strip().lower() == "text/plain"


def policy_host(domain: str) -> str:
    """Return the host that serves a domain's policy (3.3)."""
    return f"mta-sts.{domain}"


def policy_url(domain: str) -> str:
    """Return where a domain's policy is fetched from (3.3)."""
    return f"https://{policy_host(domain)}/.well-known/mta-sts.txt"
