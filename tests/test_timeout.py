"""`--timeout D`: one limit for every wait, in each program, and the messages name it.

Nothing here measures time: which limit was used stands in the message. A wait that has none would
run into the limit of the whole test, which is generous.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import threading
from pathlib import Path

import pytest

from smtpprobe.cli import launch
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.net.dns.dnssec import questioner
from smtpprobe.net.dns.resolver import Resolver
from smtpprobe.net.hostname import client_name
from smtpprobe.net.sts_policy import Place, fetch_policy
from smtpprobe.net.system_names import system_addresses
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.units import parse_limit
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Script, StartTls
from smtpprobe.script.batch.arguments import script_options
from smtpprobe.script.batch.run import ScriptOptions
from smtpprobe.settings.defaults import DEFAULTS
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, POLICY_SECONDS, REPLY_SECONDS
from smtpprobe.starttls.arguments import read_words
from smtpprobe.starttls.at_prompt import gathering_of
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.starttls.collect.smtp_session import SmtpSession
from tests.net.stage import server_side, trusted_file
from tests.repl.stage import GREETING as GREETED
from tests.repl.stage import TO_DATA, staged, to_data
from tests.servers import dns_zone
from tests.starttls.dialogues import ASKED, GO, GREETING, OFFER, gathered

GENEROUS = 60.0
"""Seconds in which anything that has a limit is done on any machine."""

LIMITS = ("connect_timeout", "handshake_timeout", "greeting_timeout", "timeout")


def words_of(*words: str) -> argparse.Namespace:
    return main_parser().read(["--no-config", *words])


def connecting(*words: str) -> ConnectOptions:
    parsed = words_of(*words)
    return launch.connect_options(parsed, launch.settings_of(parsed), verify=False)


def scripted(*words: str) -> ScriptOptions:
    return script_options(words_of(*words), "me.example")


def checking(*words: str) -> Gathering:
    parsed = starttls_parser().read(["--no-config", *words, "example.org"])
    settings = launch.settings_of(parsed)
    return read_words(parsed, {}, client=lambda: "me.example", settings=settings).gathering


def limits(options: ConnectOptions) -> list[object]:
    return [getattr(options, name) for name in LIMITS]


def test_without_it_every_wait_has_its_own_limit() -> None:
    assert limits(connecting()) == [*(DEFAULTS[name] for name in LIMITS[:3]), None]
    assert (scripted().timeout, scripted().message_timeout) == (REPLY_SECONDS, MESSAGE_SECONDS)
    how = checking()
    assert how.connect_limit == DEFAULTS["connect_timeout"]
    assert how.greeting_limit == DEFAULTS["greeting_timeout"]
    assert (how.reply_limit, how.policy_limit) == (REPLY_SECONDS, POLICY_SECONDS)
    assert how.lookup_limit is None


@pytest.mark.parametrize("text", ["3", "3s", "3000ms"])
def test_it_is_the_limit_of_every_wait(text: str) -> None:
    words = ("--timeout", text)
    assert limits(connecting(*words)) == [3.0] * 4
    assert (scripted(*words).timeout, scripted(*words).message_timeout) == (3.0, 3.0)
    how = checking(*words)
    assert {how.connect_limit, how.greeting_limit, how.reply_limit} == {3.0}
    assert (how.policy_limit, how.lookup_limit) == (3.0, 3.0)


def test_a_wait_that_has_an_option_of_its_own_goes_by_that() -> None:
    options = connecting("--timeout", "3s", "--greeting-timeout", "5m")
    assert limits(options) == [3.0, 3.0, 300.0, 3.0]


def test_settings_from_elsewhere_give_way_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_GREETING_TIMEOUT", "4m")
    assert limits(connecting("--timeout", "3s")) == [3.0] * 4
    assert connecting().greeting_timeout == 240.0


def test_a_check_at_the_prompt_goes_by_it_too() -> None:
    how = gathering_of(connecting("--timeout", "3s"))
    assert {how.connect_limit, how.greeting_limit, how.reply_limit} == {3.0}
    assert (how.policy_limit, how.lookup_limit) == (3.0, 3.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "leaves no time for a reply"),
        ("0s", "leaves no time for a reply"),
        ("0ms", "leaves no time for a reply"),
        ("-1", "is not a duration"),
        ("-3s", "is not a duration"),
        ("inf", "is not a duration"),
        ("nan", "is not a duration"),
        ("1e9", "is not a duration"),
        ("1.5", "is not a duration"),
        ("3 seconds", "is not a duration"),
        ("99999999999", "is not a duration"),
        ("\u0663s", "is not a duration"),
        ("", "is not a duration"),
    ],
)
def test_what_is_no_limit_is_refused_by_each_program(text: str, said: str) -> None:
    word = f"--timeout={text}"
    for refusing in (connecting, scripted, checking):
        with pytest.raises(UsageError, match=said) as error:
            refusing(word)
        assert error.value.message.startswith("--timeout: ")
        assert "30s" in error.value.hint


@pytest.mark.parametrize(("text", "seconds"), [("500ms", 0.5), ("5m", 300.0), (" 7 ", 7.0)])
def test_a_limit_is_a_duration_or_a_bare_number_of_seconds(text: str, seconds: float) -> None:
    assert parse_limit(text) == seconds


async def scripted_against(server: Script, script: str, folder: Path) -> tuple[int | None, str]:
    """Run a script with a limit of a second; return exit code and what was said."""
    (folder / "one.smtp").write_text(script)
    async with faults.serve(server) as listening:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "smtpprobe", "--no-config", "--timeout", "1s",
            "--script", "one.smtp", f"127.0.0.1:{listening.port}",
            cwd=folder, env=os.environ, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, stdin=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        out, _ = await asyncio.wait_for(process.communicate(), GENEROUS)
    return process.returncode, out.decode()


MAIL = "EHLO me\nMAIL FROM:<>\nRCPT TO:<a@b.example>\nDATA\n\nhello\n.\n"
TAKEN: Script = [
    *(GREETING, Hear(b"EHLO"), Say(b"250 mx\r\n"), Hear(b"MAIL"), Say(b"250 ok\r\n")),
    *(Hear(b"RCPT"), Say(b"250 ok\r\n"), Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"."), Hang()),
]


@pytest.mark.real_time
@pytest.mark.parametrize(
    ("server", "script", "said"),
    [
        ([Hang()], "NOOP\n", "no greeting within 1s"),
        ([GREETING, Hang()], "NOOP\n", "no reply to NOOP within 1s"),
        (TAKEN, MAIL, "no reply to the end of the message within 1s"),
        ([*TAKEN[:1], *OFFER, ASKED, Hang()], "EHLO me\nSTARTTLS\n", "within 1s"),
        ([GREETING, *OFFER, ASKED, GO, Hang()], "EHLO me\nSTARTTLS\n", "within 1s"),
        ([GREETING, Hang()], "QUIT\n", "no reply to QUIT within 1s"),
    ],
    ids=["greeting", "reply", "final dot", "STARTTLS", "handshake", "QUIT"],
)
async def test_a_script_waits_no_longer_for_a_silent_server(
    server: Script, script: str, said: str, tmp_path: Path
) -> None:
    code, out = await scripted_against(server, script, tmp_path)
    assert said in out
    assert code == 4


INSIDE: Script = [GREETING, *OFFER, ASKED, GO]


@pytest.mark.parametrize(
    ("server", "said"),
    [
        ([Hang()], "within 1s"),
        ([GREETING, Hang()], "no answer to EHLO within 1s"),
        ([GREETING, *OFFER, ASKED, Hang()], "no answer to STARTTLS within 1s"),
        ([*INSIDE, Hang()], "not finished within 1s"),
        ([*INSIDE, StartTls(server_side("mx.example.org")), Hang()], "within 1s"),
    ],
    ids=["greeting", "EHLO", "STARTTLS", "handshake", "EHLO inside TLS"],
)
async def test_a_check_waits_no_longer_for_a_silent_server(server: Script, said: str) -> None:
    how = checking("--timeout", "1s")
    facts = await asyncio.wait_for(
        gathered(
            *(server, server),
            connect_limit=how.connect_limit,
            handshake_limit=how.handshake_limit,
            reply_limit=how.reply_limit,
            greeting_limit=how.greeting_limit,
        ),
        GENEROUS,
    )
    reason = facts.tls.reason if facts.tls is not None else ""
    assert said in f"{facts.reason} {facts.ended} {reason}"


async def test_a_handshake_has_a_limit_of_its_own_and_not_the_rest_of_that_of_the_220() -> None:
    async with faults.serve([*INSIDE, Hang()]) as server:
        client = Client(ConnectOptions(handshake_timeout=1.5))
        await client.open(Target(TargetKind.ADDRESS, server.host, server.port))
        session = SmtpSession(client, 1.0)
        await session.say("EHLO me")
        await session.upgrade()
        await client.close()
    assert session.secured is not None
    assert session.secured.tls.reason == "not finished within 1.5s"


async def test_the_prompt_begins_with_it() -> None:
    options = ConnectOptions(timeout=0.05)
    async with staged((GREETED, Hang()), options=options) as stage:
        stage.type("NOOP", "\r")
        await stage.until(
            "# no reply within 50 ms; the reply to NOOP will be shown when it arrives"
        )


async def test_the_prompt_goes_by_it_after_the_final_dot_too() -> None:
    options = ConnectOptions(timeout=0.5)
    async with staged((*TO_DATA, Hear(b".\r\n"), Hang()), options=options) as stage:
        await to_data(stage)
        await stage.line("Subject: x", "data 2| ")
        stage.type(".", "\r")
        await stage.until("# no reply within 500 ms")


async def test_leaving_the_prompt_waits_no_longer_for_the_answer_to_quit() -> None:
    options = ConnectOptions(timeout=0.05)
    async with staged((GREETED, Hang()), options=options) as stage:
        stage.type("\x04")
        await stage.until("# no reply to QUIT within 50 ms")


def test_the_name_of_this_machine_is_asked_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    answering = threading.Event()

    def slow(*_names: object, **_flags: object) -> list[object]:
        answering.wait(GENEROUS)
        return [(0, 0, 0, "slow.example.org", ("192.0.2.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(socket, "gethostname", lambda: "slow")
    monkeypatch.setattr("smtpprobe.net.hostname.PATIENCE", GENEROUS)
    try:
        assert client_name(0.05) == "slow"
    finally:
        answering.set()


@pytest.mark.real_time
async def test_the_system_is_asked_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smtpprobe.net.system_names.SYSTEM_SECONDS", GENEROUS)
    answering = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answering.wait(GENEROUS) or [])
    try:
        assert await system_addresses("slow.example", limit=0.05) == ()
    finally:
        answering.set()


@pytest.mark.real_time
async def test_a_policy_is_waited_for_no_longer_and_the_limit_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = Place("mta-sts.example.org", ("127.0.0.1",), silent.getsockname()[1])
        found = await fetch_policy(place, trusted_file(tmp_path), 0.15)
    assert (found.end, found.reason) == (FetchEnd.TIMEOUT, "within 0.15s")


@pytest.mark.real_time
async def test_dns_is_asked_no_longer() -> None:
    with dns_zone.serving({"lab.test": ""}, dns_zone.Faults(silent={"quiet.lab.test"})) as server:
        there = (("127.0.0.1", server.port),)
        (answer,) = await Resolver(there, limit=0.15).addresses("quiet.lab.test", 4)
        asker = await questioner(f"127.0.0.1:{server.port}", limit=0.15)
        found = await asker.ask("quiet.lab.test", "MX")
    for each in (answer, found):
        assert each.reason == "no answer from the DNS server within 0.15s"
