"""MTA-STS (RFC 8461): the TXT record, the policy file and which MX hosts it covers.

A policy file as it was fetched, or why it was not, as plain data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from smtpprobe.policy.addresses import is_address
from smtpprobe.policy.certificate_names import a_labels, name_matches
from smtpprobe.policy.txt_record import Kind, quoted, read_fields, wrong_extension

MOST_SECONDS = 31_557_600
"""The largest max_age: a year (3.2)."""

SHORT_SECONDS = 86_400
"""A max_age below a day protects little."""


MOST_REMARKS = 10
"""How many remarks on a policy are listed one by one."""


class Mode(Enum):
    """What senders do with a host that fails (3.2)."""

    ENFORCE = "enforce"
    TESTING = "testing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Txt:
    """The result of reading `_mta-sts` TXT records. `count` is how many of them are STS records.

    `policy_id` is empty unless exactly one is valid; `problem` says what is wrong, `warning` what
    is only doubtful. `record` is the one that was read, or that only means to be one.
    """

    count: int
    policy_id: str = ""
    problem: str = ""
    warning: str = ""
    record: str = ""


_KIND = Kind(
    "v=STSv1",
    re.compile(
        r"(?i)(?<![a-z0-9])(?:sts[ _-]?v|version\W{1,3}sts)[ ._-]?1(?![0-9])"
        r"|^\W{0,3}id\s{0,3}="
    ),
)
_ID = re.compile(r"[A-Za-z0-9]{1,32}")


def read_txt(records: Sequence[str]) -> Txt:
    """Return what the TXT records mean (3.1); records of other kinds are passed over."""
    found = read_fields(records, _KIND, "none of them counts")
    identity = found.first("id")
    problem = found.problem
    if found.counted == 1 and not problem:
        if identity is None:
            problem = found.missing("id")
        elif not _ID.fullmatch(identity.value):
            problem = f"the id {quoted(identity.value)} is not 1 to 32 letters and digits"
        problem = problem or wrong_extension(found, "id")
    valid = found.counted == 1 and not problem and identity is not None
    policy_id = identity.value if identity is not None and valid else ""
    return Txt(found.counted, policy_id, problem, "; ".join(found.doubts), found.text)


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy that parses. `max_age` is in seconds; `mx` patterns are as written.

    `enforced_by_some` means that a mode line behind the one that counts says enforce: some senders
    take the last.
    """

    mode: Mode
    max_age: int
    mx: tuple[str, ...] = ()
    enforced_by_some: bool = False

    def covers(self, host: str) -> str:
        """Return the pattern that covers an MX host name, empty when none does (4.1)."""
        return next((pattern for pattern in self.mx if mx_matches(host, pattern)), "")

    def covers_for_some(self, host: str) -> bool:
        """Return whether only patterns cover a host that end with a dot: Postfix matches none."""
        found = [pattern for pattern in self.mx if mx_matches(host, pattern)]
        return bool(found) and all(pattern.endswith(".") for pattern in found)


@dataclass(frozen=True, slots=True)
class Read:
    """A policy file as read: the policy, or in `problem` why there is none.

    `remarks` are what senders read in different ways, or not at all.
    """

    policy: Policy | None = None
    problem: str = ""
    remarks: tuple[str, ...] = ()


def mx_matches(host: str, pattern: str) -> bool:
    """Return whether a pattern covers a host; `*.` matches exactly one label (4.1).

    U-labels, which are not for here, are compared as A-labels, and a final dot is passed over.
    """
    plain = a_labels(pattern)
    return name_matches(host, plain.removesuffix(".")) or _by_star(host, plain)


def _by_star(host: str, pattern: str) -> bool:
    """`*.test` is legal in a policy, though in no certificate."""
    star, _, parent = pattern.lower().removesuffix(".").partition(".")
    label, _, rest = host.lower().removesuffix(".").partition(".")
    return star == "*" and bool(label) and bool(parent) and rest == parent


_PATTERN = re.compile(
    r"(?i)(\*\.)?[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*"
)
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,31}")
_KNOWN = ("version", "mode", "max_age", "mx")


@dataclass(frozen=True, slots=True)
class _Line:
    """One `key: value` of a policy file, and its number."""

    number: int
    key: str
    value: str


def read_policy(body: bytes) -> Read:
    """Return the policy in a file (3.2): `key: value` lines, LF or CRLF (erratum 6253)."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return Read(problem=f"it is not valid UTF-8 (octet {error.start + 1})")
    if text.startswith("\ufeff"):
        return Read(problem="it begins with a byte order mark")
    if "\r" in text.strip() and "\n" not in text.strip():
        return Read(problem="its lines end with a bare CR instead of LF or CRLF")
    lines: list[_Line] = []
    remarks: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        key, colon, value = line.removesuffix("\r").partition(":")
        bare, value = key.rstrip(" \t"), value.strip(" \t")
        if not colon or not _KEY.fullmatch(bare):
            problem = f"line {number} is not `key: value`: {quoted(line.strip())}"
            return Read(problem=problem, remarks=_bounded(remarks))
        if bare != key:
            remarks.append(f"line {number}: space before the colon: some senders skip the line")
        lines.append(_Line(number, bare, value))
    remarks += [*_repeated(lines), *_odd_extensions(lines)]
    read = _policy(lines)
    return replace(read, remarks=_bounded([*remarks, *read.remarks]))


def _bounded(remarks: Sequence[str]) -> tuple[str, ...]:
    more = len(remarks) - MOST_REMARKS
    cut = (f"and {more} more remark{'s' * (more > 1)}",) if more > 0 else ()
    return (*remarks[:MOST_REMARKS], *cut)


def _repeated(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield the keys that are repeated, though only `mx` may be."""
    first: dict[str, _Line] = {}
    for line in lines:
        before = first.setdefault(line.key, line)
        if before is not line and line.key != "mx":
            yield (
                f"line {line.number}: {line.key} is already set in line {before.number}: the "
                "first one counts (RFC 8461 3.2), but some senders use the last"
            )


