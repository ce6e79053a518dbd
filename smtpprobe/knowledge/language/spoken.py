"""Which languages a text may be written in: only their words are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from smtpprobe.knowledge.language.language import Language

MARKERS: dict[str, str] = {
    "german": "der dem ist nicht und bitte fur fuer ihre ihr ihrer ihrem wurde wird keine kein "
    "gibt postfach empfanger empfaenger nachricht nachrichten absender unbekannt unbekannter "
    "benutzer weiterleitung voll gesperrt fehler erforderlich verschlusselung anmeldung passwort "
    "falsch viele spater spaeter erneut abgelehnt verweigert anhang unerwunscht erkannt konto",
}
"""Words by which a language with blanks between them is suspected, by its module.

One is enough: a language that is suspected in vain costs its loading, no wrong word.
"""

LETTERS: dict[str, tuple[str, ...]] = {
    "ä": ("german",),
    "ö": ("german",),
    "ü": ("german",),
    "ß": ("german",),
}
"""Letters beyond ASCII that call for languages in Latin letters."""

SCRIPTS: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
"""The first and last letter of a script that is not Latin, and the modules of its languages."""


def languages_of(text: str, tokens: Iterable[str]) -> tuple[Language, ...]:
    """Return the languages beside English that a text in lower case and its tokens call for."""
    found: dict[str, None] = {}
    markers = _markers()
    for token in tokens:
        for module in markers.get(token, ()):
            found[module] = None
    if not text.isascii():
        for char in text:
            point = ord(char)
            letter = chr(point - 0xDC00) if 0xDC80 <= point <= 0xDCFF else char
            found.update(dict.fromkeys(LETTERS.get(letter, ())))
            for first, last, modules in SCRIPTS:
                if first <= letter <= last:
                    found.update(dict.fromkeys(modules))
    return tuple(load(module) for module in sorted(found))


@cache
def _markers() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for module, words in MARKERS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), module)
    return found


@cache
def load(module: str) -> Language:
    """Return the language of a module of this folder."""
    words = import_module(f"smtpprobe.knowledge.language.{module}")
    found = words.LANGUAGE
    assert isinstance(found, Language)
    return found
