"""The README: short, its tables those of the program, its commands such that it takes them."""

from __future__ import annotations

import re
import shlex

import pytest

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.explainer.arguments import read_words
from tests.docs.readme import PAGE, with_tables

README = PAGE.read_text(encoding="utf-8")
[BLOCK] = re.findall(r"(?ms)^```sh\n(.*?)^```$", README)
READERS = {
    "send": send_parser().read, "starttls": starttls_parser().read, "explain": read_words,
}  # fmt: skip


def test_the_tables_of_the_readme_are_current() -> None:
    assert with_tables(README) == README, "run: python -m tests.docs.readme"


def test_the_readme_is_one_that_is_read() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("line", BLOCK.splitlines())
def test_a_command_that_needs_a_network_is_one_the_program_takes(line: str) -> None:
    """What needs none is run: tests/docs/test_site.py."""
    program, *words = shlex.split(line, comments=True)
    assert program == "smtpprobe"
    reader = READERS.get(words[0])
    assert reader(words[1:]) if reader is not None else main_parser().read(words)


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    assert [link for link in links if not (PAGE.parent / link).exists()] == []
