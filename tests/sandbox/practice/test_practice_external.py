"""AUTH EXTERNAL at the practice server (RFC 4422 A): the certificate of the client logs in."""

from __future__ import annotations

import asyncio
import json
import subprocess
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

import smtpprobe
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.protocol.transport.tls_offer import TlsOffer
from smtpprobe.sandbox.client_certificate import certified_name
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.practice_server import PracticeServer
from tests.certificates import CLIENT, Entity
from tests.program import called
from tests.repl.stage import ENTER, staged
from tests.sandbox.rehearsal import Rehearsal, ready

NAME = "client.example.org"
NO_MECHANISM = "504 5.5.4 Unrecognized authentication type: EXTERNAL"


def b64(text: str) -> str:
    return b64encode(text.encode()).decode()


def with_certificate(name: str | None) -> Rehearsal:
    rehearsal = ready(tls=True)
    rehearsal.house = replace(rehearsal.house, certified=name)
    return rehearsal


@pytest.mark.parametrize("line", ["AUTH EXTERNAL =", f"AUTH EXTERNAL {b64('Client.example.ORG')}"])
def test_the_certificate_logs_in_as_whom_it_names(line: str) -> None:
    rehearsal = with_certificate(NAME)
    assert rehearsal.last("EHLO x").endswith(" ANONYMOUS EXTERNAL")
    assert rehearsal.last(line) == "235 2.7.0 Authentication successful"
    assert rehearsal.talk.user == NAME


def test_without_an_initial_response_the_challenge_is_empty() -> None:
    rehearsal = with_certificate(NAME)
    assert rehearsal.lines("AUTH EXTERNAL", "") == ["334 ", "235 2.7.0 Authentication successful"]


@pytest.mark.parametrize(
    ("name", "line", "reply"),
    [
        (NAME, f"AUTH EXTERNAL {b64('other@sandbox.test')}", "535 5.7.8"),
        ("", "AUTH EXTERNAL =", "535 5.7.8"),
        ("", f"AUTH EXTERNAL {b64(NAME)}", "535 5.7.8"),
        (NAME, "AUTH EXTERNAL ?", "501 5.5.2"),
        ("disabled@sandbox.test", "AUTH EXTERNAL =", "525 5.7.13"),
        (None, "AUTH EXTERNAL =", NO_MECHANISM),
        (None, f"AUTH EXTERNAL {b64(NAME)}", NO_MECHANISM),
    ],
)
def test_nobody_is_let_in_by_a_certificate_of_somebody_else_or_none(
    name: str | None, line: str, reply: str
) -> None:
    rehearsal = with_certificate(name)
    assert ("EXTERNAL" in rehearsal.last("EHLO x")) is (name is not None)
    assert rehearsal.last(line).startswith(reply)
    assert rehearsal.talk.user is None


def test_help_says_whose_certificate_it_is() -> None:
    assert f"EXTERNAL logs in by your certificate, which is that of {NAME}." in with_certificate(
        NAME
    ).last("HELP AUTH")
    assert "EXTERNAL" not in with_certificate(None).last("HELP AUTH")


SUBJECT = ((("organizationName", "x"),), (("commonName", NAME),))


@pytest.mark.parametrize(
    ("certificate", "name"),
    [
        (None, None),
        ({}, None),
        ({"subject": SUBJECT}, NAME),
        ({"subject": SUBJECT, "subjectAltName": (("DNS", "d"), ("email", "a@b.example"))},
         "a@b.example"),
        ({"subject": ((("organizationName", "x"),),)}, ""),
        ({"subject": SUBJECT, "subjectAltName": (("email", ""),)}, NAME),
    ],
)  # fmt: skip
def test_a_certificate_names_its_mail_address_or_else_its_common_name(
    certificate: dict[str, object] | None, name: str | None
) -> None:
    assert certified_name(certificate) == name


class Own(NamedTuple):
    """Files of a client: the CA of its certificate, certificate, key; those of another CA."""

    authority: str
    cert: str
    key: str
    other_cert: str
    other_key: str


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Own:
    folder = tmp_path_factory.mktemp("external")
    root, other = Entity("Example Root", ca=True), Entity("Other Root", ca=True)
    mine = Entity(NAME, root, purposes=(CLIENT,))
    theirs = Entity(NAME, other, purposes=(CLIENT,))
    pems = (root.pem, mine.pem, mine.key_pem, theirs.pem, theirs.key_pem)
    for name, pem in zip(Own._fields, pems, strict=True):
        (folder / name).write_bytes(pem)
    return Own(*(str(folder / name) for name in Own._fields))


