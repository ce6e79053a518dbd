"""A live session: commands go in, events come out. The one place where `advance` meets the wire.

    send      Sent -----+
    the wire  Received -+--> advance --> state, exchange --> memory, then each reader in order
    TLS       Secured --+
    the end   Closed ---+

One emit, many readers: every event goes, in order, to the state, to a memory of the latest events
and to each subscriber. A reader cannot write back; an event it causes is emitted after the
current one. What a server does is an event, never an exception; what the client cannot do is (no
greeting, not connected, an unusable file). The memory is bounded in events and in octets,
so that a hostile server cannot make it grow.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace

from smtpprobe import net
from smtpprobe.errors import ConnectFailed, UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.clock import monotonic
from smtpprobe.policy.addresses import is_address
from smtpprobe.protocol.attempts import UNDIALLED, Attempt, MailHost, Outcome, Route
from smtpprobe.protocol.command import Command, Kind
from smtpprobe.protocol.events import (
    EVENTS,
    By,
    Closed,
    Event,
    HalfClosed,
    Opened,
    Received,
    Remarked,
    Secured,
    Sent,
    Waived,
)
from smtpprobe.protocol.happening import DialReader, Happening, Reader
from smtpprobe.protocol.pace import Pace
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.redact import masked
from smtpprobe.protocol.reply import LINE_ROOM, Defect, Reply, ReplyLine
from smtpprobe.protocol.session import START, Exchange, State, advance
from smtpprobe.protocol.target import LOCAL, Target, TargetKind
from smtpprobe.protocol.transport.proxy import Proxy
from smtpprobe.protocol.transport.proxy_header import ProxyHeader
from smtpprobe.protocol.transport.tls_offer import ANY, EVERYTHING, TlsOffer
from smtpprobe.settings.defaults import DEFAULTS

MEMORY = 1000
"""How many events a client remembers, however long the session."""

MEMORY_OCTETS = 16 << 20
"""How much room these events may take together, see `Memory`."""

CLOSE_SECONDS = 1.0
"""How long an orderly close may take before the connection is cut."""


class Memory:
    """Keeps the latest events: at most `events`, and about `octets` of room for all of them.

    The latest event is always kept. What has come since the room was measured is what it may have
    grown by, so small events, which are nearly all, are measured once in many thousands.
    """

    def __init__(self, events: int, octets: int) -> None:
        self.events: deque[Event] = deque(maxlen=events)
        self._octets = octets
        self._at_most = 0

    def keep(self, event: Event) -> None:
        """Add an event, and forget the oldest ones where they no longer fit."""
        self.events.append(event)
        self._at_most += cost(event)
        if self._at_most > self._octets:
            self._measure()

    def _measure(self) -> None:
        """Measure what is kept, and forget the oldest where it is too much: an eighth more.

        Else a flood of events of middling size would be measured anew with each of them.
        """
        taken = sum(map(cost, self.events))
        room = self._octets if taken <= self._octets else self._octets - self._octets // 8
        while taken > room and len(self.events) > 1:
            taken -= cost(self.events.popleft())
        self._at_most = taken


def cost(event: Event) -> int:
    """Return about how many octets an event takes in memory."""
    if type(event) is Received:
        return event.reply.room
    if type(event) is Sent:
        return LINE_ROOM + len(event.command.raw)
    return LINE_ROOM + len(event.surplus) if type(event) is Secured else LINE_ROOM


Guard = Callable[[Target], Callable[[bytes], None]]
"""What lets a session do less than it could, where the caller runs what others have written.

