"""`smtpprobe explain`: words to an answer and an exit code."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable, Sequence

from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.explain.found import Found
from smtpprobe.explain.words import HELP, Output, Words, read_words
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.present.reply_view import Detail
from smtpprobe.present.spans import Line
from smtpprobe.present.streams import write_utf8
from smtpprobe.present.terminal import rendered, wants_colour

_ENHANCED = re.compile(r"[2-9]\.[0-9]{1,3}\.[0-9]{1,3}")
_CODE = re.compile(r"[0-9]{3}")
_FINDING = (
    r"(?:check|dns|conn|starttls|ehlo|requiretls|tls|cert|dane|sts|tlsrpt|submission)\.[a-z0-9-]+"
)
"""An id of `smtpprobe starttls`."""
_RECIPIENT = (
    r"[0-9]{3} (?:[0-9.]+ )?<([^<>\s]+@[^<>\s]+)>: "
    r"(?:Relay access denied|Recipient address rejected)"
)
"""Replies of Postfix that begin with the recipient they are about."""


def main(argv: Sequence[str]) -> int:
    """Explain what the words name; return the exit code.

    Raises:
        UsageError: the words cannot be meant; the caller tells it.
    """
    words = read_words(argv)
    if words.help:
        sys.stdout.write(HELP)
        return ExitStatus.OK
    colour = wants_colour(words.color, os.environ, terminal=sys.stdout.isatty())
    if words.output in (Output.JSON, Output.CSV):
        write_utf8(sys.stdout)
    if words.code is not None:
        return _code(words.code, colour=colour)
    if words.text is not None:
        return _text(words, colour=colour)
    if not words.files and sys.stdin.isatty():
        raise UsageError("nothing to explain", "give a reply, or -f FILE, or pipe a log into it")
    return _files(words, colour=colour)


def _files(words: Words, *, colour: bool) -> int:
    from smtpprobe.explain.files import Files  # noqa: PLC0415 - a single reply starts faster

    gc.enable()
    progress = sys.stderr.isatty() and not words.quiet
    return Files(words.output, colour=colour, progress=progress).run(words.files or ("-",))


def _code(code: int, *, colour: bool) -> int:
    from smtpprobe.explain.facts_view import code_lines  # noqa: PLC0415
    from smtpprobe.knowledge.code_facts import explain_code  # noqa: PLC0415

    return _show(code_lines(explain_code(code)), colour=colour)


def _text(words: Words, *, colour: bool) -> int:
    text = (words.text or "").strip()
    if not words.command:
        if _CODE.fullmatch(text):
            return _code(int(text), colour=colour)
        if _ENHANCED.fullmatch(text):
            return _enhanced(text, colour=colour)
        if re.fullmatch(_FINDING, text):
            return _finding(text, colour=colour)
    found = [_typed(text, words)] if text[:3].isdigit() else _inside(text, words)
    if not found:
        return _word(text, colour=colour)
    from smtpprobe.explain.meaning import explained  # noqa: PLC0415

    _replies([(one, explained(one)) for one in found], words.output, colour=colour)
    return ExitStatus.OK


def _typed(text: str, words: Words) -> Found:
    named = re.match(_RECIPIENT, text) if ">: " in text else None
    return Found(text, words.command, recipient=named[1] if named else None)


def _replies(replies: Sequence[tuple[Found, Annotation]], output: Output, *, colour: bool) -> None:
    if output in (Output.JSON, Output.CSV):
        from smtpprobe.explain.rows import COLUMNS, csv_line, csv_row, json_line  # noqa: PLC0415

        if output is Output.CSV:
            sys.stdout.write(csv_row(list(COLUMNS)))
        line = csv_line if output is Output.CSV else json_line
        sys.stdout.writelines(line(found, meaning, None) for found, meaning in replies)
        return
    from smtpprobe.explain.reply_block import reply_block  # noqa: PLC0415

    for found, annotation in replies:
        _show(reply_block(found, annotation, Detail.FULL), colour=colour)


def _inside(text: str, words: Words) -> list[Found]:
    """Return the replies in a text that does not begin with one: a log line, a folded quote."""
    from smtpprobe.explain.text_lines import TextLines  # noqa: PLC0415
    from smtpprobe.knowledge.unfold import unfold  # noqa: PLC0415

    reader = TextLines()
    found = []
    for number, line in enumerate(text.encode("utf-8", "surrogateescape").split(b"\n"), 1):
        found += reader.read(line, number)
    found += reader.close()
    if not found and unfold(text).code is not None:
        found = [Found(text)]
    return [one._replace(context=words.command or one.context) for one in found]


def _enhanced(text: str, *, colour: bool) -> int:
    from smtpprobe.explain.facts_view import enhanced_lines  # noqa: PLC0415
    from smtpprobe.knowledge.enhanced_facts import explain_enhanced  # noqa: PLC0415

    facts = explain_enhanced(text)
    if facts is None:
        raise UsageError(f"{text} is no enhanced status code", "its class is 2, 4 or 5 (RFC 3463)")
    return _show(enhanced_lines(facts), colour=colour)


def _finding(name: str, *, colour: bool) -> int:
    from smtpprobe.starttls.finding_table import FINDINGS  # noqa: PLC0415
    from smtpprobe.starttls.finding_view import finding_lines, nearest  # noqa: PLC0415

    if name not in FINDINGS:
        raise UsageError(f"{name} is no finding of smtpprobe starttls", ", ".join(nearest(name)))
    return _show(finding_lines(FINDINGS[name]), colour=colour)


def _word(text: str, *, colour: bool) -> int:
    from smtpprobe.explain.facts_view import word_lines  # noqa: PLC0415
    from smtpprobe.knowledge.word_facts import explain_word  # noqa: PLC0415

    facts = explain_word(text)
    if facts is not None:
        return _show(word_lines(facts), colour=colour)
    sys.stderr.write(f"smtpprobe: no reply, code or word known here in {text[:80]!r}\n")
    if _is_file(text):
        sys.stderr.write(f"  to explain what is in the file: smtpprobe explain -f {text}\n")
    else:
        sys.stderr.write("  for example: smtpprobe explain 550 5.7.1 Relay access denied\n")
    return ExitStatus.NOTHING_CHECKED


def _is_file(text: str) -> bool:
    try:
        return os.path.exists(text)  # noqa: PTH110 - pathlib costs a third of a bare start
    except ValueError:
        return False


def _show(lines: Iterable[Line], *, colour: bool) -> int:
    sys.stdout.write(rendered(lines, colour=colour))
    return ExitStatus.OK
