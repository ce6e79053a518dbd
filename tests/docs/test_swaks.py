"""The page on swaks: current, complete, and every option that it names is one."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.script.importers.swaks_options import BY_NAME, OPTIONS
from tests.docs.swaks import PAGE, page
from tests.servers import lab


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.swaks"


def test_no_name_is_listed_twice() -> None:
    assert len(BY_NAME) == sum(len(row.names) for row in OPTIONS)


def test_every_option_of_swaks_is_listed() -> None:
    program = Path(lab.program("swaks")[-1])
    source = program.read_text(encoding="utf-8", errors="replace")
    lists = re.findall(r"^\s*\{ opts\s*=> \[(.*?)\]", source, re.MULTILINE)
    names = {name for one in lists for name in re.findall(r"'([^']+)'", one)}
    assert len(names) > 100
    assert names <= BY_NAME.keys()


def test_every_option_named_on_the_page_is_read_by_something() -> None:
    known = {
        name
        for parser in (send_parser(), main_parser(), starttls_parser())
        for name in parser.names
    }
    here = {cells.split("|")[-2] for cells in page().splitlines() if cells.startswith("| `")}
    named = {name for cell in here for name in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", cell)}
    assert named - {"--raw", "-x"} <= known


def test_the_program_that_it_is_checked_against_is_the_one_of_the_page() -> None:
    told = subprocess.run(
        [*lab.program("swaks"), "--version"], capture_output=True, text=True, check=True
    ).stdout
    assert "swaks version" in told
