"""What `--deep` says of real servers, beside what the local TLS library agrees on with them."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress

import pytest

from smtpprobe.net.tls.cipher_suites import OLD_CIPHERS
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.collect.deep import probe_deeply
from smtpprobe.starttls.facts import Deep
from smtpprobe.starttls.suite_classes import CLASSES, classes_of
from tests.servers.exim import Exim
from tests.servers.postfix import Postfix
from tests.starttls.dialogues import gathering

PATIENT = 30.0


async def deep(host: str, port: int, name: str, **changes: object) -> Deep:
    how = gathering(reply_limit=PATIENT, greeting_limit=PATIENT, connect_limit=PATIENT, **changes)
    place = Place(host, port, sni=name)
    facts = await probe_deeply(await collect_address(place, how), place, how)
    assert facts.deep is not None
    return facts.deep


def local_context(ciphers: str) -> ssl.SSLContext:
    """A client of TLS 1.2 that offers only these."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    made.check_hostname, made.verify_mode = False, ssl.CERT_NONE
    made.maximum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    return made


def known_here() -> set[str]:
    """The suites that both sides of the comparison know."""
    local = {each["name"] for each in local_context("ALL:COMPLEMENTOFALL").get_ciphers()}
    return local & {*OLD_CIPHERS.values()}


def agreed(host: str, port: int, suite: str) -> bool:
    """Tell whether the local library agrees with a server on a suite."""
    with smtplib.SMTP(host, port, timeout=PATIENT) as client:
        client.ehlo("probe.test")
        with suppress(ssl.SSLError, ConnectionError, smtplib.SMTPServerDisconnected):
            return client.starttls(context=local_context(suite))[0] == 220
        client.close()
    return False


async def test_with_connections_enough_it_finds_what_the_local_library_agrees_on(
    postfix: Postfix,
) -> None:
    found = await deep(postfix.host, postfix.ports.smtp, postfix.hostname, deep_connections=400)
    assert found.complete
    known = known_here()
    true = {one for one in known if agreed(postfix.host, postfix.ports.smtp, one)}
    assert {*found.ciphers} & known == true
    classes = dict(found.classes)
    for name in CLASSES:
        if any(name in classes_of(one) for one in true):
            assert classes[name].yes
    assert {"x25519", "secp256r1"} <= {*found.groups}
    assert [version for version, fact, _ in found.resumed if fact.because] == []


async def test_with_25_connections_nothing_that_it_says_is_wrong(exim: Exim) -> None:
    found = await deep(exim.host, exim.port, exim.hostname, apart=0.2)
    assert found.untested_ciphers
    assert not found.complete
    classes = dict(found.classes)
    assert not [name for name, fact in classes.items() if fact.because]
    for one in sorted({*found.ciphers} & known_here()):
        assert agreed(exim.host, exim.port, one)
    assert len(found.groups) > 2
    assert not [name for name in ("x25519", "secp256r1") if name in found.untested_groups]


@pytest.mark.parametrize("name", ["export", "null", "rc4"])
async def test_what_no_server_of_today_takes_is_refused(postfix: Postfix, name: str) -> None:
    found = await deep(postfix.host, postfix.ports.smtp, postfix.hostname, deep_connections=12)
    assert dict(found.classes)[name].no
