"""The closed vocabularies of an annotation: cause, blame and retry. The values are the words."""

from __future__ import annotations

from enum import Enum


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


class Blame(Enum):
    """Who has to act, or whose property caused it."""

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
