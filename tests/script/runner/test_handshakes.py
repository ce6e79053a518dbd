from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.command import read_line
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.tls_facts import Shown, TlsFacts, Unread
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, StartTls, Step
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.net.stage import server_side, trusted_file
from tests.script.runs import GREETING, heard, host, outcome, told


async def run(text: str, server: list[Step], *, verify: bool = False) -> ScriptResult:
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4, verify=verify))
        settings = RunSettings("x", host(listening.port), timeout=5.0)
        return await Runner(client, parse(text, "t.smtp"), settings).run()


def upgraded(behind: bytes = b"") -> list[Step]:
    words = Say(b"220 go\r\n" + behind)
    return [GREETING, Hear(b"STARTTLS"), words, StartTls(server_side())]


BROKEN: list[Step] = [
    *(GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n")),
    *(Pause(0.05), Say(b"250 x\r\n"), Hang()),
]
"""A server whose handshake fails."""


async def test_plaintext_where_the_handshake_should_be_is_shown() -> None:
    (told,) = outcome(await run("STARTTLS\n", BROKEN))
    assert told == (
        "T04 TLS handshake failed after STARTTLS: "
        r'plaintext instead of a ServerHello: "250 x\r\n"'
    )


async def test_a_certificate_that_is_refused_names_the_ways_out() -> None:
    result = await run("STARTTLS\nNOOP\n", [*upgraded(), Hang()], verify=True)
    assert "--insecure" in result.failed[0].why.help[0]


@pytest.mark.parametrize("leaving", [":on b\nNOOP", ":close", ":connect\nNOOP"])
async def test_a_handshake_that_failed_is_told_before_its_connection_is_left(leaving: str) -> None:
    async with faults.serve(BROKEN, told((b"NOOP", b"250 ok\r\n"))) as listening:
        settings = RunSettings("x", host(listening.port), timeout=5.0)
        script = parse(f"STARTTLS\n{leaving}\n", "t.smtp")
        result = await Runner(Client(ConnectOptions(family=4)), script, settings).run()
    assert [one.partition(":")[0] for one in outcome(result)] == [
        "T04 TLS handshake failed after STARTTLS"
    ]
    assert result.failed[0].place.line == 1


async def test_a_handshake_without_a_certificate_does_not_hide_when_the_one_before_ends() -> None:
    async with faults.serve(
        [*upgraded(), Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()], BROKEN
    ) as listening:
        settings = RunSettings("x", host(listening.port), timeout=5.0)
        client = Client(ConnectOptions(family=4))
        script = parse("STARTTLS\n< 220\nNOOP\n:on b\nSTARTTLS\n", "t.smtp")
        result = await Runner(client, script, settings).run()
    assert outcome(result)[0].startswith("T04")
    assert result.cases[0].not_after is not None


async def secured(server: list[Step], ca_file: str, *, unread: bool) -> TlsFacts:
    """Return what a handshake shows, before anybody has asked for the certificates."""
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4, ca_file=ca_file, unread=unread))
        await client.open(host(listening.port))
        await client.send(read_line("STARTTLS", Phase.CONNECTED))
        tls = client.state.tls
        assert tls is not None
        await client.close()
        return tls


async def test_certificates_that_are_read_late_show_what_they_show_at_once(tmp_path: Path) -> None:
    ca_file, server = trusted_file(tmp_path), [*upgraded(), Hang()]
    late, soon = [await secured(server, ca_file, unread=unread) for unread in (True, False)]
    assert isinstance(late.certificates, Unread)
    assert isinstance(soon.certificates, Shown)
    assert late.shown == soon.shown
    assert late.verdict.verified is True


async def test_roots_that_are_gone_by_the_time_somebody_asks_make_the_verdict_unknown(
    tmp_path: Path,
) -> None:
    ca_file = trusted_file(tmp_path)
    tls = await secured([*upgraded(), Hang()], ca_file, unread=True)
    Path(ca_file).unlink()  # noqa: ASYNC240 - nothing else runs
    assert tls.verdict.trusted is None
    assert tls.verdict.reason == f"cannot read the CA file {ca_file}"
    assert tls.leaf is not None
    assert tls.leaf.not_after is not None


async def test_plaintext_behind_the_220_fails_a_check() -> None:
    server = [*upgraded(b"250 injected\r\n"), Hear(b"NOOP"), Say(b"250 real\r\n"), Hang()]
    result = await run("STARTTLS\nNOOP\n", server)
    assert outcome(result) == (
        r'F16 plaintext after the 220, not treated as a reply: "250 injected\r\n"',
    )
    assert result.failed[0].place.line == 1


@pytest.mark.parametrize("reply", ["250 ok", "221 bye", "354 go", "454 4.7.0 later"])
async def test_no_password_goes_out_in_clear_where_starttls_gave_no_tls(reply: str) -> None:
    server = told((b"STARTTLS", f"{reply}\r\n".encode()), (b"AUTH", b"235 ok\r\n"))
    for login in (":auth PLAIN bob", "AUTH PLAIN {{plain(user, password)}}"):
        script = f":let user = bob\n:secret password\n:continue on\nSTARTTLS\n{login}\n"
        result, lines = await heard(script, server, secrets={"password": "s3cret"})
        assert not any(line.startswith(b"AUTH") for line in lines)
        assert [one.id for one in result.failed] == ["F02", "F11"]


