"""The practice server on real sockets: order, TLS, time, and nothing left behind."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from email.message import EmailMessage
from pathlib import Path

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.sandbox.throwaway_ca import Certificate
from tests.sandbox.dialogue import SECONDS, dialogue, trusting

PACE = 0.02


class Notes(list[Note]):
    """Everything the server told."""

    def texts(self, kind: NoteKind) -> list[str]:
        return [note.text for note in self if note.kind is kind]


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def server(notes: Notes) -> AsyncIterator[PracticeServer]:
    async with PracticeServer(on_note=notes.append, pace=PACE) as running:
        yield running


async def test_a_whole_session_is_spoken_and_told(server: PracticeServer, notes: Notes) -> None:
    async with dialogue(server.port) as talk:
        replies = await talk.ask_all(
            "EHLO me.example",
            "MAIL FROM:<me@client.example> BODY=8BITMIME RET=HDRS ENVID=1",
            "RCPT TO:<you@sandbox.test> NOTIFY=SUCCESS ORCPT=rfc822;you@sandbox.test",
            "RCPT TO:<550-5.1.1@sandbox.test>",
            "DATA",
        )
        assert [reply[:3] for reply in replies] == ["250", "250", "250", "550", "354"]
        talk.send(b"Subject: h\xc3\xa9\r\n\r\n..dot\r\n.\r\n")
        assert (await talk.reply()).startswith("250 2.0.0 Ok: queued as ")
        assert await talk.ask("QUIT") == "221 2.0.0 Bye"
        assert await talk.rest() == b""
    (accepted,) = (note.delivery for note in notes if note.delivery)
    assert accepted.text == b"Subject: h\xc3\xa9\r\n\r\n.dot\r\n"
    assert notes.texts(NoteKind.HEARD)[-1] == "QUIT"
    assert [note.kind for note in (notes[0], notes[-1])] == [NoteKind.OPENED, NoteKind.CLOSED]


async def test_pipelined_octets_in_one_segment_or_one_by_one_get_the_same_replies(
    server: PracticeServer,
) -> None:
    octets = (
        b"EHLO plain.sandbox.test\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<full@sandbox.test>"
        b"\r\nRCPT TO:<b@sandbox.test>\r\nBDAT 3\r\nabcBDAT 2 LAST\r\ndeNOOP\r\nQUIT\r\n"
    )
    heard = []
    for size in (len(octets), 1):
        async with dialogue(server.port) as talk:
            for start in range(0, len(octets), size):
                talk.send(octets[start : start + size])
                await talk.writer.drain()
            heard.append([line[:9] for line in (await talk.rest()).decode().splitlines()])
    assert heard[0] == heard[1]
    assert [line[:3] for line in heard[0]] == ["250", "250", "452", *["250"] * 4, "221"]


async def test_starttls_with_the_certificate_verified(server: PracticeServer, notes: Notes) -> None:
    async with dialogue(server.port) as talk:
        assert "STARTTLS" in await talk.ask("EHLO me")
        await talk.starttls(trusting(server.ca_file))
        assert await talk.ask("MAIL FROM:<>") == "503 5.5.1 Error: send EHLO or HELO first"
        assert "AUTH PLAIN" in await talk.ask("EHLO me")
        assert (await talk.ask("STARTTLS")).startswith("554 5.5.1")
        assert await talk.ask("QUIT") == "221 2.0.0 Bye"
        assert await talk.rest() == b""
    assert notes.texts(NoteKind.SECURED) == ["TLSv1.3 TLS_AES_256_GCM_SHA384"]


async def test_what_is_pipelined_behind_starttls_in_clear_is_thrown_away(
    server: PracticeServer, notes: Notes
) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask("EHLO me")
        talk.send(b"STARTTLS\r\nEHLO injected\r\nNOOP\r\n")
        assert (await talk.reply()).startswith("220")
        await talk.writer.start_tls(trusting(server.ca_file), server_hostname="sandbox.test")
        assert (await talk.ask("QUIT")).startswith("221")
    assert notes.texts(NoteKind.DROPPED) == ["21 octets sent in plaintext after STARTTLS"]
    assert "EHLO injected" not in notes.texts(NoteKind.HEARD)


async def test_a_handshake_that_is_none_closes_and_is_told(
    server: PracticeServer, notes: Notes
) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask("STARTTLS")
        talk.send(b"this is no ClientHello\r\n")
        await talk.rest()
    assert len(notes.texts(NoteKind.NOT_SECURED)) == 1
    async with dialogue(server.port) as talk:
        assert await talk.ask("NOOP") == "250 2.0.0 Ok"


async def test_implicit_tls_greets_inside_and_wants_a_login(server: PracticeServer) -> None:
    async with dialogue(server.smtps_port, context=trusting(server.ca_file)) as talk:
        await talk.ask("EHLO me")
        assert await talk.ask("MAIL FROM:<me@client.example>") == (
            "530 5.7.0 Authentication required"
        )
        credentials = server.credentials
        word = b64encode(f"\0{credentials.user}\0{credentials.password}".encode()).decode()
        assert (await talk.ask(f"AUTH PLAIN {word}")).startswith("235")
        assert (await talk.ask("MAIL FROM:<me@client.example>")).startswith("250")


async def test_clear_text_on_the_implicit_tls_port_is_refused(
    server: PracticeServer, notes: Notes
) -> None:
    async with dialogue(server.smtps_port, greeted=False) as talk:
        talk.send(b"EHLO me\r\n")
        await talk.rest()
    assert len(notes.texts(NoteKind.NOT_SECURED)) == 1


async def test_submission_wants_starttls_first(server: PracticeServer) -> None:
    async with dialogue(server.submission_port) as talk:
        await talk.ask("EHLO me")
        assert (await talk.ask("MAIL FROM:<>")).startswith("530 5.7.0 Must issue a STARTTLS")


async def test_lmtp_answers_once_for_each_recipient(server: PracticeServer) -> None:
    async with dialogue(server.lmtp_port) as talk:
        await talk.ask_all("LHLO me", "MAIL FROM:<>", "RCPT TO:<a@sandbox.test>")
        await talk.ask_all("RCPT TO:<afterdot-550@sandbox.test>", "DATA")
        talk.send(b"x\r\n.\r\n")
        assert (await talk.reply()).startswith("250 2.0.0 <a@sandbox.test> Ok")
        assert (await talk.reply()).startswith("550 ")


async def test_credentials_are_masked_in_notes(server: PracticeServer, notes: Notes) -> None:
    word = b64encode(b"\0probe@sandbox.test\0practice").decode()
    async with dialogue(server.smtps_port, context=trusting(server.ca_file)) as talk:
        await talk.ask_all("EHLO me", "AUTH PLAIN", "AAAA", f"AUTH PLAIN {word}")
    heard = notes.texts(NoteKind.HEARD)
    assert heard[1:] == ["AUTH PLAIN", "********", "AUTH PLAIN ********"]


@pytest.mark.parametrize(
    ("recipient", "last"),
    [("hangup", b""), ("busy", b"421 4.3.2"), ("421-4.7.0", b"421 4.7.0")],
)
async def test_a_recipient_that_closes_closes(
    server: PracticeServer, recipient: str, last: bytes
) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask_all("EHLO me", "MAIL FROM:<>")
        talk.send(f"RCPT TO:<{recipient}@sandbox.test>\r\n".encode())
        assert (await talk.rest()).startswith(last)


async def test_slow_and_drip_take_their_time(server: PracticeServer) -> None:
    loop = asyncio.get_running_loop()
    async with dialogue(server.port) as talk:
        await talk.ask_all("EHLO me", "MAIL FROM:<>")
        for name, seconds in (("slow", 3.0), ("drip", 14 * 0.1)):
            began = loop.time()
            assert await talk.ask(f"RCPT TO:<{name}@sandbox.test>") == "250 2.1.5 Ok"
            assert loop.time() - began == pytest.approx(seconds * PACE, rel=0.5)


async def test_later421_says_421_to_an_idle_client_and_closes(server: PracticeServer) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask_all("EHLO me", "MAIL FROM:<>", "RCPT TO:<later421@sandbox.test>")
        assert await talk.rest() == b"421 4.4.2 sandbox.test Error: timeout exceeded\r\n"


async def test_twice_says_one_reply_too_many(server: PracticeServer) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask_all("EHLO me", "MAIL FROM:<>")
        assert await talk.ask("RCPT TO:<twice@sandbox.test>") == "250 2.1.5 Ok"
        assert await talk.reply() == "250 2.0.0 this reply answers nothing"


async def test_silent_says_nothing_and_the_next_command_is_answered(
    server: PracticeServer,
) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask_all("EHLO me", "MAIL FROM:<>")
        talk.send(b"RCPT TO:<silent@sandbox.test>\r\n")
        assert await talk.ask("QUIT") == "221 2.0.0 Bye"


@pytest.mark.parametrize(
    ("recipient", "octets"),
    [
        ("malformed", b"550-5.1.1 this line ends with LF only\n451-"),
        ("escape", b"550 5.7.1 \x1b]0;title\x07\x1b[2J"),
        ("garbage", b"\x00\x01\xff\xfe HTTP/1.1"),
        ("bare", b"250\r\n"),
        ("long", b"550 5.7.1 long long"),
    ],
)
async def test_broken_replies_are_broken_octet_for_octet(
    server: PracticeServer, recipient: str, octets: bytes
) -> None:
    async with dialogue(server.port) as talk:
        await talk.ask_all("EHLO me", "MAIL FROM:<>")
        talk.send(f"RCPT TO:<{recipient}@sandbox.test>\r\nQUIT\r\n".encode())
        rest = await talk.rest()
        assert rest.startswith(octets)
        assert rest.endswith(b"\r\n221 2.0.0 Bye\r\n")


async def test_the_greylist_is_shared_between_connections(server: PracticeServer) -> None:
    replies = []
    for pause in (5 * PACE + 0.05, 0.0):
        async with dialogue(server.port) as talk:
            await talk.ask_all("EHLO me", "MAIL FROM:<a@client.example>")
            replies.append(await talk.ask("RCPT TO:<greylist@sandbox.test>"))
        await asyncio.sleep(pause)  # what is tested is the time itself
    assert [reply[:9] for reply in replies] == ["450 4.2.0", "250 2.1.5"]


async def test_an_idle_client_gets_421() -> None:
    async with PracticeServer(idle_seconds=0.05) as server, dialogue(server.port) as talk:
        assert (await talk.rest()).startswith(b"421 4.4.2")


async def test_a_client_that_closes_its_side_is_answered_to_the_end(
    server: PracticeServer,
) -> None:
    async with dialogue(server.port) as talk:
        talk.send(b"EHLO plain.sandbox.test\r\nNOOP\r\nincompl")
        talk.writer.write_eof()
        assert await talk.rest() == b"250 sandbox.test\r\n250 2.0.0 Ok\r\n"


async def test_a_client_that_reads_nothing_holds_up_only_itself(server: PracticeServer) -> None:
    async with dialogue(server.port) as deaf, dialogue(server.port) as talk:
        deaf.reader._transport.pause_reading()  # type: ignore[attr-defined]
        deaf.send(b"HELP\r\n" * 5000)
        assert await talk.ask("NOOP") == "250 2.0.0 Ok"


async def test_a_client_that_never_reads_is_given_up(notes: Notes) -> None:
    closed = asyncio.Event()

    def note(told: Note) -> None:
        notes.append(told)
        if told.kind is NoteKind.CLOSED:
            closed.set()

    server = PracticeServer(idle_seconds=0.1, on_note=note)
    async with server, AsyncExitStack() as clients:
        deaf = await clients.enter_async_context(dialogue(server.port))
        deaf.reader._transport.pause_reading()  # type: ignore[attr-defined]
        deaf.send(b"HELP\r\n" * 20_000)
        async with asyncio.timeout(SECONDS):
            await closed.wait()
    assert len(notes.texts(NoteKind.SAID)) < 20_000


async def test_more_clients_than_allowed_are_turned_away(
    server: PracticeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smtpprobe.sandbox.server.CONNECTION_LIMIT", 1)
    async with dialogue(server.port) as talk:
        async with dialogue(server.port, greeted=False) as surplus:
            assert await surplus.rest() == (
                b"421 4.7.0 sandbox.test Error: too many connections\r\n"
            )
        async with dialogue(server.smtps_port, greeted=False) as surplus:
            assert await surplus.rest() == b""
        assert await talk.ask("NOOP") == "250 2.0.0 Ok"


async def test_ending_the_server_says_421_to_everybody_and_leaves_nothing() -> None:
    before = asyncio.all_tasks()
    async with AsyncExitStack() as clients:
        async with PracticeServer() as server:
            clear, secure, shaking = [
                await clients.enter_async_context(dialogue(server.port)) for _ in range(3)
            ]
            await secure.starttls(trusting(server.ca_file))
            await shaking.ask("STARTTLS")
            assert server.ca_file.parent.stat().st_mode & 0o777 == 0o700
        for talk in (clear, secure):
            assert (await talk.rest()).startswith(b"421 4.3.2 sandbox.test")
        assert await shaking.rest() == b""
    assert asyncio.all_tasks() == before
    assert not server.ca_file.parent.exists()
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", server.port)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "mail.example", ""])
def test_only_loopback_is_listened_on(host: str) -> None:
    with pytest.raises(UsageError, match="loopback"):
        PracticeServer(host)


async def test_a_port_that_is_taken_is_a_usage_error_and_leaves_nothing(
    server: PracticeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for port in (server.port, 70000):
        with pytest.raises(UsageError, match=f"port {port}"):
            async with PracticeServer(lmtp_port=port):
                pass
    assert left_in(tmp_path) == []


async def test_it_listens_on_ipv6_loopback_too() -> None:
    async with PracticeServer("::1") as server:
        reader, writer = await asyncio.open_connection("::1", server.port)
        assert (await reader.readline()).startswith(b"220 ")
        writer.close()
        await writer.wait_closed()


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (Certificate.EXPIRED, 10),
        (Certificate.WRONG_NAME, 62),
        (Certificate.SELF_SIGNED, 18),
        (Certificate.UNTRUSTED, 20),
    ],
)
async def test_a_bad_certificate_fails_for_its_own_reason(kind: Certificate, code: int) -> None:
    async with PracticeServer(certificate=kind) as server:
        with pytest.raises(ssl.SSLCertVerificationError) as failure:
            async with dialogue(server.smtps_port, context=trusting(server.ca_file)):
                pass
    assert failure.value.verify_code == code


async def test_smtplib_delivers_through_starttls_with_every_mechanism(
    server: PracticeServer, notes: Notes
) -> None:
    message = EmailMessage()
    message["Subject"], message["From"] = "practice", "me@client.example"
    message["To"] = "you@other.example"
    message.set_content(".dots\n..first\n")

    def deliver(mechanism: str) -> None:
        with smtplib.SMTP(server.host, server.submission_port, timeout=60) as client:
            client.starttls(context=trusting(server.ca_file))
            client.ehlo()
            client.esmtp_features["auth"] = mechanism
            client.login(server.credentials.user, server.credentials.password)
            assert client.send_message(message) == {}

    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
        await asyncio.to_thread(deliver, mechanism)
    texts = [note.delivery.text for note in notes if note.delivery]
    assert len(texts) == 3
    assert all(text.endswith(b"\r\n\r\n.dots\r\n..first\r\n") for text in texts)
