"""One script against one target: its client, recordings, retries and output."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from smtpprobe import net
from smtpprobe.client import Client
from smtpprobe.exits import ExitStatus
from smtpprobe.present import spans
from smtpprobe.present.escape import shown
from smtpprobe.present.reply import Detail
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import Line, text_of
from smtpprobe.protocol.events import Event, Opened, Received, Sent
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.redact_events import learn_from
from smtpprobe.protocol.session import START, advance
from smtpprobe.script.batch.jobs import Job
from smtpprobe.script.language.steps import SmtpLine
from smtpprobe.script.load import Given, folder_of, secrets_of
from smtpprobe.script.recordings.path import transcript_path
from smtpprobe.script.reports.text import DialogueView
from smtpprobe.script.results.redact import redacted
from smtpprobe.script.results.results import CaseResult, ScriptResult
from smtpprobe.script.runner.case_state import MAIN
from smtpprobe.script.runner.run_settings import Identity, RunSettings
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.runner.timed_regex import timed_pattern

if TYPE_CHECKING:
    from smtpprobe.script.batch.run import ScriptOptions
    from smtpprobe.script.recordings.capture import Capture
    from smtpprobe.script.recordings.recorder import Recorder
    from smtpprobe.script.results.compare import Answer

Tell = Callable[[list[Line], Secrets], None]
MOST_ANSWERS = 10_000
"""How many replies of a server are compared."""

MOST_EVENTS, MOST_LINES = 40, 100
"""How much of what went over the wire last is shown in a report."""

_AGAIN = (ExitStatus.CHECK_FAILED, ExitStatus.CANNOT_TELL)


class JobRun:
    """Runs a job. `tell` gets lines as things happen; with a `view` the whole dialogue.

    `stem` replaces `{file}` in the path of a transcript.
    `secrets` are the values that must not be shown, including those sent since.
    `answers` are the replies that came, kept where servers are compared. `stream` takes the events
    of the run as JSON lines.
    """

    def __init__(
        self,
        job: Job,
        stem: str,
        options: ScriptOptions,
        secrets: Mapping[str, str],
        identity: Identity,
        *,
        tell: Tell,
        view: SessionView | None,
        stream: Callable[[str], object] | None = None,
    ) -> None:
        self._job = job
        self._stem = stem
        self._options = options
        own = {name: secrets[name] for name in secrets_of(job.script) if name in secrets}
        self.secrets = Secrets(own.values())
        self._settings = self._made(own, identity)
        self._tell = tell
        self._view = view
        self._shown = MAIN
        self._stream = stream
        self._connect = job.connect._replace(unread=self._nobody_asks())
        self._retries = 0
        self.answers: list[Answer] = []
        self._recorders: list[Recorder] = []
        self._capture: Capture | None = None
        self._runner: Runner | None = None

    def result(self) -> ScriptResult:
        """Return what the last run gave, so far if it is still going on."""
        script = self._job.script
        found = ScriptResult(script.name, script.sources, ())  # nothing could be begun
        if self._runner is not None:
            found = self._runner.result()
        found = found._replace(
            retries=self._retries, variant=self._job.variant, target=self._job.named
        )
        return redacted(found, self.secrets)

    async def run(self) -> None:
        """Run the script, again if it does not go well and that is wished for."""
        while True:
            try:
                await self._once()
            finally:
                self._end_recording()
            if self._retries == self._options.retry or self.result().status not in _AGAIN:
                return
            self._retries += 1

    async def _once(self) -> None:
        self._capture = self._captured()
        client = self._client()
        self._recorders = self._recordings(client)
        if not self._recorders:  # which else learn what goes out
            client.subscribe(self._learn, Sent, Received)
        if self._options.compare:
            self.answers = []
            client.subscribe(self._keep_answer, Received)
        begins_tls = (
            isinstance(step, SmtpLine) and step.begins_tls for step in self._job.script.steps
        )
        if not self._connect.unread and any(begins_tls):
            net.prepare()
        self._runner = Runner(
            client, self._job.script, self._settings, self._echo,
            new_client=self._another, wire=lambda: wire_lines(client.events),
            on_begin=self._begin_case, on_end=self._end_case,
        )  # fmt: skip
        await self._runner.run()

    def _client(self, name: str = MAIN) -> Client:
        client = self._viewed(name)
        if self._capture is not None:
            self._capture.follow(client)
        return client

    def _viewed(self, name: str) -> Client:
        if self._view is None:
            return Client(self._connect)
        from smtpprobe.present.session import dial_lines  # noqa: PLC0415 - only when chosen

        dialogue = DialogueView(self._view)

        def tell(lines: list[Line]) -> None:
            if lines and name != self._shown:
                self._shown = name
                lines = [spans.line(f"# on {name}", spans.HEADING), *lines]
            self._tell(lines, self.secrets)

        client = Client(self._connect, on_dial=lambda told: tell(dial_lines(told)))
        client.subscribe(lambda happening: tell(dialogue.lines(happening)))
        return client

    def _nobody_asks(self) -> bool:
        """Return whether certificates need not be read while the script runs, or only after a miss.

        Reading them costs more than all else in a short run. With other jobs it would hold up
        replies that are being timed.
        """
        options, lines = self._options, self._job.script.sources.values()
        wanted = (self._view, self._stream, options.transcript, options.days)
        asked = any("tls." in line for source in lines for line in source)
        return options.at_once == 1 and not any(wanted) and not asked

    def _another(self, name: str) -> Client:
        """Return the client of a connection that `:on` names."""
        client = self._client(name)
        for recorder in self._recorders:
            recorder.follow(name, client)
        if not self._recorders:
            client.subscribe(self._learn, Sent, Received)
        return client

    def _made(self, secrets: Mapping[str, str], identity: Identity) -> RunSettings:
        options, target = self._options, self._job.target
        return RunSettings(
            options.client,
            target,
            options.timeout,
            secrets,
            self.secrets,
            outside=Given(options.variables, target).outside,
            identity=identity,
            going_on=options.going_on or bool(options.compare),
            strict=options.strict,
            texts=options.texts,
            days=options.days,
            time=options.time,
            library=folder_of(self._job.script.name, options.within),
            compile_regex=timed_pattern,
            message_timeout=options.message_timeout,
        )

    def _recordings(self, client: Client) -> list[Recorder]:
        """Return what records the run: to a file, to the stream of events."""
        if not self._options.transcript and self._stream is None:
            return []
        from smtpprobe.script.recordings.recorder import Recorder  # noqa: PLC0415 - only when chosen

        name, target = self._job.script.name, self._job.target
        sinks: list[str | Callable[[str], object]] = []
        if path := self._options.transcript:
            sinks.append(transcript_path(path, target, self._stem, self._job.variant))
        if self._stream is not None:
            sinks.append(self._stream)
        return [
            Recorder(client, sink, self._warn, self.secrets, file=name, target=target)
            for sink in sinks
        ]

    def _captured(self) -> Capture | None:
        """Return the packet capture of the run."""
        if not self._options.pcap:
            return None
        from smtpprobe.script.recordings.capture import Capture  # noqa: PLC0415 - only when chosen

        path = transcript_path(self._options.pcap, self._job.target, self._stem, self._job.variant)
        keeps = self._options.pcap_secrets
        return Capture(path, self._echo, self.secrets, keeps_secrets=keeps)

    def _begin_case(self, name: str | None) -> None:
        for recorder in self._recorders:
            recorder.begin_case(name)

    def _end_case(self, result: CaseResult) -> None:
        for recorder in self._recorders:
            recorder.end_case(result)

    def _end_recording(self) -> None:
        for recorder in self._recorders:
            recorder.note("end", self.result().plain())
            recorder.close()
        self._recorders = []
        if self._capture is not None:
            self._capture.close()
            self._capture = None

    def _keep_answer(self, happening: Happening) -> None:
        from smtpprobe.script.results.compare import answer_of  # noqa: PLC0415 - only when chosen

        exchange = happening.exchange
        if exchange is not None and not exchange.reply.piece and len(self.answers) < MOST_ANSWERS:
            self.answers.append(answer_of(exchange))

    def _learn(self, happening: Happening) -> None:
        learn_from(happening.event, self.secrets)

    def _echo(self, text: str) -> None:
        self._tell([spans.line(f"# {shown(text)}", spans.HEADING)], self.secrets)

    def _warn(self, text: str) -> None:
        self._tell([spans.line(f"warning: {shown(text)}", spans.WARNING)], self.secrets)


def wire_lines(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the last lines on the wire since the connection was opened; secrets are masked."""
    latest: list[Event] = []
    for event in events:
        if isinstance(event, Opened):
            latest = []
        latest.append(event)
    view = DialogueView(SessionView(Detail.OFF))
    state, lines = START, list[str]()
    for number, event in enumerate(latest):
        before = state
        state, exchange = advance(state, event)
        if number >= len(latest) - MOST_EVENTS:
            happening = Happening(event, before, state, exchange)
            lines += [text_of(line) for line in view.lines(happening)]
    return tuple(lines[-MOST_LINES:])
