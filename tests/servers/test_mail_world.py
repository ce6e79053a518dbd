"""The STARTTLS lab itself, before anything of ours is judged in it: what it says is what it should.

posttls-finger is asked about every DANE case, and says what RFC 7672 wants.
"""

from __future__ import annotations

import http.client
import smtplib
import socket
import ssl

import pytest

from tests.servers.certificate_kinds import KINDS, LONG
from tests.servers.certificate_part import FIRST
from tests.servers.dane_part import OTHERS, RECORDS_OF_MANY, SELF_HOSTED, DaneCase
from tests.servers.mail_world import MailWorld
from tests.servers.policy_server import PATH
from tests.servers.posttls_finger import Status


@pytest.mark.parametrize("case", [*SELF_HOSTED, *OTHERS], ids=lambda case: case.name)
def test_posttls_finger_says_what_is_expected(mail_network: MailWorld, case: DaneCase) -> None:
    verdict = mail_network.finger.judge(case.domain)
    assert verdict.status is case.expected(verdict)


def test_with_an_insecure_mx_posttls_finger_believes_less(mail_network: MailWorld) -> None:
    verdict = mail_network.finger.judge("plain.test")
    shown = "raw public key" if verdict.saw_raw_key else "EE certificate"
    assert f"Matched DANE {shown}" in verdict.said
    assert verdict.status is Status.TRUSTED


def test_of_a_thousand_records_posttls_finger_reads_a_hundred(mail_network: MailWorld) -> None:
    assert RECORDS_OF_MANY > 100
    assert "record count limit (100) exceeded" in mail_network.finger.judge("m.test").said


def test_posttls_finger_ends_with_0_whatever_was_wrong(mail_network: MailWorld) -> None:
    wrong = ("wrong-name.certs.test", "refused-454.faults.test", "refused.faults.test")
    said = [mail_network.finger.judge(target, "secure") for target in wrong]
    assert [verdict.exit_status for verdict in said] == [0, 0, 0]
    statuses = [verdict.status for verdict in said]
    assert statuses == [Status.UNTRUSTED, Status.NO_TLS, Status.NO_TLS]


def chain_shown(world: MailWorld, address: str) -> int:
    """Return how many certificates are shown at an address."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with (
        world.network.inside(),
        smtplib.SMTP(address, world.network.smtp_port, timeout=60) as client,
    ):
        client.starttls(context=context)
        assert client.sock
        chain = client.sock._sslobj.get_unverified_chain()  # type: ignore[attr-defined]
    return len(chain)


SIZES = {"self-signed": 1, "incomplete": 1, "superfluous": 4} | dict.fromkeys(
    ("out-of-order", "path-too-long"), 3
)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"long"}))
def test_postfix_shows_certificates_of_every_kind(mail_world: MailWorld, kind: str) -> None:
    address = mail_world.network.address(FIRST + list(KINDS).index(kind))
    assert chain_shown(mail_world, address) == SIZES.get(kind, 2)


def test_openssl_does_not_take_the_longest_chain(mail_world: MailWorld) -> None:
    assert LONG == 500
    address = mail_world.network.address(FIRST + list(KINDS).index("long"))
    with pytest.raises(ssl.SSLError, match="EXCESSIVE_MESSAGE_SIZE"):
        chain_shown(mail_world, address)


def policy_of(world: MailWorld, name: str) -> tuple[int, str | None, bytes]:
    """Fetch a policy as a sender would, with the lab's roots."""
    host = f"mta-sts.{name}.sts.test"
    context = ssl.create_default_context(cafile=str(world.ca_file))
    connection = http.client.HTTPConnection(host)
    with (
        world.network.inside(),
        socket.create_connection((world.policies.address, world.policies.port), 9) as plain,
        context.wrap_socket(plain, server_hostname=host) as connection.sock,
    ):
        connection.request("GET", PATH)
        with connection.getresponse() as reply:
            return reply.status, reply.getheader("Content-Type"), reply.read(99)


def test_the_policy_server_serves_a_policy(mail_world: MailWorld) -> None:
    status, kind, body = policy_of(mail_world, "good")
    assert (status, kind) == (200, "text/plain")
    assert body.startswith(b"version: STSv1\r\nmode: enforce\r\nmx: *.sts.test\r\n")
    assert f"mta-sts.good.sts.test GET {PATH} HTTP/1.1" in mail_world.policies.requests


def test_the_policy_server_misbehaves_where_it_shall(mail_world: MailWorld) -> None:
    assert policy_of(mail_world, "redirect")[0] == 301
    assert policy_of(mail_world, "html")[1] == "text/html"
    assert policy_of(mail_world, "missing")[0] == 404
    with pytest.raises(ssl.SSLCertVerificationError):
        policy_of(mail_world, "wrong-name")
