"""Where credentials are found, what is said when they are not, and that no message tells one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import keyring
import keyring.errors
import pytest
from keyring.credentials import SimpleCredential

from smtpprobe.errors import UsageError
from smtpprobe.login.sources import Found, Wish, asked, check, find
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import Secret

PASSWORD = "tan'sta%afl!9"
HOST = "mx.example.net"


def netrc(folder: Path, text: str) -> str:
    path = folder / "netrc"
    path.write_text(text)
    path.chmod(0o600)
    return f"netrc:{path}"


def test_without_an_option_the_environment_is_asked_and_the_rest_is_left_to_ask() -> None:
    assert find(Wish(), HOST, {}) == Found(None, None)
    known = {"SMTPPROBE_SECRET_password": PASSWORD}
    assert find(Wish("bob"), HOST, known) == Found("bob", PASSWORD)
    token = {"SMTPPROBE_SECRET_token": "ya29"}
    assert find(Wish("bob"), HOST, token) == Found("bob", "ya29", Secret.TOKEN)
    assert find(Wish("bob"), HOST, token | known).kind is Secret.PASSWORD


def test_each_source_gives_the_password_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{PASSWORD}\r\nnot this\n")
    entry = netrc(tmp_path, f"machine {HOST} login bob password {PASSWORD}\n")
    assert find(Wish("bob", PASSWORD), HOST, {}).secret == PASSWORD
    assert find(Wish("bob", password_from="env:P"), HOST, {"P": PASSWORD}).secret == PASSWORD
    assert find(Wish("bob", password_from=f"file:{file}"), HOST, {}).secret == PASSWORD
    assert find(Wish(password_from=entry), HOST, {}) == Found("bob", PASSWORD)
    assert find(Wish("bob", password_from=entry), HOST, {}) == Found("bob", PASSWORD)
    assert find(Wish("bob", password_from="prompt"), HOST, {}) == Found("bob", None)
    assert find(Wish("bob", token_from=f"file:{file}"), HOST, {}).kind is Secret.TOKEN


def test_a_client_certificate_needs_no_password_unless_one_was_asked_for() -> None:
    assert find(Wish(certificate=True), HOST, {}) == Found("", "", Secret.OTHER, certificate=True)
    assert find(Wish("bob", certificate=True), HOST, {}).kind is Secret.PASSWORD


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (PASSWORD, "unknown source"),
        (f"env={PASSWORD}", "unknown source"),
        ("env:", "unknown source"),
        ("file", "unknown source"),
        (f"prompt:{PASSWORD}", "unknown source"),
    ],
)
def test_a_source_that_is_none_is_refused_and_never_repeated(source: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        check(Wish(password_from=source))
    assert PASSWORD not in caught.value.message + caught.value.hint


def test_a_secret_is_wanted_once() -> None:
    with pytest.raises(UsageError, match="--auth-password and --auth-token-from"):
        check(Wish(password="x", token_from="env:T"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("env:P", "P is not set in the environment"),
        ("env:EMPTY", "EMPTY is empty in the environment"),
        ("file:/nowhere/at/all", "cannot read /nowhere/at/all"),
        ("file:/dev/null", "first line of /dev/null is empty"),
        ("netrc:/nowhere", "cannot read /nowhere"),
    ],
)
def test_a_source_that_holds_nothing_says_so(source: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        find(Wish("bob", password_from=source), HOST, {"EMPTY": ""})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"machine other.example login bob password {PASSWORD}\n", f"no entry for {HOST}"),
        (f"default login bob password {PASSWORD}\n", f"no entry for {HOST}"),
        (f"machine {HOST} login carol password {PASSWORD}\n", "of another user"),
        (f"machine {HOST} login bob\n", "line|no password"),
        (f"machine {HOST} login bob passwd {PASSWORD}\n", "cannot be used"),
        ("\0\xff", "cannot be used"),
    ],
)
def test_a_netrc_without_the_entry_says_so_and_tells_no_password(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        find(Wish("bob", password_from=netrc(tmp_path, text)), HOST, {})
    assert PASSWORD not in caught.value.message + caught.value.hint


def test_a_missing_key_ring_names_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError, match="keyring is not installed") as caught:
        find(Wish("bob", password_from="keyring"), HOST, {})
    assert "smtpprobe[keyring]" in caught.value.hint


def test_a_key_ring_is_asked_for_the_host_or_the_service_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = {HOST: SimpleCredential("bob", PASSWORD)}

    def held_for(service: str, _user: str | None) -> SimpleCredential | None:
        return held.get(service)

    monkeypatch.setattr(keyring, "get_credential", held_for)
    assert find(Wish(password_from="keyring"), HOST, {}) == Found("bob", PASSWORD)
    assert find(Wish(password_from=f"keyring:{HOST}"), "x", {}) == Found("bob", PASSWORD)
    for wish, host in (
        (Wish("carol", password_from="keyring"), HOST),
        (Wish(password_from="keyring"), "other.example"),
    ):
        with pytest.raises(UsageError, match="the key ring has no password"):
            find(wish, host, {})


def test_a_key_ring_that_cannot_be_read_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_service: str, _user: str | None) -> NoReturn:
        raise keyring.errors.KeyringLocked(PASSWORD)

    monkeypatch.setattr(keyring, "get_credential", locked)
    with pytest.raises(UsageError, match="cannot be read: KeyringLocked"):
        find(Wish(password_from="keyring"), HOST, {})


def test_nothing_is_asked_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    assert asked(Found("bob", None)) is None
    assert asked(Found("bob", PASSWORD)) == Credentials("bob", PASSWORD)


def test_a_password_on_the_command_line_is_warned_of_and_shown_by_no_representation() -> None:
    assert "ps" in Wish(password=PASSWORD).warnings[0]
    assert Wish("bob", password_from="prompt").warnings == ()
    for shown in (Credentials("bob", PASSWORD), Wish("bob", PASSWORD), Found("bob", PASSWORD)):
        assert PASSWORD not in repr(shown)
