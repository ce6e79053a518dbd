"""A command reads its words, and shows its help without argparse."""

from __future__ import annotations

import pytest

from smtpprobe.command_line.options import SHOW
from smtpprobe.command_line.parser import Parser
from smtpprobe.errors import UsageError


def a_parser() -> Parser:
    parser = Parser("probe", usage="probe [OPTIONS] TARGET...", description="Probes.")
    parser.add_many("targets", "TARGET", "host")
    group = parser.add_argument_group("general")
    group.add_argument("--port", metavar="N", type=int, help="port")
    group.add_argument("--version", action=SHOW, const=lambda: "7\n", help="version")
    group.add_argument("-h", "--help", action=SHOW, const=parser.help_page, help="help")
    return parser


def test_words_without_an_option_may_come_anywhere() -> None:
    words = a_parser().read(["a.example", "--port", "25", "b.example"])
    assert (words.targets, words.port) == (["a.example", "b.example"], 25)


@pytest.mark.parametrize("argv", [["--help"], ["-h", "--nonsense"], ["a.example", "--help"]])
def test_help_is_shown_before_what_follows_is_read(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    parser = a_parser()
    with pytest.raises(SystemExit, match="0"):
        parser.read(argv)
    assert capsys.readouterr().out == parser.help_page()


@pytest.mark.parametrize("argv", [["--version"], ["--port", "1", "--version", "x"]])
def test_what_is_shown_is_made_when_it_is_asked_for(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="0"):
        a_parser().read(argv)
    assert capsys.readouterr().out == "7\n"


def test_a_misspelt_option_is_answered_with_the_one_that_was_meant() -> None:
    with pytest.raises(UsageError, match="unrecognized arguments: --prot") as caught:
        a_parser().read(["--prot", "25"])
    assert caught.value.hint == "did you mean --port?"


def test_an_error_says_where_help_is() -> None:
    with pytest.raises(UsageError, match="--port: expected one argument") as caught:
        a_parser().read(["--port"])
    assert caught.value.hint == "see probe --help"


def test_a_value_that_looks_like_help_is_no_call_for_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert a_parser().read(["--", "--help"]).targets == ["--help"]
    assert capsys.readouterr().out == ""
