"""A port that speaks TLS at once, where a greeting is waited for: by scripts and by starttls."""

from __future__ import annotations

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import ConnectFailed
from smtpprobe.protocol import implicit_tls
from smtpprobe.protocol.attempts import Attempt, Outcome, Route
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.sandbox.faults import Close, Hang, Pause, Reset, Say, Script, StartTls, serve
from smtpprobe.script.results.connect_errors import unconnected
from smtpprobe.starttls.facts import Because, Connect
from tests.net.stage import server_side
from tests.starttls.dialogues import gathered
from tests.starttls.judge.test_behind_the_handshake import cells, on, told
from tests.starttls.stage import levels

SECURED: Script = [StartTls(server_side("mx.example.org")), Say(b"220 mx\r\n"), Hang()]
ALERT = b"\x15\x03\x03\x00\x02\x02\x28"


async def tried(*scripts: Script, answer: float = 10.0) -> tuple[Attempt, ConnectFailed, int]:
    """How the dialling of a server that does not greet ended, and how many connections it saw."""
    attempts: list[Attempt] = []

    def note(what: Route | Attempt) -> None:
        if isinstance(what, Attempt):
            attempts.append(what)

    options = ConnectOptions(greeting_timeout=0.3, handshake_timeout=answer)
    async with serve(*scripts) as server:
        target = Target(TargetKind.HOST, "localhost", server.port)
        client = Client(options._replace(family=4), on_dial=note)
        with pytest.raises(ConnectFailed) as error:
            await client.open(target)
        return attempts[-1], error.value, server.connections


async def test_who_waits_for_a_client_hello_is_told_from_who_is_silent() -> None:
    attempt, error, connections = await tried(SECURED)
    assert (attempt.outcome, attempt.dials, connections) == (Outcome.TLS_AT_ONCE, 2, 2)
    assert "speaks TLS at once" in error.message
    assert error.hint == f"for implicit TLS use smtps://localhost:{attempt.port}"


@pytest.mark.parametrize(
    "second",
    [[Hang()], [Close()], [Reset()], [Say(b"220 late\r\n"), Hang()], [Pause(0.1), Say(b"junk\n")]],
    ids=["silent", "closes", "resets", "greets", "junk"],
)
async def test_who_does_not_answer_the_hello_in_tls_stays_silent(second: Script) -> None:
    attempt, error, connections = await tried([Hang()], second, answer=1.0)
    assert (attempt.outcome, connections) == (Outcome.NO_GREETING, 2)
    assert "--greeting-timeout" in error.hint


async def test_an_alert_is_an_answer_of_tls_whenever_it_comes() -> None:
    refusing, _, _ = await tried([Hang()], [Pause(0.1), Say(ALERT), Close()])
    assert refusing.outcome is Outcome.TLS_AT_ONCE
    late, _, connections = await tried([Say(ALERT), Hang()])
    assert (late.outcome, connections) == (Outcome.TLS_AT_ONCE, 1)
    closing, _, connections = await tried([Say(ALERT), Close()])
    assert (closing.outcome, connections) == (Outcome.TLS_AT_ONCE, 1)


async def test_who_hangs_up_at_once_or_has_begun_to_greet_is_not_asked_again() -> None:
    for script, outcome in (
        ([Close()], Outcome.CLOSED),
        ([Say(b"220 half"), Hang()], Outcome.NO_GREETING),
        ([Say(b"220 half"), Close()], Outcome.CLOSED),
    ):
        attempt, _, connections = await tried(script)
        assert (attempt.outcome, attempt.dials, connections) == (outcome, 1, 1)


async def test_scripts_name_it_and_say_how_the_port_is_reached() -> None:
    attempt, error, _ = await tried(SECURED)
    target = Target(TargetKind.HOST, "localhost", attempt.port)
    told_as = unconnected(error, target, (attempt,))
    assert told_as.reason.value == "T02"
    assert any("speaks TLS at once" in line for line in told_as.more)
    assert told_as.help == f"for implicit TLS use smtps://localhost:{attempt.port}"


async def test_starttls_fails_such_a_port_and_points_to_smtps() -> None:
    found = await gathered([Hang()], SECURED, greeting_limit=0.3)
    report = on(found)
    assert (found.connect, found.connections) == (Connect.TLS_AT_ONCE, 2)
    (finding,) = (one for one in report.findings if one.id == "conn.tls-at-once")
    assert "smtps://mx.example.org:" in finding.fix
    assert levels(report, "conn.timeout") == []
    assert cells(report) == ["no", "no"]
    assert int(report.exit_status) == 1
    assert told(report)["starttls"]["advertised_reason"] == Because.NOT_SMTP.value
    alert = on(await gathered([Say(ALERT + b"\n"), Hang()]))
    assert levels(alert, "conn.tls-at-once") == ["fail"]


def test_an_address_stands_in_brackets_in_the_advice() -> None:
    assert (
        implicit_tls.advice("2001:db8::1", 465) == "for implicit TLS use smtps://[2001:db8::1]:465"
    )
