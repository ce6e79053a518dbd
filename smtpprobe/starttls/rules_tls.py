"""Findings about the TLS session: handshake, version, cipher, key exchange."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.protocol.ports import SMTP_PORT
from smtpprobe.starttls.case import Case, Standing, found_at
from smtpprobe.starttls.facts import Because
from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.ratings import OLD_VERSIONS, weak_cipher, weak_group


def handshake(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.handshake`; `starttls.surplus` says it where that is the reason."""
    tls = one.address.tls
    if tls is not None and not tls.ok and not one.address.starttls.surplus:
        yield found_at(one, "tls.handshake", tls.reason)


def old_version(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.old-version`: negotiated, or accepted in `--deep`."""
    old = [one.address.tls.version] if one.address.tls is not None and one.address.tls.ok else []
    if one.address.deep is not None:
        old += [version for version, fact in one.address.deep.versions if fact.yes]
    found = [version for version in dict.fromkeys(old) if version in OLD_VERSIONS]
    if found:
        level = Level.NOTE if one.address.port == SMTP_PORT else Level.FAIL
        yield found_at(one, "tls.old-version", f"{', '.join(found)} accepted", level)


def ciphers(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.weak-cipher`."""
    used = [one.address.tls.cipher] if one.address.tls is not None and one.address.tls.ok else []
    used += one.address.deep.ciphers if one.address.deep is not None else ()
    weak = {name: why for name in used if name and (why := weak_cipher(name))}
    if weak:
        shown = ", ".join(f"{name} ({why})" for name, why in list(weak.items())[:4])
        more = f" and {len(weak) - 4} more" if len(weak) > 4 else ""
        yield found_at(one, "tls.weak-cipher", f"accepted: {shown}{more}")


def groups(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.weak-group`."""
    used = [one.address.tls.negotiated.group] if one.address.tls is not None else []
    used += one.address.deep.groups if one.address.deep is not None else ()
    weak = [name for name in dict.fromkeys(used) if weak_group(name)]
    if weak:
        yield found_at(one, "tls.weak-group", f"accepted: {', '.join(weak)}")


def old_weaknesses(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.no-ems`, `tls.compression`, `tls.insecure-renegotiation`, `tls.client-cert`."""
    tls = one.address.tls
    if tls is None or not tls.ok:
        return
    seen = tls.negotiated
    if seen.extended_master_secret is False:
        yield found_at(one, "tls.no-ems", f"{tls.version} without the extended master secret")
    if seen.secure_renegotiation is False:
        yield found_at(one, "tls.insecure-renegotiation")
    if seen.compression:
        yield found_at(one, "tls.compression")
    if seen.client_certificate:
        yield found_at(one, "tls.client-cert")


def server_names(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.sni-differs`."""
    if one.address.deep is None or one.leaf is None:
        return
    own = one.leaf.sha256
    other = [name or "no name" for name, digest in one.address.deep.sni if digest not in ("", own)]
    if other:
        yield found_at(one, "tls.sni-differs", f"another certificate for {', '.join(other)}")


def not_testable(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.not-testable`."""
    deep = one.address.deep
    facts = [*(deep.versions if deep is not None else ())]
    if deep is not None:
        facts.append(("resumption", deep.resumption))
    names = [name for name, fact in facts if fact.because is Because.NOT_TESTABLE]
    if names:
        yield found_at(one, "tls.not-testable", f"cannot be tested here: {', '.join(names)}")
