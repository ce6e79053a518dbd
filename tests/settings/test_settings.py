"""Settings come from four sources in one order; what cannot be understood is told, not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.settings.settings import KEYS, Settings, commented_file, load, unknown_variables


def test_every_row_of_the_table_is_a_field_with_the_same_default() -> None:
    assert Settings()._asdict() == {key.name: key.default for key in KEYS.values()}


def test_an_option_beats_the_environment_which_beats_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('annotate = "full"\nclient = "file.example"\nghost = false\n')
    environment = {"SMTPPROBE_ANNOTATE": "off", "SMTPPROBE_CLIENT": "env.example"}
    settings, warnings = load({"client": "option.example"}, environment, file)
    assert (settings.client, settings.annotate, settings.ghost) == ("option.example", "off", False)
    assert warnings == ()


def test_a_missing_file_is_no_trouble(tmp_path: Path) -> None:
    assert load({}, {}, tmp_path / "none.toml") == (Settings(), ())


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("annotat = 1", "did you mean annotate?"),
        ('annotate = "loud"', "not one of off, brief, full"),
        ("annotate = ", "using the defaults"),
        ('connect_timeout = "10 seconds"', "is not a duration"),
    ],
)
def test_a_broken_file_is_told_and_the_defaults_stand(
    tmp_path: Path, text: str, warning: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    settings, warnings = load({}, {}, file)
    assert settings == Settings()
    assert len(warnings) == 1
    assert warning in warnings[0]


def test_a_setting_changes_by_its_written_form_and_shows_it_again() -> None:
    settings = Settings().changed("connect_timeout", "500ms").changed("ghost", "off")
    assert (settings.connect_timeout, settings.ghost) == (0.5, False)
    assert settings.shown("connect_timeout") == "500ms"
    assert settings.shown("ghost") == "off"


def test_an_unknown_setting_names_the_nearest_one() -> None:
    with pytest.raises(UsageError) as caught:
        Settings().changed("anotate", "off")
    assert caught.value.hint == "did you mean annotate?"


def test_the_commented_file_is_a_file_of_defaults_once_uncommented(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    rows = commented_file().splitlines()
    file.write_text("\n".join(row[2:] for row in rows if " = " in row))
    assert load({}, {}, file) == (Settings(), ())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("SMTPPROBE_RESOLVR", "did you mean SMTPPROBE_RESOLVER?"),
        ("SMTPPROBE_CAFILE", "did you mean SMTPPROBE_CA_FILE?"),
        ("SMTPPROBE_CA", "see docs/settings.md"),
        ("SMTPPROBE_PASSWORD", "did you mean SMTPPROBE_SECRET_password?"),
        ("SMTPPROBE_SECERT_password", "did you mean SMTPPROBE_SECRET_password?"),
        ("SMTPPROBE_VARS_to", "did you mean SMTPPROBE_VAR_to?"),
        ("SMTPPROBE_", "see docs/settings.md"),
        ("SMTPPROBE_FROBNICATE", "see docs/settings.md"),
    ],
)
def test_a_variable_of_our_name_that_means_nothing_is_told_without_its_value(
    name: str, told: str
) -> None:
    warnings = load({}, {name: "hunter2"}).warnings
    assert warnings == (f"{name} is not a setting; {told}",)


def test_variables_that_mean_something_are_not_warned_about() -> None:
    named = {f"SMTPPROBE_{name.upper()}": "" for name in KEYS}
    others = ("SMTPPROBE_SECRET_password", "SMTPPROBE_VAR_to", "SMTPPROBE_TEST_RUN", "SMTP", "PATH")
    assert unknown_variables(named | dict.fromkeys(others, "x")) == []


def test_roots_that_cannot_be_read_are_never_replaced_by_others(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^SMTPPROBE_CA_FILE: cannot read /nonexistent$"):
        load({}, {"SMTPPROBE_CA_FILE": "/nonexistent"})
    file = tmp_path / "config.toml"
    file.write_text('ca_file = "/nonexistent"\n')
    with pytest.raises(UsageError, match=r"config\.toml: cannot read /nonexistent$"):
        load({}, {}, file)
    good = str(tmp_path / "config.toml")
    assert load({"ca_file": good}, {}, file).settings.ca_file == good
    assert load({}, {"SMTPPROBE_CA_FILE": ""}, file).settings.ca_file == ""


def test_a_home_in_a_path_and_a_resolver_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "ca.pem").touch()
    environment = {"SMTPPROBE_CA_FILE": "~/ca.pem", "SMTPPROBE_RESOLVER": "[::1]:5353"}
    settings = load({}, environment).settings
    assert (settings.ca_file, settings.resolver) == (str(tmp_path / "ca.pem"), "[::1]:5353")
    assert load({}, {"SMTPPROBE_RESOLVER": "192.0.2.1:x"}).warnings == (
        "SMTPPROBE_RESOLVER: resolver 192.0.2.1:x: not an address with a port; using the default",
    )


@pytest.mark.parametrize(
    ("text", "sent"), [("", None), ("none", ""), ("mx1.example.org", "mx1.example.org")]
)
def test_the_name_sent_may_be_the_hosts_another_or_none(text: str, sent: str | None) -> None:
    assert Settings(sni=text).name_sent == sent
