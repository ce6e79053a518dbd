"""After which commands a code is usual: for replies whose command nobody recorded."""

from __future__ import annotations

from functools import cache

from smtpprobe.knowledge.code_table import CODES
from smtpprobe.knowledge.context_table import CONTEXT_ROWS
from smtpprobe.knowledge.finding import Situation
from smtpprobe.knowledge.named_causes import NAMED
from smtpprobe.knowledge.wording import clip
from smtpprobe.protocol.phase import CONTEXT_WORDS, Context

ANYWHERE = 12
"""A code of so many commands belongs to any."""

_LOGIN = (Context.AUTH,)
_ADDRESS = (Context.VRFY, Context.EXPN)

POSITIVE: dict[int, tuple[Context, ...]] = {
    211: (Context.HELP,),
    214: (Context.HELP,),
    220: (Context.CONNECT, Context.STARTTLS, Context.XCLIENT),
    221: (Context.QUIT,),
    235: _LOGIN,
    250: (
        Context.EHLO, Context.HELO, Context.LHLO, Context.MAIL, Context.RCPT, Context.DATA_END,
        Context.BDAT, Context.BDAT_LAST, Context.BURL, Context.RSET, *_ADDRESS, Context.NOOP,
        Context.ETRN, Context.ATRN, Context.TURN, Context.XFORWARD,
    ),
    251: (Context.RCPT, Context.VRFY, Context.ETRN),
    252: (*_ADDRESS, Context.ETRN),
    253: (Context.ETRN,),
    334: _LOGIN,
    353: (Context.DATA_END, Context.BDAT_LAST),
    354: (Context.DATA,),
    355: (Context.MAIL,),
}  # fmt: skip
"""RFC 5321 4.3.2, RFC 3207 4, RFC 4954 4, RFC 1985 5.3, RFC 1845 4; Exim (353)."""

EVERYWHERE = frozenset({421, 500, 501, 502})
"""Codes that may answer any command (RFC 5321 4.2.4, 4.3.2)."""


@cache
def commands_of(code: int) -> tuple[Context, ...]:
    """Return the commands that this code is usual for, in their usual order; () for any or none."""
    if code in POSITIVE:
        return POSITIVE[code]
    known = CODES.get(code)
    found = set(known.usual) if known is not None else set()
    found |= {context for context, rows in CONTEXT_ROWS.items() if code in rows}
    found |= {context for context, own, _ in NAMED if own == code}
    found -= {Context.UNKNOWN, Context.AUTH_STEP}
    return tuple(context for context in Context if context in found)


def usual_commands(situation: Situation) -> tuple[str, ...]:
    """Return the line that names the commands of the code, if the command is not known."""
    if not situation.unplaced or situation.klass is None:
        return ()
    code = situation.code or 0
    found = tuple(dict.fromkeys(CONTEXT_WORDS[context].json for context in commands_of(code)))
    if code in EVERYWHERE or len(found) > ANYWHERE:
        return (f"{code} may answer almost any command; which one is not known here",)
    if not found:
        return ()
    return (clip(f"the command is not known here; {code} is usual for {', '.join(found)}"),)
