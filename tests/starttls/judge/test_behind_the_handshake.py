"""A handshake is not yet delivery: what fails behind it is found, by what the octets are."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from typing import Any

import pytest

from smtpprobe.sandbox.faults import (
    Close,
    Flood,
    Hang,
    Hear,
    Pause,
    Reset,
    Say,
    Script,
    StartTls,
    Step,
)
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.facts import AddressFacts, Because, Connect
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.junit import junit_text
from smtpprobe.starttls.reports.labels import grouped
from smtpprobe.starttls.reports.nagios import nagios_text
from smtpprobe.starttls.reports.prometheus import prometheus_text
from smtpprobe.starttls.reports.text import report_lines
from tests.net.openssl_server import serving
from tests.net.stage import authority, server_side
from tests.starttls.dialogues import (
    ASKED,
    GO,
    GOODBYE,
    GREETING,
    INSIDE,
    OFFER,
    gathered,
    gathering,
    good,
)
from tests.starttls.stage import facts, host, ids, judged, levels, sts, words

SECURED = StartTls(server_side("mx.example.org"))
UP_TO_TLS: Sequence[Step] = (GREETING, *OFFER, ASKED, GO, SECURED)
HEARD = Hear(b"EHLO")
REFUSED = Say(b"550 5.5.1 not here\r\n")
BUSY = Say(b"421 4.3.2 too busy\r\n")


def on(found: AddressFacts) -> Report:
    return judged(facts(host(found._replace(ip="192.0.2.1"))))


def cells(report: Report) -> list[str]:
    found = report.addresses[0].cells
    return [found[sender].value.value for sender in (Sender.OPPORTUNISTIC, Sender.PKIX)]


def told(report: Report) -> dict[str, Any]:
    """The address in JSON."""
    found: Any = report_object(report)
    return found["hosts"][0]["addresses"][0]  # type: ignore[no-any-return]


BEHIND: dict[str, tuple[Script, str, str]] = {
    "silence": ([HEARD, Hang()], "no answer to EHLO inside TLS within", "fail"),
    "close": ([HEARD, Close()], "the server closed the connection at EHLO inside TLS", "fail"),
    # seen at the end of the handshake or at EHLO, whichever is first
    "close at once": ([Close()], "the server closed the connection at ", "fail"),
    "reset": ([HEARD, Reset()], "the server closed the connection at EHLO inside TLS", "fail"),
    "550": ([HEARD, REFUSED, *GOODBYE], "550 5.5.1 not here", "fail"),
    "503": ([HEARD, Say(b"503 bad sequence\r\n"), *GOODBYE], "503 bad sequence", "fail"),
    "450": ([HEARD, Say(b"450 4.3.2 later\r\n"), *GOODBYE], "450 4.3.2 later", "unknown"),
    "354": ([HEARD, Say(b"354 go ahead\r\n"), *GOODBYE], "354 go ahead", "fail"),
    "garbage": ([HEARD, Say(b"\x00\xffwhat?\r\n"), Hang()], "\x00", "fail"),
    "cut off": (
        [HEARD, Say(b"250-mx\r\n250-SI"), Close()],
        "the server closed the connection in the middle of its answer to EHLO inside TLS",
        "fail",
    ),
    "endless": ([HEARD, Flood(b"250-x\r\n")], "a reply of more than 64 KiB to EHLO inside", "fail"),
}


@pytest.mark.parametrize(("after", "ended", "level"), BEHIND.values(), ids=BEHIND)
async def test_ehlo_inside_tls_that_gets_no_good_answer_lets_no_mail_in(
    after: Script, ended: str, level: str
) -> None:
    found = await gathered([*UP_TO_TLS, *after])
    report = on(found)
    assert found.tls is not None
    assert found.tls.ok
    assert found.ended.startswith(ended)
    assert levels(report, "tls.unusable") == [level]
    assert cells(report) == (["no", "no"] if level == "fail" else ["unknown", "unknown"])
    assert (report.result.value, int(report.exit_status)) == (
        ("fail", 1) if level == "fail" else ("inconclusive", 4)
    )
    shown = told(report)
    assert shown["ended"]
    assert (shown["ehlo"]["after"], shown["ehlo"]["added"]) == (None, None)
    assert shown["ehlo"]["after_reason"]
    assert shown["tls"]["usable"] == ("no" if level == "fail" else "unknown")


@pytest.mark.parametrize("implicit", [False, True])
async def test_silence_inside_tls_is_unknown_where_the_user_waits_less_than_usual(
    *, implicit: bool
) -> None:
    start = [SECURED, GREETING] if implicit else UP_TO_TLS
    found = await gathered([*start, HEARD, Hang()], implicit=implicit, reply_limit=29.0)
    report = on(found)
    assert levels(report, "tls.unusable") == ["unknown"]
    (unusable,) = (one for one in report.findings if one.id == "tls.unusable")
    assert unusable.message == "no answer to EHLO inside TLS within 29s"
    assert "--timeout 5m" in unusable.fix
    assert cells(report) == ["unknown", "unknown"]
    assert int(report.exit_status) == 4
    assert told(report)["tls"]["usable"] == "unknown"
    assert "--timeout" in told(report)["tls"]["usable_reason"]
    assert ids(report).count("conn.timeout") == 0
    longer = on(await gathered([*start, HEARD, Hang()], implicit=implicit, reply_limit=31.0))
    assert levels(longer, "tls.unusable") == ["fail"]


@pytest.mark.parametrize("implicit", [False, True])
async def test_a_handshake_that_is_not_done_in_less_than_the_usual_time_is_unknown(
    *, implicit: bool
) -> None:
    script = [Hang()] if implicit else [GREETING, *OFFER, ASKED, GO, Hang()]
    report = on(await gathered(script, implicit=implicit, reply_limit=2.0))
    assert levels(report, "tls.handshake") == ["unknown"]
    assert [one for one in ids(report) if one.startswith("conn.")] == []
    assert cells(report) == ["unknown", "unknown"]
    assert int(report.exit_status) == 4
    usual = on(await gathered(script, implicit=implicit))
    assert levels(usual, "tls.handshake") == ["fail"]


async def test_what_a_server_does_says_something_however_short_the_wait() -> None:
    for after in ([HEARD, Close()], [HEARD, REFUSED, *GOODBYE]):
        report = on(await gathered([*UP_TO_TLS, *after], reply_limit=2.0))
        assert levels(report, "tls.unusable") == ["fail"]


async def test_a_421_inside_tls_that_comes_twice_is_told_as_such() -> None:
    found = await gathered([*UP_TO_TLS, HEARD, BUSY, Close()])
    report = on(found)
    assert (found.retried, found.connections) == ("421 4.3.2 too busy", 2)
    assert levels(report, "conn.421") == ["unknown"]
    assert levels(report, "tls.unusable") == []
    assert cells(report) == ["unknown", "unknown"]
    once = on(await gathered([*UP_TO_TLS, HEARD, BUSY, Close()], good()))
    assert cells(once)[0] == "tls"


async def test_every_form_of_the_report_says_that_nothing_gets_in() -> None:
    report = on(await gathered([*UP_TO_TLS, HEARD, REFUSED, *GOODBYE]))
    text = words(report_lines(report, 100))
    assert "Result: FAIL  no mail can be delivered" in text
    assert "Inside     the reply to EHLO inside TLS is 550 5.5.1 not here" in text
    assert nagios_text([report])[0].startswith("STARTTLS CRITICAL - example.org: tls.unusable")
    assert '<failure message="the reply to EHLO inside TLS is 550' in junit_text([report])
    assert 'sender="opportunistic"} 0' in prometheus_text([report])


@pytest.mark.parametrize(
    ("implicit", "command"),
    [
        (False, "`openssl s_client -connect 192.0.2.1:{port} -starttls smtp` and type EHLO"),
        (True, "`openssl s_client -connect 192.0.2.1:{port}` and type EHLO"),
    ],
)
async def test_the_advice_is_a_command_for_that_address_and_its_kind_of_tls(
    *, implicit: bool, command: str
) -> None:
    start = [SECURED, GREETING] if implicit else UP_TO_TLS
    found = await gathered([*start, HEARD, REFUSED, *GOODBYE], implicit=implicit)
    (unusable,) = (one for one in on(found).findings if one.id == "tls.unusable")
    assert unusable.fix.endswith(command.format(port=found.port))


async def test_the_same_fault_at_several_addresses_is_one_finding_with_one_command() -> None:
    found = await gathered([*UP_TO_TLS, HEARD, REFUSED, *GOODBYE])
    ips = ("192.0.2.1", "192.0.2.10", "2001:db8::1")
    first = host(*(found._replace(ip=ip, port=25) for ip in ips))
    second = host(found._replace(ip="192.0.2.7", port=25), name="mx2.example.org")
    report = judged(facts(first, second))
    (unusable,) = (one for one in grouped(report.findings) if one.first.id == "tls.unusable")
    assert [one.ip for one in unusable.findings] == [*ips, "192.0.2.7"]
    assert "-connect 192.0.2.1:25 " in unusable.first.fix
    shown: Any = report_object(report)["findings"]
    assert sum("-connect [2001:db8::1]:25 " in one["fix"] for one in shown) == 1


async def test_tls_from_the_start_that_fails_alike_at_two_hosts_is_one_finding() -> None:
    found = await gathered([GREETING, *OFFER, Hang()], implicit=True)
    hosts = (host(found, name=f"mx{n}.example.org", port=465, implicit_tls=True) for n in (1, 2))
    groups = grouped(judged(facts(*hosts)).findings)
    assert [len(one.findings) for one in groups if one.first.id == "tls.handshake"] == [2]


async def test_smtp_in_clear_where_tls_was_to_start_at_once_is_named() -> None:
    found = await gathered([GREETING, *OFFER, Hang()], implicit=True)
    (failed,) = (one for one in on(found).findings if one.id == "tls.handshake")
    assert failed.message == "this port speaks plaintext SMTP, not TLS"
    assert failed.fix.startswith(f"check it as mx.example.org:{found.port}, with STARTTLS")


async def test_the_active_tests_are_offered_only_where_there_is_something_to_test() -> None:
    def offered(found: AddressFacts) -> bool:
        return "smtpprobe starttls --active" in words(report_lines(on(found), 100))

    assert offered(await gathered(good()))
    assert not offered(await gathered([SECURED, GREETING, *INSIDE, *GOODBYE], implicit=True))
    assert not offered(await gathered([Say(b"HTTP/1.0 400 Bad Request\r\n"), Close()]))


def wanting(newest: ssl.TLSVersion, mode: ssl.VerifyMode = ssl.CERT_REQUIRED) -> ssl.SSLContext:
    """A server's side that asks for a client certificate."""
    context = server_side("mx.example.org", newest=newest)
    authority().configure_trust(context)
    context.verify_mode = mode
    return context


VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


@pytest.mark.real_time
@pytest.mark.parametrize("newest", VERSIONS, ids=lambda version: version.name)
@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "smtps"])
async def test_a_client_certificate_that_is_demanded_is_told_from_one_that_is_asked_for(
    newest: ssl.TLSVersion, implicit: bool
) -> None:
    reports = []
    for mode in (ssl.CERT_REQUIRED, ssl.CERT_OPTIONAL):
        with serving(wanting(newest, mode), implicit=implicit) as port:
            place = Place("127.0.0.1", port, implicit, sni="mx.example.org")
            listen = 5.0 if mode is ssl.CERT_REQUIRED else 0.1
            reports.append(on(await collect_address(place, gathering(listen=listen))))
    demanding, asking = reports
    assert levels(demanding, "tls.client-cert-required") == ["fail"]
    assert {one.id for one in demanding.findings if one.level.value in ("fail", "unknown")} == {
        "tls.client-cert-required"
    }
    assert "tls" not in cells(demanding)
    assert "yes" not in cells(demanding)
    assert int(demanding.exit_status) == 1
    assert levels(asking, "tls.client-cert") == ["note"]
    assert levels(asking, "tls.client-cert-required") == []
    assert cells(asking)[0] == "tls"
    for report, required in ((demanding, "yes"), (asking, "no")):
        assert told(report)["tls"]["client_certificate"] == "yes"
        assert told(report)["tls"]["client_certificate_required"] == required


