"""`smtpprobe explain`: runs it; arguments in, output and exit code out."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence

from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.explainer.arguments import FOR_PROGRAMS, Arguments, Output
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.knowledge.own.in_force import use
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import Detail
from smtpprobe.present.spans import Line
from smtpprobe.present.terminal import rendered, wants_colour, write_utf8
from smtpprobe.settings.configured import may_be_configured

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

_ENHANCED = r"[2-9]\.[0-9]{1,3}\.[0-9]{1,3}"
_CODE = r"[0-9]{3}"
_FINDING = (
    r"(?:check|dns|conn|starttls|ehlo|requiretls|tls|cert|dane|sts|tlsrpt|submission)\.[a-z0-9-]+"
)
"""An id of `smtpprobe starttls`."""


def run(words: Arguments) -> int:
    """Explain what the words name; return the exit code.

    Raises:
        UsageError: there is nothing to explain, or the answer cannot be written; the caller
            reports it.
    """
    if words.into is None:
        return _answered(words)
    return _into_file(words.into, words)


def _into_file(path: str, words: Arguments) -> int:
    """Have the answer written into a file, which is there once it is whole."""
    from io import TextIOWrapper  # noqa: PLC0415 - only for -o, as all this

    from smtpprobe.atomic_file import check_writable, same_file, written_whole  # noqa: PLC0415

    check_writable(path, "-o")
    for source in words.files:
        same_file(("-f", source), ("-o", path))
    screen = sys.stdout
    with written_whole(path) as file:
        sys.stdout = text = TextIOWrapper(file, "utf-8", "backslashreplace", newline="\n")
        try:
            return _answered(words)
        finally:
            sys.stdout = screen
            text.detach()  # writes out what it holds


def _answered(words: Arguments) -> int:
    if words.check_replies:
        from smtpprobe.explainer.own_table import check, named_path  # noqa: PLC0415 - when asked

        return ExitStatus.OK if check(named_path(words.check_replies)) else ExitStatus.CHECK_FAILED
    _begin_own_table(words.replies)
    answer = _Answer(words.output, colour=_colour(words))
    if words.output in FOR_PROGRAMS:
        write_utf8(sys.stdout)
    if words.code is not None:
        return _code(words.code, answer)
    if words.text is not None:
        return _text(words, answer)
    if not words.files and sys.stdin.isatty():
        raise UsageError("nothing to explain", "give a reply, use -f FILE, or pipe a log into it")
    return _files(words)


def _begin_own_table(option: str) -> None:
    """Go by the user's own table: of the option, the environment, the configuration, or usual."""
    use(())
    if not option and VARIABLE not in os.environ and not may_be_configured():
        return
    from smtpprobe.explainer.own_table import begin  # noqa: PLC0415 - most have no table
    from smtpprobe.settings.settings import config_path, load  # noqa: PLC0415

    # what is wrong with the other settings matters to no explanation
    setting = option or load({}, path=config_path()).settings.replies
    for warning in begin(setting, asked=bool(option)):
        sys.stderr.write(f"smtpprobe: warning: {shown(warning)}\n")


VARIABLE = "SMTPPROBE_REPLIES"


def _colour(words: Arguments) -> bool:
    return wants_colour(words.color, os.environ, terminal=sys.stdout.isatty())


def _files(words: Arguments) -> int:
    from smtpprobe.explainer.files import Files  # noqa: PLC0415 - a single reply starts faster

    gc.enable()
    files = Files(words.output, colour=_colour(words), progress=not words.quiet)
    return files.run(words.files or ("-",))


class _Answer:
    """Writes the answer in the chosen format: lines for people, or rows."""

    def __init__(self, output: Output, *, colour: bool) -> None:
        self._output = output
        self._colour = colour

    def show(self, lines: Iterable[Line]) -> int:
        """Show lines to people."""
        sys.stdout.write(rendered(lines, colour=self._colour))
        return ExitStatus.OK

    def facts(
        self,
        facts: T,
        lines: Callable[[T], Iterable[Line]],
        values: Callable[[T], dict[str, object]],
    ) -> int:
        """Give what a code, a word or a finding means: its lines to people, its values as JSON."""
        if self._output not in FOR_PROGRAMS:
            return self.show(lines(facts))
        if self._output is Output.CSV:
            raise UsageError("--csv is only for replies", "use --json or --jsonl")
        from smtpprobe.explainer.report.json_csv import Rows  # noqa: PLC0415

        rows = Rows(self._output, sys.stdout.write)
        rows.facts(values(facts))
        rows.close()
        return ExitStatus.OK

    def replies(self, replies: Sequence[tuple[Found, Annotation]]) -> int:
        """Give each reply and what it means."""
        if self._output in FOR_PROGRAMS:
            from smtpprobe.explainer.report.json_csv import Rows  # noqa: PLC0415

            rows = Rows(self._output, sys.stdout.write)
            for found, annotation in replies:
                rows.reply(found, annotation, None)
            rows.close()
            return ExitStatus.OK
        from smtpprobe.explainer.report.reply_block import reply_block  # noqa: PLC0415

        for found, annotation in replies:
            self.show(reply_block(found, annotation, Detail.FULL))
        return ExitStatus.OK


