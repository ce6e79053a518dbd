"""The pages as a site and as manual pages: built without a warning, their screens run."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.docs import console, man, options


@pytest.mark.parametrize("page", console.PAGES, ids=lambda page: page.stem)
def test_the_screens_of_a_page_are_what_is_printed(page: Path) -> None:
    wrong = [one for one in console.screens(page) if not one.is_right]
    assert wrong == [], "python -m tests.docs.console writes them anew"


def test_a_screen_that_is_wrong_would_be_seen() -> None:
    assert console.Screen("x", "took 5 ms\n...\nend\n", "took 7 ms\na\nb\nend\n").is_right
    assert not console.Screen("x", "took 5 ms\nend\n", "took 7 ms\na\nend\n").is_right


def test_the_page_of_options_is_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert options.PAGE.read_text() == options.page()


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    try:
        man.built("html", tmp_path)
    except subprocess.CalledProcessError as error:
        pytest.fail(error.stderr, pytrace=False)
    pages = {page.relative_to(tmp_path).as_posix() for page in tmp_path.rglob("*.html")}
    assert {"index.html", "tutorial.html", "howto/greylisted.html", "python.html"} <= pages


@pytest.fixture(scope="module")
def manual() -> dict[str, str]:
    """The manual pages, built anew."""
    return man.pages()


def words(page: str) -> list[str]:
    """Return what a manual page says: versions of Sphinx set it differently."""
    lines = [line for line in page.splitlines() if not line.startswith((".", "'"))]
    return re.sub(r"\\f\w|\\f\([A-Z]{2}|\\f\[\w*\]", "", " ".join(lines)).split()


@pytest.mark.parametrize("name", ["smtpprobe.1", "smtpprobe-script.5"])
def test_a_manual_page_is_current(name: str, manual: dict[str, str]) -> None:
    assert words((man.MAN / name).read_text()) == words(manual[name])


def test_a_line_that_begins_with_a_dot_is_kept(manual: dict[str, str]) -> None:
    """In roff such a line is a request: unless it is escaped, the end of a message is lost."""
    assert re.search(r"(?m)^\\&\.$", manual["smtpprobe-script.5"])
