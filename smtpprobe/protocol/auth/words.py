"""The words behind `:auth`, at the prompt and in scripts: mechanism, user and options. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.errors import UsageError
from smtpprobe.named_tuple import NamedTuple
from smtpprobe.protocol.auth.channel_binding import KINDS
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH, MECHANISMS, Secret, is_mechanism
from smtpprobe.protocol.auth.sasl import Manner

BEST = "auto"
"""Stands for the strongest mechanism that the server announces."""

OPTIONS = {
    "--force": ("", "also if the mechanism is not announced"),
    "--clear": ("", "also if the password or token would go out in plaintext"),
    "--initial": ("", "send an initial response, also if the mechanism has none"),
    "--no-initial": ("", "send no initial response, wait for the first challenge"),
    "--cancel-at": ("N", "answer challenge N with *"),
    "--weak": ("", "SCRAM: accept fewer than 4,096 iterations, and a server that proves nothing"),
    "--nonce": ("TEXT", "SCRAM: the client's nonce, which makes a login repeatable"),
    "--bind": ("TYPE", "SCRAM-...-PLUS: channel binding tls-exporter or tls-server-end-point"),
    "--as": ("USER", "the user to act as (authorization identity)"),
}
"""The options: what each takes, and what it does."""

SWITCHES = tuple(name for name, (value, _) in OPTIONS.items() if not value)
TAKING = {name: value for name, (value, _) in OPTIONS.items() if value}

USAGE = " ".join(
    (
        "[MECH|auto] [USER]",
        *(f"[{one}]" for one in SWITCHES),
        *(f"[{name} {value}]" for name, value in TAKING.items()),
    )
)


class AuthWords(NamedTuple):
    """What `:auth` was asked for.

    `mechanism` is empty for the strongest announced, `user` None where none was given, `identity`
    the user to act as. `force` sends a mechanism that is not announced, `clear` a secret outside
    TLS without a question.
    """

    mechanism: str = ""
    user: str | None = None
    identity: str = ""
    force: bool = False
    clear: bool = False
    manner: Manner = Manner()


def read_auth(given: Sequence[str]) -> AuthWords:
    """Return what the words behind `:auth` mean, quotes around them taken off.

    Raises:
        UsageError: it cannot be meant; the text repeats no word that may be a password.
    """
    words, options = _parted(given)
    if len(words) > 2:
        raise UsageError(
            "do not type the password here, it would stay on the screen; nothing sent",
            f"use :auth {words[0]} {words[1]}, which prompts for it without echo",
        )
    name = words[0].upper() if words else ""
    if name and name != BEST.upper() and name not in DONE_BY_AUTH:
        raise UsageError(f"{words[0]!r} is not known here", known())
    if "--initial" in options and "--no-initial" in options:
        raise UsageError("--initial and --no-initial cannot be used together", "use one of them")
    first = {"--initial": True, "--no-initial": False}
    return AuthWords(
        mechanism="" if name == BEST.upper() else name,
        user=words[1] if len(words) == 2 else None,
        identity=options.get("--as", ""),
        force="--force" in options,
        clear="--clear" in options,
        manner=Manner(
            initial=next((first[name] for name in first if name in options), None),
            cancel_at=_number(options.get("--cancel-at", "0")),
            weak="--weak" in options,
            nonce=options.get("--nonce", ""),
            binding=_binding(options.get("--bind", "")),
        ),
    )


def secret_of(mechanism: str) -> Secret:
    """Return what a mechanism has to be given; one that is to be chosen, a password."""
    return MECHANISMS[mechanism].secret if mechanism else Secret.PASSWORD


def known() -> str:
    """Return what to say of the mechanisms that `:auth` can do."""
    return f"known: {', '.join(DONE_BY_AUTH)}; for others: AUTH MECH, then :b64 TEXT at each 334"


def shown_words(words: Sequence[str]) -> int:
    """Return how many of the words may be shown: two and known options; a third may be secret."""
    plain, index, most = 0, 0, 2
    while index < len(words):
        word = words[index]
        if word in TAKING:
            index += 2
        elif word in SWITCHES:
            index += 1
        elif word.startswith("--") or plain == most:
            return index + word.startswith("--")
        else:
            # behind what is no mechanism may stand a password: `:auth bob hunter2`
            most = most if plain or is_mechanism(word.upper()) or word == BEST else 1
            plain, index = plain + 1, index + 1
    return len(words)


def _parted(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the words that are no options, and the options with their values."""
    plain: list[str] = []
    options: dict[str, str] = {}
    left = list(words)
    while left:
        word = left.pop(0)
        if word in TAKING:
            if not left:
                raise UsageError(f"{word} needs a value", f"{word} {TAKING[word]}")
            options[word] = left.pop(0)
        elif word in SWITCHES:
            options[word] = ""
        elif word.startswith("--"):
            name = word.partition("=")[0]
            raise UsageError(f"unknown option {name}", f"known: {' '.join((*SWITCHES, *TAKING))}")
        else:
            plain.append(word)
    return plain, options


def _binding(name: str) -> str:
    if name and name not in KINDS:
        raise UsageError("--bind: unknown channel binding", f"one of {', '.join(KINDS)}")
    return name


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise UsageError("--cancel-at needs the number of a challenge", "--cancel-at 1")
    return int(text)
