"""Explains a text that is at hand as a whole: a reply, a code, lines of a log, a bounce."""

from __future__ import annotations

import re
from typing import NamedTuple

from smtpprobe.explainer.explain import explained, found_in
from smtpprobe.explainer.input.detect import SAMPLE_OCTETS, Form, form_of
from smtpprobe.explainer.input.found_reply import WORDS, Found
from smtpprobe.explainer.input.reader import reader_of
from smtpprobe.explainer.report.reference import (
    code_lines,
    enhanced_lines,
    finding_lines,
    word_lines,
)
from smtpprobe.explainer.report.reply_block import reply_block
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.offline import Place
from smtpprobe.knowledge.outcomes import explain_words
from smtpprobe.knowledge.reference.codes import explain_code
from smtpprobe.knowledge.reference.enhanced import explain_enhanced
from smtpprobe.knowledge.reference.words import explain_word
from smtpprobe.present.reply import Detail
from smtpprobe.present.spans import Line
from smtpprobe.protocol.verbs import Context
from smtpprobe.starttls.finding_table import FINDINGS


class Explanation(NamedTuple):
    """The lines that explain a text, and what each reply in it means; both empty: nothing known."""

    lines: tuple[Line, ...] = ()
    replies: tuple[tuple[Found, Annotation], ...] = ()


def explain_pasted(text: str, context: Context | None = None, most: int = 20) -> Explanation:
    """Return what a text means: of `most` replies in it the lines, of all the annotation.

    `context` is what a single reply answers. A bare code, an enhanced one, a finding or a keyword
    is looked up.
    """
    text = text.strip()
    if context is None and (lines := _reference(text)):
        return Explanation(lines)
    found = _found(text, context)
    if not found and (told := explain_words(text, Place())) is not None:
        one = Found(text, klass=WORDS)
        return Explanation(tuple(reply_block(one, told, Detail.FULL)), ((one, told),))
    replies = tuple((one, explained(one)) for one in found)
    detail = Detail.FULL if len(replies) == 1 else Detail.BRIEF
    blocks = (line for one in replies[:most] for line in (*reply_block(*one, detail), ()))
    return Explanation(tuple(blocks)[:-1], replies)


def _reference(text: str) -> tuple[Line, ...]:
    """Return what a single word means; nothing where it is not one that is known."""
    if not text or len(text.split()) > 1:
        return ()
    if re.fullmatch("[0-9]{3}", text):
        return tuple(code_lines(explain_code(int(text))))
    if (enhanced := explain_enhanced(text)) is not None:
        return tuple(enhanced_lines(enhanced))
    if text in FINDINGS:
        return tuple(finding_lines(FINDINGS[text]))
    facts = explain_word(text)
    return tuple(word_lines(facts)) if facts is not None else ()


def _found(text: str, context: Context | None) -> list[Found]:
    octets = text.encode("utf-8", "surrogateescape")
    form = form_of(octets[:SAMPLE_OCTETS])
    one_line = "\n" not in text and form is not Form.JSON
    typed = form in (Form.TEXT, Form.BINARY) or context is not None or one_line
    if typed and (found := found_in(text, context)):
        return found
    reader = reader_of(form, lambda _line, _what: None)
    found = []
    for number, line in enumerate(octets.split(b"\n"), 1):
        found += reader.read(line.removesuffix(b"\r"), number)
    return [*found, *reader.close()]
