"""A session for programs: a command is awaited and gives its reply; a message, what became of it.

    async with smtpprobe.connect("mx.example.org:25") as session:
        await session.command("EHLO me.example")
        await session.starttls()

What a server answers is data, whatever it is. What leaves nothing to return is an error: no
greeting (ConnectFailed), no reply in time or a closed connection (NoReply), STARTTLS that does not
lead into TLS (HandshakeFailed).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from email.message import EmailMessage
from typing import TypeAlias

from smtpprobe.api.failures import HandshakeFailed, NoReply, NotProven
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.login.responders import login as login_by
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.hostname import client_name
from smtpprobe.net.tls.strict_context import check_ca_file
from smtpprobe.present.escape import shown
from smtpprobe.protocol.auth.login import Credentials
from smtpprobe.protocol.auth.mechanisms import Secret
from smtpprobe.protocol.auth.sasl import Manner
from smtpprobe.protocol.command import Command, read_line
from smtpprobe.protocol.events import Closed, Opened, Received
from smtpprobe.protocol.extensions import Extensions
from smtpprobe.protocol.happening import Happening
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.reply import Reply
from smtpprobe.protocol.session import Exchange, State
from smtpprobe.protocol.target import Target, parse_target
from smtpprobe.protocol.tls_facts import TlsFacts
from smtpprobe.send.conversation import Delivery
from smtpprobe.send.judge import Fate, Report, Result
from smtpprobe.send.login import chosen
from smtpprobe.send.message.source import Source
from smtpprobe.send.order import Order, Recipient, Tls, Wishes, checked_address
from smtpprobe.send.plan import Impossible
from smtpprobe.send.talk import Broken, Limits, Talk
from smtpprobe.send.unasked import Unasked
from smtpprobe.settings.option_limits import MESSAGE_SECONDS, REPLY_SECONDS


class Transaction(NamedTuple):
    """What became of a message: `report` as `smtpprobe send --json` has it, and every exchange."""

    report: Report
    exchanges: tuple[Exchange, ...]

    @property
    def last(self) -> Exchange:
        """The last exchange.

        Raises:
            LookupError: nothing was answered.
        """
        if not self.exchanges:
            raise LookupError("no command of this transaction was answered")
        return self.exchanges[-1]

    @property
    def accepted(self) -> bool:
        """Whether the server took the message for every recipient."""
        return self.report.result is Result.ACCEPTED

    @property
    def recipients(self) -> dict[str, Fate]:
        """What became of each recipient: its result, its stage and the reply that decided."""
        return {fate.address: fate for fate in self.report.fates}


class Session:
    """An open session; `connect` makes one.

    `client` is the client underneath, for all that is not here: raw octets, several commands in one
    write, events as they happen. Use it within one event loop, one call at a time: calls wait for
    one another.
    """

    def __init__(self, client: Client, limits: Limits) -> None:
        self.client = client
        self._limits = limits
        self._turn = asyncio.Lock()
        self._failed: TlsFacts | None = None
        self._strays = Unasked()
        client.subscribe(self._unasked, Opened, Received)

    @property
    def state(self) -> State:
        """All that is known of the session now."""
        return self.client.state

    @property
    def greeting(self) -> Reply | None:
        """The reply that opened the session."""
        return self.client.state.greeting

    @property
    def extensions(self) -> Extensions:
        """What the last EHLO announced: `"STARTTLS" in session.extensions`; empty before it."""
        return self.client.state.extensions

    @property
    def tls(self) -> TlsFacts | None:
        """The handshake that the session runs on, None in clear."""
        return self.client.state.tls

    @property
    def unasked(self) -> tuple[Reply, ...]:
        """The replies that answered no command: the first 19, and the latest.

        After one it is unsure which command a server means by each reply that follows.
        """
        return tuple(one.reply for one in self._strays.kept)

    async def command(self, line: str) -> Exchange:
        """Send a line and return its reply, with the states around it.

        The line goes out as written. After DATA and AUTH it is what the server then expects. If it
        is cancelled (`asyncio.timeout`), its reply is not taken for that of the next command.

        Raises:
            NoReply: none came in time, or the connection is closed.
            UsageError: the line holds a line end; nothing was sent.
        """
        if "\r" in line or "\n" in line:
            raise UsageError("a command is one line", "send octets with session.client.send")
        command = read_line(line, self.client.state.phase)
        async with self._turn:
            return await self._asked(command)

    async def starttls(self) -> TlsFacts:
        """Send STARTTLS, do the handshake, and return what it showed. EHLO has to follow.

        Raises:
            HandshakeFailed: STARTTLS was refused, or the handshake failed; it has both replies.
            NoReply: none came in time, or the connection is closed.
        """
        before = self.client.state.tls
        exchange = await self.command("STARTTLS")
        facts = self.client.state.tls
        if facts is not None and facts is not before and facts.ok:
            return facts
        failed = self._failed
        if failed is not None:
            raise HandshakeFailed(f"TLS handshake failed: {shown(failed.reason)}", exchange, failed)
        raise HandshakeFailed(f"STARTTLS: {shown(exchange.reply.last_line)}", exchange)

    async def login(
        self, user: str, password: str, mechanism: str = "", *, in_clear: bool = False
    ) -> Exchange:
        """Log in, with the strongest mechanism announced, and return the last exchange.

        Raises:
            UsageError: the server offers no such mechanism, or the password would go out in clear
                without `in_clear`; nothing was sent.
            NoReply: none came in time, or the connection is closed.
            NotProven: the login was accepted by a server that did not show that it knows the
                password, which SCRAM demands (RFC 5802 3).
        """
        credentials, state = Credentials(user, password), self.client.state
        choice = chosen(credentials, mechanism.upper(), state, force=in_clear)
        if isinstance(choice, Impossible):
            raise UsageError(shown(choice.reason), "" if in_clear else "in_clear=True sends it")
        offered = state.extensions.auth_mechanisms
        login = login_by(choice.mechanism, credentials, state.tls, offered, Manner())
        async with self._turn:
            exchange = await self._asked(read_line(login.line, state.phase))
            while (command := login.after(exchange.reply)) is not None:
                exchange = await self._asked(command)
        if login.doubt:
            raise NotProven(shown(login.doubt))
        return exchange

    async def transaction(
        self,
        sender: str,
        recipients: str | Iterable[str],
        message: bytes | str | EmailMessage,
        wishes: Wishes = Wishes(),  # noqa: B008 - a tuple
    ) -> Transaction:
        """Send a message and return what became of it, recipient by recipient.

        EHLO is sent if none was accepted yet; STARTTLS and logins are yours. PIPELINING is used
        where it is announced. Line ends become CRLF, and dots are doubled. It does not raise for
        what the server does; after `Result.UNKNOWN` the message may have been accepted.

        Raises:
            UsageError: an address cannot be one; nothing was sent.
        """
        people = [recipients] if isinstance(recipients, str) else list(recipients)
        order = Order(
            client=self.client.options.client,
            sender=checked_address(sender, "sender"),
            recipients=tuple(Recipient(checked_address(one, "recipients")) for one in people),
            tls=Tls.NEVER,
            wishes=wishes,
            quits=False,
        )
        source = Source((_octets(message),), binary=False)
        exchanges: list[Exchange] = []

        def heard(happening: Happening) -> None:
            if happening.exchange is not None and not happening.exchange.reply.piece:
                exchanges.append(happening.exchange)

        async with self._turn:
            delivery = Delivery(self.client, order, source, self._limits, _no_login)
            leave = self.client.subscribe(heard)
            try:
                await delivery.run()
            finally:
                leave()
        return Transaction(delivery.report(str(self.client.state.target)), tuple(exchanges))

    async def events(self) -> AsyncIterator[Happening]:
        """Yield what happens from now on, each event with the states around it, to the close."""
        queue: asyncio.Queue[Happening] = asyncio.Queue()
        leave = self.client.subscribe(queue.put_nowait)
        try:
            while True:
                happening = await queue.get()
                yield happening
                if isinstance(happening.event, Closed):
                    return
        finally:
            leave()

    async def quit(self) -> Exchange | None:
        """Say QUIT and close; return the exchange, None where there was no reply."""
        exchange = None
        with suppress(NoReply):
            exchange = await self.command("QUIT")
        await self.client.close()
        return exchange

    def _unasked(self, happening: Happening) -> None:
        exchange = happening.exchange
        if isinstance(happening.event, Opened):
            self._strays = Unasked()
        elif exchange is not None and exchange.context is None and not exchange.reply.piece:
            self._strays.take(exchange)

    async def _asked(self, command: Command) -> Exchange:
        self._failed = None
        try:
            with Talk(self.client, self._limits) as talk:
                try:
                    return await talk.ask(command)
                finally:
                    if talk.secured is not None and not talk.secured.tls.ok:
                        self._failed = talk.secured.tls
        except Broken as broken:
            raise NoReply(f"{shown(command.verb) or 'the line'}: {shown(broken.reason)}") from None


Opening: TypeAlias = AbstractAsyncContextManager[Session]


@asynccontextmanager
async def connect(
    target: str | Target,
    *,
    timeout: float | None = None,  # noqa: ASYNC109 - of each wait, not of the call
    options: ConnectOptions | None = None,
) -> AsyncIterator[Session]:
    """Connect to a target as on the command line; a context that ends with QUIT and a close.

    `example.org` is its MX hosts in order, `mx1.example.org:25` one host, `smtps://` implicit TLS.
    `timeout` limits each wait in seconds: DNS, connection, greeting, handshake, reply; without it
    the usual limits hold. `options` has everything else; a certificate has to verify unless they
    say otherwise, and `options.client` is the name for EHLO.

    Raises:
        UsageError: the target or an option cannot be used.
        LookupFailed: the name leads to no address.
        NoMailService: the domain has a null MX; nothing was dialled.
        ConnectFailed: no server sent a greeting.
    """
    parsed = parse_target(target) if isinstance(target, str) else target
    chosen_options = options or ConnectOptions(verify=True)
    if timeout is not None:
        chosen_options = chosen_options._replace(
            timeout=timeout,
            connect_timeout=timeout,
            handshake_timeout=timeout,
            greeting_timeout=timeout,
        )
    if not chosen_options.client:
        chosen_options = chosen_options._replace(client=client_name(timeout))
    reply = REPLY_SECONDS if timeout is None else timeout
    if chosen_options.ca_file:
        await asyncio.to_thread(check_ca_file, chosen_options.ca_file)
    limits = Limits(reply, MESSAGE_SECONDS if timeout is None else timeout, reply)
    client = Client(chosen_options)
    try:
        session = Session(client, limits)
        await client.open(parsed)
        yield session
        if _can_quit(client.state):
            await session.quit()
    finally:
        await client.close()


def _can_quit(state: State) -> bool:
    """Return whether QUIT is a command now: the session is open, no reply due, no message begun."""
    closed = state.phase in (Phase.CLOSED, Phase.DATA, Phase.BDAT, Phase.AUTH)
    return not (closed or state.ended or state.awaiting or state.half_closed)


def _octets(message: bytes | str | EmailMessage) -> bytes:
    if isinstance(message, EmailMessage):
        return message.as_bytes()
    return message.encode() if isinstance(message, str) else message


def _no_login(_state: State, _kind: Secret | None) -> Credentials:
    raise AssertionError("no login is in the order")
