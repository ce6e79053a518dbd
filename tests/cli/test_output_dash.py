"""`-o -` is standard output in every command, and no option makes a file of that name."""

from __future__ import annotations

from pathlib import Path

import pytest

from smtpprobe.cli.main import main

CALLS = (
    ["explain", "550 5.7.1 Relay access denied", "-o", "-"],
    ["explain", "550 5.7.1 Relay access denied", "--output=-"],
    ["import", "telnet", "pasted.txt", "-o", "-"],
    ["send", "--to", "you@example.org", "--from", "me@example.net", "--dry-run", "-o", "-"],
    ["starttls", "[127.0.0.1]:1", "--no-config", "--timeout", "1s", "-o", "-"],
    ["--script", "checks.smtp", "127.0.0.1:1", "--no-config", "-o", "-"],
)


@pytest.mark.real_time
@pytest.mark.parametrize("words", CALLS, ids=lambda words: words[0])
def test_a_dash_as_the_output_is_standard_output(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pasted.txt").write_text("220 mx\nQUIT\n221 bye\n")
    (tmp_path / "checks.smtp").write_text("QUIT\n")
    main(words)
    assert capsys.readouterr().out
    assert not (tmp_path / "-").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--script", "checks.smtp", "127.0.0.1:1", "--no-config", "--transcript", "-"],
        ["send", "--to", "you@example.org", "--as-script", "-"],
        ["starttls", "[127.0.0.1]:1", "--no-config", "--html", "-"],
        ["--script", "checks.smtp", "127.0.0.1:1", "--no-config", "--pcap", "-"],
    ],
    ids=lambda words: words[-2],
)
def test_a_dash_for_a_file_that_cannot_be_standard_output_is_an_error(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "checks.smtp").write_text("QUIT\n")
    assert main(words) == 2
    assert "./-" in capsys.readouterr().err
    assert not (tmp_path / "-").exists()