async def test_a_reply_that_names_the_certificate_is_a_demand_and_a_mere_close_may_be_one() -> None:
    asks = StartTls(wanting(ssl.TLSVersion.TLSv1_3, ssl.CERT_OPTIONAL))
    begun = [*UP_TO_TLS[:-1], asks, HEARD]
    named = Say(b"421 4.7.0 No client certificate presented\r\n")
    report = on(await gathered([*begun, named, Close()]))
    assert levels(report, "tls.client-cert-required") == ["fail"]
    assert levels(report, "conn.421") == []
    closed = on(await gathered([*begun, Close()]))
    (unusable,) = (one for one in closed.findings if one.id == "tls.unusable")
    assert "may require one" in unusable.message
    assert told(closed)["tls"]["client_certificate_required"] == "unknown"


FROM_THE_START: dict[str, tuple[Script, str, str, str]] = {
    "no greeting": ([Hang()], "conn.timeout", "unknown", "within"),
    "closed": ([Close()], "conn.rejected", "unknown", "closed"),
    "554 greeting": (
        [Say(b"554 5.7.1 blocked\r\n"), *GOODBYE],
        "conn.rejected",
        "unknown",
        "554 5.7.1 blocked",
    ),
    "EHLO refused": ([GREETING, HEARD, REFUSED, *GOODBYE], "tls.unusable", "fail", "550 5.5.1 not"),
    "EHLO refused to us": (
        [GREETING, HEARD, Say(b"554 5.7.1 blocked\r\n"), *GOODBYE],
        "conn.rejected",
        "unknown",
        "554 5.7.1 blocked",
    ),
    "EHLO later": (
        [GREETING, HEARD, Say(b"450 4.3.2 later\r\n"), *GOODBYE],
        "conn.rejected",
        "unknown",
        "450 4.3.2 later",
    ),
    "EHLO closed": ([GREETING, HEARD, Close()], "tls.unusable", "fail", "the server closed"),
    "EHLO hangs": ([GREETING, HEARD, Hang()], "tls.unusable", "fail", "no answer to EHLO inside"),
    "EHLO 354": ([GREETING, HEARD, Say(b"354 go\r\n"), *GOODBYE], "tls.unusable", "fail", "354 go"),
    "not SMTP": ([Say(b"* OK IMAP4rev1\r\n"), Hang()], "conn.not-smtp", "fail", "* OK"),
}


