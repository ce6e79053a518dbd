"""Reads a page as strictly as a page is written: what a browser would mend is a failure here."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

from tests.servers import lab

VOID = frozenset({"br", "meta"})
RUNS = frozenset({"script", "iframe", "object", "embed", "link", "img", "form", "base"})
"""Elements that run something, or fetch it."""


class Page(HTMLParser):
    """The elements of a page; AssertionError for one that is not closed in order, and the like."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.anchors: list[str] = []
        self.headings: list[int] = []
        self.classes: set[str] = set()
        self.words: list[str] = []
        self._open: list[str] = []
        assert text.startswith('<!DOCTYPE html>\n<html lang="en">\n')
        self.feed(text)
        self.close()
        assert self._open == []

    @property
    def text(self) -> str:
        """What is shown, in one line."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in RUNS
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            assert value is not None, name
            assert name != "style"
            match name:
                case "id":
                    assert value not in self.ids, value
                    self.ids.append(value)
                case "href":
                    assert value.startswith("#"), value
                    self.anchors.append(value[1:])
                case "class":
                    self.classes.update(value.split())
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("style", "title"):
            self.words.append(data)


def strictly(text: str) -> Page:
    """Return a page all of whose anchors lead somewhere and whose headings skip no level."""
    found = Page(text)
    assert set(found.anchors) <= set(found.ids)
    assert found.headings[0] == 1
    assert found.headings.count(1) == 1
    steps = zip(found.headings, found.headings[1:], strict=False)
    assert all(after <= before + 1 for before, after in steps), found.headings
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert style
    assert not any(each in style for each in ("@import", "url(", "http", "//"))
    return found


def complaints(folder: Path, pages: Sequence[str]) -> str:
    """Return what HTML Tidy says of pages: nothing of those that are valid."""
    files = [folder / f"{number}.html" for number in range(len(pages))]
    for file, text in zip(files, pages, strict=True):
        file.write_text(text, encoding="utf-8")
    command = [*lab.program("tidy"), "-quiet", "-errors", *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1, 2)
    return done.stderr
