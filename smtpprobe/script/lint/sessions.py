"""Rules about a session: how it ends, EHLO, replies that nothing checks."""

from __future__ import annotations

from collections.abc import Iterator

from smtpprobe.lookalikes import lookalike
from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.pipelining import ends_group
from smtpprobe.protocol.verbs import HELLOS
from smtpprobe.script.language.auth_lines import literal_answers
from smtpprobe.script.language.defined_names import Outside
from smtpprobe.script.language.matchers import (
    AnyReply,
    Codes,
    Eof,
    Nothing,
    RawLine,
    What,
    accepts_354,
)
from smtpprobe.script.language.problem import Mark
from smtpprobe.script.language.steps import (
    Auth,
    BdatChunk,
    BdatFile,
    Body,
    Case,
    DataFile,
    Exact,
    Expect,
    Hold,
    Local,
    Script,
    SmtpLine,
    Step,
    acts,
    walk,
)
from smtpprobe.script.lint.finding import Finding, whole


def steps_of(case: Case) -> tuple[Step, ...]:
    """Return the steps of a case in order, those in blocks among them."""
    return tuple(walk((*case.steps, *case.last)))


def left_open(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L03."""
    for case in script.cases:
        open_: dict[str, Step] = {}
        begun: set[str] = set()
        name = "main"
        for step in steps_of(case):
            if isinstance(step, Local) and step.name == "on":
                name = step.argument
            elif _closes(step):
                begun.add(name)
                open_.pop(name, None)
            elif acts(step) and not (
                isinstance(step, Expect) and name in begun and name not in open_
            ):
                begun.add(name)
                open_[name] = step
        for step in open_.values():
            message = "connection left open at the end"
            help_ = ("end it with QUIT, :close or < eof",)
            yield Finding("L03", message, (whole(script, step.place),), help_)


def _closes(step: Step) -> bool:
    match step:
        case SmtpLine(text=text) | Exact(text=text):
            return first_word(text) == "QUIT"
        case Hold(held=held):
            return any(map(_closes, held))
        case Local(name=name):
            return name == "close"
        case Expect(what=what):
            return isinstance(what, Eof)
        case _:
            return False


def literal_responses(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L04."""
    for case in script.cases:
        for place in literal_answers(steps_of(case)):
            message = "the script contains an AUTH response"
            help_ = (":secret NAME, and {{ plain(user, NAME) }} or {{NAME}} instead",)
            yield Finding("L04", message, (whole(script, place),), help_)


def mail_unannounced(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L06."""
    for case in script.cases:
        greeted: set[str] = set()
        name = "main"
        steps = steps_of(case)
        for index, step in enumerate(steps):
            if isinstance(step, Local) and step.name == "on":
                name = step.argument
            elif isinstance(step, Local) and step.name in ("connect", "close"):
                greeted.discard(name)
            for number, line in enumerate(step.held if isinstance(step, Hold) else (step,)):
                if _greets(line):
                    greeted.add(name)
                elif (
                    _is_mail(line)
                    and name not in greeted
                    and not _refusal_wanted(steps, index, number)
                ):
                    message = "MAIL before any EHLO or HELO on this connection"
                    help_ = ('if it should be refused, write "< 503" below it',)
                    yield Finding("L06", message, (whole(script, line.place),), help_)


def talked_on(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L13."""
    for case in script.cases:
        steps = steps_of(case)
        for index, step in enumerate(steps):
            if not isinstance(step, Hold):
                continue
            for number, line in enumerate(step.held[:-1]):
                refused = (_refusal_wanted(steps, index, at) for at in (number, number + 1))
                if isinstance(line, SmtpLine) and _ends_group(line.text) and not any(refused):
                    message = (
                        f"{first_word(line.text)} must be the last of a pipelined group (RFC 2920)"
                    )
                    help_ = (
                        "put it last, or before :hold: some servers drop the connection otherwise",
                        'if it should be refused, write "< 503" for it',
                    )
                    yield Finding("L13", message, (whole(script, line.place),), help_)


def pasted(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L14."""
    for case in script.cases:
        steps = steps_of(case)
        for index, step in enumerate(steps):
            for number, line in enumerate(step.held if isinstance(step, Hold) else (step,)):
                odd = lookalike(line.text) if isinstance(line, SmtpLine) else None
                if odd is None or _refusal_wanted(steps, index, number):
                    continue
                place = Mark(line.place.line, odd.place, file=line.place.file)
                help_ = ('if it should be refused, write "< 501" below it',)
                yield Finding("L14", str(odd), (place,), help_)


def _ends_group(text: str) -> bool:
    """Return whether a held line has to be the last; behind STARTTLS it asks for injection."""
    return ends_group(text) and not text.startswith("{{") and first_word(text) != "STARTTLS"


def _is_mail(step: Step) -> bool:
    return isinstance(step, SmtpLine) and first_word(step.text) == "MAIL"


def _greets(step: Step) -> bool:
    match step:
        case SmtpLine(text=text) | Exact(text=text):
            return first_word(text) in HELLOS or "{{" in first_word(text)
        case Local(name="raw", argument=argument):
            return any(word in argument.upper() for word in HELLOS)
        case _:
            return False


def _refusal_wanted(steps: tuple[Step, ...], index: int, number: int) -> bool:
    """Return whether a refusal is expected of a line: the one with that number of the held ones."""
    under: list[Expect] = []
    for step in steps[index + 1 :]:
        if isinstance(step, Expect):
            under.append(step)
        elif acts(step):
            break
        if len(under) > number:
            return _refuses(under[number].what)
    return any(_refuses(expect.what) for expect in under)


def _refuses(what: What) -> bool:
    match what:
        case Codes():
            return not what.accepts(250)
        case Eof() | Nothing() | AnyReply() | RawLine():
            return True


def unheard(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L10."""
    for case in script.cases:
        listening = _Listening()
        for step in steps_of(case):
            missed = listening.missed(step)
            if missed is not None:
                message = "no expectation for this line before the next line for the server"
                help_ = ('write the expected reply below it, or "<* any"',)
                yield Finding("L10", message, (whole(script, missed.place),), help_)


class _Listening:
    """Which line sent at once has no expectation yet; lines of a message need none."""

    def __init__(self) -> None:
        self._pending: Exact | Local | None = None
        self._in_message = False

    def missed(self, step: Step) -> Exact | Local | None:
        """Return what goes unheard once this step is sent."""
        match step:
            case Expect(what=what):
                data = isinstance(self._pending, Exact) and first_word(self._pending.text) == "DATA"
                self._in_message = data and accepts_354(what)
                self._pending = None
            case Exact():
                self._sent(step)
            case Local(name="raw"):
                self._pending = step
            case Local(name="close" | "connect" | "on"):
                self._pending = None
            case SmtpLine() | Hold() | Body() | BdatChunk() | DataFile() | BdatFile() | Auth():
                missed, self._pending = self._pending, None
                for held in step.held if isinstance(step, Hold) else ():
                    if isinstance(held, Exact):
                        self._sent(held)
                return missed
            case _:
                pass
        return None

    def _sent(self, step: Exact) -> None:
        self._in_message = self._in_message and step.text != "."
        if not self._in_message:
            self._pending = step


def empty(script: Script, _outside: Outside) -> Iterator[Finding]:
    """L12."""
    for case in script.cases:
        if not any(map(acts, (*case.steps, *case.last))):
            what = "script" if case.name is None else f'case "{case.name}"'
            yield Finding("L12", f"{what} is empty", (whole(script, case.place),))
