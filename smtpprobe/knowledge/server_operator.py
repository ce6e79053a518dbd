"""A refusal as read by the operator of the server that sent it: the client, and what to do."""

from __future__ import annotations

from smtpprobe.knowledge.annotation import Annotation, Cause, NextStep
from smtpprobe.knowledge.wording import clip, parts_of, plain, steps

OWNER_STEPS: dict[Cause, str] = {
    Cause.UNKNOWN_RECIPIENT: "nothing, if there is no such mailbox; else add it to your recipients",
    Cause.MAILBOX_FULL: "make room in the mailbox, or raise its quota",
    Cause.MAILBOX_DISABLED: "nothing, if that is intended; else enable the mailbox",
    Cause.RECIPIENT_MOVED: "nothing: the client has to write to the new address",
    Cause.UNKNOWN_DOMAIN: "nothing, if the domain is wrong; else see what your resolver answers",
    Cause.NO_MAIL_SERVICE: "nothing, if that is intended; else see why mail comes to this host",
    Cause.RELAY_DENIED: (
        "nothing for an outsider; else: let your user log in, or list the domain as yours"
    ),
    Cause.AUTH_REQUIRED: "nothing for an outsider; a user of yours has to log in first",
    Cause.AUTH_FAILED: "ask the user for the password used; block an address that keeps guessing",
    Cause.AUTH_MECHANISM: "compare the mechanisms you offer with those of the client",
    Cause.TLS_REQUIRED: "nothing, if all have to use TLS; else relax the rule for this client",
    Cause.TLS_UNAVAILABLE: "see in your log why TLS fails: certificate, key, library",
    Cause.IP_BLOCKED: "nothing, if the block is right; else make an exception for this client",
    Cause.NO_REVERSE_DNS: "nothing, if its DNS is wrong; else see what your resolver answers",
    Cause.RATE_LIMITED: "nothing, if the client sends too much; else raise the limit for it",
    Cause.GREYLISTED: "nothing: a mail server retries in a few minutes",
    Cause.TOO_MANY_RECIPIENTS: "nothing: the client sends the rest on its own; or raise the limit",
    Cause.TOO_MANY_CONNECTIONS: "nothing, if the client is greedy; else raise the limit for it",
    Cause.SENDER_REJECTED: "nothing, if the sender is false; else see which rule refused it",
    Cause.SENDER_AUTH_FAILED: "nothing, if it is forged; else its owner has to fix SPF or DKIM",
    Cause.SPAM_CONTENT: "nothing, if it was spam; else see which rule of your filter decided",
    Cause.VIRUS: "nothing, if it was one; else see which signature of your scanner decided",
    Cause.CONTENT_REJECTED: "see which of your content rules decided",
    Cause.MALFORMED_MESSAGE: "nothing: the client has to fix its message",
    Cause.MESSAGE_TOO_LARGE: "nothing, if the limit is intended; else raise it",
    Cause.POLICY: "see which rule of yours refused it; if wrongly, make an exception",
    Cause.SYNTAX_ERROR: "nothing for a bot; else make an exception for this client",
    Cause.BAD_SEQUENCE: "nothing: the client talks out of turn, as bots do",
    Cause.NOT_IMPLEMENTED: "nothing, if it is switched off deliberately",
    Cause.PARAMETER_UNSUPPORTED: "nothing: the client uses what you do not announce",
    Cause.SMTPUTF8_UNSUPPORTED: "nothing, or switch SMTPUTF8 on where your mailboxes can take it",
    Cause.LOOP_DETECTED: "follow the Received lines: which hosts send it to each other?",
    Cause.SERVER_ERROR: "see in your log, just before: a table, filter or policy service failed",
    Cause.STORAGE_FULL: "make room on the disk that holds your queue",
    Cause.SERVICE_UNAVAILABLE: "see why you accept no mail now: load, limits, maintenance",
    Cause.TIMEOUT: "nothing for a bot; else look at the path to the client",
    Cause.NETWORK_ERROR: "look at the path to the client",
    Cause.PROTOCOL_VIOLATION: "see what made your server say this: it is not an SMTP reply",
    Cause.UNKNOWN: "see which of your rules gives no reason, and make it give one",
}
"""What the owner of a server can do about what it refused, by what each cause is (RFC 5321 3.6,
4.2, 7.8; RFC 6647; RFC 5782); no product is named."""

NOTHING = "nothing: it succeeded"


def for_the_owner(annotation: Annotation, client: str, did: str = "said this to") -> Annotation:
    """Return the annotation for the server's side: `client` is the client that it was sent to.

    `did` are the words for what it did to the client, where it is not known what it said.

    Cause, blame and retry stay the client's, and the first detail says so.
    """
    told = f"your server {did} {plain(client) or 'a client'}"
    owner = steps(parts_of(OWNER_STEPS.get(annotation.cause, NOTHING)), {})
    return annotation._replace(
        next_steps=tuple(NextStep(step.text) for step in owner),
        details=(clip(f'{told}; "you" is that client'), *annotation.details),
    )
