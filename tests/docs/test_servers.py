"""The page of servers is what recordings and readings give."""

from __future__ import annotations

from tests.corpus.servers.readings import RECORDINGS
from tests.docs.servers import PAGE, page


def test_the_page_is_made_of_the_recordings() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make servers-table"


def test_every_server_has_a_column_without_an_empty_cell() -> None:
    text = page()
    assert all(f" {recording.stem} |" in text for recording in RECORDINGS)
    assert "|  |" not in text
