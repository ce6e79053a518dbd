"""The page as a browser shows it, where there is one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from smtpprobe.starttls.report_html import html_page
from tests.starttls.stage import judged
from tests.starttls.test_views import sample

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here; Debian: apt-get install chromium")
def test_a_browser_shows_matrix_chain_and_findings(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html_page([judged(sample())]), encoding="utf-8")
    assert BROWSER is not None
    done = subprocess.run(
        [
            *(BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", page.as_uri()),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "<title>STARTTLS report: example.org</title>" in done.stdout
    for shown in ("Who can deliver", "mx1 v4", "CLEAR", 'class="chain"', "dane.no-match"):
        assert shown in done.stdout
