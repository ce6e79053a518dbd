"""What the tests of the lab share: one report on each of its domains."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from smtpprobe.starttls.judge.judge import Report
from tests.servers.mail_world import MailWorld
from tests.starttls.world import CHANGING, DOMAINS, reports_on


@pytest.fixture(scope="session")
def reports(mail_world: MailWorld) -> Mapping[str, Report]:
    """The report on every domain of the lab, all checked in one run."""
    more = (name for name in mail_world.domains if name not in CHANGING)
    return reports_on(mail_world, dict.fromkeys((*DOMAINS, *more)))
