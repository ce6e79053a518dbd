"""The help page: two columns as wide as the terminal allows, drawn from the options alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.command_line.help_page import MEANINGS, drawn_page
from smtpprobe.command_line.options import Group

WORDS = st.lists(st.text("abcdefgh-/", min_size=1, max_size=14), min_size=1, max_size=30)


def a_group(*options: tuple[str, str | None]) -> Group:
    group = Group("wire")
    for name, meaning in options:
        group.add_argument(name, help=meaning, metavar="N")
    return group


def test_a_page_has_usage_description_options_and_the_rest_with_a_blank_line_between() -> None:
    page = drawn_page(
        "x [OPTIONS]", "Does it.", [a_group(("--rate", "octets"))], "limits: none", 80
    )
    assert page == (
        "usage: x [OPTIONS]\n\nDoes it.\n\nwire:\n  --rate N              octets\n\nlimits: none\n"
    )


def test_an_option_that_is_too_long_has_a_line_of_its_own() -> None:
    page = drawn_page("x", "y", [a_group(("--segment-of-octets", "octets"))], "", 80)
    assert page.endswith("wire:\n  --segment-of-octets N\n                        octets\n")


def test_a_hidden_option_and_a_group_of_hidden_ones_are_not_on_the_page() -> None:
    page = drawn_page("x", "y", [a_group(("--no-bell", None))], "", 80)
    assert page == "usage: x\n\ny\n"


def test_names_are_listed_once_with_the_value_behind_the_last() -> None:
    group = Group("general")
    group.add_argument("-p", "--port", metavar="N", help="port")
    group.add_argument("--tls", choices=("auto", "off"), help="mode")
    group.add_argument("--script", metavar="FILE", nargs="+", action="extend", help="scripts")
    group.add_argument("--mx-of", help="domain")
    group.add_argument("--json", dest="format", action="store_const", const="json", help="JSON")
    assert [option.invocation for option in group.shown] == [
        "-p, --port N", "--tls {auto,off}", "--script FILE [FILE ...]", "--mx-of MX_OF", "--json",
    ]  # fmt: skip


@given(WORDS, st.integers(40, 200))
def test_a_meaning_loses_no_word_and_fits_the_terminal(words: list[str], columns: int) -> None:
    page = drawn_page("x", "y", [a_group(("--rate", " ".join(words)))], "", columns)
    lines = page.partition("wire:\n")[2].splitlines()
    assert " ".join(lines).split()[2:] == words
    longest = max(map(len, words))
    assert max(map(len, lines)) <= max(columns - 2, MEANINGS + longest)


def test_the_page_of_the_program_is_the_same_in_every_python() -> None:
    """argparse writes `-p N, --port N` before Python 3.13, and `-p, --port N` from then on."""
    assert "\n  -p, --port N          port; same as TARGET host:N\n" in main_parser().help_page()
