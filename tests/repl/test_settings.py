"""`:set` takes effect from the next thing on that it is about, whatever the setting."""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.protocol.transport.tls_offer import EVERYTHING
from smtpprobe.repl.commands.settings import AT_START_ONLY
from smtpprobe.sandbox.faults import Hang, Hear, Say, Script, StartTls
from smtpprobe.settings.settings import KEYS
from tests.net.stage import authority, server_side
from tests.repl.stage import CTRL_D, EHLO, ENTER, GREETING, LISTEN, MAIL, Stage, staged

Effect = Callable[[Stage, Path], Awaitable[None]]

GREEN = re.compile(r"\x1b\[[0-9;]*\b32m")
UNTRUSTED: Script = (GREETING, *EHLO, Hear(b"STARTTLS"), Say(b"220 go\r\n"),
                     StartTls(server_side("mx.example")), Hang())  # fmt: skip
NO_HANDSHAKE: Script = (GREETING, *EHLO, Hear(b"STARTTLS"), Say(b"220 go\r\n"), Hang())


def script(path: Path, line: str) -> None:
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


async def starttls(stage: Stage, told: str) -> None:
    """Type EHLO and STARTTLS; wait until something is told of the handshake."""
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    stage.type("STARTTLS", ENTER)
    await stage.until(told)


async def client(stage: Stage, _path: Path) -> None:
    await stage.until_prompt("127.0.0.1 greeted> EHLO other.example")
    stage.type(":connect", ENTER)
    await stage.until_true(lambda: stage.server.connections == 2, "a second connection")
    await stage.until("# next: EHLO other.example")


async def tls_verify(stage: Stage, _path: Path) -> None:
    await starttls(stage, "handshake failed")


async def handshake_timeout(stage: Stage, _path: Path) -> None:
    await starttls(stage, "not finished within 0.2s")


async def greeting_timeout(stage: Stage, _path: Path) -> None:
    stage.type(":connect", ENTER)
    await stage.until("no greeting within 0.2s")


async def ca_file(stage: Stage, _path: Path) -> None:
    await starttls(stage, "chain trusted")


async def sni(stage: Stage, _path: Path) -> None:
    await starttls(stage, "wanted other.example")


async def resolver(stage: Stage, _path: Path) -> None:
    stage.type(":connect example.org", ENTER)
    await stage.until("127.0.0.1:9")


async def connect_timeout(stage: Stage, _path: Path) -> None:
    """A backlog that is full answers no SYN."""
    with socket.socket() as full, socket.socket() as waiting, socket.socket() as more:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for one in (waiting, more):
            one.settimeout(0)
            one.connect_ex(full.getsockname())
        stage.type(f":connect [127.0.0.1]:{full.getsockname()[1]}", ENTER)
        await stage.until("no answer within 0.2s")


async def annotate(stage: Stage, _path: Path) -> None:
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    assert "hello accepted" not in stage.text


async def hints(stage: Stage, _path: Path) -> None:
    stage.type("RCPT TO:<a@b.example>", ENTER)
    await stage.until("# out of order: 503 expected")


async def toolbar(stage: Stage, _path: Path) -> None:
    await stage.until_true(lambda: "next:" not in stage.lines[-1], "no toolbar")


async def ghost(stage: Stage, _path: Path) -> None:
    await stage.until_true(lambda: stage.prompt_line.rstrip() == "127.0.0.1 greeted>", "no ghost")


async def theme(stage: Stage, _path: Path) -> None:
    stage.octets.clear()
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    assert not GREEN.search("".join(stage.octets))


async def test_the_theme_of_the_beginning_shows_a_good_reply_in_green() -> None:
    async with staged(TALK) as stage:
        await stage.line("EHLO me", "127.0.0.1 ehlo> ")
        assert GREEN.search("".join(stage.octets))


async def prompt(stage: Stage, _path: Path) -> None:
    await stage.until_prompt("at greeted: ")


async def on_eof(stage: Stage, _path: Path) -> None:
    stage.type(CTRL_D)
    assert await stage.ended() is ExitStatus.OK
    assert stage.server.heard == []


async def lockstep(stage: Stage, _path: Path) -> None:
    stage.type("EHLO me", ENTER, "MAIL FROM:<a@b.example>", ENTER)
    await stage.server.until_heard(b"MAIL")


async def history_ignore_space(stage: Stage, _path: Path) -> None:
    stage.type(" EHLO me", ENTER)
    await stage.server.until_heard(b" EHLO")
    assert " EHLO me" in stage.face.kept.lines


async def show_secrets(stage: Stage, _path: Path) -> None:
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    stage.type("AUTH PLAIN AGJvYgB4eHh4", ENTER)
    await stage.server.until_heard(b"AUTH")
    await stage.until("AUTH PLAIN AGJvYgB4eHh4")


async def paste_confirm(stage: Stage, _path: Path) -> None:
    stage.paste("NOOP\n" * 3)
    await stage.until("send 3 lines? [y]es [e]dit [d]rop")


async def editor(stage: Stage, path: Path) -> None:
    script(path, "printf 'EHLO me\\n' > \"$1\"")
    await stage.line(":edit", "127.0.0.1 ehlo> ")


