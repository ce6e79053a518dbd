"""Explains whole files: counts or single replies to standard output.

Errors go to standard error, and so does the progress, if that is a terminal.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator

from smtpprobe.exits import ExitStatus
from smtpprobe.explainer.arguments import FOR_PROGRAMS, Output
from smtpprobe.explainer.cache import Annotations, Meanings, known
from smtpprobe.explainer.input.chunks import Intake, name_of
from smtpprobe.explainer.input.detect import Form
from smtpprobe.explainer.input.found_reply import Found
from smtpprobe.explainer.input.reader import Reading
from smtpprobe.explainer.parallel import tallies
from smtpprobe.explainer.report.json_csv import Rows
from smtpprobe.explainer.report.summary import summary_lines
from smtpprobe.explainer.report.tally import Tally
from smtpprobe.explainer.report.text import each_block, group_blocks, totals
from smtpprobe.knowledge.annotation import Annotation
from smtpprobe.present.counted import counted
from smtpprobe.present.escape import shown
from smtpprobe.present.terminal import rendered
from smtpprobe.progress_line import ProgressLine

FIRST_AFTER = 1.0
EVERY = 0.2
"""Seconds before the first progress line, and between two."""


class Progress:
    """Shows the progress of reading, after a second and not too often."""

    def __init__(self, *, wanted: bool) -> None:
        self._line = ProgressLine(wanted=wanted)
        self._due = time.monotonic() + FIRST_AFTER

    def show(self, source: str, intake: Intake, tally: Tally) -> None:
        """Show the progress, if it is time to."""
        if not self._line.is_shown or time.monotonic() < self._due:
            return
        self._due = time.monotonic() + EVERY
        size = intake.size
        share = f" {min(100, 100 * intake.octets_read // size)}%" if size else ""
        counts = f"{tally.lines:,} lines, {tally.replies:,} replies"
        self._line.show(f"{shown(name_of(source))[-40:]}{share}: {counts}")

    def clear(self) -> None:
        """Take the line away."""
        self._line.clear()


TROUBLES = 20
"""How many messages about one input are shown; more are counted."""

Writer = Callable[[Found, Annotation, str], object]


class Files:
    """One run over any number of inputs. `status` is CANNOT_TELL once one could not be opened."""

    def __init__(self, output: Output, *, colour: bool, progress: bool) -> None:
        self._output = output
        self._colour = colour
        self._progress = Progress(wanted=progress)
        self._troubles = 0
        self._rows: Rows | None = None
        self.tally = Tally()
        self.status = ExitStatus.OK

    def run(self, sources: Iterable[str]) -> ExitStatus:
        """Explain the inputs in order; return the exit status. Ctrl-C ends with what there is."""
        try:
            if self._output in FOR_PROGRAMS:
                self._rows = Rows(self._output, sys.stdout.write)
            for source in sources:
                self._source(source)
        except KeyboardInterrupt:
            self._progress.clear()
            sys.stderr.write(f"interrupted; so far {totals(self.tally)}\n")
            self.status = ExitStatus.INTERRUPTED
        self._progress.clear()
        self._end()
        if self.status is ExitStatus.OK and not self.tally.replies:
            sys.stderr.write(f"smtpprobe: no reply found in {counted(self.tally.lines, 'line')}\n")
            return ExitStatus.NOTHING_CHECKED
        return self.status

    def _source(self, source: str) -> None:
        self._troubles = 0

        def trouble(line: int, what: str) -> None:
            self._trouble(source, line, what)

        try:
            reading = Reading(source, trouble)
        except OSError as error:
            self.status = ExitStatus.CANNOT_TELL
            self._trouble(source, 0, error.strerror or str(error))
            return
        try:
            self._read(reading, source if self._rows is not None else name_of(source))
        finally:
            reading.close()
        if (more := self._troubles - TROUBLES) > 0:
            self._trouble(source, 0, f"{counted(more, 'more such line')}")

    def _read(self, reading: Reading, name: str) -> None:
        writer = self._rows.reply if self._rows is not None else self._for_people()
        if writer is not None:
            annotations = Annotations()
            for lines in self._found(reading):
                for found in lines:
                    annotation = annotations.of(found)
                    self.tally.add(found, known(annotation, found), name)
                    writer(found, annotation, name)
        elif reading.form is Form.LOG:
            for part in tallies(reading.chunks(), name):
                self.tally.merge(part)
                self._progress.show(reading.source, reading.intake, self.tally)
        else:
            meanings = Meanings()
            for lines in self._found(reading):
                for found in lines:
                    self.tally.add(found, meanings.of(found), name)

    def _for_people(self) -> Writer | None:
        """Return what shows a single reply; None where replies are only counted."""

        def each(found: Found, annotation: Annotation, source: str) -> None:
            sys.stdout.write(rendered(each_block(found, annotation, source), colour=self._colour))

        return each if self._output is Output.EACH else None

    def _found(self, reading: Reading) -> Iterator[list[Found]]:
        lines, used = self.tally.lines, self.tally.used
        for found in reading.found():
            yield found
            self.tally.lines, self.tally.used = lines + reading.lines, used + reading.used
            self._progress.show(reading.source, reading.intake, self.tally)

    def _end(self) -> None:
        if self._rows is not None:
            self._rows.close()
        if not self.tally.replies:
            return
        if self._output is Output.GROUPS:
            sys.stdout.write(rendered(group_blocks(self.tally), colour=self._colour))
        elif self._output is Output.SUMMARY:
            sys.stdout.write(rendered(summary_lines(self.tally), colour=self._colour))
        elif self._output is Output.EACH:
            sys.stdout.write(f"{totals(self.tally)}\n")

    def _trouble(self, source: str, line: int, what: str) -> None:
        self._troubles += 1
        if self._troubles > TROUBLES and line:
            return
        self._progress.clear()
        place = f":{line}" if line else ""
        sys.stderr.write(f"smtpprobe: {shown(name_of(source))}{place}: {what}\n")
