"""A TLS handshake as a JSON object, and back: for transcripts, which are read again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime

from smtpprobe.protocol.tls_facts import (
    CertificateFacts,
    Negotiated,
    Shown,
    TlsFacts,
    TlsFailure,
    Verdict,
)


def tls_object(tls: TlsFacts) -> dict[str, object]:
    """Return a handshake as plain values, its whole chain included."""
    return _facts(tls) | {"chain": [_certificate(one) for one in tls.chain]}


def tls_summary(tls: TlsFacts) -> dict[str, object]:
    """Return a handshake as plain values with the server's own certificate alone, no octets."""
    if tls.leaf is None:
        return _facts(tls)
    leaf = _certificate(tls.leaf)
    for name in ("der", "sha256"):
        del leaf[name]
    return _facts(tls) | leaf


def tls_facts(values: Mapping[str, object]) -> TlsFacts:
    """Return the handshake in such an object or summary; missing fields are unknown."""
    read = _Values(values)
    chain = tuple(_read_certificate(_Values(one)) for one in read.objects("chain"))
    if not chain and "subject" in values:
        chain = (_read_certificate(read),)
    verdict = Verdict(
        read.flag("trusted"),
        read.text("trust_reason"),
        read.number("verify_code"),
        read.flag("name_matches"),
        read.text("name_reason"),
    )
    return TlsFacts(
        ok=read.flag("ok") is True,
        reason=read.text("reason"),
        version=read.text("version"),
        cipher=read.text("cipher"),
        bits=read.number("bits") or 0,
        sni=read.text("sni") or None,
        reference=read.text("reference"),
        certificates=Shown(chain, verdict=verdict),
        enforced=read.flag("enforced") is True,
        ca_file=read.text("ca_file") or None,
        failure=_FAILURES.get(read.text("failure")),
        negotiated=Negotiated(own_certificate=read.flag("own_certificate_sent")),
        own_certificate=read.text("own_certificate"),
    )


_FAILURES = {one.value: one for one in TlsFailure}


def _facts(tls: TlsFacts) -> dict[str, object]:
    verdict = tls.verdict
    found: dict[str, object] = {
        "ok": tls.ok,
        "version": tls.version,
        "cipher": tls.cipher,
        "bits": tls.bits,
        "verified": verdict.verified,
        "reason": tls.reason,
        "sni": tls.sni,
        "reference": tls.reference,
        "trusted": verdict.trusted,
        "trust_reason": verdict.reason,
        "verify_code": verdict.code,
        "name_matches": verdict.name_matches,
        "name_reason": verdict.name_reason,
        "enforced": tls.enforced,
        "ca_file": tls.ca_file,
    }
    if tls.failure is not None:
        found["failure"] = tls.failure.value
    if tls.own_certificate:
        found["own_certificate"] = tls.own_certificate
        found["own_certificate_sent"] = tls.negotiated.own_certificate
    return found


def _certificate(one: CertificateFacts) -> dict[str, object]:
    return {
        "subject": one.subject,
        "issuer": one.issuer,
        "common_name": one.common_name,
        "issuer_name": one.issuer_name,
        "names": list(one.names),
        "addresses": list(one.addresses),
        "not_before": _date(one.not_before),
        "not_after": _date(one.not_after),
        "key": one.key,
        "signature": one.signature,
        "sha256": one.sha256,
        "der": base64.b64encode(one.der).decode("ascii"),
    }


def _read_certificate(read: _Values) -> CertificateFacts:
    return CertificateFacts(
        der=_octets(read.text("der")),
        sha256=read.text("sha256"),
        subject=read.text("subject"),
        issuer=read.text("issuer"),
        common_name=read.text("common_name"),
        issuer_name=read.text("issuer_name"),
        names=read.texts("names"),
        addresses=read.texts("addresses"),
        not_before=_read_date(read.text("not_before")),
        not_after=_read_date(read.text("not_after")),
        key=read.text("key"),
        signature=read.text("signature"),
    )


def _date(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def _read_date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _octets(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


class _Values:
    """Reads values of the expected type; anything else counts as missing."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool | None:
        value = self._values.get(name)
        return value if isinstance(value, bool) else None

    def number(self, name: str) -> int | None:
        value = self._values.get(name)
        return value if isinstance(value, int) else None

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._values.get(name)
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def objects(self, name: str) -> list[Mapping[str, object]]:
        value = self._values.get(name)
        found = value if isinstance(value, list) else []
        return [one for one in found if isinstance(one, dict)]
