"""What the tests may rely on in the lab's Dovecot, alone (LMTP) and behind Postfix (AUTH)."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.servers import lab
from tests.servers.dovecot import PASSWORDS, Dovecot, running
from tests.servers.postfix import Postfix


def plain(user: str, password: str) -> str:
    return b64encode(f"\0{user}\0{password}".encode()).decode()


def trusting(server: Dovecot | Postfix) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(server.ca_file))


@contextmanager
def delivering(dovecot: Dovecot) -> Iterator[smtplib.LMTP]:
    with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=60) as client:
        assert client.docmd("LHLO", "probe.test")[0] == 250
        yield client


@contextmanager
def encrypted(postfix: Postfix, port: int) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(postfix.host, port, timeout=60) as client:
        client.starttls(context=trusting(postfix))
        client.ehlo("probe.test")
        yield client


def test_it_answers_for_each_recipient_after_the_message(dovecot: Dovecot) -> None:
    with delivering(dovecot) as client:
        assert client.mail("me@probe.test")[0] == 250
        codes = [client.rcpt(f"{name}@lab.test")[0] for name in ("alice", "nobody", "full")]
        assert codes == [250, 550, 250]
        alice = client.data(b"Subject: hello\r\n\r\nhello\r\n")
        full = client.getreply()
    assert alice[0] == 250
    assert alice[1].startswith(b"2.0.0 <alice@lab.test> ")
    assert full == (552, b"5.2.2 <full@lab.test> Quota exceeded (mailbox for user is full)")


def test_lmtp_offers_starttls_and_refuses_helo(dovecot: Dovecot) -> None:
    with delivering(dovecot) as client:
        assert client.docmd("HELO", "probe.test")[0] == 500
        client.ehlo("probe.test")
        client._host = dovecot.hostname  # type: ignore[attr-defined]
        assert client.starttls(context=trusting(dovecot))[0] == 220


def test_lmtp_is_spoken_on_a_unix_socket_too(dovecot: Dovecot) -> None:
    with smtplib.LMTP(str(dovecot.lmtp_socket), timeout=60) as client:
        assert client.docmd("LHLO", "probe.test")[0] == 250


def test_auth_before_starttls_is_refused_with_530(submission: Postfix) -> None:
    with smtplib.SMTP(submission.host, submission.ports.submission, timeout=60) as client:
        client.ehlo("probe.test")
        assert not client.has_extn("auth")
        assert client.docmd("AUTH PLAIN", plain("alice", PASSWORDS["alice"])) == (
            530,
            b"5.7.0 Must issue a STARTTLS command first",
        )


def test_a_wrong_password_is_refused_with_535(submission: Postfix) -> None:
    with encrypted(submission, submission.ports.submission) as client:
        code, text = client.docmd("AUTH PLAIN", plain("alice", "guess"))
    assert (code, text[:5]) == (535, b"5.7.8")


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_the_right_password_lets_mail_through_to_anywhere(
    submission: Postfix, mechanism: str
) -> None:
    with encrypted(submission, submission.ports.submission) as client:
        client.esmtp_features["auth"] = mechanism
        assert client.login("alice", PASSWORDS["alice"])[0] == 235
        client.mail("alice@lab.test")
        assert client.rcpt("you@elsewhere.test")[0] == 250
        assert client.data(b"Subject: hello\r\n\r\nhello\r\n")[0] == 250


def test_auth_is_announced_under_tls_from_the_first_octet(submission: Postfix) -> None:
    with smtplib.SMTP_SSL(
        submission.host, submission.ports.smtps, context=trusting(submission), timeout=60
    ) as client:
        client.ehlo("probe.test")
        assert set(client.esmtp_features["auth"].split()) == {
            *("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256")
        }


def test_the_lax_port_announces_auth_without_tls(submission: Postfix) -> None:
    with smtplib.SMTP(submission.host, submission.ports.lax, timeout=60) as client:
        client.ehlo("probe.test")
        assert client.has_extn("auth")
        assert client.login("bob", PASSWORDS["bob"])[0] == 235


def test_without_dovecot_postfix_announces_no_auth(postfix: Postfix) -> None:
    with smtplib.SMTP(postfix.host, postfix.ports.lax, timeout=60) as client:
        client.ehlo("probe.test")
        assert not client.has_extn("auth")


def test_when_it_is_stopped_no_process_and_no_file_is_left() -> None:
    with running(lab.required("dovecot")) as server:
        folder = server.log.parent
        assert len(lab.alive(server.pid)) > 1
    assert lab.alive(server.pid) == []
    assert not folder.exists()
