"""The examples: green where a server behaves, red at the right line where it does not."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.script.results.results import ScriptResult
from tests.program import called
from tests.script import examples
from tests.script.examples import NAMES, PRACTICE, Play, practised, run_example
from tests.servers.dovecot import PASSWORDS, Dovecot
from tests.servers.postfix import Postfix

PAGE = Path(__file__).parents[2] / "docs" / "scripts.md"
LAB = {"domain": "lab.test"}
NOBODY = {"nobody": "nobody@lab.test"}
ALICE = {"user": "alice", "from": "alice@lab.test", "to": "somebody@other.example"}

POSTFIX = {
    "bad-sequence": Play("smtp", {"local": "lab.test"}),
    "banner-baseline": Play("smtp", {"name": "mx.lab.test"}),
    "chunking": Play("smtp", LAB),
    "delivery": Play("smtp", LAB),
    "early-talker": Play("gated", {"patience": "50ms"}),
    "eight-bit": Play("smtp", LAB),
    "null-sender": Play("smtp", LAB),
    "pipelining": Play("smtp", LAB | NOBODY),
    "relay-refused": Play("smtp", {"local": "lab.test"}),
    "size-limit": Play("smtp"),
    "smtputf8": Play("smtp", LAB),
    "starttls-certificate": Play("smtp"),
    "starttls-injection": Play("smtp", {"patience": "50ms"}),
}
LMTP = Play(variables=LAB | NOBODY | {"one": "alice@lab.test", "two": "bob@lab.test"})
SUBMISSION = Play("submission", ALICE, {"password": PASSWORDS["alice"]})
ELSEWHERE = {
    *("first-session", "practice-login", "practice-refusals"),  # about the practice server
    *("lmtp-delivery", "submission-login"),  # Dovecot; Postfix that asks it about passwords
    *("greylisting", "vrfy-disabled"),  # where the lab's Postfix behaves otherwise
}


def told(result: ScriptResult) -> list[str]:
    """What did not pass, each with its line."""
    return [f"{check.place.line} {check.outcome.value} {check.message}" for check in result.failed]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def practice() -> AsyncIterator[PracticeServer]:
    async with PracticeServer(pace=0.02) as server:
        yield server


def test_every_example_is_run_here() -> None:
    assert NAMES == sorted(PRACTICE) == sorted({*POSTFIX, *ELSEWHERE})


@pytest.mark.parametrize("name", NAMES)
def test_an_example_begins_with_its_purpose_and_how_to_run_it(name: str) -> None:
    first, *more = examples.text_of(name).split("\n\n")[0].splitlines()
    purpose = first.removeprefix(f"# {name}.smtp - ").removesuffix(".")
    assert f"| [{name}.smtp](../examples/{name}.smtp) | {purpose} |" in PAGE.read_text("utf-8")
    assert any(f"--script examples/{name}.smtp" in line for line in more)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("name", NAMES)
async def test_an_example_is_green_against_the_practice_server(
    name: str, practice: PracticeServer
) -> None:
    result = await practised(name, practice)
    assert result.status is ExitStatus.OK, told(result)
    assert result.unread == ()


@pytest.mark.parametrize("name", POSTFIX)
async def test_an_example_is_green_against_postfix(name: str, postfix: Postfix) -> None:
    play = POSTFIX[name]
    port = getattr(postfix.ports, play.port)
    result = await run_example(name, play, port, postfix.ca_file)
    assert result.status is ExitStatus.OK, told(result)
    assert result.unread == ()


async def test_lmtp_is_green_against_dovecot(dovecot: Dovecot) -> None:
    result = await run_example("lmtp-delivery", LMTP, dovecot.lmtp_port, None)
    assert result.status is ExitStatus.OK, told(result)


async def test_submission_is_green_against_postfix_that_asks_dovecot(submission: Postfix) -> None:
    port = submission.ports.submission
    result = await run_example("submission-login", SUBMISSION, port, submission.ca_file)
    assert result.status is ExitStatus.OK, told(result)


# -- where the lab's servers are as the examples want nobody to be


async def test_greylisting_is_red_where_the_second_attempt_is_put_off_too(postfix: Postfix) -> None:
    """The lab's Postfix puts `later` off for ever."""
    play = Play(variables={"to": "later@lab.test", "tries": "3", "wait": "10ms"})
    result = await run_example("greylisting", play, postfix.ports.smtp, None)
    assert told(result) == ["27 fail RCPT refused, expected 250"]
    assert [case.status for case in result.cases] == [ExitStatus.OK, ExitStatus.CHECK_FAILED]


async def test_vrfy_is_red_where_it_tells_who_exists(postfix: Postfix) -> None:
    """Postfix answers VRFY unless told not to (`disable_vrfy_command`)."""
    result = await run_example("vrfy-disabled", Play(), postfix.ports.smtp, None)
    assert told(result) == ["18 fail assertion failed: reply.code is 550"]


async def test_early_talkers_are_not_noticed_by_a_server_that_does_not_look(
    postfix: Postfix,
) -> None:
    play = Play(variables={"patience": "50ms"})
    result = await run_example("early-talker", play, postfix.ports.smtp, None)
    found = told(result) or ["noticed"]
    # Since 3.9 smtpd refuses what came before its greeting, if it came in time (postconf(5)
    # smtpd_forbid_unauth_pipelining).
    refused = any("554 5.5.0" in (check.came.text or "") for check in result.cases[1].checks)
    missed = "20 warn line /^(?:220-|250|421|521|550|554)/ not found"
    assert found == (["noticed"] if refused else [missed])


@pytest.mark.parametrize("words", [("--check", "--strict"), ("--fmt", "--diff")])
def test_the_examples_are_without_findings_and_in_the_canonical_form(
    words: tuple[str, ...],
) -> None:
    done = subprocess.run(
        called("--script", str(examples.FOLDER), *words),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
