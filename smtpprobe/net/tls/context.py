"""TLS as a probe needs it: liberal contexts, and a record of a handshake, failed ones included.

Without enforcement (the default) any certificate and, where the local OpenSSL still can, any
old version, cipher and key size is accepted: the question is what the server does. With
enforcement OpenSSL's and the system's own rules apply, as in any strict client.
"""

from __future__ import annotations

import errno
import os
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.net.tls.exporter import ExportingContext, ExportingSSLObject
from smtpprobe.net.tls.handshake_failures import PlaintextError, is_ours
from smtpprobe.net.tls.handshake_messages import Messages
from smtpprobe.net.tls.offer import put
from smtpprobe.protocol.transport.tls_offer import EVERYTHING, TlsOffer
from smtpprobe.settings.defaults import DEFAULTS

HANDSHAKE_RECORD, ALERT_RECORD = 0x16, 0x15
"""Content types with which a server can begin its side of a handshake (RFC 8446 5.1)."""

LEGACY_SERVERS = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
"""Allows servers without secure renegotiation (RFC 5746); `ssl` names it from Python 3.12 on."""


class Demand(NamedTuple):
    """Options of a handshake: SNI, the name to verify, how to verify, the limit in seconds.

    `sni` None sends none. `reference` is the name or address that the certificate has to match.
    `verify` has OpenSSL refuse what does not verify. `limit` is in seconds. `unread` leaves the
    certificates of a successful handshake to be parsed on first use. `offer` is what this
    side brings.
    """

    reference: str
    sni: str | None = None
    verify: bool = False
    ca_file: str | None = None
    keylog: str | None = None
    limit: float = DEFAULTS["handshake_timeout"]
    unread: bool = False
    offer: TlsOffer = EVERYTHING


class Handshake:
    """One handshake: what it is to do, and what it showed, filled in also when it fails.

    `surplus` is plaintext found where ServerHello should be. `verify_code` is OpenSSL's X509_V
    number, None when it has not judged. `chain` is what the server sent, in DER. `began` is the
    time of the ClientHello, None before it. `messages` is what else the handshake showed.
    `early` returns the octets of TLS that came before the handshake began. `session` is the one
    under way.
    """

    def __init__(self, demand: Demand, context: ssl.SSLContext, clock: Callable[[], float]) -> None:
        self.demand, self.context, self.clock = demand, context, clock
        self.surplus = b""
        self.verify_code: int | None = None
        self.verify_message = ""
        self.chain: tuple[bytes, ...] = ()
        self.began: float | None = None
        self.messages = Messages()
        self.early: Callable[[], bytes] = bytes
        self.session: ExportingSSLObject | None = None

    @contextmanager
    def under_way(self) -> Iterator[None]:
        """Record the handshake of the TLS session that the block, or its tasks, create.

        The context cannot know which handshake a session belongs to: it may serve many at a time.
        With the block the handshake is over, also when nobody has waited for its end.
        """
        token = _UNDER_WAY.set(self)
        try:
            yield
        finally:
            _UNDER_WAY.reset(token)
            if self.session is not None:
                self.session.end_handshake()
                self.session = None


_UNDER_WAY: ContextVar[Handshake] = ContextVar("handshake under way")


class RecordingSSLObject(ExportingSSLObject):
    """A TLS session that checks the first octets before OpenSSL does, and keeps the chain."""

    incoming: ssl.MemoryBIO
    record: Handshake
    looked = False

    def do_handshake(self) -> None:
        """Continue the handshake with the octets received."""
        self._look()
        try:
            super().do_handshake()
        except ssl.SSLCertVerificationError as error:
            self.record.verify_code = error.verify_code
            self.record.verify_message = error.verify_message
            self.record.chain = peer_chain(self)
            raise
        self.record.chain = peer_chain(self)
        if self.record.demand.verify:
            self.record.verify_code = 0

    def _look(self) -> None:
        if self.looked or not self.incoming.pending:
            return
        self.looked = True
        octets = self.incoming.read()
        self.incoming.write(octets)
        if octets[0] not in (HANDSHAKE_RECORD, ALERT_RECORD):
            self.record.surplus = octets
            raise PlaintextError(ssl.SSL_ERROR_SSL, "plaintext instead of a TLS ServerHello")


