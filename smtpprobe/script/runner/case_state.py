"""The state of a running case: its connections, settings, values and log."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from smtpprobe.client import Client
from smtpprobe.exits import ExitStatus
from smtpprobe.net import clock
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import Secrets
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.script.language.steps import (
    UNJUDGED,
    BdatChunk,
    Case,
    Expect,
    Place,
    SmtpLine,
    Step,
)
from smtpprobe.script.language.values import BadValueError
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.at_prompt import Kept
from smtpprobe.script.runner.case_log import Ledger
from smtpprobe.script.runner.connection import Connection
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.session_values import connected, side
from smtpprobe.script.runner.variables import Scope, Unset
from smtpprobe.script.runner.waits.listener import WaitSettings
from smtpprobe.script.runner.waits.rest import (
    is_at_rest,
    nothing_unexpected,
    still_open,
    wait_for_rest,
)

EMPTY = Case(None, Place(1), ())
MAIN = "main"
"""The name by which `:on` goes back to the connection of the beginning."""


class CaseState:
    """What the steps of a case work on; `at` is the connection in use.

    `walk` runs the steps of a block, `below` are the steps of the block being
    run, and the index of that behind it.
    `new_client` makes the client of a connection named by `:on`, `echo` gets the texts of
    `:echo`. `title` is what the script calls itself. `kept` is what a session at the prompt kept
    from the lines before.
    """

    def __init__(
        self,
        client: Client,
        settings: RunSettings,
        new_client: Callable[[str], Client],
        echo: Callable[[str], None],
        kept: Kept | None = None,
    ) -> None:
        self.settings = settings
        self.echo = echo
        self.case = EMPTY
        self.title = ""
        self.walk: Callable[[Sequence[Step]], Awaitable[None]]
        self.below: tuple[Sequence[Step], int] = ((), 0)
        self.ledger = Ledger(asyncio.get_running_loop().time)
        self.ledger.going_on, self.ledger.strict = settings.going_on, settings.strict
        self._kept = kept
        self.waiting, self.scope = self._begun()
        self._new_client = new_client
        self._connections: dict[str, Connection] = {}
        self._verify: bool | None = None
        self._pace = client.options.pace
        self._replaced: Target | None = None
        self.at = self._connection(MAIN, client)
        self._before: tuple[Happening, ...] | None = None
        if kept is not None:
            self._before = tuple(kept.untaken.happenings)
            self.at.go_on_with(kept.untaken.happenings, kept.untaken.taken)

    def _begun(self) -> tuple[WaitSettings, Scope]:
        """Return settings and values as they are at the beginning."""
        settings = self.settings
        hidden = settings.hidden or Secrets(settings.secrets.values())
        if self._kept is None:
            waiting = WaitSettings(
                settings.timeout,
                implying=not settings.fragment,
                texts=settings.texts,
                message_limit=settings.message_timeout,
            )
            return waiting, Scope(settings.outside, self._fact, settings.secrets, hidden=hidden)
        scope, waiting = self._kept.scope, self._kept.waiting
        scope.facts, scope.secrets = self._fact, settings.secrets
        scope.hidden = hidden
        waiting.limit, waiting.message_limit = settings.timeout, settings.message_timeout
        return waiting, scope

    async def connect(
        self, argument: str, place: Place, *, greeted: bool, judged: frozenset[str]
    ) -> None:
        """Do what `:connect` asks for.

        Raises:
            UsageError: its argument is no target.
            Stop: there is no connection.
        """
        target = self._target_of(argument, place)
        await self.at.open(target, place, greeted=greeted, judged=judged)

    async def ready(
        self, step: Step, *, waits: bool = True, judged: frozenset[str] = UNJUDGED
    ) -> Connection:
        """See that there is a connection, opening the first one; `waits`: for its greeting.

        `judged` are the sides by which the step asks how a handshake at the beginning of it went.

        Raises:
            Stop: there is none, or a handshake on it failed.
        """
        at = self.at
        if not at.opened:
            target = self.settings.target or self._connections[MAIN].client.state.target
            assert target is not None, "checked before the run"
            await at.open(target, step.place, greeted=waits, judged=judged)
        first_the_reply = isinstance(step, Expect) and at.inbox.arrived
        if not first_the_reply:
            at.handshakes.look(step.place)
        if self._before is not None and not isinstance(step, Expect):
            at.inbox.forget(self._before)  # known to the current sender
            self._before = None
        quiet = judged or isinstance(step, Expect)
        if not quiet and at.client.state.phase is Phase.CLOSED:
            nothing_unexpected(at.listener, step)
            still_open(at.listener, step)
        return at

    @property
    def lacks_tls(self) -> bool:
        """Whether a STARTTLS of this case gave no TLS, on whatever connection."""
        return any(one.handshakes.lack_tls for one in self._connections.values())

    async def rested(self, step: Step) -> Connection:
        """Return the connection in use once no reply is due on it, before a step that sends.

        Raises:
            Stop: there is none, or an unexpected reply.
        """
        at = self.at
        told = at.opened and at.handshakes.are_told and self._before is None
        if not (told and is_at_rest(at.listener)):
            await self.ready(step)
            await wait_for_rest(at.listener, step)
        return at

    def switch(self, name: str) -> None:
        """Go on with the connection of that name."""
        found = self._connections.get(name)
        if found is None:
            found = self._connection(name, self._new_client(name))
            self._enforce(found.client)
            found.client.options = found.client.options._replace(pace=self._pace)
        self.at = found
        self.ledger.connection = found.name

    def verify(self, wanted: bool) -> None:
        """Have certificates enforced from here on, or only looked at."""
        self._verify = wanted
        for connection in self._connections.values():
            self._enforce(connection.client)

    def path_of(self, path: str, place: Place) -> str:
        """Return where a file is that a step names; raises OSError if it cannot be read."""
        path = self.scope.line(path)
        library = self.settings.library
        return path if library is None else library.find(path, place.file)

    def go_at(self, pace: Pace | None) -> None:
        """Have what is sent go out at this pace from here on; None at once."""
        self._pace = pace
        for connection in self._connections.values():
            connection.client.options = connection.client.options._replace(pace=pace)

    def leave(self) -> tuple[str, ...]:
        """Close all connections but that of a fragment; return the unchecked replies."""
        unread: list[str] = []
        if self._kept is not None:
            self._kept.untaken.left(*self.at.left())
        for connection in self._connections.values():
            unread += connection.leave()
            if not self.settings.fragment or connection.name:
                connection.client.abort()
        return tuple(unread)

    def text_of(self, step: SmtpLine | BdatChunk) -> str:
        """Return a line with its values.

        Raises:
            Stop: one is missing; or Missed, where the case goes on.
            Unknowable: one is part of the session, and not known.
        """
        text = step.text
        if "{{" in text:
            try:
                text = self.scope.line(text)
            except BadValueError as error:
                if isinstance(error, Unset) and error.name == "domain":
                    status = ExitStatus.SCRIPT_UNREADABLE
                    self.ledger.ended(Reason.NO_VALUE, str(error), step.place, status)
                self.ledger.failed(Reason.NOT_SENT, f"not sent: {error}", step.place)
        return text

    def _connection(self, name: str, client: Client) -> Connection:
        found = Connection(
            "" if name == MAIN else name, client, self.ledger, self.waiting,
            capture=self.scope.capture, now=clock.now,
            days=self.settings.days,
        )  # fmt: skip
        self._connections[name] = found
        return found

    def _enforce(self, client: Client) -> None:
        if self._verify is not None:
            client.options = client.options._replace(verify=self._verify)

    def _target_of(self, argument: str, place: Place) -> Target:
        """Return the target of `:connect`; one given from outside replaces the first one named.

        So it does where that is named again: else a recording would go back to the host recorded.
        """
        given, named = self.settings.target, parse_target(argument) if argument else None
        if named is not None and given is not None:
            self._replaced = self._replaced or named
            if named == self._replaced:
                if named != given:
                    told = f":connect {argument} (line {place.line}): using {given}"
                    self.ledger.notes.append(told)
                named = given
        target = named or self.at.client.state.target or given
        target = target or self._connections[MAIN].client.state.target
        assert target is not None, "checked before the run"
        return target

    def _fact(self, name: str) -> str:
        """Return what is connected, of the run or of the session; raises KeyError for others."""
        settings = self.settings
        known = {
            "client": settings.client,
            "run.id": settings.identity.id,
            "run.date": settings.identity.date,
        }
        if settings.target is not None and settings.target.domain:
            known["domain"] = settings.target.domain
        if name in known:
            value = known[name]
        elif "." in name:
            value = side(name, self.at.view)
        else:
            value = connected(name, self.at.client.state)
        return value
