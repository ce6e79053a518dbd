"""Dialogues of the client in Exim's test suite as scripts. Pure.

The client sends and reads line by line and has no idea of commands, replies or messages. Where a
command is alone and met by its own reply, the script says just that; what goes out otherwise
(several lines, parts of one, behind a pause, before the greeting) is written as sent: `>` and
`:raw`, and so does all behind it until every reply is accounted for again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from operator import itemgetter
from typing import TypeAlias

from smtpprobe.present.escape import is_clean
from smtpprobe.protocol.command import first_word
from smtpprobe.protocol.pipelining import ends_group, grouped
from smtpprobe.protocol.verbs import VERBS
from smtpprobe.script.importers.dialogue import in_groups
from smtpprobe.script.importers.exim_expectations import Expected, Kind, expectations
from smtpprobe.script.importers.exim_file import (
    Call,
    Remark,
    Written,
    end_of_dialogue,
    found_in,
    is_file_of_tests,
)
from smtpprobe.script.importers.exim_lines import (
    Doing,
    Line,
    Lost,
    Part,
    Pause,
    Read,
    Send,
    doings,
    lines_of,
    no_part,
)
from smtpprobe.script.importers.exim_replies_due import Owing
from smtpprobe.script.importers.writer import BDAT, Imported, ScriptWriter

_TIMEOUT = re.compile(r"-t([0-9]{1,9})")
_LONGEST = 10_000
"""The longest wait in seconds that a test may set; 0 waits for ever."""

_LOGIN = re.compile(rb"(?im)^[ \t]*AUTH\b")
_INTERFACE = re.compile(r"[0-9:]|HOSTIPV[46]$")
_USUAL_TIMEOUT = 5
"""Seconds that the client waits for a line by default."""

Sending: TypeAlias = Send | Pause | Lost


def import_exim(text: str, part: Part = no_part) -> Imported:
    """Return the dialogue, or all dialogues of a file of tests, as a script.

    `part` reads the files that a dialogue names.
    """
    writer = ScriptWriter("imported from a script for Exim's test client")
    lines = lines_of(text)
    if is_file_of_tests(lines):
        _FileOfTests(writer, part).write(lines)
    else:
        end = end_of_dialogue(lines)
        _Dialogue(list(doings(lines[:end], part)), writer).write()
        for line in lines[end + 1 :]:
            if line.text.strip():
                writer.trouble("it follows the end of the session", *line.at)
    return writer.done()


class _FileOfTests:
    """Writes each dialogue; the lines around them are for Exim's own test runner."""

    def __init__(self, writer: ScriptWriter, part: Part) -> None:
        self._writer = writer
        self._part = part
        self._written: dict[str, str] = {}
        self._connections = 0
        self._limited = False

    def write(self, lines: Sequence[Line]) -> None:
        for found in found_in(lines):
            match found:
                case Remark(text):
                    self._writer.comment(text)
                case Written(name, text):
                    self._written[name] = text
                case Lost(why, at):
                    self._writer.trouble(why, *at)
                case Call():
                    self._called(found)

    def _called(self, call: Call) -> None:
        writer = self._writer
        if self._connections:
            writer.add(":connect")
        writer.comment(f"client of {call.host} port {call.port}")
        seconds, at_once = self._options(call)
        if call.more:
            self._more(call)
        for lost in call.lost:
            writer.trouble(lost.why, *lost.at)
        if at_once:
            writer.unverified()
            writer.add(":tls on")
        done = list(doings(call.lines, self._named, has_tls=call.has_tls))
        connected = at_once or self._connections > 0
        _Dialogue(done, writer, seconds, connected=connected).write()
        self._connections += 1

    def _named(self, name: str) -> str:
        """Return the text of a file that the test has made, or of one that is there."""
        text = self._written.get(name)
        return self._part(name) if text is None else text

    def _more(self, call: Call) -> None:
        """Report a source interface, a certificate and a key."""
        words = call.more.split()
        if _INTERFACE.match(words[0]):
            self._writer.trouble(f"source address: use --bind {words.pop(0)}", *call.at)
        if words:
            why = f"client certificates are not supported: {' '.join(words)}"
            self._writer.trouble(why, *call.at)

    def _options(self, call: Call) -> tuple[int, bool]:
        """Write the options; return the seconds it waits, and whether TLS begins at once."""
        seconds, at_once = _USUAL_TIMEOUT, False
        for option in call.options:
            match = _TIMEOUT.fullmatch(option)
            if match and 0 < int(match[1]) <= _LONGEST:
                seconds, self._limited = int(match[1]), True
            elif option == "-tls-on-connect":
                at_once = call.has_tls
            else:
                self._writer.trouble(f"client option: {option}", *call.at)
        if self._limited:
            self._writer.add(f":timeout {seconds}s")
        return seconds, at_once