@asynccontextmanager
async def practising(own: Own) -> AsyncIterator[tuple[PracticeServer, list[Note]]]:
    notes: list[Note] = []
    async with PracticeServer(client_ca=own.authority, on_note=notes.append) as server:
        yield server, notes


def options(server: PracticeServer, cert: str, key: str) -> ConnectOptions:
    return ConnectOptions(
        verify=True, ca_file=str(server.ca_file), client="x", offer=TlsOffer(cert, key)
    )


@pytest.mark.real_time
async def test_a_program_logs_in_by_its_certificate(own: Own) -> None:
    async with practising(own) as (server, notes):
        target = f"[127.0.0.1]:{server.port}"
        mine = options(server, own.cert, own.key)
        async with smtpprobe.connect(target, options=mine) as session:
            await session.command("EHLO x")
            await session.starttls()
            await session.command("EHLO x")
            assert (await session.login("", "", "EXTERNAL")).reply.code == 235
    secured = next(note.text for note in notes if note.kind is NoteKind.SECURED)
    assert secured.endswith(f", client certificate of {NAME}")


SCRIPT = "EHLO x\nSTARTTLS\nEHLO x\n:auth EXTERNAL\n< 235\n"


async def ran(*words: str, server: PracticeServer, text: str = "") -> tuple[int | None, str]:
    common = ("--no-config", "--ca-file", str(server.ca_file))
    first, more = (words[:1], words[1:]) if words[0] == "send" else ((), words)
    running = await asyncio.create_subprocess_exec(
        *called(*first, *common, *more),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await running.communicate(text.encode())
    return running.returncode, out.decode()


@pytest.mark.real_time
async def test_a_script_logs_in_by_the_certificate_of_the_options(own: Own) -> None:
    async with practising(own) as (server, _notes):
        target = f"127.0.0.1:{server.port}"
        files = ("--cert", own.cert, "--key", own.key)
        code, out = await ran("--script", "-", target, *files, server=server, text=SCRIPT)
        assert code == 0, out
        code, out = await ran("--script", "-", target, server=server, text=SCRIPT)
        assert code == 1, out
        other = ("--cert", own.other_cert, "--key", own.other_key)
        code, out = await ran("--script", "-", target, *other, server=server, text=SCRIPT)
        assert code != 0, out


@pytest.mark.real_time
async def test_a_message_is_sent_with_a_login_by_certificate(own: Own) -> None:
    async with practising(own) as (server, notes):
        code, out = await ran(
            *("send", "--to", "bob@sandbox.test", "--from", "me@client.example", "--json"),
            *("--cert", own.cert, "--key", own.key, "--auth", "EXTERNAL"),
            *("--server", f"127.0.0.1:{server.submission_port}"),
            server=server,
        )  # fmt: skip
    assert code == 0, out
    assert json.loads(out)["exit"] == 0
    assert any(note.kind is NoteKind.ACCEPTED for note in notes)


@pytest.mark.real_time
async def test_a_certificate_of_another_ca_ends_the_handshake_and_is_reported(own: Own) -> None:
    async with practising(own) as (server, notes):
        theirs = options(server, own.other_cert, own.other_key)
        async with smtpprobe.connect(f"[127.0.0.1]:{server.port}", options=theirs) as session:
            await session.command("EHLO x")
            # in TLS 1.3 the client has finished by then, and learns it from the next reply
            with suppress(smtpprobe.HandshakeFailed):
                await session.starttls()
            with pytest.raises(smtpprobe.NoReply):
                await session.command("EHLO x")
    assert any(note.kind is NoteKind.NOT_SECURED for note in notes)


@pytest.mark.real_time
async def test_the_prompt_logs_in_by_the_certificate_of_the_options(own: Own) -> None:
    async with practising(own) as (server, _notes):
        mine = options(server, own.cert, own.key)
        async with staged(connect=False, options=mine) as stage:
            await stage.line(f":connect [127.0.0.1]:{server.port}", "127.0.0.1 greeted> ")
            await stage.line("EHLO x", "127.0.0.1 ehlo> ")
            await stage.line("STARTTLS", "127.0.0.1 tls greeted> ")
            await stage.line("EHLO x", "127.0.0.1 tls ehlo> ")
            stage.type(":auth EXTERNAL", ENTER)
            await stage.until("235 2.7.0 Authentication successful")


def test_a_file_of_cas_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        PracticeServer(client_ca=str(tmp_path / "none.pem"))


@pytest.mark.parametrize("more", [("--replay", "x.smtp"), ("--hostile", "mx-many")])
def test_only_the_practice_server_asks_for_certificates(more: tuple[str, ...], own: Own) -> None:
    done = subprocess.run(
        called("sandbox", "--client-ca", own.authority, *more),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--client-ca is only for the practice server" in done.stderr
