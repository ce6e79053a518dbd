"""What a code, an enhanced status code or a word means by itself: for `:help` and `:explain`."""

from __future__ import annotations

import re

from smtpprobe.explain import facts_view
from smtpprobe.knowledge.code_facts import explain_code
from smtpprobe.knowledge.enhanced_facts import explain_enhanced
from smtpprobe.knowledge.keyword_table import KEYWORDS, explain_keyword
from smtpprobe.knowledge.word_facts import explain_word
from smtpprobe.present.session_facts import fact
from smtpprobe.present.spans import Line
from smtpprobe.protocol.session import State


def looked_up(text: str, state: State) -> list[Line]:
    """Return what is known of it, first what this server announced; nothing when it is unknown."""
    if re.fullmatch(r"[2-5][0-9]{2}", text):
        return list(facts_view.code_lines(explain_code(int(text))))
    if (enhanced := explain_enhanced(text)) is not None:
        return list(facts_view.enhanced_lines(enhanced))
    word = explain_word(text)
    return [*_here(text.upper(), state), *(facts_view.word_lines(word) if word is not None else ())]


def _here(keyword: str, state: State) -> list[Line]:
    if keyword not in state.extensions or keyword not in KEYWORDS:
        return []
    meaning = explain_keyword(keyword, state.extensions.parameters(keyword))
    return [fact(f"{keyword} announced here", meaning)]
