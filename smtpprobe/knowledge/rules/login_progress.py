"""How far a login had come when its reply came: what was sent of it, and in what form.

All is read from the session alone. Credentials that a recording has masked count as sent.
"""

from __future__ import annotations

import base64
import binascii
import re

from smtpprobe.knowledge.rules.situation import Situation
from smtpprobe.protocol.auth.credentials import EMPTY_RESPONSE
from smtpprobe.protocol.auth.mechanisms import Secret, is_mechanism, mechanism_named
from smtpprobe.protocol.command import Command, first_word
from smtpprobe.protocol.verbs import VERBS, Context

LOGIN = (Context.AUTH, Context.AUTH_STEP)


def mechanism(seen: Situation) -> str:
    """Return the mechanism of the login that is answered, in upper case; empty without one."""
    command = seen.exchange.command
    named = command.mechanism if command is not None else ""
    return named or seen.before.auth_mechanism or ""


def answer(seen: Situation) -> str | None:
    """Return what was sent for the mechanism: a response or an answer; None for neither."""
    command = seen.exchange.command
    if command is None or seen.context not in LOGIN:
        return None
    if seen.context is Context.AUTH_STEP:
        return command.text
    return command.initial_response.strip() or None


def octets(text: str) -> bytes | None:
    """Return what an answer decodes to; None where it is not base64 (RFC 4648 4)."""
    if text == EMPTY_RESPONSE:
        return b""
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        return None


def is_masked(text: str) -> bool:
    """Return whether something stands in for what was sent: a recording's value, a log's mask."""
    return re.search(_MASKED, text) is not None


_MASKED = r"(?i)\*{2}|\{\{|x{6}|hidden|masked|redacted|removed"


def secret_sent(seen: Situation) -> bool:
    """Return whether the server has got a password or a token that it could find wrong."""
    name, given = mechanism(seen), answer(seen)
    known = mechanism_named(name)
    place = known.secret_at
    if place is None or seen.context not in LOGIN:
        return False
    turn = seen.before.auth_answers if seen.context is Context.AUTH_STEP else 0
    if not known.initial and turn == 1:  # it may be the one that went out with AUTH
        turn = place
    if turn != place:
        return turn > place
    return given is not None and not _too_early(seen, given) and _holds_secret(given, name)


def _too_early(seen: Situation, given: str) -> bool:
    """Return whether something went out with AUTH that proves nothing without a challenge.

    CRAM-MD5 (RFC 2195) has no initial response; DIGEST-MD5 has one only for a challenge of an
    earlier session (RFC 2831 2.2).
    """
    if seen.context is not Context.AUTH or is_masked(given):
        return False
    name = mechanism(seen)
    digest = name == "DIGEST-MD5" and b"response=" not in (octets(given) or b"")
    return digest or not mechanism_named(name).initial


def may_have_proved(seen: Situation) -> bool:
    """Return whether something was sent for a mechanism whose secret is at an unknown place."""
    given = answer(seen)
    if mechanism_named(mechanism(seen)).secret_at is not None or seen.context not in LOGIN:
        return False
    return seen.before.auth_answers > 0 or (given is not None and _holds_secret(given, ""))


def _holds_secret(given: str, name: str) -> bool:
    if is_masked(given):
        return True
    decoded = octets(given) if given != "*" and first_word(given) not in VERBS else None
    if not decoded:
        return False
    return name != "PLAIN" or bool(
        decoded.split(b"\0", 2)[2:] != [b""] and decoded.count(b"\0") > 1
    )


def is_bare(seen: Situation) -> bool:
    """AUTH without a mechanism."""
    command = _auth(seen)
    return command is not None and not command.argument


def is_in_words(seen: Situation) -> bool:
    """AUTH with a name and a password as words, or with a first word that is no mechanism."""
    command = _auth(seen)
    words = command.argument.split() if command is not None else []
    if command is None or not words or (is_masked(command.argument) and named(seen)):
        return False
    return len(words) > 2 or not (named(seen) or is_alone(seen))