@pytest.mark.parametrize(
    ("script", "finding", "level", "said"), FROM_THE_START.values(), ids=FROM_THE_START
)
async def test_tls_from_the_start_is_no_delivery_either(
    script: Script, finding: str, level: str, said: str
) -> None:
    limits = {
        "greeting_limit": 0.5 if script == [Hang()] else 10.0,
    }
    found = await gathered([SECURED, *script], implicit=True, **limits)
    report = on(found)
    assert found.tls is not None
    assert found.tls.ok
    assert levels(report, finding) == [level]
    assert cells(report) == (["no", "no"] if level == "fail" else ["unknown", "unknown"])
    assert int(report.exit_status) == (1 if level == "fail" else 4)
    shown = told(report)
    assert shown["ended"].startswith(said) or said in shown.get("reachable_reason", "")
    assert (shown["ehlo"]["before"], shown["ehlo"]["after"]) == (None, None)
    assert shown["ehlo"]["before_reason"]


async def test_tls_from_the_start_and_a_good_ehlo_are_a_delivery() -> None:
    found = await gathered([SECURED, GREETING, *INSIDE, *GOODBYE], implicit=True)
    report = on(found)
    assert cells(report)[0] == "tls"
    assert told(report)["ehlo"]["before"] == ["SIZE 1000", "AUTH PLAIN"]
    assert told(report)["ehlo"]["after_reason"] == Because.ONE_HELLO.value


