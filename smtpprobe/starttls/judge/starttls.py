"""Findings about STARTTLS, what EHLO lists before and after it, and implicit TLS for submission."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from smtpprobe.knowledge.rules.smtp_inspection import is_masked_keyword
from smtpprobe.starttls.finding import Finding, finding
from smtpprobe.starttls.judge.assessment import Case, Standing, found_at
from smtpprobe.starttls.progress import varies


@lru_cache(maxsize=64)
def _keywords(lines: tuple[str, ...] | None) -> frozenset[str]:
    """Return the keywords that an EHLO reply lists; four rules ask for them."""
    return frozenset(words[0].upper() for line in lines or () if (words := line.split(None, 1)))


def missing(_case: Case, one: Standing) -> Iterator[Finding]:
    """`starttls.missing`, `starttls.varies`."""
    address = one.address
    if varies(address):
        listed, asked = sum(address.listings), len(address.listings)
        yield found_at(
            one, "starttls.varies", f"STARTTLS is listed in {listed} of {asked} connections"
        )
        return
    if not address.starttls.advertised.no:
        return
    masked = next(filter(is_masked_keyword, _keywords(address.before)), "")
    message, fix = "EHLO lacks STARTTLS", ""
    if masked:
        message += f"; {masked} instead: a firewall masks it"
    if address.by_helo and address.hello is not None:
        message = f"the reply to EHLO is {address.hello.line}; HELO works, but offers no STARTTLS"
        fix = "make the server accept EHLO; look for a filter in front of it that does not"
    yield found_at(one, "starttls.missing", message, fix=fix)


def refused(_case: Case, one: Standing) -> Iterator[Finding]:
    """`starttls.refused`."""
    address, upgrade = one.address, one.address.starttls
    some = upgrade.reply is not None and upgrade.reply.begins_tls_for_some
    if not (upgrade.advertised.yes and one.encrypted.no and (address.tls is None or some)):
        return
    again = " twice" if address.retried else ""
    how = f"answered{again} {upgrade.reply.line}" if upgrade.reply is not None else address.ended
    negative = upgrade.reply is not None and (upgrade.reply.code or 0) >= 400
    fix = (
        ""
        if negative
        else "only 220 starts TLS: check the server, and any proxy or filter in front of it"
    )
    tried = f", but no TLS follows: {address.tls.reason}" if address.tls is not None else ""
    yield found_at(one, "starttls.refused", f"offered, but {how}{tried}", fix=fix)


def not_220(_case: Case, one: Standing) -> Iterator[Finding]:
    """`starttls.not-220`."""
    reply = one.address.starttls.reply
    if reply is not None and reply.begins_tls_for_some and one.encrypted.yes:
        yield found_at(
            one, "starttls.not-220", f"the reply to STARTTLS is {reply.line}, and TLS starts"
        )


def surplus(_case: Case, one: Standing) -> Iterator[Finding]:
    """`starttls.surplus`."""
    octets = one.address.starttls.surplus
    if octets:
        shown = octets[:80].decode("latin-1").encode("unicode_escape").decode("ascii")
        message = f"{len(octets)} octets of plaintext after the 220: {shown}"
        yield found_at(one, "starttls.surplus", message)


def injection(_case: Case, one: Standing) -> Iterator[Finding]:
    """What `--active` finds."""
    upgrade = one.address.starttls
    for fact, name in (
        (upgrade.injection, "starttls.injection"),
        (upgrade.pipelined, "starttls.pipelined-plain"),
        (upgrade.state_kept, "starttls.state-kept"),
        (upgrade.unadvertised, "starttls.works-unadvertised"),
    ):
        if fact.yes:
            yield found_at(one, name)


def still_offered(_case: Case, one: Standing) -> Iterator[Finding]:
    """`starttls.still-offered`."""
    if "STARTTLS" in _keywords(one.address.after):
        yield found_at(one, "starttls.still-offered")


def auth_in_clear(_case: Case, one: Standing) -> Iterator[Finding]:
    """`starttls.auth-before-tls`."""
    if one.address.implicit_tls:
        return
    lines = [line for line in one.address.before or () if line.upper().startswith("AUTH")]
    if lines:
        yield found_at(one, "starttls.auth-before-tls", f"offered without TLS: {lines[0]}")


def strangers(_case: Case, one: Standing) -> Iterator[Finding]:
    """`ehlo.xclient`."""
    found = _keywords(one.address.before) | _keywords(one.address.after)
    offered = sorted(found & {"XCLIENT", "XFORWARD"})
    if offered:
        yield found_at(one, "ehlo.xclient", f"{' and '.join(offered)} offered to unknown clients")


def require_tls(_case: Case, one: Standing) -> Iterator[Finding]:
    """`requiretls.cleartext`."""
    if not one.address.implicit_tls and "REQUIRETLS" in _keywords(one.address.before):
        yield found_at(one, "requiretls.cleartext")


def implicit_tls(case: Case) -> Iterator[Finding]:
    """`submission.465-missing`."""
    if not case.facts.submission or case.facts.interrupted:
        return
    working = [one for one in case.standings if one.inside.yes]
    if working and not any(one.address.implicit_tls for one in working):
        yield finding("submission.465-missing")


OF_TARGET = (implicit_tls,)
OF_ADDRESS = (
    missing,
    refused,
    not_220,
    surplus,
    injection,
    still_offered,
    auth_in_clear,
    strangers,
    require_tls,
)