class _Dialogue:
    """A cursor over what one dialogue does."""

    def __init__(
        self,
        done: Sequence[Doing],
        writer: ScriptWriter,
        seconds: int = _USUAL_TIMEOUT,
        *,
        connected: bool = False,
    ) -> None:
        self._done = done
        self._writer = writer
        self._seconds = seconds
        self._connected = connected
        self._owing = Owing()
        self._at = 0
        self._last = max(
            (at for at, one in enumerate(done) if isinstance(one, Send | Read)), default=0
        )
        self._challenged = False
        self._patient = False

    def write(self) -> None:
        for one in self._done:
            if isinstance(one, Send) and one.text is not None:
                self._writer.learn(one.text)
        sendings, reads = self._sendings(), self._reads()
        self._connect(sendings, reads)
        while sendings or reads:
            self._turn(sendings, reads)
            sendings, reads = self._sendings(), self._reads()

    def _connect(self, sendings: Sequence[Sending], reads: Sequence[Read]) -> None:
        """Write what connects before the first turn, where that turn would do it in another way."""
        sent = any(isinstance(one, Send) for one in sendings)
        if reads and not sent and self._expected(reads)[0].kind is Kind.PART:
            self._writer.comment("nothing is sent, so an unfinished greeting is enough")
            self._writer.add(':raw ""')
        elif sendings and not self._connected and isinstance(sendings[0], Pause):
            self._writer.add(":connect")

    def _sendings(self) -> list[Sending]:
        """Return what goes out, and the pauses in it, up to what is read next."""
        found = list[Sending]()
        while self._at < len(self._done):
            doing = self._done[self._at]
            if isinstance(doing, Read):
                break
            found.append(doing)
            self._at += 1
        return found

    def _reads(self) -> list[Read]:
        found = list[Read]()
        while self._at < len(self._done):
            doing = self._done[self._at]
            if not isinstance(doing, Read):
                break
            found.append(doing._replace(start=self._writer.unsaid(doing.start)))
            self._at += 1
        return found

    # what is read

    @property
    def _ends(self) -> bool:
        """Whether nothing more is sent or read."""
        return self._at > self._last

    def _expected(self, reads: Sequence[Read]) -> list[Expected]:
        return expectations(reads, self._owing.due, last=self._ends, torn=self._owing.torn)

    def _read(self, answers: Sequence[Expected]) -> None:
        for answer in answers:
            self._lines(answer)
        self._met(answers)

    def _lines(self, answer: Expected) -> None:
        if not self._patient and any(line.startswith("<*") for line in answer.lines):
            self._writer.add(f":grace {self._seconds}s")
            self._patient = True
        for line in answer.lines:
            self._writer.add(line)

    def _met(self, answers: Sequence[Expected]) -> None:
        """Account for what was read."""
        replies = [answer for answer in answers if answer.kind is not Kind.CLOSE]
        if not replies:
            return
        self._challenged = replies[-1].code == "334"
        self._owing.read(replies)

    # what is sent

    def _turn(self, sendings: list[Sending], reads: list[Read]) -> None:
        sends = [one for one in sendings if isinstance(one, Send)]
        fits = self._owing.in_step and bool(reads)
        if fits and len(sends) == len(sendings) and self._idiom(sends, reads):
            return
        pauses = list(takewhile(lambda one: isinstance(one, Pause), sendings))
        behind = fits and len(sends) > 1 and len(pauses) + len(sends) == len(sendings)
        if not (behind and self._in_groups(sends, reads, pauses)):
            self._as_they_go(sendings, reads)

    def _idiom(self, sends: list[Send], reads: list[Read]) -> bool:
        """Write what is sent as the language says it, with what is read; return whether it can."""
        texts = [send.text for send in sends]
        if not sends:
            self._read(self._expected(reads))
            return True
        if len(sends) > 1:
            lines = [text for text in texts if text is not None]
            return (len(lines) == len(sends) and self._chunk(sends, lines, reads)) or (
                self._in_groups(sends, reads)
            )
        if texts[0] is None:
            return self._together(sends[0], reads)
        return self._alone(sends[0], texts[0], reads)

    def _alone(self, send: Send, text: str, reads: list[Read]) -> bool:
        self._writer.place = send.at
        verb = first_word(text)
        if (verb == "STARTTLS") is not send.secure or BDAT.fullmatch(text):
            return False
        if self._challenged:
            self._writer.answer(text)
        elif text.rstrip(" \t").upper() == "DATA":
            return self._data(send, text, reads)
        else:
            if send.secure:
                self._writer.unverified()
            self._writer.command(text)
        self._owing.sent(send)
        self._read(self._expected(reads))
        return True

    def _data(self, send: Send, text: str, reads: list[Read]) -> bool:
        """Write DATA, what is read of it, and the message that follows if a script can hold it."""
        answers = expectations(reads, 1, last=self._ends)
        answer = answers[0]
        if len(answers) != 1 or not answer.short:
            return False
        message = None
        if answer.may_be_354:
            message = self._message()
            if message is None:
                return False
        self._owing.sent(send)
        self._writer.command(text)
        self._writer.add(answer.short)
        self._met(answers)
        if message is not None:
            self._writer.body(message)
            self._owing.message_sent()
        return True

    def _message(self) -> list[str] | None:
        """Return the lines of the message and go past its dot; None if a script cannot hold it."""
        found = list[str]()
        for at in range(self._at, len(self._done)):
            doing = self._done[at]
            text = doing.text if isinstance(doing, Send) else None
            if text is None or not is_clean(text):
                return None
            if text == ".":
                self._at = at + 1
                return found
            found.append(text)
        return None

    def _chunk(self, sends: list[Send], lines: list[str], reads: list[Read]) -> bool:
        """Write a BDAT with its octets, if that is what goes out and nothing else."""
        match = BDAT.fullmatch(lines[0])
        if match is None or not all(map(is_clean, lines)):
            return False
        if sum(len(send.octets) for send in sends[1:]) != int(match[1]):
            return False
        self._writer.chunk(lines[0], lines[1:])
        for send in sends:
            self._owing.sent(send)
        self._read(self._expected(reads))
        return True

    def _in_groups(
        self, sends: list[Send], reads: list[Read], pauses: Sequence[Sending] = ()
    ) -> bool:
        """Write lines that went out together in groups, if each is met by a success.

        Where only the last one ends a group they are written as they are; `pauses` come first.
        """
        lines = [send.text for send in sends if send.text is not None]
        if len(lines) < len(sends):
            return False
        early = [line for line in lines[:-1] if ends_group(line)]
        answers = expectations(reads, len(sends))
        met = len(answers) == len(sends) and all(one.code[:1] == "2" for one in answers)
        fit = all(first_word(line) not in ("", "BDAT", "STARTTLS") for line in lines)
        if not (early and met and fit):
            return False
        self._as_they_go(list(pauses), [])
        self._writer.comment(in_groups(early[0]))
        for group in grouped(zip(lines, answers, strict=True), itemgetter(0)):
            self._group(group)
        for send in sends:
            self._owing.sent(send)
        self._met(answers)
        return True

    def _group(self, group: Sequence[tuple[str, Expected]]) -> None:
        if len(group) > 1:
            self._writer.hold()
        for line, _ in group:
            self._writer.command(line)
        if len(group) > 1:
            self._writer.flush()
        for _, answer in group:
            self._lines(answer)

    def _together(self, send: Send, reads: list[Read]) -> bool:
        """Write whole lines that go out in one write as held ones, if each gets its reply."""
        lines = send.octets.decode("utf-8", "surrogateescape").split("\r\n")
        if lines.pop() or len(lines) < 2 or not all(map(_can_be_held, lines)):
            return False
        answers = expectations(reads, len(lines), last=self._ends)
        if len(answers) != len(lines) or any(one.kind is not Kind.REPLY for one in answers):
            return False
        self._writer.hold()
        for line in lines:
            self._writer.command(line, exact=first_word(line) == "DATA")
        self._writer.flush()
        for line in lines:
            self._owing.line(line)
        self._read(answers)
        return True

    # what goes out as is

    def _as_they_go(self, sendings: list[Sending], reads: list[Read]) -> None:
        last = sendings[-1] if sendings and reads else None
        for one in sendings:
            match one:
                case Pause(seconds):
                    self._writer.add(f":sleep {seconds}s")
                case Lost(why, where):
                    self._writer.trouble(why, *where)
                case Send():
                    self._exact(one, begins_tls=one.secure and one is last)
        if reads:
            self._read(self._expected(reads))

    def _exact(self, send: Send, *, begins_tls: bool) -> None:
        text = send.text
        if begins_tls and text is not None and self._owing.in_step:
            self._writer.unverified()
            self._writer.command(text)
        else:
            if begins_tls:
                why = "TLS starts here before all earlier lines have been answered"
                self._writer.trouble(why, *send.at)
            self._as_it_stands(send, text)
        self._owing.sent(send)

    def _as_it_stands(self, send: Send, text: str | None) -> None:
        self._writer.place = send.at
        if self._owing.in_message:
            self._writer.message_octets(send.octets, text)
        elif text is None and _LOGIN.search(send.octets):
            for line in send.octets.splitlines(keepends=True):  # its answers are among them
                self._octets(line)
        elif text is None or self._owing.unasked:
            self._octets(send.octets)
        elif self._answers(send.octets):
            self._writer.answer(text, exact=True)
        else:
            self._writer.command(text, exact=True)

    def _octets(self, octets: bytes) -> None:
        if self._answers(octets):
            self._writer.secret_octets(octets)
        else:
            self._writer.octets(octets)

    def _answers(self, octets: bytes) -> bool:
        """Return whether octets answer a challenge, seen already or to come behind an AUTH."""
        words = octets.decode("utf-8", "surrogateescape").split()
        verb = words[0].upper() if words else ""
        answers = self._challenged and verb not in VERBS
        if verb == "AUTH":
            self._writer.mechanism = "".join(words[1:2]).upper()
        self._challenged = answers or verb == "AUTH"
        return answers


def _can_be_held(line: str) -> bool:
    clean = bool(line) and is_clean(line)
    return clean and first_word(line) not in ("AUTH", "BDAT", "STARTTLS") and line != "."