async def bell(stage: Stage, _path: Path) -> None:
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    stage.octets.clear()
    stage.type("MAIL FROM:<a@b.example>", ENTER)
    await stage.until("550 no")
    assert "\a" in "".join(stage.octets)


async def replies(stage: Stage, _path: Path) -> None:
    await stage.line("EHLO me", "127.0.0.1 ehlo> ")
    stage.type("MAIL FROM:<a@b.example>", ENTER)
    await stage.until("own: unpaid bill")
    use(())


TALK: Script = (GREETING, *EHLO, *MAIL, Hang())
OWN = '[[reply]]\ntext = "no"\ncode = 550\ncause = "policy"\nmeaning = "unpaid bill"\n'
REFUSED: Script = (GREETING, *EHLO, Hear(b"MAIL"), Say(b"550 no\r\n"), Hang())
ALONE: Script = (GREETING, LISTEN)


async def offered(stage: Stage, _path: Path) -> None:
    """What is brought to handshakes goes with the next one."""
    assert stage.face.session is not None
    assert stage.face.session.client.options.offer != EVERYTHING


async def through_proxy(stage: Stage, _path: Path) -> None:
    stage.type(":connect", ENTER)
    await stage.until("the proxy failed")


async def announced(stage: Stage, _path: Path) -> None:
    stage.type(":connect", ENTER)
    await stage.until("sent first: PROXY v1 192.0.2.1")


EFFECTS: dict[str, tuple[str, Effect, tuple[Script, ...]]] = {
    "client": ("other.example", client, (ALONE, ALONE)),
    "tls_verify": ("on", tls_verify, (UNTRUSTED,)),
    "ca_file": ("{path}", ca_file, (UNTRUSTED,)),
    "sni": ("other.example", sni, (UNTRUSTED,)),
    "cert": ("{path}", offered, (ALONE,)),
    "key": ("{path}", offered, (ALONE,)),
    "tls_min": ("1.3", offered, (ALONE,)),
    "tls_max": ("1.2", offered, (ALONE,)),
    "ciphers": ("ECDHE", offered, (ALONE,)),
    "groups": ("secp256r1", offered, (ALONE,)),
    "proxy": ("http://127.0.0.1:9", through_proxy, (ALONE,)),
    "proxy_protocol": ("v1 192.0.2.1", announced, (ALONE, ALONE)),
    "resolver": ("127.0.0.1:9", resolver, (ALONE,)),
    "connect_timeout": ("200ms", connect_timeout, (ALONE,)),
    "handshake_timeout": ("200ms", handshake_timeout, (NO_HANDSHAKE,)),
    "greeting_timeout": ("200ms", greeting_timeout, (ALONE, (Hang(),))),
    "annotate": ("off", annotate, (TALK,)),
    "replies": ("{path}.toml", replies, (REFUSED,)),
    "hints": ("line", hints, (TALK,)),
    "toolbar": ("off", toolbar, (ALONE,)),
    "ghost": ("off", ghost, (ALONE,)),
    "theme": ("mono", theme, (TALK,)),
    "prompt": ("at {state}:", prompt, (ALONE,)),
    "on_eof": ("close", on_eof, (ALONE,)),
    "lockstep": ("off", lockstep, (ALONE,)),
    "history_ignore_space": ("off", history_ignore_space, (ALONE,)),
    "show_secrets": ("on", show_secrets, ((GREETING, *EHLO, LISTEN),)),
    "paste_confirm": ("2", paste_confirm, (ALONE,)),
    "editor": ("{path}", editor, (TALK,)),
    "bell": ("on", bell, (REFUSED,)),
}


@pytest.mark.parametrize(("name", "row"), EFFECTS.items(), ids=EFFECTS)
async def test_a_setting_takes_effect_at_once(
    name: str, row: tuple[str, Effect, tuple[Script, ...]], tmp_path: Path
) -> None:
    value, effect, scripts = row
    path = tmp_path / "x"
    authority().cert_pem.write_to_path(str(path))
    path.with_suffix(".toml").write_text(OWN)
    given = ConnectOptions(client="probe.example.org")
    async with staged(*scripts, options=given) as stage:
        stage.type(f":set {name} {value.format(path=path, state='{state}')}", ENTER)
        await stage.until(f"{name} = ")
        await effect(stage, path)


def test_every_setting_either_takes_effect_at_once_or_says_that_it_does_not() -> None:
    assert set(KEYS) == set(EFFECTS) | AT_START_ONLY


@pytest.mark.parametrize("name", sorted(AT_START_ONLY))
async def test_a_setting_of_the_start_says_that_it_takes_effect_at_the_next_one(name: str) -> None:
    value = {"editing_mode": "vi", "color": "never"}.get(name, "off")
    async with staged(ALONE) as stage:
        stage.type(f":set {name} {value}", ENTER)
        await stage.until(f"# {name} takes effect at the next start (--{name.replace('_', '-')})")


async def test_a_ca_file_without_certificates_is_refused_and_the_setting_stays() -> None:
    async with staged(ALONE) as stage:
        stage.type(f":set ca_file {__file__}", ENTER)
        await stage.until("contains no PEM certificates")
        stage.type(":set ca_file ''", ENTER)
        await stage.until('ca_file = ""')
