"""The script language: text to a Script, or all that is wrong with it. Pure.

The first characters of a line decide what it is, and only outside a message body: `#` comment,
`:` local command, `<` expectation, `>` send as it stands, three digits and a separator a server
line, anything else a line for the server.
"""

from __future__ import annotations

import re

from smtpprobe.script.expectation import read_expectation
from smtpprobe.script.local_names import LATER, LOCALS, PROMPT_ONLY, argument_fault, nearest
from smtpprobe.script.problem import SHOWN_PROBLEMS, Mark, Problem, ScriptProblems
from smtpprobe.script.source import read_source
from smtpprobe.script.steps import (
    SERVER_LINE,
    AnyReply,
    BdatChunk,
    Body,
    Codes,
    Comment,
    Exact,
    Expect,
    Local,
    Place,
    RawLine,
    Script,
    Step,
    Wire,
)
from smtpprobe.script.values import BUILT_IN, expansions

_BDAT = re.compile(r"(?i)BDAT[ \t]+([0-9]{1,18})(?:[ \t]+LAST)?[ \t]*")
_LOCAL = re.compile(r":([a-z0-9!]*)")


def parse(text: bytes | str, name: str, *, fragment: bool = False) -> Script:
    """Return the script written in `text`; `name` is how messages call it.

    With `fragment` (a paste) the last message may lack its dot and stays open.

    Raises:
        ScriptProblems: it cannot be run; up to ten problems with their places.
    """
    source = read_source(text, name)
    parser = _Parser(source.lines, fragment=fragment)
    parser.run()
    if parser.problems:
        raise ScriptProblems(name, source.lines, tuple(parser.problems[:SHOWN_PROBLEMS]))
    return Script(name, source.lines, tuple(parser.steps))