def is_alone(seen: Situation) -> bool:
    """AUTH with one word that looks like the name of a mechanism: capitals, digits, `-` and `_`."""
    command = _auth(seen)
    return (
        command is not None and re.fullmatch(r"[A-Z][A-Z0-9_-]{1,19}", command.argument) is not None
    )


def is_no_mechanism(seen: Situation) -> bool:
    """AUTH with the name of a mechanism that nobody knows, at a server that announced others."""
    return is_alone(seen) and not named(seen) and bool(seen.before.extensions.auth_mechanisms)


def named(seen: Situation) -> bool:
    """Return whether the mechanism is one: known, or announced by this server."""
    name = mechanism(seen)
    return is_mechanism(name) or name in seen.before.extensions.auth_mechanisms


def _auth(seen: Situation) -> Command | None:
    return seen.exchange.command if seen.context is Context.AUTH else None


def without_response(seen: Situation) -> bool:
    """AUTH with a mechanism and nothing else."""
    return seen.context is Context.AUTH and answer(seen) is None


def not_base64(seen: Situation) -> bool:
    """What was sent for the mechanism is not base64."""
    given = answer(seen)
    if given in (None, "", "*") or is_masked(given or ""):
        return False
    return octets(given or "") is None


def is_unreadable(seen: Situation) -> bool:
    """What was sent decodes to no text, as plain words do that look like base64 by chance."""
    given = answer(seen)
    if mechanism(seen) != "LOGIN" or not given or is_masked(given):
        return False
    decoded = octets(given)
    try:
        return decoded is not None and not decoded.decode().isprintable()
    except UnicodeDecodeError:
        return True


def is_command(seen: Situation) -> bool:
    """A command was sent where the answer to a challenge belongs."""
    command = seen.exchange.command
    if seen.context is not Context.AUTH_STEP or command is None:
        return False
    return first_word(command.text) in VERBS


def is_empty(seen: Situation) -> bool:
    """An empty answer to a challenge."""
    given = answer(seen)
    return seen.context is Context.AUTH_STEP and given is not None and not given.strip()


def is_no_plain(seen: Situation) -> bool:
    """An answer of PLAIN that lacks the two NULs of RFC 4616 2."""
    given = answer(seen)
    if mechanism(seen) != "PLAIN" or not given or given == "*" or is_masked(given):
        return False
    decoded = octets(given)
    return decoded is not None and decoded.count(b"\0") < 2  # before the user, before the password


def at_the_name(seen: Situation) -> bool:
    """An answer that comes before the one with the password: the user name."""
    known = mechanism_named(mechanism(seen))
    place = (known.secret_at or 0) if known.secret is Secret.PASSWORD else 0
    turn = seen.before.auth_answers if seen.context is Context.AUTH_STEP else 0
    return answer(seen) is not None and turn < place


def with_token(seen: Situation) -> bool:
    """The mechanism proves by a token, not by a password."""
    return mechanism_named(mechanism(seen)).secret is Secret.TOKEN


def unannounced(seen: Situation) -> bool:
    """The server announced AUTH in its EHLO reply, but not this mechanism."""
    name, offered = mechanism(seen), seen.before.extensions.auth_mechanisms
    return bool(offered) and bool(name) and name not in offered


def kept_for_users(seen: Situation) -> bool:
    """A host is refused that could have logged in, and has not: so Postfix's port for senders does.

    Its master.cf has `smtpd_client_restrictions=permit_sasl_authenticated,reject`; the text is that
    of `reject` alone, as a table of clients can have its own.
    """
    return (
        seen.klass == 5
        and "AUTH" in seen.before.extensions
        and seen.before.authenticated is None
        and "client host rejected: access denied" in seen.text
    )


def none_announced(seen: Situation) -> bool:
    """The server's EHLO reply did not announce AUTH."""
    return seen.before.identity is not None and "AUTH" not in seen.before.extensions
