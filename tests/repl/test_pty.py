"""The installed program in a real terminal: the main paths, and what only a terminal shows."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from smtpprobe.sandbox.faults import Close, Flood, Hang, Hear, Say, serve
from tests.repl.pty_stage import PROGRAM, Pty, program
from tests.repl.stage import DOT, EHLO, GREETING, LISTEN, QUIT, TO_DATA

pytestmark = pytest.mark.real_time

CTRL_C, CTRL_D, CTRL_BRACKET, RIGHT = "\x03", "\x04", "\x1d", "\x1b[C"
TAB, ESCAPE = "\t", "\x1b"
COLOUR = re.compile(rb"\x1b\[[0-9;]*(?:3[0-7]|9[0-7]|38;[25])[0-9;]*m")
NAME = ("--client", "probe.example.org")
TALK = (
    ("EHLO probe.example.org", "127.0.0.1 ehlo> "),
    ("MAIL FROM:<me@example.org>", "127.0.0.1 mail> "),
    ("RCPT TO:<bob@sandbox.test>", "127.0.0.1 rcpt:1> "),
    ("DATA", "data 1| "),
    ("Subject: hello", "data 2| "),
    ("", "data 3| "),
    ("text", "data 4| "),
    (".", "127.0.0.1 ehlo> "),
)


async def entered(pty: Pty, *lines: tuple[str, str]) -> None:
    """Enter lines, each after the prompt that the one before led to."""
    for text, prompt in lines:
        pty.type(text, "\r")
        await pty.until_prompt(prompt)


async def test_a_first_delivery_on_the_practice_server(tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        assert "practice server on 127.0.0.1:" in pty.text
        assert ":quit leaves" in pty.text
        assert "try HELP" in pty.text
        await entered(pty, *TALK)
        await pty.until("# 250 2.0.0 accepted: the message is now the server's responsibility")
        pty.type(CTRL_D)
        assert await pty.exit_code() == 0
        assert "127.0.0.1 ehlo> QUIT" in pty.text
        assert pty.canonical


async def test_the_grey_text_leads_through_a_delivery_on_the_practice_server(
    tmp_path: Path,
) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> EHLO")
        for prompt in ("127.0.0.1 ehlo> STARTTLS", "127.0.0.1 tls greeted> EHLO"):
            pty.type(RIGHT, "\r")
            await pty.until_prompt(prompt)
        pty.type(RIGHT, "\r")
        await pty.until_prompt("127.0.0.1 tls ehlo> MAIL FROM:<you@domain>")
        pty.type(RIGHT, "\r")
        await pty.until("# nothing sent: an address belongs between < and >")
        pty.type("me@example.org\r")
        await pty.until_prompt("127.0.0.1 tls mail> RCPT")
        for prompt in ("tls rcpt:1> DATA", "data 1| "):
            pty.type(RIGHT, "\r")
            await pty.until_prompt(prompt if prompt == "data 1| " else f"127.0.0.1 {prompt}")
        assert "RCPT TO:<postmaster@sandbox.test>" in pty.text


async def test_tab_names_the_null_sender_and_escape_closes_the_menu(tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> EHLO")
        await entered(pty, TALK[0])
        pty.type("MAIL", TAB)
        await pty.until_prompt("127.0.0.1 ehlo> MAIL FROM:<you@domain>")
        pty.type(TAB)
        await pty.until("null sender ")
        pty.type(ESCAPE)
        await pty.until_prompt("127.0.0.1 ehlo> MAIL FROM:<")
        pty.type("x@y.example>\r")
        await pty.until_prompt("127.0.0.1 mail> ")
        assert "MAIL FROM:<x@y.example>" in pty.text


async def test_starttls_and_a_login_asked_for_unseen(tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        await entered(pty, TALK[0], ("STARTTLS", "127.0.0.1 tls greeted> "))
        await pty.until("handshake: TLS 1.3")
        await pty.until("chain trusted")
        await entered(pty, (TALK[0][0], "127.0.0.1 tls ehlo> "))
        pty.type(":auth PLAIN bob\r")
        await pty.until_prompt("password: ")
        await pty.line("tanstaafl", "535 5.7.8")
        assert "AUTH PLAIN ********" in pty.text
        assert b"tanstaafl" not in pty.octets


async def test_a_421_while_typing_keeps_line_and_cursor(tmp_path: Path) -> None:
    last = Say(b"421 4.4.2 timeout exceeded\r\n")
    async with (
        serve((GREETING, *EHLO, Hear(b"go"), last, Close())) as server,
        program(tmp_path, f"127.0.0.1:{server.port}", *NAME) as pty,
    ):
        await pty.until_prompt("127.0.0.1 greeted> ")
        await entered(pty, TALK[0])
        pty.type("> go\rMAIL FROM:<me@exa")
        await pty.until("421 4.4.2 timeout exceeded")
        await pty.until_prompt("offline> MAIL FROM:<me@exa")
        assert pty.screen.cursor.x == len("offline> MAIL FROM:<me@exa")


async def test_a_paste_of_two_hundred_lines_arrives_octet_for_octet(tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(200)]
    async with (
        serve((*TO_DATA, *DOT, Hang())) as server,
        program(tmp_path, f"127.0.0.1:{server.port}", *NAME) as pty,
    ):
        await pty.until_prompt("127.0.0.1 greeted> ")
        await entered(pty, *TALK[:4])
        pty.paste("\r".join((*lines, ".", "")))
        await pty.until("the paste ends the message: send it? [y]es [n]o")
        pty.type("y")
        await pty.until("250 2.0.0 queued")
        sent = b"".join(server.heard[4:])
        assert sent == "".join(f"{line}\r\n" for line in (*lines, ".")).encode()


async def test_an_unmarked_paste_of_two_hundred_lines_arrives_too(tmp_path: Path) -> None:
    lines = [f"line {number}" for number in range(200)]
    talk = [text for text, _ in TALK[:4]]
    async with (
        serve((*TO_DATA, *DOT, Hang())) as server,
        program(tmp_path, f"127.0.0.1:{server.port}", *NAME) as pty,
    ):
        await pty.until_prompt("127.0.0.1 greeted> ")
        pty.type("\r".join((*talk, *lines, ".", "")))
        await pty.until("250 2.0.0 queued")
        sent = b"".join(server.heard)
        assert sent == "".join(f"{line}\r\n" for line in (*talk, *lines, ".")).encode()


async def test_ctrl_c_while_connecting_and_during_a_handshake(tmp_path: Path) -> None:
    shaking = (GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), Hang())
    async with (
        serve((Hang(),), shaking) as server,
        program(tmp_path, f"127.0.0.1:{server.port}", *NAME) as pty,
    ):
        await pty.until_prompt("127.0.0.1 greeting\u2026> ")
        pty.type(CTRL_C)
        await pty.until("# stopped connecting")
        await entered(pty, (":connect", "127.0.0.1 greeted> "))
        await entered(pty, ("STARTTLS", "127.0.0.1 handshake\u2026> "))
        pty.type(CTRL_C)
        await pty.until("the connection cannot continue")
        await pty.until_prompt("offline> ")
        pty.type(CTRL_D)
        assert await pty.exit_code() == 0


async def test_a_command_inside_a_message_gives_the_line_back(tmp_path: Path) -> None:
    async with (
        serve((*TO_DATA, LISTEN)) as server,
        program(tmp_path, f"127.0.0.1:{server.port}", *NAME) as pty,
    ):
        await pty.until_prompt("127.0.0.1 greeted> ")
        await entered(pty, *TALK[:4])
        pty.type("half a line", CTRL_BRACKET)
        await pty.until_prompt("local :")
        await pty.line("state", "recipient: <bob@sandbox.test>")
        await pty.until_prompt("data 1| half a line")


async def test_ctrl_d_sends_a_visible_quit_that_the_transcript_holds(tmp_path: Path) -> None:
    record = tmp_path / "t.smtp"
    async with serve((GREETING, *QUIT, Close())) as server:
        words = (f"127.0.0.1:{server.port}", *NAME, "--transcript", str(record))
        async with program(tmp_path, *words) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            pty.type(CTRL_D)
            assert await pty.exit_code() == 0
            assert server.heard == [b"QUIT\r\n"]
            assert "\nQUIT\n" in record.read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_signals_end_the_program_and_put_the_terminal_right(
    number: signal.Signals, tmp_path: Path
) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        assert not pty.canonical
        pty.child.kill(number)
        assert await pty.exit_code() == 143
        assert pty.octets.rfind(b"\x1b[?2004l") > pty.octets.rfind(b"\x1b[?2004h")
        assert pty.octets.rfind(b"\x1b[?25h") >= pty.octets.rfind(b"\x1b[?25l")


async def test_an_unreachable_target_ends_with_4(tmp_path: Path) -> None:
    async with serve() as server:
        port = server.port
    async with program(tmp_path, f"127.0.0.1:{port}", *NAME) as pty:
        await pty.until("connection refused")
        await pty.until_prompt("offline> ")
        pty.type(CTRL_D)
        assert await pty.exit_code() == 4


async def test_no_color_means_no_colours(tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME, NO_COLOR="1") as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        await entered(pty, TALK[0])
        assert not COLOUR.search(pty.octets)


async def test_colours_are_there_without_it(tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        assert COLOUR.search(pty.octets)


@pytest.mark.parametrize("columns", [40, 20])
async def test_a_narrow_terminal_serves_from_greeting_to_quit(columns: int, tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME, columns=columns) as pty:
        await pty.until_prompt("greeted> ")
        for text, prompt in TALK[:4]:
            pty.type(text, "\r")
            await pty.until_prompt(prompt.removeprefix("127.0.0.1 "))
        await entered(pty, (".", "ehlo> "))
        pty.type("QUIT\r")
        await pty.until_prompt("offline> ")


async def test_a_resize_while_typing_keeps_the_line(tmp_path: Path) -> None:
    async with program(tmp_path, "--sandbox", *NAME) as pty:
        await pty.until_prompt("127.0.0.1 greeted> ")
        pty.type("NOOP and more")
        await pty.until_prompt("127.0.0.1 greeted> NOOP and more")
        pty.resize(40)
        await pty.until_prompt("greeted> NOOP and more")
        pty.type("\r")
        await pty.until("250 2.0.0")


async def test_suspended_and_resumed_the_connection_is_still_there(tmp_path: Path) -> None:
    async with program(tmp_path, "--norc", "-i", command="/bin/bash") as pty:
        pty.type(f"{PROGRAM} --sandbox {' '.join(NAME)}\r")
        await pty.until_prompt("127.0.0.1 greeted> ")
        pty.type("\x1a")
        await pty.until("Stopped")
        pty.type("fg\r")
        await pty.until_prompt("127.0.0.1 greeted> ")
        await entered(pty, TALK[0])
        pty.type(CTRL_D)
        await pty.until("221 2.0.0")
        pty.type("exit\r")
        assert await pty.exit_code() == 0


async def test_an_endless_reply_leaves_keys_and_memory_alone(tmp_path: Path) -> None:
    async with (
        serve((GREETING, Hear(b"HELP"), Flood(b"214-for ever\r\n"))) as server,
        program(tmp_path, f"127.0.0.1:{server.port}", *NAME) as pty,
    ):
        await pty.until_prompt("127.0.0.1 greeted> ")
        pty.type("HELP\r")
        await pty.until("more lines of this piece not shown")
        pty.type(CTRL_BRACKET, "close\r")
        await pty.until_prompt("offline> ")
        assert pty.peak_memory < 250_000_000


class TestPlain:
    """The plain prompt: one line in, lines out."""

    @pytest.mark.parametrize(("words", "term"), [(("--plain",), "xterm"), ((), "dumb")])
    async def test_serves_with_no_cursor_movement(
        self, words: tuple[str, ...], term: str, tmp_path: Path
    ) -> None:
        sandbox = ("--sandbox", *NAME, "--color", "never", *words)
        async with program(tmp_path, *sandbox, TERM=term) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            await entered(pty, *TALK)
            pty.type(CTRL_D)
            assert await pty.exit_code() == 0
            assert "127.0.0.1 ehlo> QUIT" in pty.text
            assert b"\x1b" not in pty.octets

    async def test_speaks_of_no_keys_that_it_has_not(self, tmp_path: Path) -> None:
        async with program(tmp_path, "--sandbox", "--plain", *NAME) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            await pty.line(":help", ":help RCPT, :help 450")
            await pty.line("", "# nothing sent; :next lists what fits here")
            for word in ("Tab", "arrow", "F1", "F2"):
                assert word not in pty.text

    async def test_takes_a_command_inside_a_message_behind_ctrl_bracket(
        self, tmp_path: Path
    ) -> None:
        async with program(tmp_path, "--sandbox", "--plain", *NAME) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            await entered(pty, *TALK[:4])
            await pty.line(f"{CTRL_BRACKET}state", "recipient: <bob@sandbox.test>")
            await pty.line(f"{CTRL_BRACKET}:close", "closed in the middle of the message")
            await pty.until_prompt("offline> ")

    async def test_folds_nothing_where_its_output_goes_to_a_file(self, tmp_path: Path) -> None:
        out = tmp_path / "out"
        line = f"{PROGRAM} --sandbox {' '.join(NAME)} >{out}"
        async with program(tmp_path, "-c", line, command="/bin/sh") as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            await entered(pty, TALK[0])
            pty.type(CTRL_D)
            assert await pty.exit_code() == 0
        assert (
            "# 250 hello accepted; 13 extensions: messages up to 10 MiB, STARTTLS offered, no AUTH"
            in (out.read_text())
        )

    @pytest.mark.parametrize("words", [("--plain",), ()])
    async def test_a_locale_without_utf_8_gets_ascii(
        self, words: tuple[str, ...], tmp_path: Path
    ) -> None:
        async with program(tmp_path, "--sandbox", *words, *NAME, LC_ALL="C") as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            await pty.line(":echo gr\u00fc\u00dfe", "gr")
            await pty.line("NOOP", "# 250 2.0.0")
            shown = bytes(pty.octets).replace("gr\u00fc\u00dfe".encode(), b"")
            assert shown.isascii()

    async def test_shows_no_secret(self, tmp_path: Path) -> None:
        async with program(tmp_path, "--sandbox", "--plain", *NAME) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            await pty.line("AUTH PLAIN c2VjcmV0", "# not sent: it would stay on the screen")
            await entered(
                pty, TALK[0], ("STARTTLS", "127.0.0.1 tls greeted> "),
                (TALK[0][0], "127.0.0.1 tls ehlo> "),
            )  # fmt: skip
            pty.type(":auth LOGIN bob\r")
            await pty.until_prompt("password: ")
            await pty.line("tanstaafl", "535 5.7.8")
            await entered(pty, ("AUTH LOGIN", "334| "), ("Ym9i", "334| "), ("*", "127.0.0.1 tls"))
            assert b"tanstaafl" not in pty.octets
            assert b"Ym9i" not in pty.octets

    async def test_shows_what_comes_unasked_on_a_line_of_its_own(self, tmp_path: Path) -> None:
        last = Say(b"421 4.4.2 timeout exceeded\r\n")
        async with (
            serve((GREETING, Hear(b"go"), last, Close())) as server,
            program(tmp_path, f"127.0.0.1:{server.port}", "--plain", *NAME) as pty,
        ):
            await pty.until_prompt("127.0.0.1 greeted> ")
            pty.type("> go\r")
            await pty.until("\n421 4.4.2 timeout exceeded")
            await pty.until_prompt("offline> ")

    async def test_ctrl_c_stops_waiting_and_leaves_when_offline(self, tmp_path: Path) -> None:
        async with (
            serve((GREETING, Hear(b"EHLO"), Hang())) as server,
            program(tmp_path, f"127.0.0.1:{server.port}", "--plain", *NAME) as pty,
        ):
            await pty.until_prompt("127.0.0.1 greeted> ")
            pty.type("EHLO me\r")
            await server.until_heard(b"EHLO")
            pty.type(CTRL_C)
            await pty.until("# stopped waiting")
            pty.type(":close\r")
            await pty.until_prompt("offline> ")
            pty.type(CTRL_C)
            await pty.until("press Ctrl-C again")
            pty.type(CTRL_C)
            assert await pty.exit_code() == 0

    async def test_does_not_bring_the_toolkit_in(self, tmp_path: Path) -> None:
        probe = tmp_path / "sitecustomize.py"
        seen = tmp_path / "seen"
        probe.write_text(
            "import atexit, sys\n"
            "atexit.register(lambda: open("
            f"{str(seen)!r}, 'w').write(str('prompt_toolkit' in sys.modules)))\n"
        )
        async with program(
            tmp_path, "--sandbox", "--plain", *NAME, PYTHONPATH=str(tmp_path)
        ) as pty:
            await pty.until_prompt("127.0.0.1 greeted> ")
            pty.type(CTRL_D)
            assert await pty.exit_code() == 0
        assert seen.read_text() == "False"