class _Parser:
    """A cursor over the lines (from 0) that appends steps and problems."""

    def __init__(self, lines: tuple[str, ...], *, fragment: bool) -> None:
        self._lines = lines
        self._fragment = fragment
        self._next = 0
        self._secrets: set[str] = set()
        self.steps: list[Step] = []
        self.problems: list[Problem] = []

    def run(self) -> None:
        while self._next < len(self._lines) and len(self.problems) < SHOWN_PROBLEMS:
            self._line(self._lines[self._next])

    def _line(self, text: str) -> None:
        number = self._next + 1
        match text[:1]:
            case "":
                self._next += 1
            case "#":
                self._take(Comment(Place(number), text))
            case ":":
                self._local(text, number)
            case "<":
                self._expect(text, number)
            case "|":
                self._refuse(
                    "P17", "reply lines are not in this version", Mark(number, 1, len(text))
                )
            case ">":
                self._exact(text, number)
            case _ if SERVER_LINE.match(text):
                self._server_lines()
            case _:
                self._wire(text, number)

    def _take(self, step: Step) -> None:
        self.steps.append(step)
        self._next += 1

    def _refuse(self, id_: str, message: str, mark: Mark, *help_: str) -> None:
        self.problems.append(Problem(id_, message, (mark,), help_))
        self._next += 1

    def _local(self, text: str, number: int) -> None:
        match = _LOCAL.match(text)
        name = match[1] if match else ""
        rest = text[1 + len(name) :]
        argument = rest.strip(" \t")
        column = 2 + len(name) + (len(rest) - len(rest.lstrip(" \t")))
        known = name in LOCALS and (not rest or rest[0] in " \t")
        if not known:
            self._unknown_local(text, number)
            return
        if fault := argument_fault(name, argument):
            mark = Mark(number, column, max(1, len(argument)))
            self._refuse("P18", f"bad argument: {fault}", mark, LOCALS[name][1])
            return
        if name == "secret":
            self._secrets.add(argument)
        if name in ("connect", "echo", "raw"):
            self._names(text, number)
        self._take(Local(Place(number), name, argument, column))

    def _unknown_local(self, text: str, number: int) -> None:
        word = text.split(maxsplit=1)[0]
        name, mark = word[1:], Mark(number, 1, len(word))
        instead = f'to send this line to the server, write "> {text}"'
        if name in LATER:
            self._refuse("P01", f'":{name}" is not in this version of smtpprobe', mark, instead)
            return
        label, help_ = "", (instead,)
        if name.rstrip("!") in PROMPT_ONLY:
            label = "only at the prompt"
        elif found := nearest(name):
            label = f'did you mean ":{found}"?'
        mark = Mark(number, 1, len(word), label)
        self._refuse("P01", f'unknown local command ":{name}"', mark, *help_)

    def _names(self, text: str, number: int) -> None:
        for found in expansions(text):
            if found.name in BUILT_IN or found.name in self._secrets:
                continue
            label = "known here: {{client}}, {{host}}, {{port}}, {{domain}} and secrets"
            mark = Mark(number, found.column, found.width, label)
            help_ = ('braces for the server: write "> ..." under :expand off',)
            problem = Problem("P07", f'variable "{found.name}" has no value', (mark,), help_)
            self.problems.append(problem)

    def _expect(self, text: str, number: int) -> Expect | None:
        found = read_expectation(text, number)
        self._next += 1
        if isinstance(found, Problem):
            self.problems.append(found)
            return None
        self.steps.append(found)
        return found

    def _server_lines(self) -> Expect | None:
        start = self._next
        end = start
        while end < len(self._lines):
            match = SERVER_LINE.match(self._lines[end])
            if match is None:
                break
            end += 1
            if match[2] != "-":
                lines = self._lines[start:end]
                expect = Expect(Place(end), Codes((match[1],)), match[1], 1, server=lines)
                self.steps.append(expect)
                self._next = end
                return expect
        self._next = end
        last = self._lines[end - 1]
        mark = Mark(end, 1, len(last), f'"{last[:3]} " with a space ends it')
        self.problems.append(Problem("P11", "the reply has no last line", (mark,)))
        return None

    def _exact(self, text: str, number: int) -> None:
        if len(text) > 1 and text[1] != " ":
            mark = Mark(number, 1, 1)
            self._refuse("P18", 'a space belongs after ">"', mark, f"> {text[1:]}")
            return
        self._take(Exact(Place(number), text[2:]))

    def _wire(self, text: str, number: int) -> None:
        self._names(text, number)
        if match := _BDAT.fullmatch(text):
            self._bdat(text, number, int(match[1]), match)
            return
        wire = Wire(Place(number), text)
        self._take(wire)
        if wire.is_data and self._body_follows():
            self._body(number)

    def _body_follows(self) -> bool:
        """Read the expectation under DATA, if there is one, and tell whether a message follows."""
        at = self._next
        while at < len(self._lines) and self._lines[at].startswith("#"):
            at += 1
        text = self._lines[at] if at < len(self._lines) else ""
        if not text.startswith("<") and not SERVER_LINE.match(text):
            return self._next < len(self._lines) or not self._fragment
        while self._next < at:
            self._take(Comment(Place(self._next + 1), self._lines[self._next]))
        if text.startswith(("<?", "<*")):
            message = f'"{text[:2]}" cannot follow DATA: whether a message follows must be certain'
            self._refuse("P12", message, Mark(at + 1, 1, 2), 'write "< 354" or "< 5xx"')
            return "." in self._lines[self._next :]
        if not text.startswith("<"):
            return _accepts_354(self._server_lines())
        return self._expectations_of_data(text)

    def _expectations_of_data(self, text: str) -> bool:
        first = found = self._expect(text, self._next + 1)
        if first is None:
            return "." in self._lines[self._next :]
        while (
            found is not None
            and isinstance(found.what, RawLine)
            and re.match(rb"[0-9]{3}-", found.what.octets)
            and self._next < len(self._lines)
            and self._lines[self._next].startswith("< line")
        ):
            found = self._expect(self._lines[self._next], self._next + 1)
        return _accepts_354(first)

    def _body(self, data_line: int) -> None:
        start = self._next
        try:
            end = self._lines.index(".", start)
        except ValueError:
            self._open_body(data_line, start)
            return
        self.steps.append(Body(Place(start + 1), self._lines[start:end]))
        self._next = end + 1

    def _open_body(self, data_line: int, start: int) -> None:
        lines = self._lines[start:]
        self._next = len(self._lines)
        if self._fragment:
            if lines:
                self.steps.append(Body(Place(start + 1), lines, ended=False))
            return
        first = start + 1 if lines else data_line
        before = Mark(
            data_line, 1, 4, "no expectation that refuses 354: a message follows ...", "-"
        )
        label = "... and from here to the end of the file no line holds a single dot"
        marks = (before, Mark(first, 1, 1, label)) if lines else (Mark(first, 1, 4, label[4:]),)
        help_ = (
            'end it with a line holding only "."',
            'if the server should refuse DATA, write "< 5xx" under it',
        )
        self.problems.append(Problem("P05", "the message body never ends", marks, help_))

    def _bdat(self, text: str, number: int, octets: int, match: re.Match[str]) -> None:
        start = self._next = self._next + 1
        held = 0
        while held < octets and self._next < len(self._lines):
            held += _octets(self._lines[self._next])
            self._next += 1
        if held == octets:
            chunk = "".join(line + "\r\n" for line in self._lines[start : self._next])
            raw = chunk.encode("utf-8", "surrogateescape")
            self.steps.append(BdatChunk(Place(number), text, raw))
            return
        announced = Mark(number, match.start(1) + 1, len(match[1]), match[1], "-")
        wrong = f'a wrong count on purpose: "> {text}"'
        if held < octets:
            message = f"BDAT announces {octets} octets, but the file ends {octets - held} short"
            mark = Mark(number, match.start(1) + 1, len(match[1]), f"{held} octets follow")
            self.problems.append(Problem("P08", message, (mark,), (wrong,)))
            return
        last = self._lines[self._next - 1]
        message = (
            f"BDAT announces {octets} octets, but line {self._next} runs {held - octets} past them"
        )
        first_octet = held - _octets(last) + 1
        label = f"octets {first_octet}\N{EN DASH}{held} of {octets} (each line counts 2 for CRLF)"
        marks = (announced, Mark(self._next, 1, max(1, len(last)), label))
        help_ = (f"up to here {held} octets: BDAT {held}", wrong)
        self.problems.append(Problem("P08", message, marks, help_))


def _octets(line: str) -> int:
    return len(line.encode("utf-8", "surrogateescape")) + 2


def _accepts_354(expect: Expect | None) -> bool:
    """Tell whether a message follows under DATA with this expectation."""
    if expect is None:
        return False
    match expect.what:
        case Codes():
            return expect.what.accepts(354)
        case AnyReply():
            return True
        case RawLine(octets):
            return octets.startswith(b"354")
        case _:
            return False