It is given each target before a name is looked up, and returns what is then given all octets before
they go out there, in their order. Both raise a ProbeError for what is not permitted.
"""


class ConnectOptions(NamedTuple):
    """Everything that decides how a connection is made; times in seconds.

    `family` is 4 or 6 to restrict addresses; `bind` a source address and port; `resolver` a DNS
    server `host[:port]` instead of the system's; `mx` the N-th MX in order, or its name.
    `address` allows only that one of the addresses found.
    `verify` makes a certificate that does not verify fail the handshake; else it is only shown.
    `implicit_tls` overrides the target's form (None: by target). Without `starttls` no handshake
    follows a STARTTLS. `sni` is the name sent and wanted in the certificate instead of the host's;
    when empty none is sent, and the host's is wanted.
    `keylog` is a file to which TLS secrets are appended. `client` is the name for EHLO; it
    is recorded in events, and sent by nothing here. `unread` defers parsing the certificates of a
    successful handshake until first use, which then blocks the event loop. `offer` is
    what this side brings to handshakes: a certificate, versions, ciphers. `timeout` is the limit
    given for every wait (None: the usual ones): the others are made of it, questions
    to DNS and to the system are shortened to it, and waits for replies may use it.
    `connector` is the way to addresses (None: this machine's own sockets). `proxy_header` is what
    goes out in front of everything, TLS included; `proxy` what connections go through. `pace` is
    how all else goes out that is sent, except STARTTLS (None: at once). `guard` is asked before a
    name is looked up and before octets go out (None: all is allowed).
    """

    family: int | None = None
    bind: tuple[str, int] | None = None
    resolver: str | None = None
    mx: str | None = None
    address: str | None = None
    verify: bool = False
    implicit_tls: bool | None = None
    starttls: bool = True
    ca_file: str | None = None
    sni: str | None = None
    keylog: str | None = None
    connect_timeout: float = DEFAULTS["connect_timeout"]
    handshake_timeout: float = DEFAULTS["handshake_timeout"]
    greeting_timeout: float = DEFAULTS["greeting_timeout"]
    client: str = ""
    unread: bool = False
    offer: TlsOffer = EVERYTHING
    timeout: float | None = None
    connector: net.Connector | None = None
    proxy_header: ProxyHeader | None = None
    proxy: Proxy | None = None
    pace: Pace | None = None
    guard: Guard | None = None


class _Slow:
    """A command that is sent slowly: how many of its octets have gone out, how many are told."""

    def __init__(self, command: Command, pace: Pace) -> None:
        self.pace = pace
        self.gone = 0
        self._command = command
        self._told = 0

    def untold(self) -> Command | None:
        """Return what has gone out since the last time: the command itself where that is all.

        A part of a line is raw octets, and its end a line. Each part of what holds credentials is
        secret.
        """
        command, start, self._told = self._command, self._told, self.gone
        octets, ended = command.raw[start : self.gone], self.gone == len(command.raw)
        if not octets:
            return None
        if len(octets) == len(command.raw):
            return command
        if command.kind is Kind.BODY:
            return Command(octets, Kind.BODY, exact=True, ends_data=ended and command.ends_data)
        secret = command.secret or masked(command) is not command
        kind = Kind.RAW if not ended or command.kind is Kind.RAW else Kind.COMMAND
        return Command(octets, kind, exact=True, secret=secret)


class Client:
    """One session after the other with mail servers.

    `state`, `last` (the last exchange), `refused` (the attempts since the last `open` began that
    led to no connection) and `events` (the latest ones) can be read at any time.
    `on_line` is called when whole lines of a reply have come that itself is not whole yet.
    `memory_octets` bounds what is remembered otherwise than MEMORY_OCTETS. Use it within one event
    loop.
    """

    def __init__(
        self,
        options: ConnectOptions,
        *,
        on_dial: DialReader | None = None,
        clock: Callable[[], float] = monotonic,
        memory_octets: int | None = None,
    ) -> None:
        self.options = options
        self.state: State = START
        self.last: Exchange | None = None
        self.refused: tuple[Attempt, ...] = ()
        self._memory = Memory(MEMORY, MEMORY_OCTETS if memory_octets is None else memory_octets)
        self.on_line: Callable[[], None] | None = None
        self._on_dial = on_dial
        self._clock = clock
        self._readers: dict[type[Event], tuple[Reader, ...]] = dict.fromkeys(EVENTS, ())
        self._backlog: deque[Event] = deque()
        self._happening = False
        self._wire: net.Wire | None = None
        self._child: net.Child | None = None
        self._turn = asyncio.Lock()
        self._session = 0
        self._slow: _Slow | None = None
        self._may_send: Callable[[bytes], None] | None = None

    def offer(self, offer: TlsOffer) -> None:
        """Bring this to handshakes from now on.

        Raises:
            UsageError: versions, ciphers or groups are none that this machine can offer; whether
                a certificate can be used is seen when it is.
        """
        net.check_offer(offer._replace(certificate="", key="", oldest=ANY, newest=ANY))
        self.options = self.options._replace(offer=offer)

    def trust(self, ca_file: str | None) -> None:
        """Trust the certificates of this file from now on; the system's where it is None.

        Raises:
            UsageError: the file cannot be loaded.
        """
        if ca_file is not None:
            net.check_ca_file(ca_file)
        self.options = self.options._replace(ca_file=ca_file)

    def subscribe(self, reader: Reader, *kinds: type[Event]) -> Callable[[], None]:
        """Have `reader` called with every happening from now on, in order; undo by the result.

        With `kinds` only events of these kinds are handed to it.
        """
        for kind in kinds or EVENTS:
            self._readers[kind] += (reader,)

        def unsubscribe() -> None:
            for kind, readers in self._readers.items():
                self._readers[kind] = tuple(one for one in readers if one != reader)

        return unsubscribe

    async def open(self, target: Target, *, greeted: bool = True) -> None:
        """Connect to a target; returns once a greeting has come, of whatever code.

        Without `greeted` it returns as soon as there is a connection, greeting or not.

        Closes what is open. Every address of every host is dialled in order until one greets;
        `on_dial` gets the route, each attempt as it begins and as it ends, and when a host that
        was reached gives no greeting.

        Raises:
            ProbeError: the guard of the options forbids it.
            UsageError: the options do not fit the target, or a file they name cannot be used.
            LookupFailed: the name leads to no address.
            NoMailService: the domain has a null MX; nothing was dialled.
            ConnectFailed: no server sent a greeting.
        """
        if self.options.bind is not None and target.kind in LOCAL:
            what = "a program" if target.kind is TargetKind.PIPE else "a UNIX socket"
            raise UsageError(f"--bind has no effect on {what}: {target}", "omit --bind")
        await self.close()
        self.refused = ()
        options, session = self.options, self._session
        self._may_send = options.guard(target) if options.guard is not None else None
        wish = net.Wish(
            options.family,
            options.resolver,
            options.mx,
            options.timeout,
            resolved_elsewhere=options.proxy is not None and options.proxy.resolves,
        )
        plan = await net.find_route(target, wish, self._clock)
        self._go_on(session)
        self._tell(plan.route)
        for attempt in plan.attempts():
            if options.address is not None and attempt.address != options.address:
                continue
            ended = await self._try(target, attempt, session, greeted=greeted)
            if ended is None:
                return
            self._go_on(session)
            self.refused = (*self.refused, ended)
        raise net.nobody_greeted(target, list(self.refused))

    async def send(self, command: Command, pace: Pace | None = None) -> None:
        """Send a command as is; returns when the transport has taken it.

        `pace` is for this command only; without one that of the options holds.

        After a STARTTLS that can be meant (a command line, in clear, with no reply due) it
        returns when the handshake has ended, or when the answer was no 220.

        Raises:
            ConnectFailed: not connected.
            UsageError: the CA file or the key log cannot be used; nothing was sent.
        """
        async with self._turn:
            wire = self._connected()
            self._ask_guard((command,))
            if self._begins_tls(command):
                await self._secure(wire, (command,))
                return
            if pace := pace or self.options.pace:
                await self._send_slowly(wire, command, pace)
                return
            self._emit(Sent(self._clock(), command))
            wire.write(command.raw)
            await wire.drain()

    def send_at_once(self, command: Command) -> int | None:
        """Send a command without waiting; return how many octets wait for the server then.

        Where something has to be waited for (another sender, a handshake) nothing is sent, and
        None returned.

        Raises:
            ConnectFailed: not connected.
        """
        wire = self._connected()
        if (
            self.options.pace
            or self._turn.locked()
            or (command.verb == "STARTTLS" and self._begins_tls(command))
        ):
            return None
        if self._may_send is not None:
            self._may_send(command.raw)
        self._emit(Sent(self._clock(), command))
        return wire.send(command.raw)

    def send_together_at_once(self, commands: Sequence[Command]) -> int | None:
        """Send commands in one write, as `send_at_once` sends one.

        Raises:
            ConnectFailed: not connected.
        """
        wire = self._connected()
        if self.options.pace or self._turn.locked() or any(map(self._asks_tls, commands)):
            return None
        self._ask_guard(commands)
        self._emit_together(commands)
        return wire.send(b"".join(command.raw for command in commands))

    async def drain(self) -> None:
        """Return when the transport has taken what was sent, or the connection is gone."""
        if self._wire is not None:
            await self._wire.drain()

    async def send_together(self, commands: Sequence[Command]) -> None:
        """Send commands in one write, waiting for nothing in between (RFC 2920 pipelining).

        After a STARTTLS among them it returns when the handshake has ended, which begins behind
        the 220 to it; what follows the STARTTLS goes out in clear.

        Raises:
            ConnectFailed: not connected.
            UsageError: the CA file or the key log cannot be used; nothing was sent.
        """
        async with self._turn:
            wire = self._connected()
            self._ask_guard(commands)
            starting = next((at for at, one in enumerate(commands) if self._asks_tls(one)), None)
            if starting is not None:
                owing = sum(command.kind is Kind.COMMAND for command in commands[:starting])
                await self._secure(wire, commands, len(self.state.pending) + owing)
                return
            if self.options.pace:
                for command in commands:
                    await self._send_slowly(wire, command, self.options.pace)
                return
            self._emit_together(commands)
            wire.write(b"".join(command.raw for command in commands))
            await wire.drain()

    async def secure(self) -> None:
        """Do the TLS handshake now, without a STARTTLS.

        Raises:
            ConnectFailed: not connected, or TLS is on already.
            UsageError: the CA file or the key log cannot be used; nothing was sent.
        """
        async with self._turn:
            wire = self._connected()
            if self.state.tls is not None:
                raise ConnectFailed("TLS is on already")
            await self._secure(wire)

    async def shut_down(self) -> None:
        """Close our side (FIN; inside TLS close_notify, RFC 8446 6.1) and go on reading.

        Nothing can be sent any more.

        Raises:
            ConnectFailed: not connected, or our side is closed already.
        """
        async with self._turn:
            wire = self._connected()
            wire.end_writing()
            self._emit(HalfClosed(self._clock()))

    def waive(self, seconds: float) -> None:
        """Give up the replies still due, after `seconds` in which nothing came."""
        self._emit(Waived(self._clock(), seconds))

    async def close(self, reason: str = "") -> None:
        """Close the connection, if there is one, without sending anything."""
        if (wire := self._leave(reason)) is not None:
            await wire.shut(min(CLOSE_SECONDS, self.options.connect_timeout))
        child, self._child = self._child, None
        if child is not None:
            await child.gone()

    def abort(self, reason: str = "") -> None:
        """Close the connection at once; unsent octets are lost."""
        if (wire := self._leave(reason)) is not None:
            wire.abort()
        if self._child is not None:
            self._child.kill()

    def pause(self) -> None:
        """Stop reading from the socket, so that the server has to wait."""
        if self._wire is not None:
            self._wire.pause()

    def resume(self) -> None:
        """Go on reading from the socket."""
        if self._wire is not None:
            self._wire.resume()

    @property
    def events(self) -> deque[Event]:
        """The latest events, oldest first."""
        return self._memory.events

    @property
    def pending(self) -> bytes:
        """The octets of an unfinished reply that have come; for recordings."""
        return b"" if self._wire is None else self._wire.pending

    @property
    def pending_octets(self) -> int:
        """How many octets of an unfinished reply have come."""
        return 0 if self._wire is None else self._wire.pending_octets

    @property
    def unfinished(self) -> Sequence[ReplyLine]:
        """The whole lines that have come of an unfinished reply."""
        return () if self._wire is None else self._wire.unfinished

    @property
    def sends_slowly(self) -> bool:
        """Whether something is going out at a pace."""
        return self._slow is not None

    @property
    def local(self) -> str:
        """Our own `address:port`; empty when there is none."""
        return "" if self._wire is None else self._wire.addresses[1]

    @property
    def unsent_octets(self) -> int:
        """How many octets wait for the server to take them."""
        return 0 if self._wire is None else self._wire.unsent_octets

    def _go_on(self, session: int, wire: net.Wire | None = None) -> None:
        """Stop dialling if the client has been closed since."""
        if session != self._session:
            if wire is not None:
                wire.abort()
            raise ConnectFailed("given up")

    async def _try(
        self, target: Target, attempt: Attempt, session: int, *, greeted: bool
    ) -> Attempt | None:
        """Dial one address; None when it greeted, else how it ended."""
        self._tell(attempt)
        if attempt.outcome in UNDIALLED:
            return attempt
        reached = await net.reach(
            target, attempt, self._dial_options(target, attempt.host), self._new_wire, self._clock
        )
        self._go_on(session, reached.wire)
        self._tell(reached.attempt)
        wire = self._wire = reached.wire
        if wire is None:
            return reached.attempt
        peer, local = wire.addresses
        if reached.attempt.via.proxy:
            peer = _written_end(attempt)
        self._emit(
            Opened(
                at=self._clock(),
                target=target,
                host=attempt.host.name,
                port=attempt.port,
                peer=peer,
                local=local,
                preference=attempt.host.preference,
                from_system=attempt.from_system,
                seconds=reached.attempt.seconds,
                tls=reached.attempt.tls,
                client=self.options.client,
                via=reached.attempt.via,
            )
        )
        wire.release()
        if not greeted:
            return None
        silent = await self._greeting(target, reached.attempt)
        if silent is not None:
            self._go_on(session)
            self._tell(silent)
        return silent

    async def _greeting(self, target: Target, attempt: Attempt) -> Attempt | None:
        """Return None when a greeting comes, else how the wait for it ended."""
        began = self._clock()
        limit = self.options.greeting_timeout
        try:
            async with asyncio.timeout(limit):
                endless = await self._greeted()
        except TimeoutError:
            octets, heard = self.pending_octets, self.pending
            reason = f"within {limit:g}s" + (f"; {octets} octets of one came" if octets else "")
            if self._wire is not None:
                self._cut(self._wire, By.US, f"no greeting {reason}")
            outcome = Outcome.NO_GREETING
            attempt = replace(attempt, within=limit, octets=octets)
        except BaseException:
            self.abort("given up")
            raise
        else:
            if _is_greeting(self.state.greeting):
                return None
            greeting = self.state.greeting
            heard = greeting.raw if greeting is not None else b""
            reason, outcome = "", Outcome.CLOSED
            if self.events and isinstance(last := self.events[-1], Closed):
                reason, attempt = last.reason, replace(attempt, alert=last.alert)
            if endless and self._wire is not None:
                reason, outcome = "more than 64 KiB came", Outcome.ENDLESS
                self._cut(self._wire, By.US, f"no greeting, {reason}")
        silent = replace(attempt, outcome=outcome, reason=reason, seconds=self._clock() - began)
        dialling = _dial_options(self.options)
        demand = _demand(self.options, target, attempt.host.name)
        return await net.or_tls(
            target, silent, heard, dialling, demand, make_wire=self._new_wire, clock=self._clock
        )

    async def _greeted(self) -> bool:
        """Return when a whole greeting has come, or the connection is gone, or it has no end.

        The last is True.
        """
        stirred, endless = asyncio.Event(), False

        def stir(happening: Happening) -> None:
            nonlocal endless
            event = happening.event
            endless = endless or (isinstance(event, Received) and event.reply.piece)
            stirred.set()

        leave = self.subscribe(stir, Received, Closed)
        try:
            while self.state.phase is Phase.GREETING and not endless:
                stirred.clear()
                await stirred.wait()
        finally:
            leave()
        return endless

    async def _secure(
        self, wire: net.Wire, commands: Sequence[Command] = (), before: int = 0
    ) -> None:
        assert self.state.target is not None  # connected
        demand = _demand(self.options, self.state.target, self.state.host)
        handshake = net.handshake_for(demand, self._clock)
        self._emit_together(commands)
        typed = b"".join(command.raw for command in commands)
        try:
            ended = await net.shake_hands(wire, handshake, typed, before)
        except BaseException:
            if self._wire is wire and wire.holding:
                self.abort("TLS handshake given up")
            raise
        if ended is None or self._wire is not wire:
            return
        self._emit(Secured(self._clock(), ended.tls, ended.surplus))
        if ended.tls.ok:
            wire.release()
        else:
            self._cut(wire, By.THEM if ended.by_server else By.US, "TLS handshake failed")

    async def _send_slowly(self, wire: net.Wire, command: Command, pace: Pace) -> None:
        """Send a command at a pace. What has gone out is an event at its end, or before another."""
        self._slow = slow = _Slow(command, pace)
        try:
            async for slow.gone in net.paced(wire, command.raw, pace):
                pass
        finally:
            self._tell_slow()
            self._slow = None

    def _tell_slow(self) -> None:
        """Tell what has gone out of a command that is sent slowly, and is not told yet."""
        if self._slow is not None and (command := self._slow.untold()) is not None:
            self._emit(Sent(self._clock(), command, self._slow.pace))

    def _emit_together(self, commands: Sequence[Command]) -> None:
        """Tell what goes out in one write: it has one time."""
        at = self._clock()
        for command in commands:
            self._emit(Sent(at, command))

    def _begins_tls(self, command: Command) -> bool:
        return self._asks_tls(command) and not self.state.awaiting

    def _asks_tls(self, command: Command) -> bool:
        return (
            command.kind is Kind.COMMAND
            and command.verb == "STARTTLS"
            and not command.exact
            and self.options.starttls
            and self.state.tls is None
        )

    def _dial_options(self, target: Target, host: MailHost) -> net.DialOptions:
        options = self.options
        implicit = target.implicit_tls if options.implicit_tls is None else options.implicit_tls
        demand = _demand(options, target, host.name) if implicit else None
        dialling = _dial_options(options)._replace(implicit_tls=demand)
        if target.kind is TargetKind.PIPE:
            self._child = net.Child(self._remarked)
            dialling = dialling._replace(connector=self._child, proxy="")
        return dialling

    def _new_wire(self) -> net.Wire:
        return net.Wire(self._replied, self._lost, self._lines_came)

    def _connected(self) -> net.Wire:
        if self._wire is None or not self._wire.is_connected:
            raise ConnectFailed("not connected", "`:connect` first")
        if self.state.half_closed:
            raise ConnectFailed(
                "nothing more can be sent: our side is closed (:shutdown)", ":close closes both"
            )
        return self._wire

    def _ask_guard(self, commands: Sequence[Command]) -> None:
        """Raise the guard's ProbeError where one of the commands may not go out."""
        if self._may_send is not None:
            for command in commands:
                self._may_send(command.raw)

    def _replied(self, reply: Reply) -> None:
        if self._slow is not None:
            self._tell_slow()
        self._emit(Received(self._clock(), reply))

    def _remarked(self, text: str) -> None:
        self._emit(Remarked(self._clock(), text))

    def _lost(self, error: Exception | None) -> None:
        self._tell_slow()
        self._wire = None
        reason = net.loss_reason(error)
        if self._child is not None:
            reason = self._child.ended or reason
        by = By.US if net.is_ours(error) else By.THEM
        self._emit(Closed(self._clock(), by, reason, net.alert_of(error)))

    def _leave(self, reason: str) -> net.Wire | None:
        self._session += 1
        wire = self._wire
        if wire is not None:
            self._drop(wire, By.US, reason)
        return wire

    def _drop(self, wire: net.Wire, by: By, reason: str) -> None:
        self._tell_slow()
        self._wire = None
        wire.forget()
        if self.state.phase is not Phase.CLOSED:
            self._emit(Closed(self._clock(), by, reason))

    def _cut(self, wire: net.Wire, by: By, reason: str) -> None:
        self._drop(wire, by, reason)
        wire.abort()
        if self._child is not None:
            self._child.kill()

    def _tell(self, told: Route | Attempt) -> None:
        if self._on_dial is not None:
            self._on_dial(told)

    def _lines_came(self) -> None:
        if self.on_line is not None:
            self.on_line()

    def _emit(self, event: Event) -> None:
        """Pass an event to all readers; one that a reader causes follows it for all of them."""
        if self._happening:
            self._backlog.append(event)
            return
        self._happening = True
        try:
            self._happen(event)
            while self._backlog:
                self._happen(self._backlog.popleft())
        finally:
            self._happening = False

    def _happen(self, event: Event) -> None:
        before = self.state
        after, exchange = advance(before, event)
        self.state = after
        if exchange is not None:
            self.last = exchange
        self._memory.keep(event)
        if readers := self._readers[type(event)]:
            happening = Happening(event, before, after, exchange)
            for reader in readers:
                reader(happening)


async def gone_out(client: Client, commands: Sequence[Command], limit: float | None) -> bool:
    """Send commands in one write; return whether they went out, as `moving` does.

    Other tasks run meanwhile only where something has to be waited for.

    Raises:
        ConnectFailed: not connected.
        UsageError: the CA file or the key log cannot be used; nothing was sent.
    """
    alone = len(commands) == 1
    left = client.send_at_once(commands[0]) if alone else client.send_together_at_once(commands)
    if left == 0:
        return True
    if left is not None:
        work = client.drain()
    else:
        work = client.send(commands[0]) if alone else client.send_together(commands)
    return await moving(client, work, limit)


async def moving(
    client: Client, work: Coroutine[object, object, None], limit: float | None
) -> bool:
    """Let `work` send something; return whether it went out, a handshake behind it included.

    False means that for `limit` seconds the server took no octet, or that it left a STARTTLS
    unanswered so long; `client.unsent_octets` shows which. A large message may take as long as it
    needs while it moves, and a handshake has its own limit.
    """
    sending = asyncio.ensure_future(work)
    try:
        await asyncio.sleep(0)
        left = client.unsent_octets
        while not sending.done():
            await asyncio.wait({sending}, timeout=limit)
            before, left = left, client.unsent_octets
            ours = client.state.phase is Phase.TLS or (client.sends_slowly and not left)
            if not (sending.done() or ours or 0 < left < before):
                return False
        await sending
    finally:
        if not sending.done():
            sending.cancel()
            await asyncio.wait({sending})
    return True


def _dial_options(options: ConnectOptions) -> net.DialOptions:
    """Return how an address is dialled, without TLS."""
    proxy = options.proxy
    through = net.Proxied(proxy) if proxy is not None else net.direct
    connector = options.connector or through
    return net.DialOptions(
        connector,
        options.bind,
        options.connect_timeout,
        header=options.proxy_header,
        proxy=proxy.words if proxy is not None else "",
    )


def _demand(options: ConnectOptions, target: Target, host: str) -> net.Demand:
    """Return what a handshake with `host` is to do: the name is that of the host, not the domain.

    An address is wanted in the certificate, but never sent as a name (RFC 6066 3).
    """
    match target.kind:
        case TargetKind.ADDRESS:
            reference, name = host, None
        case TargetKind.SOCKET | TargetKind.PIPE:
            reference, name = "", None
        case _:
            reference, name = host, host
    if options.sni:
        reference = name = net.a_label(options.sni.removesuffix("."))
    elif options.sni is not None:
        name = None
    return net.Demand(
        reference,
        name,
        options.verify,
        options.ca_file,
        options.keylog,
        options.handshake_timeout,
        options.unread,
        options.offer,
    )


def _written_end(attempt: Attempt) -> str:
    """Return the server's address behind a proxy; empty where only the proxy knows it."""
    host, port = attempt.address, attempt.port
    if not is_address(host):
        return ""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_greeting(reply: Reply | None) -> bool:
    """Return whether a whole greeting came, even if the server closed right behind it."""
    return reply is not None and Defect.UNTERMINATED not in reply.defects
