"""What is odd about a reply: its form, its codes, who stands in between; told also in brief."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from smtpprobe.knowledge.rules.situation import Finding, Says, Situation
from smtpprobe.knowledge.wording import clip
from smtpprobe.protocol.reply import Defect
from smtpprobe.protocol.verbs import Context

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

_Remark: TypeAlias = Callable[[Situation, Finding], Iterable[str]]

_CLASS_WORDS = {2: "success", 4: "temporary", 5: "permanent"}


def remarks(situation: Situation, found: Finding) -> tuple[str, ...]:
    """Return what is odd about the reply, a sentence each; nothing of most replies."""
    told = (*found.remarks, *(one for remark in REMARKS for one in remark(situation, found)))
    return tuple(dict.fromkeys(clip(one) for one in told))


def _form(situation: Situation, found: Finding) -> Iterable[str]:
    defects = frozenset() if situation.before.turned else situation.exchange.reply.defects
    if not defects:
        return ()
    evident = found.row.says | {Defect.ENHANCED_MISMATCH}
    return (defect.value for defect in Defect if defect in defects - evident)


def _classes(situation: Situation, _found: Finding) -> Iterable[str]:
    enhanced, klass = situation.exchange.reply.enhanced, situation.klass
    if enhanced is None or klass not in _CLASS_WORDS or enhanced.klass == klass:
        return
    told = f"{situation.code} says {_CLASS_WORDS[klass]}, {enhanced} says "
    told += _CLASS_WORDS[enhanced.klass]
    ignored = 2 in (klass, enhanced.klass)  # success and refusal at once
    yield (
        f"{told}; {situation.code} counts" if ignored else f"{told}; {situation.code} decides retry"
    )


def _rewritten(situation: Situation, found: Finding) -> Iterable[str]:
    reply, command = situation.exchange.reply, situation.exchange.command
    if command is None and not reply.may_be_rewritten:
        return ()
    from smtpprobe.knowledge.rules.smtp_inspection import (  # noqa: PLC0415 - few firewalls do
        SWITCHED_OFF,
        answers_another,
        inspected,
    )

    if told := inspected(reply, situation.context):
        is_said = Says.WRITTEN_OVER in found.row.says
        return (SWITCHED_OFF,) if is_said else (told, SWITCHED_OFF)
    told = answers_another(situation)
    return (told,) if told else ()


def _old_auth(situation: Situation, _found: Finding) -> Iterable[str]:
    if situation.context not in (Context.EHLO, Context.LHLO, None) or situation.klass != 2:
        return
    words = [text.upper().split(" ")[0] for text in situation.exchange.reply.texts[1:]]
    if "AUTH" not in words and any(word.startswith("AUTH=") for word in words):
        yield "AUTH= is the form of old drafts; without AUTH beside it most clients see no login"


def _answer(situation: Situation, _found: Finding) -> Iterable[str]:
    """Tell of an answer in a login that the server took, but hardly as it was meant."""
    if not situation.live or situation.code != MORE_WANTED:
        return
    from smtpprobe.knowledge.rules import login_progress  # noqa: PLC0415 - only in a login

    if situation.context not in login_progress.LOGIN:
        return
    if login_progress.not_base64(situation):
        yield "what you sent is not base64; the server continues anyway; * gives up"
    elif login_progress.is_unreadable(situation):
        yield "what you sent decodes to no readable name: was it base64? * gives up"


def _proxy_header(situation: Situation, _found: Finding) -> Iterable[str]:
    """Tell of the PROXY header where a refusal in place of the greeting can be about it."""
    if not situation.live or situation.context is not Context.CONNECT or situation.klass == 2:
        return
    if situation.before.via.header:
        yield "a PROXY header was sent: the server may have refused it; its log says why"
    elif "server local error" in situation.text and (situation.exchange.elapsed or 0) > PATIENCE:
        yield "Postfix says this too if it expected a PROXY header and none came (--proxy-protocol)"


PATIENCE = 4.0
"""Postfix waits 5 seconds for the header (smtpd_upstream_proxy_timeout)."""

MORE_WANTED = 334
"""RFC 4954 4: a challenge, empty or not."""

REMARKS: tuple[_Remark, ...] = (_form, _classes, _rewritten, _old_auth, _answer, _proxy_header)
"""Each returns its sentences."""
