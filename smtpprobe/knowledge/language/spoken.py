"""Which languages a text may be written in: only their words are loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

from smtpprobe.knowledge.language.language import Language, letter_of

MARKERS: dict[str, str] = {
    "german": "der dem ist nicht und bitte fur fuer ihre ihr ihrer ihrem wurde wird keine kein "
    "gibt postfach empfanger empfaenger nachricht nachrichten absender unbekannt unbekannter "
    "benutzer weiterleitung voll gesperrt fehler erforderlich verschlusselung anmeldung passwort "
    "falsch viele spater spaeter erneut abgelehnt verweigert anhang unerwunscht erkannt konto",
}
"""Words by which a language with blanks between them is suspected, by its module; `*` stands for
any ending and is known behind the first five letters.

One is enough: a language that is suspected in vain costs its loading, no wrong word.
"""

LETTERS: dict[str, str] = {
    "german": "äöüß",
}
"""Letters beyond ASCII that call for a language, by its module."""

SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
"""The first and last letter of a script that is not Latin, and the modules of its languages."""

STEM = 5
"""How many letters of a word a marker with any ending has."""


def languages_of(text: str, tokens: Iterable[str]) -> tuple[Language, ...]:
    """Return the languages beside English that a text in lower case and its tokens call for.

    Of several it is the one that most words and letters speak for, or those that are equal.
    """
    votes = Counter(_suspected(text, tokens))
    if not votes:
        return ()
    most = max(votes.values())
    return tuple(load(module) for module in sorted(votes) if votes[module] == most)


def _suspected(text: str, tokens: Iterable[str]) -> Iterator[str]:
    """Yield the module of a language once for each word and each letter that speaks for it."""
    markers = _markers()
    for token in tokens:
        yield from markers.get(token) or markers.get(f"{token[:STEM]}*", ())
    if text.isascii():
        return
    letters = _letters()
    for letter in map(letter_of, text):
        yield from letters.get(letter, ())
        for first, last, modules in SCRIPTS:
            if first <= letter <= last:
                yield from modules


@cache
def _markers() -> dict[str, tuple[str, ...]]:
    return _turned({module: words.split() for module, words in MARKERS.items()})


@cache
def _letters() -> dict[str, tuple[str, ...]]:
    return _turned(LETTERS)


def _turned(table: dict[str, str] | dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Return a table of modules and what speaks for them as what speaks for which modules."""
    found: dict[str, tuple[str, ...]] = {}
    for module, signs in table.items():
        for sign in signs:
            found[sign] = (*found.get(sign, ()), module)
    return found


@cache
def load(module: str) -> Language:
    """Return the language of a module of this folder."""
    words = import_module(f"smtpprobe.knowledge.language.{module}")
    found = words.LANGUAGE
    assert isinstance(found, Language)
    return found
