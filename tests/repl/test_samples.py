"""The sample sessions of the documentation, in a real terminal against a real Postfix."""

from __future__ import annotations

from pathlib import Path

from tests.repl.pty_stage import program
from tests.repl.test_pty import NAME, entered
from tests.servers.postfix import Postfix

HELLO = "EHLO probe.example.org"


async def test_a_refused_recipient(postfix: Postfix, tmp_path: Path) -> None:
    target = f"localhost:{postfix.ports.smtp}"
    async with program(tmp_path, target, *NAME, columns=1000) as pty:
        await pty.until_prompt("localhost greeted> ")
        await entered(pty, (HELLO, "localhost ehlo> "))
        await entered(pty, ("MAIL FROM:<me@example.org>", "localhost mail> "))
        await pty.line("RCPT TO:<bob@other.example>", "# 554 5.7.1 ! permanent: this server does")
        await pty.until_prompt("localhost mail> ")
        saved = tmp_path / "relay.smtp"
        await pty.line(f":save {saved}", "3 sends, 4 expectations")
        await entered(pty, ("QUIT", "offline> "))
        await pty.until("# 221 2.0.0 closed by agreement; 4 commands, 1 refusal")
        assert "220 ready: Postfix speaks ESMTP" in pty.text
        assert "RCPT TO:<bob@other.example>\n< 554 5.7.1" in saved.read_text()


async def test_starttls_a_wrong_password_and_a_login_given_up(
    submission: Postfix, tmp_path: Path
) -> None:
    target = f"localhost:{submission.ports.submission}"
    async with program(tmp_path, target, *NAME) as pty:
        await pty.until_prompt("localhost greeted> ")
        await entered(pty, (HELLO, "localhost ehlo> "))
        await pty.line("AUTH PLAIN", "# next: STARTTLS, then EHLO again")
        await entered(pty, ("STARTTLS", "localhost tls greeted> "))
        await pty.until("# 220 2.0.0 handshake: TLS 1.3")
        await entered(pty, (HELLO, "localhost tls ehlo> "))
        await pty.until("offered:")
        pty.type(":auth PLAIN bob\r")
        await pty.until_prompt("password: ")
        await pty.line("not the password", "AUTH PLAIN ********")
        await pty.until("# 535 5.7.8 ! user name or password wrong")
        await entered(pty, ("AUTH LOGIN", "334| "))
        await pty.until('# 334 challenge, decoded: "Username:"')
        await pty.line("*", "cancelled as you asked")
        assert b"not the password" not in pty.octets


async def test_the_server_closes_while_a_line_is_typed(postfix: Postfix, tmp_path: Path) -> None:
    target = f"localhost:{postfix.ports.impatient}"
    async with program(tmp_path, target, *NAME) as pty:
        await pty.until_prompt("localhost greeted> ")
        await entered(
            pty,
            (HELLO, "localhost ehlo> "),
            ("MAIL FROM:<me@example.org>", "localhost mail> "),
            ("RCPT TO:<bob@lab.test>", "localhost rcpt:1> "),
            ("DATA", "data 1| "),
            ("Subject: hello", "data 2| "),
            ("", "data 3| "),
            ("text", "data 4| "),
            (".", "localhost ehlo> "),
        )
        await pty.until("the message is now the server's responsibility; queue id")
        pty.type("MAIL FROM:<me@exa")
        await pty.until("421 4.4.2")
        await pty.until("nothing was sent for too long")
        await pty.until_prompt("offline> MAIL FROM:<me@exa")
        await pty.until("# not sent: MAIL FROM:<me@exa")
