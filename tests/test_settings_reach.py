"""Who is trusted, which name is sent and who is asked: settings that reach every part."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import NamedTuple

import pytest

from smtpprobe.cli import launch
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.client import ConnectOptions
from smtpprobe.sandbox.practice_server import PracticeServer
from smtpprobe.starttls.arguments import read_words
from smtpprobe.starttls.at_prompt import gathering_of
from tests.certificates import Entity
from tests.program import called
from tests.repl.stage import ENTER, GREETING, LISTEN, staged

SCRIPT = "EHLO me.example\nSTARTTLS\n:assert tls.verified\nQUIT\n"

ROUTES = ("environment", "file", "option")


@pytest.fixture
def roots(tmp_path: Path) -> str:
    path = tmp_path / "roots.pem"
    path.write_bytes(Entity("a root", ca=True).pem)
    return str(path)


def given(
    route: str, values: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Give settings by a route; return the words of the command line for it."""
    if route == "environment":
        for name, value in values.items():
            monkeypatch.setenv(f"SMTPPROBE_{name.upper()}", value)
        return ["--no-config"]
    if route == "file":
        file = tmp_path / "config.toml"
        file.write_text("".join(f'{name} = "{value}"\n' for name, value in values.items()))
        return ["--config", str(file)]
    return [f"--{name.replace('_', '-')}={value}" for name, value in values.items()]


@pytest.mark.parametrize("route", ROUTES)
def test_they_reach_the_prompt_scripts_and_check_by_each_route(
    route: str, roots: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {
        "ca_file": roots, "sni": "mx.example", "resolver": "192.0.2.53:5353",
        "client": "me.example",
    }  # fmt: skip
    words = given(route, values, tmp_path, monkeypatch)
    parsed = main_parser().read([*words, "example.org"])
    options = launch.connect_options(parsed, launch.settings_of(parsed), verify=True)
    assert (options.ca_file, options.sni, options.resolver, options.client) == tuple(
        values.values()
    )
    how = gathering_of(options)
    assert (how.ca_file, how.sni, how.resolver, how.client) == tuple(values.values())


@pytest.mark.parametrize("route", ROUTES)
def test_they_reach_starttls_by_each_route(
    route: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = {"sni": "mx.example", "resolver": "192.0.2.53:5353", "client": "me.example"}
    if route != "option":  # there --timeout stands for them
        values |= {"connect_timeout": "3s", "greeting_timeout": "4s", "handshake_timeout": "5s"}
    words = given(route, values | {"color": "always"}, tmp_path, monkeypatch)
    parsed = starttls_parser().read([*words, "example.org"])
    read = read_words(parsed, {}, client=lambda: "not me", settings=launch.settings_of(parsed))
    how = read.gathering
    assert (how.sni, how.resolver, how.client) == tuple(values.values())[:3]
    assert (read.judging.sni, read.color) == ("mx.example", "always")
    if route != "option":
        assert (how.connect_limit, how.greeting_limit, how.handshake_limit) == (3.0, 4.0, 5.0)


async def test_set_changes_the_next_connection(roots: str) -> None:
    async with staged((GREETING, LISTEN)) as stage:
        assert stage.face.session is not None
        client = stage.face.session.client

        async def set_(name: str, value: str, told: str) -> ConnectOptions:
            stage.type(f":set {name} {value}", ENTER)
            await stage.until(told)
            return client.options

        assert (await set_("ca_file", roots, f"ca_file = {roots}")).ca_file == roots
        assert (await set_("sni", "none", "sni = none")).sni == ""
        assert (await set_("sni", "mx.example", "sni = mx.example")).sni == "mx.example"
        assert (await set_("sni", '""', 'sni = ""')).sni is None
        assert (await set_("resolver", "192.0.2.53", "resolver = 192.0.2.53")).resolver
        assert (await set_("resolver", '""', 'resolver = ""')).resolver is None
        assert (await set_("client", "me.test", "client = me.test")).client == "me.test"
        assert (await set_("ca_file", "/nonexistent", "cannot read")).ca_file == roots
        assert (await set_("resolver", "a:b", "not an address with a port")).resolver is None
        assert (await set_("client", '""', "EHLO needs a name")).client == "me.test"


class Ended(NamedTuple):
    """How a run of the program ended."""

    code: int | None
    out: str
    err: str


async def program(*words: str, **environment: str) -> Ended:
    """Run the program itself, beside a server of this process."""
    process = await asyncio.create_subprocess_exec(
        *called(*words),
        env=os.environ | environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Ended(process.returncode, out.decode(), err.decode())


@pytest.mark.real_time
async def test_roots_of_the_environment_are_those_that_count(tmp_path: Path, roots: str) -> None:
    script = tmp_path / "tls.smtp"
    script.write_text(SCRIPT)
    async with PracticeServer() as server:
        target = f"{server.host}:{server.port}"
        own = {"SMTPPROBE_CA_FILE": str(server.ca_file)}
        for words in (["--script", str(script), target], ["starttls", "--level", "pkix", target]):
            trusted, other = await program(*words, **own), await program(*words)
            assert trusted.code == 0, trusted
            assert other.code != 0, other
        strange = await program(*words, **own, SMTPPROBE_SNI="other.example")
        assert strange.code == 1
        assert "other.example" in strange.out
        sandboxed = await program(
            *("--sandbox", "--script", str(script)),
            SMTPPROBE_CA_FILE=roots,
            SMTPPROBE_SNI="other.example",
        )
        assert sandboxed.code == 0, sandboxed


@pytest.mark.real_time
@pytest.mark.parametrize("words", [["--script", "{}"], ["starttls"]])
async def test_what_is_wrong_with_the_environment_is_told(words: list[str], tmp_path: Path) -> None:
    script = tmp_path / "s.smtp"
    script.write_text("QUIT\n")
    line = [word.format(script) for word in words]
    unreadable = await program(*line, "127.0.0.1:9", SMTPPROBE_CA_FILE="/nonexistent")
    assert (unreadable.code, unreadable.out) == (2, "")
    assert "SMTPPROBE_CA_FILE: cannot read /nonexistent" in unreadable.err
    unknown = await program(*line, "127.0.0.1:9", SMTPPROBE_RESOLVR="\x1b[31m", SMTPPROBE_X="1")
    assert "warning: SMTPPROBE_RESOLVR is not a setting; did you mean SMTPPROBE_RESOLVER?" in (
        unknown.err
    )
    assert "warning: SMTPPROBE_X is not a setting" in unknown.err
    assert "\x1b" not in unknown.err
