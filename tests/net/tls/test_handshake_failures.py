"""Why a handshake failed: by the exception that ended it, never by the words made of it."""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.net.tls.handshake_failures import (
    PlaintextError,
    alert_of,
    failure_kind,
    failure_reason,
)
from smtpprobe.present.tls_json import tls_facts, tls_object
from smtpprobe.protocol.target import parse_target
from smtpprobe.protocol.tls_facts import TlsFacts, TlsFailure
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Close, Hang, Say, Step

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"


def openssl(reason: str) -> ssl.SSLError:
    """Return an error as Python makes it of one of OpenSSL's."""
    error = ssl.SSLError(ssl.SSL_ERROR_SSL, f"[SSL: {reason}] {reason.lower()} (_ssl.c:1)")
    error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (openssl("WRONG_VERSION_NUMBER"), TlsFailure.VERSION),
        (openssl("UNSUPPORTED_PROTOCOL"), TlsFailure.VERSION),
        (openssl("TLSV1_ALERT_PROTOCOL_VERSION"), TlsFailure.VERSION),
        (openssl("SSLV3_ALERT_HANDSHAKE_FAILURE"), TlsFailure.PARAMETERS),
        (openssl("DH_KEY_TOO_SMALL"), TlsFailure.PARAMETERS),
        (openssl("TLSV13_ALERT_CERTIFICATE_REQUIRED"), TlsFailure.CLIENT_CERTIFICATE),
        (openssl("TLSV1_ALERT_UNKNOWN_CA"), TlsFailure.CLIENT_CERTIFICATE),
        (openssl("TLSV1_UNRECOGNIZED_NAME"), TlsFailure.SERVER_NAME),
        (openssl("TLSV1_ALERT_INTERNAL_ERROR"), TlsFailure.INTERNAL),
        (openssl("UNEXPECTED_EOF_WHILE_READING"), TlsFailure.CLOSED),
        (openssl("SOMETHING_NEW"), TlsFailure.OTHER),
        (ssl.SSLCertVerificationError("hostname mismatch"), TlsFailure.CERTIFICATE),
        (PlaintextError(ssl.SSL_ERROR_SSL, "in clear"), TlsFailure.PLAINTEXT),
        (TimeoutError(), TlsFailure.LATE),
        (ConnectionResetError(), TlsFailure.CLOSED),
        (BrokenPipeError(), TlsFailure.CLOSED),
        (OSError(28, "No space left on device"), TlsFailure.OTHER),
        (ValueError("label too long"), TlsFailure.OTHER),
    ],
)
def test_each_way_to_fail_is_of_a_kind(error: Exception, kind: TlsFailure) -> None:
    assert failure_kind(error) is kind


def test_the_alert_that_ended_it_is_named_as_in_the_registry() -> None:
    error = openssl("TLSV13_ALERT_CERTIFICATE_REQUIRED")
    assert alert_of(error) == "certificate_required"
    assert failure_reason(error, 5.0).endswith("the TLS alert certificate_required")
    assert alert_of(openssl("WRONG_VERSION_NUMBER")) == ""
    assert alert_of(ConnectionResetError()) == ""
    assert alert_of(None) == ""


@pytest.mark.parametrize("kind", TlsFailure)
def test_a_recording_keeps_the_kind(kind: TlsFailure) -> None:
    failed = TlsFacts(ok=False, reason="whatever", failure=kind)
    assert tls_facts(tls_object(failed)).failure is kind


def test_a_handshake_that_went_well_is_recorded_as_before() -> None:
    assert "failure" not in tls_object(TlsFacts(ok=True))


@pytest.mark.parametrize("values", [{}, {"failure": "no such kind"}, {"failure": 7}])
def test_a_recording_that_tells_no_kind_has_none(values: dict[str, object]) -> None:
    assert tls_facts({"ok": False, "reason": "plaintext", **values}).failure is None


@pytest.mark.parametrize("name", ["events-1.json", "starttls-1.json"])
def test_the_schemas_list_every_kind(name: str) -> None:
    kinds = [one.value for one in TlsFailure]

    def lists(schema: object) -> bool:
        if isinstance(schema, dict):
            found = schema.get("failure")
            listed = isinstance(found, dict) and found.get("enum") == kinds
            return listed or any(map(lists, schema.values()))
        return isinstance(schema, list) and any(map(lists, schema))

    assert lists(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))


def alert(number: int) -> Say:
    """A fatal alert of TLS 1.2 in place of ServerHello (RFC 5246 7.2)."""
    return Say(bytes((21, 3, 3, 0, 2, 2, number)))


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        (Say(b"220 mx.example ESMTP\r\n"), TlsFailure.PLAINTEXT),
        (Close(), TlsFailure.CLOSED),
        (Hang(), TlsFailure.LATE),
        (alert(40), TlsFailure.PARAMETERS),
        (alert(70), TlsFailure.VERSION),
        (alert(42), TlsFailure.CLIENT_CERTIFICATE),
        (alert(48), TlsFailure.CLIENT_CERTIFICATE),
        (alert(80), TlsFailure.INTERNAL),
        (alert(112), TlsFailure.SERVER_NAME),
    ],
    ids=lambda one: one.value if isinstance(one, TlsFailure) else "",
)
async def test_what_a_server_does_instead_of_a_handshake_is_of_its_kind(
    step: Step, kind: TlsFailure
) -> None:
    async with faults.serve([step, Hang()]) as server:
        target = parse_target(f"smtps://127.0.0.1:{server.port}")
        client = Client(ConnectOptions(handshake_timeout=1.0))
        with pytest.raises(ConnectFailed) as told:
            await client.open(target)
    (attempt,) = client.refused
    assert attempt.tls is not None
    assert attempt.tls.failure is kind
    assert attempt.tls.late is (kind is TlsFailure.LATE)
    assert ("STARTTLS" in told.value.hint) is (kind is TlsFailure.PLAINTEXT)
