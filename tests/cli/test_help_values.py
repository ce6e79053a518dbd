"""What the help calls a value is explained there, and nothing else is."""

from __future__ import annotations

import re

import pytest

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.shared_options import Parser
from smtpprobe.cli.survey_parser import survey_parser


@pytest.mark.parametrize("parser", [main_parser(), send_parser(), survey_parser()])
def test_each_value_that_is_explained_is_one_of_an_option(parser: Parser) -> None:
    taken = {word for option in parser.options for word in re.findall(r"[A-Z]+", option.metavar)}
    explained = parser.help_page().partition("\nvalues:\n")[2].partition("\n\n")[0]
    names = {name for line in explained.splitlines() for name in re.findall(r"[A-Z]+", line[:8])}
    assert names
    assert names <= taken
