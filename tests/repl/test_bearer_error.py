"""The 334 by which XOAUTH2 and OAUTHBEARER tell an error is answered, so that the refusal comes."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from tests.repl.stage import ENTER, GREETING, staged

ERROR = base64.b64encode(b'{"status":"400","schemes":"Bearer"}')
REFUSED = Say(b"535 5.7.8 no\r\n")


def bearer(mechanism: str, answer: bytes) -> tuple[Step, ...]:
    told = (Hear(b"AUTH"), Say(b"334 " + ERROR + b"\r\n"), Hear(answer), REFUSED, Hang())
    return (GREETING, Hear(b"EHLO"), Say(f"250-mx\r\n250 AUTH {mechanism}\r\n".encode()), *told)


@pytest.mark.parametrize(("typed", "answer"), [
    ("", b"\r\n"),
    (">", b"\r\n"),
    ("AQ==", b"AQ==\r\n"),
    (r"\x01", b"AQ==\r\n"),
    (":b64", b"\r\n"),
    (r":b64 \x01", b"AQ==\r\n"),
])  # fmt: skip
@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
async def test_the_error_is_answered(mechanism: str, typed: str, answer: bytes) -> None:
    async with staged(bearer(mechanism, answer)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(f"AUTH {mechanism} dXNlcj1ib2IBYXV0aD1CZWFyZXIgc2VzYW1lAQE=", ENTER)
        await stage.until(f"# 334 {mechanism}: the token is refused, status 400")
        await stage.until("# next: an empty line (Enter, in a script >), or AQ==; then a new token")
        await stage.until_prompt("334| ")
        stage.type(typed, ENTER)
        await stage.until("535 5.7.8 no")
        assert stage.server.heard[-1] == answer


async def test_an_empty_line_under_another_challenge_still_sends_nothing() -> None:
    login = (Hear(b"AUTH"), Say(b"334 VXNlcm5hbWU6\r\n"), Hang())
    script = (GREETING, Hear(b"EHLO"), Say(b"250-mx\r\n250 AUTH LOGIN\r\n"), *login)
    async with staged(script) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type("AUTH LOGIN", ENTER)
        await stage.until_prompt("334| ")
        stage.type(ENTER)
        await stage.until('# nothing sent; a line with only ">" sends an empty response')
        assert stage.server.heard[-1] == b"AUTH LOGIN\r\n"