STARTTLS_CUT: dict[str, tuple[Script, str, list[str]]] = {
    "no code": ([Say(b"Ready when you are\r\n"), Hang()], "starttls.refused", ["clear", "no"]),
    "within the 220": ([Say(b"220 2.0.0 Rea"), Close()], "conn.closed", ["unknown", "unknown"]),
    "endless": ([Flood(b"220-x\r\n")], "starttls.refused", ["clear", "no"]),
    "closed": ([Close()], "conn.closed", ["unknown", "unknown"]),
}


@pytest.mark.parametrize(("answer", "finding", "expected"), STARTTLS_CUT.values(), ids=STARTTLS_CUT)
async def test_an_answer_to_starttls_that_is_none_is_never_ok(
    answer: Script, finding: str, expected: list[str]
) -> None:
    report = on(await gathered([GREETING, *OFFER, ASKED, *answer], reply_limit=0.2))
    assert levels(report, finding)
    assert cells(report) == expected
    assert int(report.exit_status) == (1 if finding == "starttls.refused" else 4)


@pytest.mark.parametrize("code", [b"250", b"200", b"221", b"299"])
async def test_tls_behind_another_2yz_than_220_is_what_postfix_takes_it_for(code: bytes) -> None:
    start = [GREETING, *OFFER, ASKED, Say(code + b" ready\r\n")]
    found = await gathered([*start, SECURED, *INSIDE, *GOODBYE])
    report = judged(facts(host(found._replace(ip="192.0.2.1")), sts=sts()))
    assert levels(report, "starttls.not-220") == ["fail"]
    assert levels(report, "starttls.refused") == levels(report, "tls.handshake") == []
    row = report.addresses[0].cells
    assert row[Sender.OPPORTUNISTIC].value.value == "tls"
    assert row[Sender.STS].value.value == "partial"
    assert found.after is not None
    assert told(report)["starttls"]["code"] == int(code)


@pytest.mark.parametrize(
    "after",
    [[Pause(0.2), Say(b"500 what?\r\n"), Hang()], [Close()], [Hear(b"QUIT"), Say(b"221 bye\r\n")]],
)
async def test_another_2yz_without_tls_behind_it_is_a_refusal(after: Script) -> None:
    start = [GREETING, *OFFER, ASKED, Say(b"250 ok\r\n")]
    report = on(await gathered([*start, *after]))
    (refused,) = (one for one in report.findings if one.id == "starttls.refused")
    assert refused.message.startswith("offered, but answered 250 ok, but no TLS follows: ")
    assert levels(report, "tls.handshake") == levels(report, "starttls.not-220") == []
    assert cells(report) == ["clear", "no"]


@pytest.mark.parametrize("reply", [b"354 go", b"334 ", b"500 no", b"454 later", b"150 wait"])
async def test_nothing_else_begins_tls(reply: bytes) -> None:
    found = await gathered(
        [GREETING, *OFFER, ASKED, Say(reply + b"\r\n"), *GOODBYE], retry_wait=0.0
    )
    assert found.tls is None
    assert levels(on(found), "starttls.not-220") == []


async def test_an_ehlo_reply_cut_off_before_its_starttls_line_leaves_starttls_unknown() -> None:
    for said in (b"250-mx\r\n250-SIZE 1\r\n", b"250-mx\r\n250-SIZE 1\r\n250 STAR", b"250"):
        found = await gathered([GREETING, HEARD, Say(said), Close()])
        report = on(found)
        assert found.connect is Connect.OK
        assert found.before is None
        assert found.starttls.advertised.because is Because.ENDED
        assert levels(report, "starttls.missing") == []
        assert levels(report, "conn.closed") == ["unknown"]
        assert int(report.exit_status) == 4


@pytest.mark.parametrize(
    ("answer", "expected"), [(b"250 ok", False), (b"354 go", False), (b"454 4.7.0 no", True)]
)
async def test_an_answer_to_starttls_that_refuses_nothing_is_not_put_down_to_the_certificate(
    answer: bytes, *, expected: bool
) -> None:
    said = [GREETING, *OFFER, ASKED, Say(answer + b"\r\n"), Close()]
    (refused,) = (one for one in on(await gathered(said, said)).findings)
    assert refused.id == "starttls.refused"
    assert ("certificate" in refused.fix) is expected
