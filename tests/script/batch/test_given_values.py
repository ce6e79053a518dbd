from __future__ import annotations

import io
from pathlib import Path

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.script.batch.given_values import secret_values, secrets_given, variables_of


def test_an_option_wins_over_the_file_of_variables(tmp_path: Path) -> None:
    file = tmp_path / "vars"
    file.write_text("\ufeff# ours\na=1\n\nb = two words \n")
    assert variables_of(["a=3=3"], str(file)) == {"a": "3=3", "b": " two words "}


@pytest.mark.parametrize(
    ("pairs", "lines", "message"),
    [
        (["a"], "", "--var: 'a' is not NAME=VALUE"),
        (["1=2"], "", "--var: '1=2' is not NAME=VALUE"),
        ([], "a=1\nnonsense\n", "vars:2: 'nonsense' is not NAME=VALUE"),
    ],
)
def test_what_is_no_variable_is_told_with_its_place(
    tmp_path: Path, pairs: list[str], lines: str, message: str
) -> None:
    file = tmp_path / "vars"
    file.write_text(lines)
    with pytest.raises(UsageError) as caught:
        variables_of(pairs, str(file))
    assert caught.value.message.endswith(message)


def test_a_file_of_variables_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="cannot read nowhere: No such file"):
        variables_of([], "nowhere")


def test_secrets_come_from_where_the_option_says_then_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pw"
    file.write_text("from the file\r\nnot this\n")
    monkeypatch.setenv("ELSEWHERE", "from elsewhere")
    monkeypatch.setenv("SMTPPROBE_SECRET_c", "from the environment")
    given = secrets_given([f"a=file:{file}", "b=env:ELSEWHERE"])
    needed = [("t.smtp", name) for name in "abc"]
    assert secret_values(needed, given) == {
        "a": "from the file",
        "b": "from elsewhere",
        "c": "from the environment",
    }


@pytest.mark.parametrize("word", ["a=hunter2", "a=file:", "a=env", "1=env:X"])
def test_a_secret_is_never_taken_from_the_command_line_itself(word: str) -> None:
    with pytest.raises(UsageError) as caught:
        secrets_given([word])
    assert "are visible to other users" in caught.value.message
    assert "hunter2" not in caught.value.message


def test_a_secret_that_nothing_gives_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(UsageError, match=r"t\.smtp: the secret a has no value"):
        secret_values([("t.smtp", "a")], {})


def test_a_secret_from_a_variable_that_is_not_set_says_which_one() -> None:
    given = secrets_given(["a=env:SMTPPROBE_NO_SUCH"])
    with pytest.raises(UsageError, match="--secret a: SMTPPROBE_NO_SUCH is not set in the environ"):
        secret_values([("t.smtp", "a")], given)


def test_an_empty_secret_is_none_that_anybody_means(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    empty.write_text("\n")
    monkeypatch.setenv("SMTPPROBE_EMPTY", "")
    monkeypatch.setenv("SMTPPROBE_SECRET_a", "")
    for words in ([], ["a=env:SMTPPROBE_EMPTY"], [f"a=file:{empty}"]):
        with pytest.raises(UsageError, match=r"t\.smtp: the secret a is empty"):
            secret_values([("t.smtp", "a")], secrets_given(words))
