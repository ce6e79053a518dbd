"""Real servers that refuse EHLO or demand a certificate; what posttls-finger makes of the like."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.facts import AddressFacts
from smtpprobe.starttls.judge.judge import Report, Result
from smtpprobe.starttls.judge.options import Sender
from tests.servers import exim as exim_lab
from tests.servers import lab
from tests.servers.fault_part import BROKEN_OFF
from tests.servers.mail_world import MailWorld
from tests.servers.postfix import Postfix
from tests.servers.posttls_finger import GIVEN_UP, Status
from tests.starttls.dialogues import gathering
from tests.starttls.judge.test_behind_the_handshake import cells, on, told


async def shown_by(port: int, **how: object) -> AddressFacts:
    return await collect_address(Place(lab.HOST, port), gathering(**how))


def telling(report: Report) -> set[str]:
    return {one.id for one in report.findings if one.level.value in ("fail", "unknown")}


POSTFIX = {
    "asking": (set(), ["tls", "no"]),
    "demanding": ({"tls.client-cert-required"}, ["no", "no"]),
    "unencrypted": ({"starttls.missing"}, ["clear", "no"]),
    "old": ({"starttls.missing"}, ["clear", "no"]),
    "closed": ({"conn.rejected"}, ["unknown", "unknown"]),
}


@pytest.mark.parametrize(("port", "expected"), POSTFIX.items(), ids=POSTFIX)
async def test_what_postfix_does_to_senders_is_found(
    postfix: Postfix, port: str, expected: tuple[set[str], list[str]]
) -> None:
    report = on(await shown_by(getattr(postfix.ports, port)))
    assert (telling(report), cells(report)) == expected


async def test_postfix_that_wants_a_full_name_is_asked_again_with_client(postfix: Postfix) -> None:
    short = on(await shown_by(postfix.ports.choosy, client="probe"))
    assert any("--client NAME" in one.fix for one in short.findings)
    assert cells(short) == ["unknown", "unknown"]
    full = on(await shown_by(postfix.ports.choosy, client="probe.example.org"))
    assert cells(full)[0] == "tls"


async def test_postfix_tells_that_a_certificate_is_asked_for_or_demanded(postfix: Postfix) -> None:
    for port, required in ((postfix.ports.asking, "no"), (postfix.ports.demanding, "yes")):
        tls = told(on(await shown_by(port)))["tls"]
        assert tls["client_certificate"] == "yes"
        assert tls["client_certificate_required"] == required


EXIM = {
    "tls_verify_hosts = *\ntls_verify_certificates = system": ("yes", "yes", "no"),
    "tls_try_verify_hosts = *": ("yes", "no", "tls"),
    "tls_try_verify_hosts =": ("no", "no", "tls"),
}


@pytest.mark.servers
@pytest.mark.real_time
@pytest.mark.parametrize(("more", "expected"), EXIM.items(), ids=["demands", "asks", "neither"])
async def test_exim_tells_it_too(more: str, expected: tuple[str, str, str]) -> None:
    with exim_lab.running(lab.required("exim"), more) as server:
        report = on(await shown_by(server.port))
    tls = told(report)["tls"]
    found = tls["client_certificate"], tls["client_certificate_required"], cells(report)[0]
    assert found == expected


@pytest.mark.parametrize("name", [*BROKEN_OFF, "rejects-ehlo"])
@pytest.mark.parametrize("level", ["may", "encrypt"])
def test_where_posttls_finger_gets_no_session_nothing_is_ok(
    mail_network: MailWorld, reports: Mapping[str, Report], name: str, level: str
) -> None:
    domain = f"{name}.faults.test"
    theirs, ours = mail_network.finger.judge(domain, level), reports[domain]
    assert GIVEN_UP.search(theirs.said)
    assert ours.result in (Result.FAIL, Result.INCONCLUSIVE)
    values = {cell.value.value for cell in ours.addresses[0].cells.values()}
    assert not values & {"tls", "yes", "partial"}
    if theirs.status is not Status.NO_TLS:
        assert ours.addresses[0].standing.encrypted.yes


def test_where_posttls_finger_gets_a_session_so_do_we(
    mail_network: MailWorld, reports: Mapping[str, Report]
) -> None:
    for name in ("orderly", "once-454", "asking"):
        theirs = mail_network.finger.judge(f"{name}.faults.test", "may")
        cell = reports[f"{name}.faults.test"].addresses[0].cells[Sender.OPPORTUNISTIC]
        if name != "once-454":  # it does not try again
            assert not GIVEN_UP.search(theirs.said)
        assert cell.value.value == "tls"
