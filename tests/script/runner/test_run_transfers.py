"""Steps that are several commands: files as messages and in chunks, logins; and half-closed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

import pytest

from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox.faults import Close, Hang, Hear, Pause, Say, Step
from tests.script.runs import GREETING, heard, outcome, run, told

OK = b"250 ok\r\n"
MESSAGE = b"Subject: x\n\n.dot\nlast"
DATA = (b"DATA", b"354 go\r\n")
DOT = (b".\r\n", b"250 2.0.0 queued\r\n")
SECRET = {"password": "hunter2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "m.eml").write_bytes(MESSAGE)
    return tmp_path


# -- :data


async def test_a_file_goes_out_as_a_message_stuffed_and_ended(folder: Path) -> None:
    result, lines = await heard(":data m.eml\n< 250 2.0.0\n", told(DATA, DOT), folder=folder)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [b"DATA\r\n", b"Subject: x\r\n", b"\r\n", b"..dot\r\n", b"last\r\n", b".\r\n"]


async def test_raw_octets_stay_as_they_are(folder: Path) -> None:
    (folder / "raw").write_bytes(b"a\nb\r\n..\r\n")
    _, lines = await heard(":data raw --raw\n", told(DATA, DOT), folder=folder)
    assert b"".join(lines[1:]) == b"a\nb\r\n..\r\n.\r\n"


async def test_without_a_dot_the_message_stays_open(folder: Path) -> None:
    script = ":data m.eml --no-dot\n> more\n> .\n< 250\n"
    result, lines = await heard(script, told(DATA, DOT), folder=folder)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines[-3:] == [b"last\r\n", b"more\r\n", b".\r\n"]


async def test_a_message_can_be_broken_off(folder: Path) -> None:
    server: list[Step] = [GREETING, Hear(b"DATA"), Say(b"354 go\r\n"), Hear(b"never"), Hang()]
    script = ":data m.eml --stop-after 9\n:sleep 20ms\n:close\n"
    result, lines = await heard(script, server, folder=folder)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [b"DATA\r\n"]  # the nine octets hold no whole line


async def test_a_message_can_be_sent_slowly(folder: Path) -> None:
    script = ":data m.eml --rate 100/s\n"
    result, lines = await heard(script, told(DATA, DOT), folder=folder)
    assert result.status is ExitStatus.OK, outcome(result)
    assert b"".join(lines[1:]) == b"Subject: x\r\n\r\n..dot\r\nlast\r\n.\r\n"
    assert result.seconds > 0.15


@pytest.mark.parametrize("more", ["", "< 250\n", "< any\n"])
async def test_without_354_no_octet_of_the_file_goes_out(more: str, folder: Path) -> None:
    script = f":continue on\n:data m.eml\n{more}QUIT\n< 221\n"
    server = told((b"DATA", b"503 no\r\n"), (b"QUIT", b"221 bye\r\n"))
    result, lines = await heard(script, server, folder=folder)
    assert outcome(result) == ("F02 DATA refused, expected 354",)
    assert lines == [b"DATA\r\n", b"QUIT\r\n"]


async def test_a_file_that_went_away_is_an_error_of_the_run(folder: Path) -> None:
    result, lines = await heard(":data gone\n", told(DATA), folder=folder)
    assert outcome(result) == ("T07 I/O error: No such file or directory",)
    assert result.status is ExitStatus.CANNOT_TELL
    assert lines == []


# -- :bdat


async def test_a_file_goes_out_in_chunks_each_after_the_one_before(folder: Path) -> None:
    (folder / "b").write_bytes(b"12345\r\n.\r\n")
    server = told(
        (b"BDAT 7", b"354 wrong, but later\r\n"),
    )
    result, lines = await heard(":bdat b --chunk 7\n", server, folder=folder)
    assert outcome(result) == ("F02 BDAT got 354, expected 250",)
    assert lines == [b"BDAT 7\r\n"]
    server = [
        GREETING, Hear(b"BDAT 7"), Hear(b"12345"), Say(OK), Hear(b"BDAT 3 LAST"), Hear(b"."),
        Say(b"250 2.0.0 queued\r\n"), Hang(),
    ]  # fmt: skip
    result, lines = await heard(":bdat b --chunk 7\n< 250 2.0.0\n", server, folder=folder)
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines == [b"BDAT 7\r\n", b"12345\r\n", b"BDAT 3 LAST\r\n", b".\r\n"]


async def test_an_empty_file_is_one_empty_chunk(folder: Path) -> None:
    (folder / "e").write_bytes(b"")
    server = told((b"BDAT 0 LAST", OK))
    assert (await heard(":bdat e\n< 250\n", server, folder=folder))[0].status is ExitStatus.OK


# -- :auth


def b64(text: str) -> bytes:
    return base64.b64encode(text.encode())


AUTH = "{}:secret password\n:auth {} me\n< 235 2.7.0\n"
ACCEPTED = b"235 2.7.0 in\r\n"


async def test_plain_sends_both_at_once() -> None:
    server = told((b"AUTH PLAIN " + b64("\0me\0hunter2"), ACCEPTED))
    result = await run(AUTH.format("", "PLAIN"), server, secrets=SECRET)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_login_answers_both_challenges() -> None:
    server = told(
        (b"AUTH LOGIN", b"334 " + b64("Username:") + b"\r\n"),
        (b64("me"), b"334 " + b64("Password:") + b"\r\n"),
        (b64("hunter2"), ACCEPTED),
    )
    result = await run(AUTH.format("", "LOGIN"), server, secrets=SECRET)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_cram_md5_answers_with_a_digest() -> None:
    digest = hmac.digest(b"hunter2", b"<1@mx>", hashlib.md5).hex()
    server = told(
        (b"AUTH CRAM-MD5", b"334 " + b64("<1@mx>") + b"\r\n"), (b64(f"me {digest}"), ACCEPTED)
    )
    result = await run(AUTH.format("", "CRAM-MD5"), server, secrets=SECRET)
    assert result.status is ExitStatus.OK, outcome(result)
    written = 'AUTH CRAM-MD5\n< 334\n{{ cram("me", password) }}\n< 235\n'
    result = await run(f":secret password\n{written}", server, secrets=SECRET)
    assert result.status is ExitStatus.OK, outcome(result)


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN", "CRAM-MD5"])
async def test_a_login_that_is_refused_at_once_fails(mechanism: str) -> None:
    server = told((b"AUTH", b"535 5.7.8 no\r\n"))
    implied = AUTH.format("", mechanism).replace("< 235 2.7.0\n", "")
    result = await run(implied, server, secrets=SECRET)
    assert outcome(result) == ("F02 AUTH refused, expected 235",)
    wanted = AUTH.format("", mechanism).replace("235 2.7.0", "535 5.7.8")
    assert (await run(wanted, server, secrets=SECRET)).status is ExitStatus.OK


async def test_a_challenge_that_cannot_be_answered_is_given_up() -> None:
    server = told((b"AUTH", b"334 not base64!\r\n"), (b"*", b"501 cancelled\r\n"))
    result, lines = await heard(
        AUTH.format("", "LOGIN").replace("235 2.7.0", "501"), server, secrets=SECRET
    )
    assert result.status is ExitStatus.OK, outcome(result)
    assert lines[-1] == b"*\r\n"


async def test_a_server_that_asks_without_end_is_given_up() -> None:
    more: tuple[bytes, bytes] = (b"", b"334 " + b64("more?") + b"\r\n")
    server = told(*[more] * 50)
    result, lines = await heard(AUTH.format(":timeout 100ms\n", "LOGIN"), server, secrets=SECRET)
    assert outcome(result) == ("F03 AUTH answer got 334, expected 235",)
    assert lines[3:] == [b"*\r\n"]


async def test_the_user_is_the_variable_user_where_none_is_named() -> None:
    server = told((b"AUTH PLAIN " + b64("\0you\0hunter2"), ACCEPTED))
    script = ":let user = you\n:secret password\n:auth PLAIN\n"
    assert (await run(script, server, secrets=SECRET)).status is ExitStatus.OK


# -- :shutdown


async def test_after_fin_replies_are_still_read() -> None:
    server: list[Step] = [GREETING, Hear(b"NOOP"), Hang(), Say(OK), Close()]
    result = await run("< 220\n> NOOP\n:shutdown\n< 250\n< eof\n", server)
    assert result.status is ExitStatus.OK, outcome(result)


async def test_a_silent_server_at_a_login_is_waited_for_once() -> None:
    script = ":secret password\n:auth PLAIN me\n"
    secrets = {"password": "secret"}
    late: list[Step] = [GREETING, Hear(b"AUTH"), Pause(0.3), Say(b"235 late\r\n"), Hang()]
    result = await run(script, late, limit=0.2, secrets=secrets)
    assert outcome(result) == ("T05 no reply to AUTH within 200ms",)