def _odd_extensions(lines: Sequence[_Line]) -> Iterator[str]:
    for line in lines:
        if line.key in _KNOWN:
            continue
        if _plain(line.key) in map(_plain, _KNOWN):
            yield f"line {line.number}: {quoted(line.key)} is not a policy key and is ignored"
        if not line.value:
            yield f"line {line.number}: {line.key} has no value: some senders drop the policy"
        if not line.value.isascii():
            yield f"line {line.number}: {line.key} is not ASCII: some senders drop the policy"


def _plain(key: str) -> str:
    return re.sub(r"[^a-z]", "", key.lower())


def _policy(lines: Sequence[_Line]) -> Read:
    values: dict[str, str] = {}
    for line in lines:
        # of a key that comes twice the first counts (RFC 8461 3.2)
        values.setdefault(line.key, line.value)
    patterns = tuple(line.value for line in lines if line.key == "mx")
    version, mode, max_age = (values.get(key) for key in ("version", "mode", "max_age"))
    if version != "STSv1":
        return Read(problem=_missing("version", values, "STSv1"))
    if mode not in {one.value for one in Mode}:
        return Read(problem=_missing("mode", values, "enforce, testing or none"))
    if max_age is None or not re.fullmatch(r"[0-9]{1,10}", max_age):
        return Read(problem=_missing("max_age", values, "1 to 10 digits"))
    wrong = next((one for one in patterns if not _is_pattern(one)), None)
    if wrong is not None:
        return Read(problem=f"mx: {quoted(wrong)} is neither a host name nor *.name")
    # a policy of mode none names no host (RFC 8461 3.2)
    if not patterns and mode != Mode.NONE.value:
        return Read(problem=_missing("mx", values, "a host name or *.name"))
    remarks = [remark for one in patterns if (remark := _odd_pattern(one))]
    if int(max_age) > MOST_SECONDS:
        remarks.append(
            f"max_age {max_age} is over {MOST_SECONDS}, a year: some senders use the maximum "
            "instead, some drop the policy"
        )
    later = any(line.key == "mode" and line.value == Mode.ENFORCE.value for line in lines)
    some = later and mode != Mode.ENFORCE.value
    return Read(Policy(Mode(mode), int(max_age), patterns, some), remarks=tuple(remarks))


def _is_pattern(pattern: str) -> bool:
    return _PATTERN.fullmatch(a_labels(pattern).removesuffix(".")) is not None


def _odd_pattern(pattern: str) -> str:
    """Return what is odd about a pattern that can be used; empty when nothing is."""
    if not pattern.isascii():
        return (
            f"mx: {quoted(pattern)} must be written {a_labels(pattern)}: many senders "
            "compare it literally, or drop the policy"
        )
    if pattern.endswith("."):
        return f"mx: {quoted(pattern)} ends with a dot: it matches only for some senders"
    if is_address(pattern):
        return f"mx: {quoted(pattern)} is an IP address, which never matches an MX name"
    return ""


def _missing(key: str, values: Mapping[str, str], wanted: str) -> str:
    value = values.get(key)
    if value is not None:
        return f"{key}: {quoted(value)} is not {wanted}"
    near = next((other for other in values if _plain(other) == _plain(key)), None)
    hint = "" if near is None else f"; {quoted(near)} is a different key"
    return f"there is no {key} line ({key}: {wanted}){hint}"


def is_text_plain(content_type: str | None) -> bool:
    """Return whether a media type is text/plain, with or without parameters (3.3)."""
    return (content_type or "").partition(";")[0].strip().lower() == "text/plain"


def policy_host(domain: str) -> str:
    """Return the host that serves a domain's policy (3.3)."""
    return f"mta-sts.{domain}"


def policy_url(domain: str) -> str:
    """Return where a domain's policy is fetched from (3.3)."""
    return f"https://{policy_host(domain)}/.well-known/mta-sts.txt"


class FetchEnd(Enum):
    """How fetching a policy ended; the value is the wording shown."""

    ANSWERED = "answered"
    NO_HOST = "the policy host does not exist"
    CERTIFICATE = "the certificate of the policy host does not verify"
    REFUSED = "connection refused"
    TIMEOUT = "no answer in time"
    UNREACHABLE = "unreachable"
    BROKEN = "no HTTPS answer"
    CUT = "the answer is truncated"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class PolicyFetch:
    """How a fetch went.

    `location` is where a redirect pointed, `not_after` the end of the policy host's certificate,
    `verify_code` OpenSSL's number where it did not verify. `open_ended` means that the body had no
    length and no end that TLS vouches for, so that it may be cut short (RFC 9112 9.8).
    """

    url: str
    end: FetchEnd
    reason: str = ""
    http_status: int = 0
    content_type: str = ""
    location: str = ""
    body: bytes = b""
    truncated: bool = False
    open_ended: bool = False
    not_after: datetime | None = None
    verify_code: int | None = None
    store: str = ""
