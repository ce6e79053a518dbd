"""What is said of a TLS handshake."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smtpprobe.knowledge.annotation import Annotation, Cause
from smtpprobe.knowledge.rules.handshake import REMEDIES, annotate_handshake
from smtpprobe.protocol.events import Secured
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import START, State
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts, TlsFailure, Verdict
from smtpprobe.protocol.verbs import Context

LEAF = CertificateFacts(
    b"", "", common_name="mx1.example.net", issuer_name="R11", names=("mx1.example.net",),
    not_after=datetime(2027, 1, 22, tzinfo=UTC),
)  # fmt: skip
GOOD = TlsFacts(
    ok=True, version="TLSv1.3", cipher="TLS_AES_256_GCM_SHA384", reference="mx1.example.net",
    certificates=Shown(
        (LEAF,), verdict=Verdict(trusted=True, reason="", code=0, name_matches=True)
    ),
)  # fmt: skip
STATE = State(phase=Phase.TLS, identity="probe.example.org")
CERTIFICATE = "certificate mx1.example.net, issuer R11, until 2027-01-22, "


def told(tls: TlsFacts, surplus: bytes = b"", before: State = STATE) -> Annotation:
    return annotate_handshake(Secured(0.0, tls, surplus), before)


def judged(**verdict: object) -> TlsFacts:
    found = GOOD.verdict._replace(**verdict)  # type: ignore[arg-type] # fields of Verdict
    return GOOD._replace(certificates=GOOD.shown._replace(verdict=found))


def showing(tls: TlsFacts, leaf: CertificateFacts) -> TlsFacts:
    return tls._replace(certificates=tls.shown._replace(chain=(leaf,)))


def test_a_good_handshake_is_two_facts_and_a_step() -> None:
    found = told(GOOD)
    assert found.meaning == "handshake: TLS 1.3, TLS_AES_256_GCM_SHA384"
    assert found.details == (CERTIFICATE + "name matches, chain trusted",)
    assert [step.text for step in found.next_steps] == [
        "EHLO again: the server discards the earlier one (RFC 3207 4.2)"
    ]
    assert found.next_steps[0].command == "EHLO probe.example.org"
    assert (found.code, found.context, found.cause) == (220, Context.STARTTLS, Cause.ACCEPTED)


def test_implicit_tls_waits_for_the_greeting() -> None:
    found = told(GOOD, before=START)
    assert (found.code, found.context) == (None, None)
    assert [step.text for step in found.next_steps] == ["wait for the greeting"]


def test_a_wrong_name_says_what_it_is_for_and_what_was_wanted() -> None:
    found = told(judged(name_matches=False)._replace(reference="mail.example.org"))
    assert found.details[0] == CERTIFICATE + "WRONG NAME, chain trusted"
    assert found.details[1] == "wrong name: it is for mx1.example.net; wanted mail.example.org"
    assert "opportunistic senders do not check" in found.details[2]
    assert "refuse to deliver" in found.details[2]


def test_an_untrusted_chain_is_told_plainly_and_in_openssls_words() -> None:
    found = told(judged(trusted=False, code=18, reason="self-signed certificate"))
    assert found.details[1] == 'not trusted: it is self-signed (OpenSSL: "self-signed certificate")'
    assert "refuse to deliver" in found.details[-1]


def test_an_unknown_verdict_says_why() -> None:
    found = told(judged(trusted=None, reason="no system store was found", name_matches=None))
    assert found.details == (
        CERTIFICATE + "name not judged, trust unknown",
        "trust unknown because no system store was found",
    )


def test_many_names_are_cut_and_counted() -> None:
    many = LEAF._replace(names=tuple(f"mx{n}.example.net" for n in range(9)))
    tls = showing(judged(name_matches=False), many)
    assert "and 6 more" in told(tls).details[1]


def test_surplus_plaintext_is_quoted_and_called_what_it_is() -> None:
    found = told(GOOD, b"250 ok\r\n\x1b[31m")
    assert found.details[0] == '13 octets in plaintext after the 220: "250 ok\\r\\n\\x1b[31m"'
    assert "not taken as an answer" in found.details[1]
    assert found.cause is Cause.PROTOCOL_VIOLATION


def test_long_surplus_is_cut_with_its_length() -> None:
    detail = told(GOOD, b"x" * 5000).details[0]
    assert detail.startswith("5000 octets")
    assert detail.endswith('x..."')
    assert not told(GOOD, b"x" * 40).details[0].endswith('..."')
    assert len(detail) <= 100


def test_a_failed_handshake_tells_its_reason_and_a_way_on() -> None:
    found = told(TlsFacts(ok=False, reason="no way to say it", failure=TlsFailure.VERSION))
    assert found.meaning == "handshake failed: no way to say it"
    assert "old TLS" in found.next_steps[0].text
    assert found.cause is Cause.TLS_UNAVAILABLE
    distrusted = told(TlsFacts(ok=False, reason="gremlins", failure=TlsFailure.CERTIFICATE))
    assert distrusted.next_steps[0].text.startswith(":tls verify off (or --insecure)")
    unnamed = told(TlsFacts(ok=False, reason="certificate within, closed"))
    assert "log" in unnamed.next_steps[0].text


def test_every_kind_of_failed_handshake_has_its_way_on() -> None:
    assert set(REMEDIES) == {*TlsFailure, None}
    assert ":tls verify" not in REMEDIES[TlsFailure.CLIENT_CERTIFICATE]


def test_every_line_is_short_ascii() -> None:
    hostile = LEAF._replace(
        common_name="\x1b]0;x\x07" * 30, issuer_name="\u202e" * 80, names=("\xe4" * 90,)
    )
    tls = showing(judged(name_matches=False, trusted=False, reason="\x1b" * 90), hostile)
    found = told(tls._replace(cipher="\x1b" * 200), b"\xff" * 200)
    for line in (found.meaning, *found.details, *(step.text for step in found.next_steps)):
        assert len(line) <= 100
        assert line.isascii()
        assert line.isprintable()


def test_the_verdicts_on_a_certificate_stay_in_one_line() -> None:
    leaf = LEAF._replace(common_name="sandbox.test", issuer_name="smtpprobe practice CA")
    assert told(showing(GOOD, leaf)).details == (
        "certificate sandbox.test, issuer smtpprobe practice CA, until 2027-01-22",
        "name matches, chain trusted",
    )


def test_a_long_certificate_line_is_parted_not_cut() -> None:
    leaf = LEAF._replace(common_name="long-host-name.long-domain.example.net",
                   issuer_name="Example Issuing Authority 4711")  # fmt: skip
    assert told(showing(GOOD, leaf)).details == (
        "certificate long-host-name.long-domain.example.net, issuer Example Issuing Authority 4711",
        "until 2027-01-22, name matches, chain trusted",
    )


@pytest.mark.parametrize(
    ("version", "cipher", "meaning"),
    [
        ("TLSv1.3", "TLS_AES_256_GCM_SHA384", "TLS 1.3, TLS_AES_256_GCM_SHA384"),
        ("TLSv1", "AES128-SHA", "TLS 1.0, AES128-SHA"),
        ("SSLv3", "", "SSLv3"),
        ("", "AES128-SHA", "AES128-SHA"),
        ("", "", "done"),
    ],
)
def test_what_was_agreed_is_told_as_far_as_it_is_known(
    version: str, cipher: str, meaning: str
) -> None:
    found = told(GOOD._replace(version=version, cipher=cipher))
    assert found.meaning == f"handshake: {meaning}"


@pytest.mark.parametrize(
    ("asked", "sent", "line"),
    [
        (True, True, "client certificate sent"),
        (True, False, "client certificate not sent: it does not fit"),
        (False, False, "the server did not ask for the client certificate"),
        (False, None, "the server did not ask for the client certificate"),
        (True, None, ""),
        (None, None, ""),
    ],
)
def test_what_became_of_the_own_certificate_is_told_where_one_was_ready(
    asked: bool | None, sent: bool | None, line: str
) -> None:
    seen = GOOD.negotiated._replace(client_certificate=asked, own_certificate=sent)
    ready = GOOD._replace(negotiated=seen, own_certificate="client.example.org")
    details = told(ready).details[1:]
    assert len(details) == bool(line)
    assert all(one.startswith(line) for one in details)
    assert told(ready._replace(own_certificate="")).details[1:] == ()


@pytest.mark.parametrize(
    ("names", "held"),
    [
        (1, "it is for mx0.example.net; wanted"),
        (3, "it is for mx0.example.net, mx1.example.net, mx2.example.net; wanted"),
        (4, "mx2.example.net and 1 more; wanted"),
        (0, "it holds no host name (SAN); wanted"),
    ],
)
def test_three_names_of_a_certificate_for_another_host_are_told(names: int, held: str) -> None:
    leaf = LEAF._replace(names=tuple(f"mx{n}.example.net" for n in range(names)))
    assert held in told(showing(judged(name_matches=False), leaf)).details[1]


def test_why_no_name_was_judged_is_told_where_it_is_known() -> None:
    unsaid = told(judged(name_matches=None)).details
    assert unsaid == (CERTIFICATE + "name not judged, chain trusted",)
    said = told(judged(name_matches=None, name_reason="no name was wanted")).details
    assert said[1] == "name not judged because no name was wanted"
    fine = told(judged(name_matches=True, name_reason="no name was wanted")).details
    assert fine == (CERTIFICATE + "name matches, chain trusted",)
    assert (
        "wanted another name" in told(judged(name_matches=False)._replace(reference="")).details[1]
    )


@pytest.mark.parametrize(
    ("leaf", "whose"),
    [
        (LEAF._replace(common_name="", names=("a.example.net", "b.example.net")), "a.example.net"),
        (LEAF._replace(common_name="", names=(), addresses=("192.0.2.1",)), "192.0.2.1"),
        (LEAF._replace(names=(), common_name="c.example.net"), "c.example.net"),
        (LEAF._replace(names=(), common_name=""), "without a name"),
    ],
)
def test_a_certificate_is_called_by_a_name_that_it_has(leaf: CertificateFacts, whose: str) -> None:
    assert told(showing(GOOD, leaf)).details[0].startswith(f"certificate {whose}, issuer R11")


@pytest.mark.parametrize(
    ("code", "reason", "line"),
    [
        (10, "certificate has expired",
         'not trusted: it has expired (OpenSSL: "certificate has expired")'),
        (10, "", "not trusted: it has expired"),
        (999, "gremlins", "not trusted: gremlins"),
        (None, "", "not trusted: no reason known"),
    ],
)  # fmt: skip
def test_why_a_chain_is_not_trusted_is_told_as_far_as_it_is_known(
    code: int | None, reason: str, line: str
) -> None:
    assert told(judged(trusted=False, code=code, reason=reason)).details[1] == line
