"""Settings come from four sources in one order; what cannot be understood is told, not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.config import KEYS, Settings, commented_file, load
from smtpprobe.errors import UsageError


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
        ("annotate = ", "the defaults are used"),
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
