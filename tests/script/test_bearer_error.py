"""A script answers the 334 by which XOAUTH2 tells an error, and gets at the refusal."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.exits import ExitStatus
from tests.script.runs import heard, told

ERROR = b"334 " + base64.b64encode(b'{"status":"400"}') + b"\r\n"


@pytest.mark.parametrize(("line", "answer"), [(">", b"\r\n"), ("AQ==", b"AQ==\r\n")])
async def test_the_error_is_answered_and_the_refusal_comes(line: str, answer: bytes) -> None:
    refused = b"535 5.7.8 no\r\n"
    script = f"AUTH XOAUTH2 dXNlcj1ib2I=\n< 334\n{line}\n< 535 5.7.8\n"
    result, lines = await heard(script, told((b"AUTH", ERROR), (answer, refused)))
    assert result.status is ExitStatus.OK
    assert lines[-1] == answer
