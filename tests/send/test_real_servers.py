"""Deliveries to real Postfix, Exim and Dovecot: what the lab's servers say is what is reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import Dialect
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.send.judge import Result
from tests.send.delivering import Ran, delivered, given, to
from tests.servers.dovecot import Dovecot
from tests.servers.exim import Exim
from tests.servers.postfix import Postfix

pytestmark = pytest.mark.real_time


def at(host: str, port: int, dialect: Dialect = Dialect.SMTP) -> Target:
    return Target(TargetKind.ADDRESS, host, port, dialect=dialect)


async def to_postfix(postfix: Postfix, *words: str) -> Ran:
    target = at(postfix.host, postfix.ports.smtp)
    return await delivered(given(*words), target, ca_file=str(postfix.ca_file))


async def to_exim(exim: Exim, *words: str) -> Ran:
    return await delivered(given(*words), at(exim.host, exim.port), ca_file=str(exim.ca_file))


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ((), "MAIL FROM:<me@client.example>"),
        (("--notify", "success,failure", "--ret", "hdrs", "--envid", "x=1"),
         " RET=HDRS ENVID=x+3D1"),
        (("--orcpt", "auto"), " ORCPT=rfc822;alice@lab.test"),
        (("--chunking", "--chunk-size", "200"), "BDAT 200"),
        (("--body-type", "8bitmime"), " BODY=8BITMIME"),
        (("--smtputf8", "--subject", "Größe"), " SMTPUTF8"),
        (("--pipeline",), "RCPT TO:<alice@lab.test>"),
    ],
)  # fmt: skip
async def test_postfix_takes_a_message_over_tls_with_each_extension(
    postfix: Postfix, words: tuple[str, ...], sent: str
) -> None:
    ran = await to_postfix(postfix, *to("alice@lab.test"), *words)
    assert ran.report.status is ExitStatus.OK
    assert ran.report.tls is not None
    assert ran.report.tls.ok
    assert ran.report.queue_ids
    assert any(sent in line for line in ran.lines)
    (queue_id,) = ran.report.queue_ids
    assert postfix.logs(queue_id)


async def test_an_address_that_is_not_ascii_reaches_postfix_by_smtputf8(postfix: Postfix) -> None:
    ran = await to_postfix(postfix, *to("alice@lab.test"), "--from", "jörg@client.example")
    assert ran.report.status is ExitStatus.OK
    assert any(line.startswith("MAIL FROM:<jörg@client.example>") for line in ran.lines)
    assert any(line.endswith(" SMTPUTF8") for line in ran.lines)


async def test_postfix_refuses_to_relay_and_the_other_recipient_is_delivered(
    postfix: Postfix,
) -> None:
    ran = await to_postfix(postfix, *to("alice@lab.test", "you@elsewhere.test"))
    assert [result for _, result in ran.results] == ["accepted", "refused"]
    assert ran.report.status is ExitStatus.CHECK_FAILED


async def test_postfix_refuses_a_message_that_is_too_large(
    postfix: Postfix, tmp_path: Path
) -> None:
    file = tmp_path / "big.eml"
    file.write_bytes(b"Subject: big\n\n" + b"x" * 70 * 20000 + b"\n" * 20000)
    ran = await to_postfix(postfix, *to("alice@lab.test"), "--eml", str(file))
    assert ran.report.fates[0].result is Result.REFUSED
    assert ran.report.fates[0].reply is not None
    assert ran.report.fates[0].reply.code == 552


@pytest.mark.parametrize(
    "words", [(), ("--chunking",), ("--pipeline",), ("--body-type", "8bitmime")]
)
async def test_exim_takes_a_message_over_tls(exim: Exim, words: tuple[str, ...]) -> None:
    ran = await to_exim(exim, *to("alice@lab.test"), *words)
    assert ran.report.status is ExitStatus.OK
    assert ran.report.tls is not None
    assert ran.report.queue_ids


async def test_exim_answers_each_recipient_as_it_is(exim: Exim) -> None:
    people = ("alice@lab.test", "nobody@lab.test", "later@lab.test")
    ran = await to_exim(exim, *to(*people))
    assert [result for _, result in ran.results] == ["accepted", "refused", "deferred"]


async def test_prdr_gives_each_recipient_of_exim_a_result_after_the_message(exim: Exim) -> None:
    ran = await to_exim(exim, *to("alice@lab.test", "full@lab.test"), "--prdr")
    assert [result for _, result in ran.results] == ["accepted", "refused"]
    assert ran.report.notes == ()
    assert ran.report.queue_ids


@pytest.mark.parametrize("way", ["tcp", "unix"])
async def test_lmtp_to_dovecot_gives_each_recipient_a_result(dovecot: Dovecot, way: str) -> None:
    target = at(dovecot.host, dovecot.lmtp_port, Dialect.LMTP)
    if way == "unix":
        target = Target(TargetKind.SOCKET, str(dovecot.lmtp_socket), 0, dialect=Dialect.LMTP)
    words = given(*to("alice@lab.test", "nobody@lab.test", "full@lab.test"), "--no-starttls")
    ran = await delivered(words, target)
    assert [result for _, result in ran.results] == ["accepted", "refused", "refused"]
    assert [fate.stage.value for fate in ran.report.fates] == ["content", "rcpt", "content"]
    assert ran.report.status is ExitStatus.CHECK_FAILED
    assert ran.lines[0].startswith("LHLO ")


async def test_a_login_at_postfix_needs_the_right_password(submission: Postfix) -> None:
    target = at(submission.host, submission.ports.submission)
    words = given(*to("you@elsewhere.test"), "--auth-user", "bob")
    ran = await delivered(words, target, ca_file=str(submission.ca_file))
    assert ran.report.fates[0].stage.value == "auth"
    assert ran.report.fates[0].result is Result.REFUSED
