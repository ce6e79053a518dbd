"""Hostile answers of DNS: each face that looks names up ends by its own rules, and says so plainly.

Nothing leads to a mail server, so nothing may pass.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Final

import pytest

from smtpprobe.assistant.allowed import Allowed, read_rule
from smtpprobe.assistant.tools import Permission, Tools
from smtpprobe.cli.launch import settings_of
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.cli.why_parser import why_parser
from smtpprobe.errors import ProbeError
from smtpprobe.sandbox.hostile.name_server import serving_names
from smtpprobe.sandbox.hostile.names import NAMES, NameEntry, Question, answer, in_order
from smtpprobe.starttls import subcommand as starttls_subcommand
from smtpprobe.starttls.arguments import read_words as starttls_words
from smtpprobe.starttls.judge.judge import Result
from smtpprobe.why import subcommand as why_subcommand
from smtpprobe.why.arguments import read_words as why_words
from tests.hostile.faces import ENOUGH, growing
from tests.hostile.laws import MOST_GROWN, RAW

MOST_SHOWN: Final = 256 * 1024
"""Characters: nobody reads more, whatever DNS says."""


async def by_starttls(resolver: str) -> tuple[bool, str]:
    out = io.StringIO()
    words = starttls_parser().read(
        ["--no-config", "--timeout", "2s", "--resolver", resolver, "hostile.test"]
    )
    read = starttls_words(words, {}, client=lambda: "me.example", settings=settings_of(words))
    with redirect_stdout(out), redirect_stderr(out):
        status = await starttls_subcommand.run(read)
    return status == 0, out.getvalue()


async def by_why(resolver: str) -> tuple[bool, str]:
    out = io.StringIO()
    words = why_parser().read(
        [
            *("c@hostile.test", "--from", "a@hostile.test", "--no-config", "--timeout", "2s"),
            *("--client", "me.example", "--resolver", resolver, "--public-address", "203.0.113.7"),
        ]
    )
    given = why_words(words, settings_of(words))
    with redirect_stdout(out), redirect_stderr(out):
        status = await why_subcommand.run(given)
    return status == 0, out.getvalue()


async def by_mcp(resolver: str) -> tuple[bool, str]:
    rules = Allowed(tuple(read_rule("hostile.test")))
    permission = Permission(rules, client="me.example", resolver=resolver, timeout=2.0)
    try:
        told = await Tools(permission).check_starttls("hostile.test")
    except ProbeError as error:
        return False, f"{error.message}\n{error.hint}"
    return told.startswith(f"check_starttls: {Result.OK.value}\n"), told


FACES: Final[dict[str, Callable[[str], Awaitable[tuple[bool, str]]]]] = {
    "starttls": by_starttls,
    "why": by_why,
    "mcp": by_mcp,
}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("entry", NAMES, ids=lambda entry: entry.name)
async def test_no_answer_of_dns_breaks_a_law(entry: NameEntry, face: str) -> None:
    async with serving_names(entry.says) as port, growing(often=False) as grown:
        async with asyncio.timeout(ENOUGH):
            well, shown = await FACES[face](f"127.0.0.1:{port}")
    assert not well
    assert shown.strip()
    found = RAW.search(shown)
    assert found is None, shown[max(0, found.start() - 60) : found.end() + 20]
    assert len(shown) < MOST_SHOWN
    assert "Traceback" not in shown
    assert max(grown) < MOST_GROWN


async def test_a_name_server_in_order_is_understood() -> None:
    def says(asked: Question) -> bytes:
        return answer(asked, in_order(asked))

    async with serving_names(says) as port:
        _, shown = await by_why(f"127.0.0.1:{port}")
        _, checked = await by_starttls(f"127.0.0.1:{port}")
    assert "mx.hostile.test" in shown
    assert "mx.hostile.test" in checked


@pytest.mark.parametrize("face", FACES)
async def test_a_name_that_would_drive_a_terminal_is_shown_escaped(face: str) -> None:
    entry = next(one for one in NAMES if one.name == "names-ansi")
    async with serving_names(entry.says) as port:
        _, shown = await FACES[face](f"127.0.0.1:{port}")
    assert r"\027[2j" in shown


def test_names_are_given_once() -> None:
    assert len({entry.name for entry in NAMES}) == len(NAMES)
