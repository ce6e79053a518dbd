"""What the tests may rely on in the lab's Exim, seen with nothing but the standard library."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.servers import lab
from tests.servers.exim import Exim, running


@contextmanager
def talking(exim: Exim) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(exim.host, exim.port, timeout=60) as client:
        client.ehlo("probe.test")
        yield client


def test_it_greets_with_its_name_and_the_time(exim: Exim) -> None:
    assert lab.first_line(exim.port).startswith(b"220 exim.lab.test ESMTP Exim 4.")


def test_it_announces_other_extensions_than_postfix(exim: Exim) -> None:
    with talking(exim) as client:
        assert {"starttls", "prdr", "help", "chunking"} <= set(client.esmtp_features)
        assert "enhancedstatuscodes" not in client.esmtp_features


def test_it_offers_starttls_with_a_certificate_that_its_ca_file_vouches_for(exim: Exim) -> None:
    with talking(exim) as client:
        context = ssl.create_default_context(cafile=str(exim.ca_file))
        assert client.starttls(context=context)[0] == 220
        assert client.ehlo("probe.test")[0] == 250


@pytest.mark.parametrize(
    ("recipient", "reply"),
    [
        ("alice@lab.test", (250, b"Accepted")),
        ("you@elsewhere.test", (550, b"relay not permitted")),
        ("nobody@lab.test", (550, b"no such recipient here")),
        ("later@lab.test", (451, b"come back later")),
    ],
)
def test_it_answers_by_recipient(exim: Exim, recipient: str, reply: tuple[int, bytes]) -> None:
    with talking(exim) as client:
        client.mail("me@probe.test")
        assert client.rcpt(recipient) == reply


def test_it_takes_a_message_and_names_its_id(exim: Exim) -> None:
    with talking(exim) as client:
        client.mail("me@probe.test")
        client.rcpt("alice@lab.test")
        code, text = client.data(b"Subject: hello\r\n\r\nhello\r\n")
    assert (code, text[:6]) == (250, b"OK id=")
    assert exim.logs(text[6:].decode())


def test_with_prdr_it_answers_for_each_recipient_after_the_message(exim: Exim) -> None:
    with talking(exim) as client:
        client.mail("me@probe.test", ["PRDR"])
        client.rcpt("alice@lab.test")
        client.rcpt("full@lab.test")
        replies = [client.data(b"Subject: hello\r\n\r\nhello\r\n")]
        replies += [client.getreply() for _ in range(3)]
    assert [code for code, _ in replies] == [353, 250, 550, 250]


def test_pipelining_that_was_not_announced_is_called_out_of_step(exim: Exim) -> None:
    with smtplib.SMTP(exim.host, exim.port, timeout=60) as client:
        client.helo("probe.test")
        assert client.sock
        client.sock.sendall(b"MAIL FROM:<me@probe.test>\r\nNOOP\r\n")
        code, text = client.getreply()
    assert (code, text) == (554, b"SMTP synchronization error")


def test_when_it_is_stopped_no_process_and_no_file_is_left() -> None:
    with running(lab.required("exim")) as server:
        folder = server.log.parent.parent
        assert lab.alive(server.pid)
    assert lab.alive(server.pid) == []
    assert not folder.exists()
