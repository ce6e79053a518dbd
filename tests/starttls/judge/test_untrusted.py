"""Why a chain leads to no root: what is known of it, and what helps in each case."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.tls_facts import Shown, TrustPath
from smtpprobe.starttls.finding import Finding
from tests.certificates import HOST, Entity
from tests.starttls.stage import (
    LEAF,
    MIDDLE,
    ROOT,
    address,
    certificates,
    facts,
    host,
    judged,
    session,
)

ALONE = Entity(HOST)
OTHER = Entity("other", ca=True)


def found(*sent: Entity, code: int, **leaf: object) -> Finding:
    first, *rest = certificates(*sent)
    chain = (first._replace(**leaf), *rest)  # type: ignore[arg-type]
    shown = Shown(chain, TrustPath(code, "OpenSSL's words"))
    report = judged(facts(host(address(tls=session(certificates=shown)))))
    (told,) = (
        one
        for one in report.findings
        if one.id in ("cert.untrusted", "cert.missing-intermediate", "cert.purpose")
    )
    return told


@pytest.mark.parametrize(
    ("sent", "code", "name", "message", "fix"),
    [
        ((ALONE,), 18, "cert.untrusted", "self-signed certificate", "or publish TLSA 3 1 1"),
        (
            *((LEAF, MIDDLE, ROOT), 19, "cert.untrusted"),
            *("it chains to root, which is sent but is not a trusted root", "--ca-file"),
        ),
        (
            *((LEAF, MIDDLE), 20, "cert.untrusted", "ends at middle; its issuer root is neither"),
            "if root is an intermediate CA, send its certificate too; else get",
        ),
        (
            *((LEAF,), 20, "cert.missing-intermediate"),
            "nor a trusted root: an intermediate certificate is missing, or senders do not know",
            "send the full chain (fullchain.pem); if middle is a private CA, get",
        ),
        (
            *((LEAF, OTHER), 20, "cert.missing-intermediate"),
            *("its issuer middle is neither sent nor a trusted root", "if middle is a private"),
        ),
        ((LEAF, MIDDLE), 47, "cert.untrusted", "OpenSSL's words", "public CA"),
    ],
    ids=["self-signed", "private root", "open end", "alone", "wrong issuer sent", "broken rule"],
)
def test_it_is_said_what_is_known_and_what_would_help(
    sent: tuple[Entity, ...], code: int, name: str, message: str, fix: str
) -> None:
    told = found(*sent, code=code)
    assert told.id == name
    assert message in told.message
    assert fix in told.fix


def test_timestamps_of_public_logs_tell_that_an_intermediate_one_is_missing() -> None:
    told = found(LEAF, code=20, transparency=True)
    assert told.id == "cert.missing-intermediate"
    assert "timestamps from public CT logs" in told.message
    assert told.fix == "send the full chain (fullchain.pem instead of cert.pem)"