class RecordingContext(ExportingContext):
    """A context whose sessions record their handshakes, each in the one under way."""

    sslobject_class = RecordingSSLObject

    def wrap_bio(
        self, incoming: ssl.MemoryBIO, outgoing: ssl.MemoryBIO, *rest: Any, **named: Any
    ) -> RecordingSSLObject:
        """Return the TLS session, wired to the record of the handshake under way."""
        session = super().wrap_bio(incoming, outgoing, *rest, **named)
        assert isinstance(session, RecordingSSLObject)
        session.incoming, session.record = incoming, _UNDER_WAY.get()
        session.record.session = session
        session.record.began = session.record.clock()
        incoming.write(session.record.early())
        return session


def _listen(context: RecordingContext) -> None:
    """Have the messages of handshakes recorded.

    The callback is private in `ssl`, whose own setter makes three enums of each message first.
    """
    callback = getattr(ssl.SSLContext.__base__, "_msg_callback", None)
    if callback is not None:
        callback.__set__(context, _heard)


def _heard(
    session: object, direction: str, _version: int, content: int, kind: int, data: bytes
) -> None:
    if isinstance(session, RecordingSSLObject):
        messages = session.record.messages
        (messages.hear if direction == "read" else messages.said)(content, kind, data)


def peer_chain(session: ssl.SSLObject) -> tuple[bytes, ...]:
    """Return the certificates the server sent, in DER and in its order; () before they came."""
    # public from Python 3.13 on, where it gives DER; before, objects of the C module
    owner = session if hasattr(session, "get_unverified_chain") else getattr(session, "_sslobj")  # noqa: B009
    found = owner.get_unverified_chain() or ()
    return tuple(each if isinstance(each, bytes) else each.public_bytes(2) for each in found)


def handshake_for(demand: Demand, clock: Callable[[], float]) -> Handshake:
    """Return a handshake to perform.

    Raises:
        UsageError: the CA file, the key log or what is offered cannot be used.
    """
    plain = not demand.verify and not demand.keylog and demand.offer == EVERYTHING
    return Handshake(demand, _plain_context() if plain else _context(demand), clock)


@lru_cache(maxsize=1)
def _plain_context() -> RecordingContext:
    """Return the context shared by all handshakes that neither verify nor log keys."""
    return _context(Demand(""))


def _context(demand: Demand) -> RecordingContext:
    context = RecordingContext(ssl.PROTOCOL_TLS_CLIENT)
    _listen(context)
    if demand.verify:
        _enforce(context, demand)
    else:
        _accept_all(context)
    if demand.offer != EVERYTHING:
        put(context, demand.offer)
    if demand.keylog:
        try:
            _make_room(demand.keylog)
            context.keylog_filename = demand.keylog
        except OSError as error:
            raise UsageError(f"key log {demand.keylog}: {error.strerror}") from error
    return context


_KEY_LOG = b"# TLS secrets, for Wireshark\n"


def _make_room(path: str) -> None:
    """Create a key log, readable by its owner only, or check that it is writable; raises OSError.

    OpenSSL does not report that it could not write a secret: the next read of the connection fails,
    which would read as the server's doing.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        if not os.fstat(number).st_size:
            os.write(number, _KEY_LOG)
            return
        there = os.fstatvfs(number)
        if not (there.f_bfree if os.geteuid() == 0 else there.f_bavail):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    finally:
        os.close(number)


def _enforce(context: ssl.SSLContext, demand: Demand) -> None:
    context.check_hostname = bool(demand.reference)
    if demand.ca_file is None:
        # OpenSSL passes over roots that it cannot open, and then trusts nobody
        os.close(os.open(os.devnull, os.O_RDONLY | os.O_CLOEXEC))
        context.load_default_certs()
        return
    try:
        context.load_verify_locations(cafile=demand.ca_file)
    except ssl.SSLError as error:
        raise UsageError(f"CA file {demand.ca_file}: contains no PEM certificates") from error
    except OSError as error:
        if is_ours(error):
            raise
        raise UsageError(f"CA file {demand.ca_file}: {error.strerror}") from error


def liberal_context() -> ssl.SSLContext:
    """Return a new context that enforces nothing and allows all that the local OpenSSL can."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    _accept_all(context)
    return context


def _accept_all(context: ssl.SSLContext) -> None:
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.options |= LEGACY_SERVERS
