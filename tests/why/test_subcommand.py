"""`smtpprobe why` as a command: lines as they come, the forms of its report, its exit codes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from smtpprobe.cli import launch_why
from smtpprobe.cli.main import main
from smtpprobe.cli.why_parser import why_parser
from smtpprobe.errors import UsageError
from smtpprobe.sandbox.faults import serve
from smtpprobe.send.outlet import Outlet
from smtpprobe.settings.settings import Settings
from smtpprobe.why.arguments import Arguments, read_words
from smtpprobe.why.request import Kind
from smtpprobe.why.subcommand import run
from tests.why.collect.peer import Peer

SCHEMA = json.loads((Path(__file__).parents[2] / "docs/schemas/why-1.json").read_text())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
NO = b"550 5.1.1 User unknown\r\n"


def read(*words: str) -> Arguments:
    return read_words(why_parser().read(list(words)), Settings(client="out.here.test"))


async def ran(*words: str, answers: dict[bytes, bytes] | None = None) -> int:
    """Ask a mail host on loopback, which answers by a table."""
    async with serve([Peer(answers or {})]) as server:
        return await run(read("anna@[127.0.0.1]", "--port", str(server.port), *words))


async def test_an_accepted_recipient_is_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert await ran("--from", "me@[192.0.2.1]") == 0
    shown = capsys.readouterr().out
    assert "Accepted: anna@[127.0.0.1] is accepted" in shown
    assert "no message was sent" in shown
    assert len(shown.splitlines()) <= 20


async def test_a_refused_one_is_exit_1_and_its_reply_is_there_verbatim(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await ran(answers={b"RCPT TO:<anna": NO}) == 1
    assert "  reply     550 5.1.1 User unknown" in capsys.readouterr().out


async def test_json_has_the_verdict_facts_and_trials(capsys: pytest.CaptureFixture[str]) -> None:
    assert await ran("--json", answers={b"RCPT TO:<anna": NO}) == 1
    report = json.loads(capsys.readouterr().out)
    VALIDATOR.validate(report)
    assert report["schema"] == "smtpprobe/why/1"
    assert report["verdict"]["cause"] == "unknown-recipient"
    assert report["message_sent"] is False
    assert report["trials"][0]["purpose"] == "real"


async def test_a_report_in_a_file_leaves_nothing_on_the_screen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "why.txt"
    assert await ran("-o", str(file)) == 0
    assert capsys.readouterr().out == ""
    assert "Accepted: " in file.read_text()


async def test_escape_sequences_of_a_server_reach_no_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    await ran(answers={b"RCPT": b"550 \x1b[2Jgone\r\n"})
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.real_time
async def test_ctrl_c_gives_the_verdict_so_far(capsys: pytest.CaptureFixture[str]) -> None:
    async with serve([Peer({}, after=30.0)]) as server:
        words = read("anna@[127.0.0.1]", "--port", str(server.port))
        task = asyncio.ensure_future(run(words))
        await server.until_connected(1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    shown = capsys.readouterr().out
    assert "Cannot tell: it was interrupted before the recipient was answered" in shown
    assert "interrupted; 1 connection" in shown


def test_the_plan_needs_no_network(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "anna@there.test", "--plan", "--ehlo", "me.test"]) == 0
    shown = capsys.readouterr().out
    assert "ask DNS for the mail hosts" in shown
    assert "with --control, if no address answers; after road" in shown


def test_the_way_is_mx_unless_a_submission_host_is_named() -> None:
    assert read("anna@there.test").request.kind is Kind.MX
    assert read("anna@there.test", "--via", "mx").request.kind is Kind.MX
    given = read("anna@there.test", "--via", "submission", "smtp.here.test").request
    assert (given.kind, given.target.name, given.target.port) == (
        *(Kind.SUBMISSION, "smtp.here.test", 587),
    )
    behind = read("--via", "submission", "[192.0.2.1]:2587", "anna@there.test").request
    assert (behind.recipient, behind.target.port) == ("anna@there.test", 2587)


def test_a_domain_is_asked_for_in_a_labels_and_a_null_sender_is_empty() -> None:
    request = read("anna@bücher.test", "--from", "<>").request
    assert (request.domain, request.sender) == ("xn--bcher-kva.test", "")
    assert not request.needs_utf8
    assert read("jürgen@there.test").request.needs_utf8


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--via", "mx", "mx.there.test"], "mx takes no host"),
        (["--via", "mx", "mx.there.test:25"], "smtpprobe 'mx.there.test:25'"),
        (["--via", "mx", "2001:db8::1"], "smtpprobe '[2001:db8::1]'"),
        (["--via", "smtp.here.test"], "--via submission smtp.here.test"),
        (["--via", "submission", ""], "needs a host"),
        (["--via", "submission", "smtp.here.test:99999"], "--via: 'smtp.here.test:99999'"),
        (["--via", "submission", "smtp.here.test", "-p", "25"], "HOST:25"),
        (["--via", "submission", "[192.0.2.1]", "-6"], "excluded by -6"),
        (["--from", "me@"], "--from 'me@' is not an address"),
        (["--from", "me@here..test"], "'here..test' is not a domain"),
        (["--public-address", "10.1.2.3"], "10.0.0.0/8"),
        (["--dnsbl", "https://zen.test/"], "not a name in DNS"),
        (["--dkim-selector", "s1._domainkey.here.test"], "--dkim-selector s1"),
        (["--control", ""], "--control"),
        (["--log", "/nowhere/mail.log"], "--log /nowhere/mail.log: No such file"),
        (["--paste", "/"], "--paste /: Is a directory"),
        (["--json", "--letter"], "cannot be used together"),
        (["--json", "--plan"], "cannot be used together"),
    ],
    ids=" ".join,
)
def test_what_is_asked_for_wrongly_is_told_with_what_to_write(words: list[str], told: str) -> None:
    with pytest.raises(UsageError) as error:
        read("anna@there.test", *words)
    assert told in f"{error.value.message}\n{error.value.hint}"


@pytest.mark.parametrize(
    "recipient",
    ["anna@there..test", "anna@there.test:25", "anna@a.test,bob@b.test", "anna@b.test;"],
)
def test_a_recipient_that_cannot_be_one_is_told_before_dns_is_asked(recipient: str) -> None:
    with pytest.raises(UsageError):
        read(recipient)


async def test_a_local_part_that_breaks_the_rules_is_named_beside_the_refusal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answers = {b"RCPT TO:<anna..b@": b"550 5.0.0 no\r\n"}
    async with serve([Peer(answers)]) as server:
        words = ("--port", str(server.port), "--from", "me@[192.0.2.1]")
        assert await run(read("anna..b@[127.0.0.1]", *words)) == 1
    shown = capsys.readouterr().out
    assert "address: anna..b@[127.0.0.1]: a dot at an end of the local part" in shown
    assert "does not take anna..b@[127.0.0.1] for an address" in shown


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["there.test"],
        ["anna@there.test", "bob@there.test"],
        ["anna@there.test\r\nDATA"],
        ["anna@there.test", "--from", "me"],
        ["anna@there.test", "--via", "pigeon"],
        ["anna@there.test", "--via", "submission"],
        ["anna@there.test", "--public-address", "here.test"],
        ["anna@there.test", "--size", "-1"],
        ["anna@[nowhere]"],
        ["anna@there.test", "--log", "-", "--paste", "-"],
    ],
)
def test_what_cannot_be_meant_asks_nothing(words: list[str]) -> None:
    with pytest.raises(UsageError):
        read(*words)


def test_a_verdict_that_standard_output_did_not_take_is_no_success() -> None:
    program = Path(sys.executable).with_name("smtpprobe")
    words = ("why", "user@[127.0.0.1]", "--no-rcpt", "--json", "--timeout", "1", "--no-config")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([program, *words], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 4
    assert b"cannot write to standard output: No space left" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("why", "user@[127.0.0.1]", "--no-rcpt", "--timeout", "1", "--no-config"),
        ("why", "user@[127.0.0.1]", "--no-rcpt", "--timeout", "1", "--json", "--no-config"),
        ("why", "user@[127.0.0.1]", "--plan", "--no-config"),
        ("starttls", "[127.0.0.1]:9", "--no-config"),
        ("explain", "550 5.1.1 no such user"),
    ],
    ids=["why", "json", "plan", "starttls", "explain"],
)
def test_where_nobody_reads_any_more_it_ends_without_a_word(words: tuple[str, ...]) -> None:
    program = Path(sys.executable).with_name("smtpprobe")
    reads, writes = os.pipe()
    os.close(reads)
    try:
        done = subprocess.run([program, *words], stdout=writes, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writes)
    assert (done.returncode, done.stderr) == (4, b"")


async def test_servers_are_not_asked_for_what_nobody_will_see(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(_outlet: Outlet, _text: str) -> bool:
        _outlet.trouble = BrokenPipeError()
        return False

    monkeypatch.setattr(Outlet, "write", gone)
    async with serve([Peer({})]) as server:
        with pytest.raises(BrokenPipeError):
            await run(read("anna@[127.0.0.1]", "--port", str(server.port)))
        assert not [line for line in server.heard if line.startswith((b"MAIL", b"RCPT"))]


@pytest.mark.parametrize("key", [KeyboardInterrupt, EOFError])
def test_a_password_that_is_not_given_ends_it_before_a_server_is_asked(
    key: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def asked(_found: object) -> None:
        raise key

    monkeypatch.setattr(launch_why, "asked", asked)
    words = ["--via", "submission", "[192.0.2.1]", "--auth-user", "me", "--ehlo", "a.test"]
    assert main(["why", "anna@there.test", "--no-config", *words]) == 130
    assert capsys.readouterr().err.startswith("\nsmtpprobe: cancelled")
