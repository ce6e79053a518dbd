"""`:auth` at the prompt: what it picks and why, what it warns of, where credentials come from."""

from __future__ import annotations

import base64

import pytest

from smtpprobe.login.sources import Wish
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from tests.repl.stage import ENTER, GREETING, staged

PASSWORD = "tanstaafl"
PLAIN = base64.b64encode(b"\0bob\0" + PASSWORD.encode())
YES = Say(b"235 2.7.0 welcome\r\n")
CLEAR = "warning: no TLS: PLAIN sends the password where others can read it"


def announcing(mechanisms: str, *steps: Step) -> tuple[Step, ...]:
    reply = f"250-mx1.example.net\r\n250 AUTH {mechanisms}\r\n".encode()
    return (GREETING, Hear(b"EHLO"), Say(reply), *steps, Hang())


async def test_the_strongest_mechanism_is_picked_and_why_is_said() -> None:
    server = announcing("PLAIN CRAM-MD5 GSSAPI", Hear(b"AUTH CRAM-MD5"), Say(b"504 no\r\n"))
    async with staged(server) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth auto bob", ENTER)
        await stage.until("# CRAM-MD5: the strongest for a password: the password is not sent")
        await stage.until_prompt("password: ")
        stage.type(PASSWORD, ENTER)
        await stage.until("504 no")


async def test_a_password_in_the_clear_is_warned_of_before_it_is_asked_for() -> None:
    server = announcing("PLAIN", Hear(b"AUTH PLAIN " + PLAIN), YES)
    async with staged(server) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN bob", ENTER)
        await stage.until_prompt("password: ")
        assert CLEAR in stage.text
        stage.type(PASSWORD, ENTER)
        await stage.until("235 2.7.0 welcome")


async def test_a_mechanism_not_announced_outside_tls_sends_you_to_starttls_not_to_force() -> None:
    hello = Say(b"250-mx1.example.net\r\n250 STARTTLS\r\n")
    async with staged((GREETING, Hear(b"EHLO"), hello, Hang())) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN bob", ENTER)
        await stage.until("STARTTLS first: most servers")
        assert "--force" not in stage.text


async def test_quotes_keep_a_blank_in_the_name_of_a_user() -> None:
    response = base64.b64encode(b"\0Ann Other\0" + PASSWORD.encode())
    async with staged(announcing("PLAIN", Hear(b"AUTH PLAIN " + response), YES)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(':auth PLAIN "Ann Oth', ENTER)
        await stage.until("auth: a quoted word is broken; nothing sent")
        stage.type(':auth PLAIN "Ann Other"', ENTER)
        await stage.until_prompt("password: ")
        stage.type(PASSWORD, ENTER)
        await stage.until("235 2.7.0 welcome")


@pytest.mark.parametrize(("key", "sent"), [("n", False), ("y", True)])
async def test_a_password_that_is_known_does_not_go_out_in_the_clear_unasked(
    key: str, sent: bool
) -> None:  # fmt: skip
    server = announcing("PLAIN", Hear(b"AUTH PLAIN " + PLAIN), YES)
    async with staged(server, login=Wish("bob", PASSWORD)) as stage:
        assert "other users of this machine can see the command line" in stage.text
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth", ENTER)
        await stage.until("send the password in the clear? [y]es [n]o")
        stage.type(key)
        await stage.until("235 2.7.0 welcome" if sent else "# login cancelled; nothing sent")
        assert len(stage.server.heard) == 1 + sent
        assert PASSWORD not in stage.text


async def test_clear_asks_no_question() -> None:
    server = announcing("PLAIN", Hear(b"AUTH PLAIN " + PLAIN), YES)
    async with staged(server, login=Wish("bob", PASSWORD)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth --clear", ENTER)
        await stage.until("235 2.7.0 welcome")
        assert CLEAR in stage.text


async def test_a_mechanism_that_is_not_announced_goes_out_when_forced() -> None:
    server = announcing("PLAIN", Hear(b"AUTH SCRAM-SHA-256 "), Say(b"504 5.5.4 no\r\n"))
    async with staged(server, login=Wish("bob", PASSWORD)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth SCRAM-SHA-256", ENTER)
        await stage.until("SCRAM-SHA-256 is not announced; nothing sent")
        assert "announced: PLAIN; :auth SCRAM-SHA-256 --force sends it anyway" in stage.text
        stage.type(":auth XOAUTH2 --clear --cancel-at x", ENTER)
        await stage.until("needs the number of a challenge")
        stage.type(":auth SCRAM-SHA-256 --force", ENTER)
        await stage.until("504 5.5.4 no")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":auth", "none of GSSAPI takes a password"),
        (":auth MAGIC bob", "auth: 'MAGIC' is not known here"),
        (":auth PLAIN bob hunter2", "do not type the password here"),
        (":auth PLAIN bob --password hunter2", "unknown option --password"),
        (":auth PLAIN --as", "--as needs a value"),
        (":auth PLAIN --initial --no-initial", "cannot be used together"),
    ],
)
async def test_what_cannot_be_meant_sends_nothing(line: str, said: str) -> None:
    async with staged(announcing("GSSAPI", Hear(b"nothing"))) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(line, ENTER)
        await stage.until(said)
        assert len(stage.server.heard) == 1


async def test_a_server_that_proves_nothing_is_told() -> None:
    first = "r=abc%more,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    server = announcing(
        "SCRAM-SHA-1",
        Hear(b"AUTH SCRAM-SHA-1 "),
        Say(b"334 " + base64.b64encode(first.encode()) + b"\r\n"),
        Hear(b""),
        YES,
    )
    async with staged(server, login=Wish("bob", PASSWORD)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth SCRAM-SHA-1 --nonce abc", ENTER)
        await stage.until("the server did NOT prove that it knows the password")


async def test_few_iterations_give_the_login_up() -> None:
    first = "r=abc%more,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100"
    server = announcing(
        "SCRAM-SHA-1",
        Hear(b"AUTH SCRAM-SHA-1 "),
        Say(b"334 " + base64.b64encode(first.encode()) + b"\r\n"),
        Hear(b"*\r\n"),
        Say(b"501 5.7.0 cancelled\r\n"),
    )
    async with staged(server, login=Wish("bob", PASSWORD)) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth SCRAM-SHA-1 --nonce abc", ENTER)
        await stage.until("the server asks for 100 iterations, fewer than 4,096")
        await stage.until("501 5.7.0 cancelled")


async def test_the_options_are_offered_behind_the_mechanism() -> None:
    async with staged(announcing("PLAIN", Hear(b"nothing"))) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        stage.type(":auth PLAIN --no", "\t")
        await stage.until("--no-initial")
