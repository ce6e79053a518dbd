from __future__ import annotations

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Pause, Say, StartTls, Step
from smtpprobe.script.language import parse
from smtpprobe.script.results import ScriptResult
from smtpprobe.script.runner import Runner
from smtpprobe.script.settings import RunSettings
from tests.net.stage import server_side
from tests.script.runs import GREETING, host, outcome


async def run(text: str, server: list[Step], *, verify: bool = False) -> ScriptResult:
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4, verify=verify))
        settings = RunSettings("x", host(listening.port), timeout=5.0)
        return await Runner(client, parse(text, "t.smtp"), settings).run()


def upgraded(behind: bytes = b"") -> list[Step]:
    words = Say(b"220 go\r\n" + behind)
    return [GREETING, Hear(b"STARTTLS"), words, StartTls(server_side())]


async def test_plaintext_behind_the_220_is_told_and_the_run_goes_on() -> None:
    server = [*upgraded(b"250 injected\r\n"), Hear(b"NOOP"), Say(b"250 real\r\n"), Hang()]
    result = await run("STARTTLS\nNOOP\n", server)
    assert outcome(result) == ()
    assert result.checks[-1].got == "250 real"
    assert result.notes == (
        r'line 1: plaintext behind the 220, taken for no reply: "250 injected\r\n"',
    )


async def test_plaintext_where_the_handshake_should_be_is_shown() -> None:
    later = [
        GREETING,
        Hear(b"STARTTLS"),
        Say(b"220 go\r\n"),
        Pause(0.05),
        Say(b"250 x\r\n"),
        Hang(),
    ]
    (told,) = outcome(await run("STARTTLS\n", later))
    assert told == (
        "T04 TLS handshake failed after STARTTLS: "
        r'plaintext where ServerHello should be: "250 x\r\n"'
    )


async def test_a_certificate_that_is_refused_names_the_ways_out() -> None:
    result = await run("STARTTLS\nNOOP\n", [*upgraded(), Hang()], verify=True)
    assert "--insecure" in result.failed[0].help[0]