def _code(code: int, answer: _Answer) -> int:
    from smtpprobe.explainer.report.reference import code_lines  # noqa: PLC0415
    from smtpprobe.explainer.report.reference_json import code_object  # noqa: PLC0415
    from smtpprobe.knowledge.reference.codes import explain_code  # noqa: PLC0415

    return answer.facts(explain_code(code), code_lines, code_object)


def _text(words: Arguments, answer: _Answer) -> int:
    text = (words.text or "").strip()
    if words.local:
        return _local(text, answer)
    if not words.command and " " not in text:
        if re.fullmatch(_CODE, text):
            return _code(int(text), answer)
        if re.fullmatch(_ENHANCED, text):
            return _enhanced(text, answer)
        if re.fullmatch(_FINDING, text):
            return _finding(text, answer)
    from smtpprobe.explainer.explain import explained, found_in  # noqa: PLC0415

    found = found_in(text, words.command)
    if not found:
        return _word(text, words, answer)
    return answer.replies([(one, explained(one)) for one in found])


def _local(text: str, answer: _Answer) -> int:
    """Give what a mail server's own words mean; the status code of a DSN may begin them."""
    from smtpprobe.explainer.explain import own_words  # noqa: PLC0415

    found = Found(text, klass=WORDS_OF_ITS_OWN)
    return answer.replies([(found, own_words(text))])


WORDS_OF_ITS_OWN = 5
"""The class of a failure whose words do not show one."""


def _enhanced(text: str, answer: _Answer) -> int:
    from smtpprobe.explainer.report.reference import enhanced_lines  # noqa: PLC0415
    from smtpprobe.explainer.report.reference_json import enhanced_object  # noqa: PLC0415
    from smtpprobe.knowledge.reference.enhanced import explain_enhanced  # noqa: PLC0415

    facts = explain_enhanced(text)
    if facts is None:
        raise UsageError(
            f"{text} is not an enhanced status code", "the first digit is 2, 4 or 5 (RFC 3463)"
        )
    return answer.facts(facts, enhanced_lines, enhanced_object)


def _finding(name: str, answer: _Answer) -> int:
    from smtpprobe.explainer.report.reference import finding_lines  # noqa: PLC0415
    from smtpprobe.explainer.report.reference_json import finding_object  # noqa: PLC0415
    from smtpprobe.starttls.finding_table import FINDINGS, same_family  # noqa: PLC0415

    if name not in FINDINGS:
        raise UsageError(
            f"{name} is not a finding of smtpprobe starttls", ", ".join(same_family(name))
        )
    return answer.facts(FINDINGS[name], finding_lines, finding_object)


def _word(text: str, words: Arguments, answer: _Answer) -> int:
    from smtpprobe.explainer.report.reference import word_lines  # noqa: PLC0415
    from smtpprobe.explainer.report.reference_json import word_object  # noqa: PLC0415
    from smtpprobe.knowledge.reference.words import explain_word  # noqa: PLC0415

    facts = explain_word(text)
    if facts is not None:
        return answer.facts(facts, word_lines, word_object)
    from smtpprobe.explainer.explain import explained  # noqa: PLC0415
    from smtpprobe.explainer.formats.client_dialog import with_status  # noqa: PLC0415
    from smtpprobe.explainer.input.found_reply import WORDS  # noqa: PLC0415
    from smtpprobe.knowledge.offline import Place  # noqa: PLC0415
    from smtpprobe.knowledge.outcomes import explain_words  # noqa: PLC0415

    if (bare := with_status(text)) is not None:
        bare = bare._replace(context=words.command)
        return answer.replies([(bare, explained(bare))])
    if (told := explain_words(text, Place())) is not None:
        return answer.replies([(Found(text, klass=WORDS), told)])
    answer.replies([])
    sys.stderr.write(f"smtpprobe: no known reply, code or word in {text[:80]!r}\n")
    if _is_file(text):
        sys.stderr.write(f"  to explain the contents of a file: smtpprobe explain -f {text}\n")
    else:
        sys.stderr.write("  for example: smtpprobe explain 550 5.7.1 Relay access denied\n")
    return ExitStatus.NOTHING_CHECKED


def _is_file(text: str) -> bool:
    try:
        return os.path.exists(text)  # noqa: PTH110 - pathlib costs a third of a bare start
    except ValueError:
        return False
