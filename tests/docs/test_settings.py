"""The page of settings is current, and every option that it names is one."""

from __future__ import annotations

import re

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.settings.defaults import EVERYWHERE, SETTINGS
from tests.docs.settings import PAGE, page


def test_the_page_of_settings_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.docs.settings"


def test_every_option_on_the_page_of_settings_is_read() -> None:
    named = set(re.findall(r"`(--[a-z-]+)`", page().partition("| key")[2]))
    assert named
    assert named <= main_parser().names


def test_what_the_check_goes_by_too_is_a_setting() -> None:
    assert {row[0] for row in SETTINGS} >= EVERYWHERE
    known = {option.dest for option in starttls_parser().options}
    waits = {"connect_timeout", "handshake_timeout", "greeting_timeout"}  # --timeout is for all
    assert EVERYWHERE - waits <= known
