"""An answer to a login that the server has refused: held back until the user says that it goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smtpprobe.present.prompt import BODY_PHASES
from smtpprobe.protocol.command import Command, first_word
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.session import stray_answer
from smtpprobe.protocol.verbs import VERBS
from smtpprobe.repl.line_class import LineClass, classified

if TYPE_CHECKING:
    from smtpprobe.repl.session import Session

QUESTION = "the login is over and this is not a command: send it anyway? [y]es [n]o"


def read_as(session: Session, text: str) -> Phase:
    """Return the phase by which a typed line is kept and shown, whatever becomes of it.

    What may be the answer of a login is one: behind a refusal, or held behind an AUTH.
    """
    ahead = session.phase_ahead
    if ahead in BODY_PHASES or classified(text, ahead) not in (LineClass.WIRE, LineClass.EXACT):
        return ahead
    bare = text.lstrip().removeprefix(">")
    if session.held is not None:
        return held_phase(session.held, bare)
    return Phase.AUTH if stray_answer(session.state, bare) else ahead


def held_phase(held: Sequence[str], line: str) -> Phase:
    """Return the phase in which a line is read that goes out together with those before it."""
    verbs = (first_word(one.lstrip().removeprefix(">")) for one in (*held, line))
    known = [verb for verb in verbs if verb in VERBS]
    behind = known[-1:] == ["AUTH"] and first_word(line) not in VERBS
    return Phase.AUTH if behind else Phase.READY


async def consented(session: Session, command: Command) -> Command | None:
    """Return a command as it may go out; None when it was held back.

    One that would answer a login that is over is asked about, and is a secret wherever it is shown.
    """
    if not stray_answer(session.state, command.text):
        return command
    if await session.face.choose(QUESTION, "yn") == "y":
        return command._replace(secret=True)
    session.say(
        "not sent, not kept; AUTH starts a new login, :auth prompts for the password without echo"
    )
    return None
