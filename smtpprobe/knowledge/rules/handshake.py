"""The annotation of a TLS handshake: what was agreed, whose certificate it is, what it is worth."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from smtpprobe.knowledge.annotation import Annotation, Basis, Blame, Cause, NextStep, Retry
from smtpprobe.knowledge.assist.expected import Names, hello
from smtpprobe.knowledge.wording import LINE, clip, count, plain
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import State
from smtpprobe.protocol.tls_facts import CertificateFacts, TlsFacts, TlsFailure, Verdict
from smtpprobe.protocol.verbs import Context

SURPLUS_SHOWN = 40
"""How many octets of injected plaintext are quoted."""

REAL_SENDERS = (
    "opportunistic senders do not check this; DANE, MTA-STS and mandatory TLS refuse to deliver"
)

REASONS: dict[int, str] = {
    2: "its issuer is not among the trusted ones",
    7: "its signature is wrong",
    9: "it is not valid yet",
    10: "it has expired",
    18: "it is self-signed",
    19: "its chain ends in a root that is not trusted here",
    20: "its issuer is unknown: an intermediate is missing, or the root is not trusted",
    21: "its issuer is unknown: the server sent only its own certificate",
    22: "the chain is too long",
    23: "it has been revoked",
    24: "its issuer may not issue certificates",
    26: "it is not meant for servers",
    62: "it is for another name",
    64: "it is for another address",
    66: "a key in the chain is too weak",
    67: "a certificate authority key in the chain is too weak",
    68: "a signature in the chain uses a weak hash",
}
"""OpenSSL's verification codes (X509_STORE_CTX_get_error(3)) in plain words."""


def annotate_handshake(secured: Secured, before: State) -> Annotation:
    """Return what a TLS handshake came to; `before` is the state in which it began."""
    if not secured.tls.ok:
        return _failure(secured)
    implicit = before.phase in (Phase.GREETING, Phase.CLOSED)
    if implicit:
        steps: tuple[NextStep, ...] = (NextStep("wait for the greeting"),)
    else:
        client = before.identity or Names().client
        step = hello(before, Names(client))
        again = f"{step.text.split(' ')[0]} again: the server discards the earlier one"
        steps = (NextStep(f"{again} (RFC 3207 4.2)", plain(step.command)),)
    return Annotation(
        code=None if implicit else 220,
        enhanced=None,
        context=None if implicit else Context.STARTTLS,
        title="TLS handshake",
        meaning=clip(f"handshake: {_agreed(secured.tls)}"),
        next_steps=steps,
        cause=Cause.PROTOCOL_VIOLATION if secured.surplus else Cause.ACCEPTED,
        blame=Blame.THEIR_SERVER if secured.surplus else Blame.NOBODY,
        retry=Retry.AFTER_CHANGE if secured.surplus else Retry.NO_NEED,
        basis=Basis.STANDARD,
        references=("RFC 3207 4", "RFC 8446 4"),
        details=(
            *surplus_lines(secured.surplus),
            *certificate_lines(secured.tls),
            *own_certificate_lines(secured.tls),
        ),
    )


def own_certificate_lines(tls: TlsFacts) -> tuple[str, ...]:
    """Return what became of the client certificate that was ready to be shown."""
    if not tls.own_certificate:
        return ()
    seen = tls.negotiated
    if seen.own_certificate:
        return ("client certificate sent; in TLS 1.3 a refusal comes after the handshake",)
    if seen.client_certificate is False:
        return ("the server did not ask for the client certificate, so it was not sent",)
    if seen.own_certificate is False:
        return ("client certificate not sent: it does not fit what the server asked for",)
    return ()


def _agreed(tls: TlsFacts) -> str:
    version = re.sub(r"^TLSv", "TLS ", tls.version)
    version = "TLS 1.0" if version == "TLS 1" else version
    agreed = [plain(part) for part in (version, tls.cipher) if part]
    return ", ".join(agreed) or "done"


def _failure(secured: Secured) -> Annotation:
    reason = plain(secured.tls.reason) or "no reason known"
    return Annotation(
        code=220,
        enhanced=None,
        context=Context.STARTTLS,
        title="TLS handshake failed",
        meaning=clip(f"handshake failed: {reason}"),
        next_steps=(_remedy(secured),),
        cause=Cause.TLS_UNAVAILABLE,
        blame=Blame.THEIR_SERVER,
        retry=Retry.AFTER_CHANGE,
        basis=Basis.STANDARD,
        notes=("a handshake that fails ends the connection: there is no way back to clear text",),
        references=("RFC 3207 4.1", "RFC 8446 6"),
        details=(*surplus_lines(secured.surplus), *certificate_lines(secured.tls)),
    )


_LOOK = "connect again; look at the server's log for its side"

