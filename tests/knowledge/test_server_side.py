"""A refusal in the log of the server that said it is explained to those who run that server."""

from __future__ import annotations

import pytest

from smtpprobe.knowledge.annotation import Cause
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from smtpprobe.knowledge.server_operator import OWNER_STEPS, for_the_owner
from smtpprobe.protocol.verbs import Context
from tests.knowledge.test_laws import check, is_line

WELL = {Cause.ACCEPTED, Cause.INTERMEDIATE, Cause.GREETING, Cause.CLOSING}


def test_the_owner_can_do_something_about_every_cause_but_success() -> None:
    assert set(OWNER_STEPS) == set(Cause) - WELL
    assert all(is_line(steps) for steps in OWNER_STEPS.values())


@pytest.mark.parametrize("client", ["unknown[192.0.2.4]", "", "evil\x1b[2J" * 40])
def test_the_client_is_named_and_the_steps_are_the_owners(client: str) -> None:
    alone = explain_reply(unfold("554 5.7.1 <a@b.example>: Relay access denied"), Context.RCPT)
    found = for_the_owner(alone, client)
    check(found)
    assert found.details[0].startswith("your server said this to ")
    assert found.next_steps[0].text == "nothing for an outsider"
    assert not any(step.command for step in found.next_steps)
    assert (found.cause, found.blame, found.retry) == (alone.cause, alone.blame, alone.retry)
