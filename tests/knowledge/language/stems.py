"""Writes smtpprobe/knowledge/language/stems.py: `python -m tests.knowledge.language.stems`.

Run it after a word was added to a language in Latin letters.
"""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

from smtpprobe.knowledge import language as folder
from smtpprobe.knowledge.language.english import WORDS as ENGLISH
from smtpprobe.knowledge.language.language import folded, respelt
from smtpprobe.knowledge.language.spoken import MARKERS, STEM, words_of
from tests.corpus.replies.rows import rows

TARGET = Path(folder.__path__[0], "stems.py")

WIDTH = 100
"""Of a line of code, as ruff checks it."""

HEAD = '''\
"""How words of the languages in Latin letters begin, by the modules of the languages that have it.

Five letters that English has not and a `*`, or a longer word in full.
Written by `python -m tests.knowledge.language.stems` from the tables of the languages.
"""

from __future__ import annotations

STEMS: dict[str, str] = {
'''


def words_in(text: str) -> set[str]:
    """Return the words of Latin letters in a text, folded."""
    return set(re.findall(r"[a-z]+", folded(text.lower())))


def known_in_english() -> set[str]:
    """Return the words that are of English, or stand in English replies and greetings."""
    table = " ".join(ENGLISH.values())
    said = " ".join(row.reply for row in rows("tune") if row.language == "en")
    return words_in(table) | words_in(said)


def stems_of(module: str, known: set[str]) -> list[str]:
    """Return how the words of a module begin, or a word in full where English begins like that."""
    made = words_of(module)
    phrases = [one for many in made.WORDS.values() for one in many.split("|")]
    phrases += respelt(phrases, made.SPELT if hasattr(made, "SPELT") else "")
    words = {word for phrase in phrases for word in words_in(phrase) if len(word) >= STEM}
    begun = {word[:STEM] for word in known}
    found = {word[:STEM] for word in words} - begun
    found |= {word for word in words if len(word) > STEM and word[:STEM] in begun} - known
    return sorted(found)


def grouped() -> dict[str, list[str]]:
    """Return the stems by the modules that share them."""
    known = known_in_english()
    modules: dict[str, list[str]] = {}
    for module in sorted(MARKERS):
        for stem in stems_of(module, known):
            modules.setdefault(f"{stem}*" if len(stem) == STEM else stem, []).append(module)
    groups: dict[str, list[str]] = {}
    for stem in sorted(modules):
        groups.setdefault(" ".join(modules[stem]), []).append(stem)
    return dict(sorted(groups.items()))


def written() -> str:
    """Return the file."""
    parts = [HEAD]
    for modules, stems in grouped().items():
        lines = textwrap.wrap(" ".join(stems), 88, break_on_hyphens=False)
        key = f'    "{modules}": ('
        parts.append(f"{key}{'  # noqa: E501' if len(key) > WIDTH else ''}\n")
        parts += [
            f'        "{line}{" " if at < len(lines) - 1 else ""}"\n'
            for at, line in enumerate(lines)
        ]
        parts.append("    ),\n")
    return "".join([*parts, "}\n"])


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", TARGET], check=True)
