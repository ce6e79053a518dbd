"""Findings about the TLS session: handshake, version, cipher, key exchange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from smtpprobe.protocol.target import SMTP_PORT
from smtpprobe.protocol.tls_facts import TlsFailure
from smtpprobe.starttls.facts import Because, End
from smtpprobe.starttls.finding import Finding, Level
from smtpprobe.starttls.judge.assessment import Case, Standing, found_at
from smtpprobe.starttls.judge.ratings import OLD_VERSIONS, weak_cipher, weak_group
from smtpprobe.starttls.judge.severity import refusals, refused_at
from smtpprobe.starttls.progress import stuck


def handshake(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.handshake`; `starttls.surplus` or `starttls.refused` say it where that is the reason."""
    tls = one.address.tls
    reply = one.address.starttls.reply
    refused = reply is not None and reply.begins_tls_for_some
    spared = one.address.starttls.surplus or one.demanded.yes or refused
    if tls is None or tls.ok or spared:
        return
    if one.address.implicit_tls and tls.failure is TlsFailure.PLAINTEXT:
        fix = f"check it as {_written(one)}, with STARTTLS; smtps:// needs implicit TLS"
        yield found_at(one, "tls.handshake", one.address.reason, fix=fix)
    elif one.encrypted.because is Because.HASTY:
        yield found_at(one, "tls.handshake", tls.reason, Level.UNKNOWN, LONGER)
    else:
        yield found_at(one, "tls.handshake", tls.reason + _hint(one))


LONGER = "run it without --timeout, or with --timeout 5m to wait as long as senders do"


def _written(one: Standing) -> str:
    name = f"[{one.host.name}]" if ":" in one.host.name else one.host.name
    return f"{name}:{one.address.port}"


def behind(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.unusable`, `tls.client-cert-required`: the handshake ends well, and mail cannot follow.

    What is said to this client alone leaves it unknown; a 421 and a refused greeting have findings
    of their own.
    """
    address = one.address
    if one.demanded.yes:
        how = address.ended or address.reason or (address.tls.reason if address.tls else "")
        message = "the server requires a client certificate, which senders do not have"
        yield found_at(one, "tls.client-cert-required", f"{message}: {how}" if how else message)
    elif one.inside.no and not one.speaks.no:
        yield found_at(one, "tls.unusable", stuck(address) + _hint(one), fix=_try_it(one))
    elif one.inside.because is Because.HASTY:
        yield found_at(one, "tls.unusable", address.ended, Level.UNKNOWN, LONGER)
    elif address.inside is not None and not one.inside.yes and address.end is not End.CLOSING:
        yield found_at(one, "tls.unusable", stuck(address), Level.UNKNOWN, _try_it(one))


def _try_it(one: Standing) -> str:
    """Return what to do where nothing follows inside TLS, with the command for this address."""
    address = one.address
    ip = f"[{address.ip}]" if ":" in address.ip else address.ip
    how = "" if address.implicit_tls else " -starttls smtp"
    command = f"openssl s_client -connect {ip}:{address.port}{how}"
    return f"{_LOG}; run `{command}` and type EHLO"


_LOG = "check the server's log for what ends the session after the handshake"


def _hint(one: Standing) -> str:
    tls = one.address.tls
    asked = tls is not None and tls.negotiated.client_certificate
    return "; it requested a client certificate and may require one" if asked else ""


def old_version(case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.old-version`: the newest there is, or accepted beside others in `--deep`."""
    deep = one.address.deep.versions if one.address.deep is not None else ()
    older = [version for version, fact in deep if fact.yes and version in OLD_VERSIONS]
    for refusal in refusals(one, "tls.old-version"):
        beside = [version for version in older if version.replace(".0", "") != refusal.what]
        more = f" ({', '.join(beside)} too)" if beside else ""
        told = refused_at(
            case, one, f"{refusal.what} is the newest version it supports{more}", refusal
        )
        yield told if one.address.port == SMTP_PORT else replace(told, level=Level.FAIL)
        return
    if older:
        level = Level.NOTE if one.address.port == SMTP_PORT else Level.FAIL
        yield found_at(one, "tls.old-version", f"{', '.join(older)} accepted", level)


def ciphers(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.weak-cipher`."""
    used = [one.address.tls.cipher] if one.address.tls is not None and one.address.tls.ok else []
    used += one.address.deep.ciphers if one.address.deep is not None else ()
    weak = {name: why for name in used if name and (why := weak_cipher(name))}
    if weak:
        shown = ", ".join(f"{name} ({why})" for name, why in list(weak.items())[:4])
        more = f" and {len(weak) - 4} more" if len(weak) > 4 else ""
        yield found_at(one, "tls.weak-cipher", f"accepted: {shown}{more}")


def groups(case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.weak-group`."""
    used = [one.address.tls.negotiated.group] if one.address.tls is not None else []
    used += one.address.deep.groups if one.address.deep is not None else ()
    weak = [name for name in dict.fromkeys(used) if weak_group(name)]
    if not weak:
        return
    message = f"accepted: {', '.join(weak)}"
    for refusal in refusals(one, "tls.weak-group"):
        beside = f"; {refusal.what} is chosen" if len(weak) > 1 else ""
        yield refused_at(case, one, f"{message}{beside}", refusal)
        return
    yield found_at(one, "tls.weak-group", message)


def signature(case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.weak-signature`."""
    for refusal in refusals(one, "tls.weak-signature"):
        message = f"the server signs the handshake with {refusal.what}"
        yield refused_at(case, one, message, refusal)


def renegotiation(case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.insecure-renegotiation`."""
    for refusal in refusals(one, "tls.insecure-renegotiation"):
        message = "no secure renegotiation: OpenSSL 3 aborts the handshake"
        yield replace(refused_at(case, one, message, refusal), level=Level.FAIL)


def old_weaknesses(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.no-ems`, `tls.compression`, `tls.client-cert`.

    `behind` reports a required client certificate.
    """
    tls = one.address.tls
    if tls is None or not tls.ok:
        return
    seen = tls.negotiated
    if seen.extended_master_secret is False:
        yield found_at(one, "tls.no-ems", f"{tls.version} without the extended master secret")
    if seen.compression:
        yield found_at(one, "tls.compression")
    if seen.client_certificate and not one.demanded.yes:
        goes_on = ", but continues without one" if one.demanded.no else ""
        yield found_at(one, "tls.client-cert", f"the server requests a client certificate{goes_on}")


def server_names(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.sni-differs`."""
    if one.address.deep is None or one.leaf is None:
        return
    own = one.leaf.sha256
    other = [name or "no name" for name, digest in one.address.deep.sni if digest not in ("", own)]
    if other:
        yield found_at(one, "tls.sni-differs", f"a different certificate for {', '.join(other)}")


def not_testable(_case: Case, one: Standing) -> Iterator[Finding]:
    """`tls.not-testable`."""
    deep = one.address.deep
    facts = [*(deep.versions if deep is not None else ())]
    if deep is not None:
        facts.append(("resumption", deep.resumption))
    names = [name for name, fact in facts if fact.because is Because.NOT_TESTABLE]
    if names:
        yield found_at(one, "tls.not-testable", f"cannot be tested here: {', '.join(names)}")


OF_ADDRESS = (
    handshake,
    behind,
    old_version,
    ciphers,
    groups,
    signature,
    renegotiation,
    old_weaknesses,
    server_names,
    not_testable,
)