REMEDIES: Mapping[TlsFailure | None, str] = MappingProxyType(
    {
        TlsFailure.CERTIFICATE: (
            ":tls verify off (or --insecure) to look closer; or name the issuer with --ca-file"
        ),
        TlsFailure.CLIENT_CERTIFICATE: (
            "the server wants a certificate from its clients: give one with --cert F --key F, "
            "or try another port"
        ),
        TlsFailure.VERSION: "the server may speak only old TLS, or no TLS here: try another port",
        TlsFailure.PARAMETERS: (
            "the two sides share no cipher or version: look at the server's TLS settings"
        ),
        TlsFailure.SERVER_NAME: "the server may need the right name: give it with --sni",
        TlsFailure.INTERNAL: "the server may need the right name: give it with --sni",
        TlsFailure.PLAINTEXT: _LOOK,
        TlsFailure.LATE: "connect again; the server does not finish its side",
        TlsFailure.CLOSED: "connect again; the server hung up during the handshake",
        TlsFailure.OTHER: _LOOK,
        None: _LOOK,
    }
)
"""What to do about a failed handshake."""


def _remedy(secured: Secured) -> NextStep:
    tls = secured.tls
    if tls.failure is TlsFailure.CLIENT_CERTIFICATE and tls.negotiated.own_certificate:
        return NextStep("the server refused the client certificate: its log says why")
    return NextStep(REMEDIES[tls.failure])


def surplus_lines(surplus: bytes) -> tuple[str, ...]:
    """Return the lines about plaintext between the 220 and the server's side of the handshake."""
    if not surplus:
        return ()
    shown = plain(repr(surplus[:SURPLUS_SHOWN])[2:-1]) + (
        "..." if len(surplus) > SURPLUS_SHOWN else ""
    )
    return (
        clip(f'{count(len(surplus), "octet")} in plaintext after the 220: "{shown}"'),
        "not taken as an answer: somebody between you and the server, or a broken server, sent it",
    )


def certificate_lines(tls: TlsFacts) -> tuple[str, ...]:
    """Return the certificate in one line, and one for each thing that is wrong with it."""
    leaf = tls.leaf
    if leaf is None:
        return ("no certificate was sent",) if tls.ok else ()
    verdict = tls.verdict
    parts = [
        f"certificate {_whose(leaf)}",
        f"issuer {plain(leaf.issuer_name) or 'not named'}",
        f"until {leaf.not_after:%Y-%m-%d}" if leaf.not_after else "until an unreadable date",
    ]
    verdicts = f"{_WORDS_NAME[verdict.name_matches]}, {_WORDS_TRUST[verdict.trusted]}"
    problems = [*_name_problem(tls, leaf), *_trust_problem(verdict)]
    if verdict.name_matches is False or verdict.trusted is False:
        problems.append(REAL_SENDERS)
    return tuple(clip(told) for told in (*_folded(parts, verdicts), *problems))


def _folded(parts: list[str], verdicts: str) -> list[str]:
    """Return the parts joined by commas in as few lines as hold them, the verdicts in one."""
    lines = parts[:1]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + 2 <= LINE:
            lines[-1] += f", {part}"
        else:
            lines.append(part)
    if len(lines[-1]) + len(verdicts) + 2 <= LINE:
        return [*lines[:-1], f"{lines[-1]}, {verdicts}"]
    return [*lines, verdicts]


_WORDS_NAME = {True: "name matches", False: "WRONG NAME", None: "name not judged"}
_WORDS_TRUST = {True: "chain trusted", False: "NOT TRUSTED", None: "trust unknown"}


def _whose(leaf: CertificateFacts) -> str:
    names = leaf.names or leaf.addresses or ((leaf.common_name,) if leaf.common_name else ())
    return plain(leaf.common_name or names[0]) if names else "without a name"


def _name_problem(tls: TlsFacts, leaf: CertificateFacts) -> tuple[str, ...]:
    verdict = tls.verdict
    if verdict.name_matches is None and verdict.name_reason:
        return (f"name not judged because {plain(verdict.name_reason)}",)
    if verdict.name_matches is not False:
        return ()
    wanted = plain(tls.reference) or "another name"
    names = [plain(name) for name in (*leaf.names, *leaf.addresses)]
    held = ", ".join(names[:3]) + (
        f" and {len(names) - 3} more" if len(names) > 3 else ""
    )  # three names fit a line
    for_whom = f"it is for {clip(held, 60)}" if held else "it holds no host name (SAN)"
    return (f"wrong name: {for_whom}; wanted {wanted}",)


def _trust_problem(verdict: Verdict) -> tuple[str, ...]:
    if verdict.trusted is None:
        return (f"trust unknown because {plain(verdict.reason) or 'nobody judged it'}",)
    if verdict.trusted:
        return ()
    words = REASONS.get(verdict.code or 0, "")
    openssl = plain(verdict.reason)
    if words and openssl:
        return (f'not trusted: {words} (OpenSSL: "{openssl}")',)
    return (f"not trusted: {words or openssl or 'no reason known'}",)
