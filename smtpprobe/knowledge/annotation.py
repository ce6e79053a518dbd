"""The annotation of a reply as plain data: what it means here, what to do now, its vocabularies.

Cause, blame, retry and basis are closed; their values are the words that are printed.
"""

from __future__ import annotations

from enum import Enum

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.reply import EnhancedCode
from smtpprobe.protocol.verbs import Context


class Cause(Enum):
    """Why a reply is as it is. Every explained reply has exactly one."""

    ACCEPTED = "accepted"
    INTERMEDIATE = "intermediate"
    GREETING = "greeting"
    CLOSING = "closing"
    UNKNOWN_RECIPIENT = "unknown-recipient"
    MAILBOX_FULL = "mailbox-full"
    MAILBOX_DISABLED = "mailbox-disabled"
    RECIPIENT_MOVED = "recipient-moved"
    UNKNOWN_DOMAIN = "unknown-domain"
    NO_MAIL_SERVICE = "no-mail-service"
    RELAY_DENIED = "relay-denied"
    AUTH_REQUIRED = "auth-required"
    AUTH_FAILED = "auth-failed"
    AUTH_MECHANISM = "auth-mechanism"
    TLS_REQUIRED = "tls-required"
    TLS_UNAVAILABLE = "tls-unavailable"
    IP_BLOCKED = "ip-blocked"
    NO_REVERSE_DNS = "no-reverse-dns"
    RATE_LIMITED = "rate-limited"
    GREYLISTED = "greylisted"
    TOO_MANY_RECIPIENTS = "too-many-recipients"
    TOO_MANY_CONNECTIONS = "too-many-connections"
    SENDER_REJECTED = "sender-rejected"
    SENDER_AUTH_FAILED = "sender-auth-failed"
    SPAM_CONTENT = "spam-content"
    VIRUS = "virus"
    CONTENT_REJECTED = "content-rejected"
    MALFORMED_MESSAGE = "malformed-message"
    MESSAGE_TOO_LARGE = "message-too-large"
    POLICY = "policy"
    SYNTAX_ERROR = "syntax-error"
    BAD_SEQUENCE = "bad-sequence"
    NOT_IMPLEMENTED = "not-implemented"
    PARAMETER_UNSUPPORTED = "parameter-unsupported"
    SMTPUTF8_UNSUPPORTED = "smtputf8-unsupported"
    LOOP_DETECTED = "loop-detected"
    SERVER_ERROR = "server-error"
    STORAGE_FULL = "storage-full"
    SERVICE_UNAVAILABLE = "service-unavailable"
    TIMEOUT = "timeout"
    NETWORK_ERROR = "network-error"
    PROTOCOL_VIOLATION = "protocol-violation"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # a key of tables for every row and reply; that of Enum is slow


class Blame(Enum):
    """The party that has to act, or whose property caused it."""

    YOU = "you"
    YOUR_IP = "your-ip"
    YOUR_DOMAIN = "your-domain"
    YOUR_COMMAND = "your-command"
    CONTENT = "content"
    RECIPIENT = "recipient"
    THEIR_SERVER = "their-server"
    THEIR_POLICY = "their-policy"
    NETWORK = "network"
    NOBODY = "nobody"


class Retry(Enum):
    """Whether repeating helps."""

    NO_NEED = "no-need"
    LATER_SAME = "later-same"
    AFTER_CHANGE = "after-change"
    NEVER = "never"
    IMMEDIATELY = "immediately"


class Basis(Enum):
    """On whose word an annotation rests; the value is the word in JSON."""

    STANDARD = "standard"
    """An RFC or the IANA registry says so."""
    PROVIDER = "provider"
    """A provider's or product's own documentation of this text says so."""
    LIKELY = "likely"
    """A reading of the text; the meaning then begins with `likely: `."""
    GUESS = "guess"
    """What speaks for it is weak, or as much speaks against it; the meaning says `perhaps: `."""
    OWN = "own"
    """A row of the user's own table says so; the meaning then begins with `own: `."""


class Failure(Enum):
    """Whether a mail server gives up or goes on trying. The value is the word in JSON."""

    HARD = "hard"
    SOFT = "soft"


class Why(NamedTuple):
    """What speaks for the cause of an annotation, and what against it, a few words each."""

    speaks_for: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


class NextStep(NamedTuple):
    """One thing to do now: shown as `text`; `command` is what can be typed for it, or empty."""

    text: str
    command: str = ""


class Annotation(NamedTuple):
    """What one reply means.

    Texts are ASCII, except quotes in `why`; a line has at most 100 characters.

    `context` is what the reply answers, None when unknown or unsolicited. `remarks` tell what is
    odd about the reply itself, `notes` where standard, provider, code and text disagree.
    `details` are further facts of this reply, a line
    each (an EHLO keyword with its meaning, a certificate). No field is a measured time, so that
    a recording gives the same annotation as the live session. `more` is how the meaning goes on
    behind a blank, where it ends in a list that is longer than a line. `language` is the code of
    the language of the words that gave the cause, empty if none did.
    """

    code: int | None
    enhanced: EnhancedCode | None
    context: Context | None
    title: str
    meaning: str
    next_steps: tuple[NextStep, ...]
    cause: Cause
    blame: Blame
    retry: Retry
    basis: Basis
    provider: str | None = None
    notes: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    more: str = ""
    why: Why = Why()
    language: str = ""

    @property
    def failure(self) -> Failure | None:
        """Whether to give up or to go on trying; None where nothing has failed.

        The class of the code says it (RFC 5321 4.2.1), but for two: a 4yz that waiting never cures,
        and 552 for too many recipients, which counts as 452 (4.5.3.1.10). Without a code it is as
        the retry says.
        """
        if self.retry is Retry.NO_NEED:
            return None
        klass = (self.code or 0) // 100
        again = self.retry in (Retry.LATER_SAME, Retry.IMMEDIATELY)
        if klass == 4:
            return Failure.HARD if self.retry is Retry.NEVER else Failure.SOFT
        if klass == 5:
            counts_as_452 = self.code == 552 and self.cause is Cause.TOO_MANY_RECIPIENTS
            return Failure.SOFT if counts_as_452 else Failure.HARD
        return Failure.SOFT if again else Failure.HARD
