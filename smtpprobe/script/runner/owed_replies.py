"""What a step leaves behind: the replies owed to it, and when those are due. Pure."""

from __future__ import annotations

from functools import cached_property

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.script.language.matchers import Codes
from smtpprobe.script.language.steps import NO_GROUP, Expect, Group, Place
from smtpprobe.script.runner.default_expectations import implied_expectation


class _Due(NamedTuple):
    place: Place
    width: int
    codes: Codes | None


class Owed(_Due):
    """A reply due to what was sent at a place, `width` columns wide, and the codes it must have.

    `codes` None says that nothing is implied of it: no reply is expected unless one is written.
    """

    @cached_property
    def implied(self) -> Expect | None:
        """The implied expectation."""
        return self.codes and implied_expectation(self.codes, self.place, implying=True)

    @cached_property
    def any_reply(self) -> Expect | None:
        """What is expected where nothing is implied but what other steps depend on."""
        return self.codes and implied_expectation(self.codes, self.place, implying=False)


class StepOutcome(NamedTuple):
    """How a step ended that did not end the case.

    `owed` are the replies to what it sent, `under` the expectations under it for them.
    `left_out` means that it was not sent, so that these are left out with it.
    """

    owed: tuple[Owed, ...] = ()
    under: Group = NO_GROUP
    left_out: bool = False


DONE = StepOutcome()
"""Nothing was sent that gets a reply."""


class OwedReplies:
    """The replies that no written expectation takes: due where the last of these was looked at.

    Steps are known by their index among their neighbours.
    """

    def __init__(self) -> None:
        self._later: dict[int, tuple[Owed, ...]] = {}

    def due(self, index: int, outcome: StepOutcome) -> tuple[Owed, ...]:
        """Return which replies are to be looked at behind the step at `index`.

        None while expectations are under it: replies they do not take are due after them.
        """
        owed = outcome.owed or self._later.pop(index, ())
        if outcome.owed and outcome.under.last:
            self._later[index + outcome.under.last] = owed[max(outcome.under.taking, 1) :]
            owed = ()
        while owed and owed[-1].codes is None:
            owed = owed[:-1]  # of those behind the last one of which something is implied
        return owed