LOGINS = {
    "held": ":hold\nNOOP\nAUTH PLAIN {{plain(user, password)}}\n:flush\n",
    "held, answers behind it": ":hold\nAUTH LOGIN\n{{b64(user)}}\n{{b64(password)}}\n:flush\n",
    "written out": "AUTH PLAIN AGJvYgBzM2NyZXQ=\n",
    "on another connection": ":on b\n:auth PLAIN\n",
    "on the next connection": ":connect\n:auth PLAIN\n",
}


@pytest.mark.parametrize("starttls", ["STARTTLS", "> STARTTLS", r':raw "STARTTLS\r\n"'])
@pytest.mark.parametrize("login", LOGINS)
async def test_no_way_of_logging_in_goes_out_in_clear_where_starttls_gave_no_tls(
    starttls: str, login: str
) -> None:
    refusing = told((b"STARTTLS", b"454 later\r\n"), *[(b"", b"235 ok\r\n")] * 4)
    script = f":let user = bob\n:secret password\n< 220\n{starttls}\n< any\n{LOGINS[login]}"
    others = told(*[(b"", b"235 ok\r\n")] * 4)
    result, lines = await heard(script, refusing, others, secrets={"password": "s3cret"})
    assert lines == [b"STARTTLS\r\n"]
    assert [one.id for one in result.failed] == ["F11"]
    assert "s3cret" not in str(result.failed)
    assert "AGJv" not in str(result.failed[0].why.help)


async def test_a_login_held_behind_starttls_is_not_sent_as_it_would_go_out_in_clear(
    tmp_path: Path,
) -> None:
    server = [*upgraded(), Hang()]
    script = ":hold\nSTARTTLS\nAUTH PLAIN {{plain(user, password)}}\n:flush\n"
    script = f":let user = bob\n:secret password\n{script}"
    secrets, ca_file = {"password": "s3cret"}, trusted_file(tmp_path)
    result, lines = await heard(script, server, secrets=secrets, ca_file=Path(ca_file))
    assert lines == []
    assert outcome(result) == (
        "F11 login not sent: pipelined after STARTTLS, the password would go out in the clear",
    )
    meant = script.replace("AUTH PLAIN", "> AUTH PLAIN") + "< 220\n< none for 10ms\n"
    result, lines = await heard(meant, server, secrets=secrets, ca_file=Path(ca_file))
    assert outcome(result) == ()


async def test_a_login_goes_out_where_a_later_starttls_gave_tls(tmp_path: Path) -> None:
    good = [*upgraded(), Hear(b"AUTH"), Say(b"235 ok\r\n"), Hang()]
    script = (
        ":let user = bob\n:secret password\n:retry 2 every 1ms\n:connect\nSTARTTLS\n:end\n"
        "AUTH PLAIN {{plain(user, password)}}\n"
    )
    result, _ = await heard(
        script, told((b"STARTTLS", b"454 later\r\n")), good,
        secrets={"password": "s3cret"}, ca_file=Path(trusted_file(tmp_path)),
    )  # fmt: skip
    assert outcome(result) == ()


async def test_cancelling_a_login_is_no_login() -> None:
    server = told((b"STARTTLS", b"454 no\r\n"), (b"AUTH", b"334 \r\n"), (b"*", b"501 ok\r\n"))
    result, _ = await heard("STARTTLS\n< 454\nAUTH PLAIN\n< 334\n*\n< 501\n", server)
    assert outcome(result) == ()


async def test_a_login_may_be_sent_in_clear_on_purpose() -> None:
    server = told((b"STARTTLS", b"454 later\r\n"), (b"AUTH", b"235 ok\r\n"))
    script = ":secret password\nSTARTTLS\n< 454\n:auth PLAIN bob --clear\n"
    result, _ = await heard(script, server, secrets={"password": "s3cret"})
    assert outcome(result) == ()


async def test_an_expectation_on_starttls_is_judged_before_a_certificate_that_fails() -> None:
    result = await run("STARTTLS\n< 454\n", [*upgraded(), Hang()], verify=True)
    assert outcome(result) == ("F03 STARTTLS accepted, expected 454",)
    assert result.status is ExitStatus.CHECK_FAILED
    result = await run("STARTTLS\n< 220\n", [*upgraded(), Hang()], verify=True)
    assert result.failed[0].id == "T04"


async def test_tls_on_shakes_hands_at_once_and_the_greeting_comes_inside(tmp_path: Path) -> None:
    ca_file = trusted_file(tmp_path)
    server: list[Step] = [
        *(StartTls(server_side()), Say(b"220 inside\r\n")),
        *(Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()),
    ]
    for script in (':tls on\n< 220 "inside"\nNOOP\n', ":connect\n:tls on\nNOOP\n"):
        result, _ = await heard(script, server, ca_file=Path(ca_file))
        assert outcome(result) == ()
