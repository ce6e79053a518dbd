"""A real Postfix sends mail to the lab's real servers at each level, as the matrix says."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from tests.servers import lab, postfix_client
from tests.servers.mail_world import MailWorld
from tests.servers.postfix_client import Sent

Reports = Mapping[str, Report]
Outcomes = Mapping[tuple[str, str], Sent]

DOMAINS = (
    *("good.certs.test", "expired.certs.test", "cn-only.certs.test", "sha1.certs.test"),
    *("rsa-1024.certs.test", "good.sts.test", "ee.dane.test", "ee-stale.dane.test"),
    *("ta-wrong-name.dane.test", "unusable-self-signed.dane.test", "no-starttls.dane.test"),
    *("says-250.faults.test", "says-250-only.faults.test"),
    *(
        f"{name}.senders.test"
        for name in (
            *("no-rfc5746", "tls1-0", "signs-with-sha1", "key-usage", "ee-key-usage", "pss-sha1"),
            *("issuer-expired", "lower-expired", "issuer-constrained", "issuer-unknown-critical"),
            *("self-2-0-0", "self-2-1-0", "latin1-in-aia", "garbled-names", "cn-beside-mail"),
        )
    ),
)


@pytest.fixture(scope="module")
def sent(mail_network: MailWorld) -> Outcomes:
    root, network = lab.required("postfix"), mail_network.network
    with postfix_client.running(root, mail_network.ca_file, network) as client:
        return client.send(DOMAINS)


def cells(reports: Reports, domain: str) -> dict[Sender, Value]:
    (one,) = {
        tuple((sender, cell.value) for sender, cell in each.cells.items())
        for each in reports[domain].addresses
    }
    return dict(one)


@pytest.mark.parametrize("domain", DOMAINS)
def test_opportunistic_mail_goes_as_the_matrix_says(
    sent: Outcomes, reports: Reports, domain: str
) -> None:
    ours = cells(reports, domain)[Sender.OPPORTUNISTIC]
    assert ours in (Value.TLS, Value.CLEAR)
    may, encrypt = sent[domain, "may"], sent[domain, "encrypt"]
    assert (may.reached, bool(may.tls)) == (True, ours is Value.TLS)
    assert encrypt.reached is (ours is Value.TLS)


@pytest.mark.parametrize("domain", DOMAINS)
def test_verifying_senders_deliver_where_the_matrix_says_so(
    sent: Outcomes, reports: Reports, domain: str
) -> None:
    ours = cells(reports, domain)
    assert sent[domain, "verify"].reached is (ours[Sender.PKIX] is Value.YES)
    elsewhere = reports[domain].addresses[0].standing.for_domain
    wanted = ours[Sender.PKIX] is Value.YES and not (elsewhere is not None and elsewhere.no)
    assert sent[domain, "secure"].reached is wanted
    if ours[Sender.DANE] is not Value.NOT_APPLICABLE:
        assert sent[domain, "dane"].reached is (ours[Sender.DANE] is Value.YES)
