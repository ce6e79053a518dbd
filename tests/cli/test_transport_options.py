"""Options of transports: where passwords come from, and what is refused before a connection."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.cli import launch
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.client import ConnectOptions
from smtpprobe.errors import UsageError


def options_of(*words: str) -> ConnectOptions:
    parsed = main_parser().read(["--no-config", *words, "mx.example"])
    return launch.connect_options(parsed, launch.settings_of(parsed), verify=False)


def test_the_password_of_a_proxy_comes_from_the_environment_or_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMTPPROBE_SECRET_proxy_password", "sesame")
    proxy = options_of("--proxy", "socks5h://user@127.0.0.1").proxy
    assert proxy is not None
    assert (proxy.user, str(proxy.password)) == ("user", "sesame")
    secret = tmp_path / "secret"
    secret.write_text("other\n")
    words = ("--secret", f"proxy_password=file:{secret}", "--proxy", "http://user@h:1")
    proxy = options_of(*words).proxy
    assert proxy is not None
    assert str(proxy.password) == "other"


def test_a_user_without_a_password_is_a_usage_error_where_nobody_can_be_asked() -> None:
    with pytest.raises(UsageError, match="proxy_password has no value") as raised:
        options_of("--proxy", "socks5h://user@127.0.0.1")
    assert "SMTPPROBE_SECRET_proxy_password" in raised.value.hint


def test_a_password_on_the_command_line_is_warned_of_and_not_repeated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options_of("--proxy", "socks5h://user:sesame@127.0.0.1")
    told = capsys.readouterr().err
    assert "others on this machine can see it" in told
    assert "sesame" not in told


def test_starttls_does_not_silently_bypass_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMTPPROBE_PROXY", "socks5h://user:sesame@127.0.0.1")
    words = starttls_parser().read(["--no-config", "mx.example"])
    with pytest.raises(UsageError, match="does not use a proxy") as raised:
        launch.run_starttls(words)
    assert "sesame" not in f"{raised.value.message}{raised.value.hint}"


BAD = (
    ("--cert", "/nonexistent", "cannot read /nonexistent"),
    ("--proxy", "ftp://h", "cannot be understood"),
    ("--proxy-protocol", "v9", "cannot be understood"),
    ("--ciphers", "nonsense", "has no such cipher"),
    ("--groups", "nonsense", "cannot offer it"),
)


@pytest.mark.parametrize(("option", "value", "told"), BAD)
def test_what_cannot_be_used_is_refused_before_a_connection(
    option: str, value: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        options_of(option, value)
