"""Completion: the tables of `knowledge` and of local commands as a menu."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer, Completion

from smtpprobe.knowledge.assist.completion import completions
from smtpprobe.knowledge.assist.missing_arguments import NULL_SENDER
from smtpprobe.present.escape import escaped
from smtpprobe.present.prompt import NARROW
from smtpprobe.protocol.auth.mechanisms import DONE_BY_AUTH
from smtpprobe.protocol.auth.words import BEST, OPTIONS, TAKING
from smtpprobe.protocol.phase import Phase
from smtpprobe.protocol.verbs import VERBS
from smtpprobe.repl.commands.table import COMMANDS, LocalCommand, find
from smtpprobe.repl.session import Session
from smtpprobe.settings.settings import KEYS

if TYPE_CHECKING:
    from prompt_toolkit.document import Document

TARGETS = 20
"""How many targets of before are offered."""

FILES = 100
"""How many files of a folder are offered."""


class Whole(Completion):
    """A completion that can be sent verbatim, though its path is empty: chosen by its name."""


class SmtpCompleter(Completer):
    """Offers what fits the state, from pure tables; nothing is asked of the network."""

    def __init__(
        self, session: Session, targets: Callable[[], Sequence[str]], *, local: Callable[[], bool]
    ) -> None:
        self._session = session
        self._targets = targets
        self._local = local

    def get_completions(
        self, document: Document, complete_event: CompleteEvent  # noqa: ARG002
    ) -> Iterable[Completion]:  # fmt: skip
        """Yield completions of the text before the cursor."""
        text = document.text_before_cursor
        state = self._session.state
        in_body = state.phase in (Phase.DATA, Phase.BDAT)
        if self._local() or (text.startswith(":") and not in_body):
            yield from self._of_local(text)
            return
        # not connected
        if state.phase is Phase.CLOSED and not text:
            yield from self._of_local(":")
            return
        for found in completions(text, state, self._session.hints):
            style = "" if found.fits else "class:completion-menu.completion.unfit"
            yield self._shown(found.text, found.start, found.meaning, style, found.name)

    def _shown(
        self, text: str, start: int, meaning: str, style: str = "", name: str = ""
    ) -> Completion:
        wide = self._session.face.width >= NARROW
        kind = Whole if name == NULL_SENDER else Completion
        meta = escaped(meaning) if wide else ""
        return kind(text, start, display=escaped(name or text), display_meta=meta, style=style)

    def _of_local(self, text: str) -> Iterable[Completion]:
        head, blank, argument = text.partition(" ")
        if not blank:
            for command in COMMANDS.values():
                if f":{command.name}".startswith(head) and self._fits(command):
                    yield self._shown(f":{command.name}", -len(text), command.meaning)
            return
        found = _command(head)
        if found is None:
            return
        for word, meaning in self._arguments(found, argument):
            if word.startswith(argument):
                yield self._shown(word, -len(argument), meaning)
        if found.takes_file:
            for name in _files(argument):
                yield self._shown(name, -len(argument), "")

    def _fits(self, command: LocalCommand) -> bool:
        offline = self._session.state.phase is Phase.CLOSED
        return not (command.connected and offline)

    def _arguments(self, command: LocalCommand, argument: str) -> Iterable[tuple[str, str]]:
        session = self._session
        yield from ((word, "") for word in command.words)
        match command.name:
            case "help":
                yield from ((verb.name, verb.summary) for verb in VERBS.values())
                yield from ((f":{known.name}", known.meaning) for known in COMMANDS.values())
            case "set":
                name, blank, _ = argument.partition(" ")
                if blank and name in KEYS:
                    words = KEYS[name].values or (("on", "off") * (KEYS[name].kind == "bool"))
                    yield from ((f"{name} {word}", "") for word in words)
                else:
                    yield from ((key.name, key.meaning) for key in KEYS.values())
            case "auth":
                yield from _auth_words(argument, session.state.extensions.auth_mechanisms)
            case "connect":
                yield from self._known_targets()
            case _:
                return

    def _known_targets(self) -> Iterable[tuple[str, str]]:
        last = self._session.target
        found = {str(last): "the last target"} if last is not None else {}
        for target in islice(dict.fromkeys(reversed(self._targets())), TARGETS):
            found.setdefault(target, "reached before")
        return found.items()


def _auth_words(argument: str, offered: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield mechanisms as the first word, and options behind any."""
    before, blank, _ = argument.rpartition(" ")
    if not blank:
        yield BEST, "the strongest announced"
        yield from ((name, "announced") for name in DONE_BY_AUTH if name in offered)
        yield from ((name, "--force sends it") for name in DONE_BY_AUTH if name not in offered)
        return
    if before.split()[-1:] and before.split()[-1] in TAKING:
        return
    for name, (_, meaning) in OPTIONS.items():
        if name not in before.split():
            yield f"{before} {name}", meaning


def _command(word: str) -> LocalCommand | None:
    name = word.removeprefix(":")
    known = [command for command in COMMANDS.values() if command.name.startswith(name)]
    if name in COMMANDS or len(known) == 1:
        return find(f":{name}")[0]
    return None


def _files(written: str) -> Iterable[str]:
    """Yield paths that begin as written; nothing where the folder cannot be read."""
    folder, _, start = written.rpartition("/")
    base = Path(folder or ("/" if written.startswith("/") else ".")).expanduser()
    try:
        with os.scandir(base) as entries:
            names = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(start) and (start or not entry.name.startswith("."))
            )
    except OSError:
        return
    # as written: `~` stays `~`
    prefix = written[: len(written) - len(start)]
    yield from (prefix + name for name in names[:FILES])
