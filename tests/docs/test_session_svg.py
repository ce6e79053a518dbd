"""The picture of a session is one of the program as it is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.docs import session_svg


@pytest.mark.real_time
async def test_the_picture_shows_what_the_terminal_shows() -> None:
    picture = session_svg.PAGE.read_text(encoding="utf-8")
    now = session_svg.drawn(await session_svg.session())
    ET.fromstring(picture)
    assert session_svg.words(picture) == session_svg.words(now), (
        "python -m tests.docs.session_svg draws it anew"
    )
