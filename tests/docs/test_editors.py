"""The grammars for editors are current, and what they say is what the tables say."""

from __future__ import annotations

import json
import re

import pytest

from smtpprobe.script.highlight.grammar import CLASSES, ScriptLine
from tests.docs.editors import FOLDER, PAGES, vim_pattern


@pytest.mark.parametrize("name", PAGES)
def test_the_grammars_are_current(name: str) -> None:
    made = PAGES[name]()
    assert (FOLDER / name).read_text(encoding="utf-8") == made, "run: python -m tests.docs.editors"


def test_the_textmate_grammar_names_what_it_includes() -> None:
    grammar = json.loads(PAGES["smtpprobe.tmLanguage.json"]())
    included = {one["include"].removeprefix("#") for one in grammar["patterns"]}
    assert included == set(grammar["repository"])


@pytest.mark.parametrize(
    ("pattern", "translated"),
    [
        (r"(?<!\S)#.*", r"\v%(\S)@<!#.*"),
        (r"<[~?*]?", r"\v\<[~?*]?"),
        (r"a(?=b=)|(?!c(?:d|e))", r"\va%(b\=)@=|%(c%(d|e))@!"),
        (r"\{\{[^{}]*\}\}", r"\v\{\{[^{}]*\}\}"),
        (r"[^<>{}]+", r"\v[^<>{}]+"),
    ],
)
def test_patterns_are_translated_for_vim(pattern: str, translated: str) -> None:
    assert vim_pattern(pattern) == translated


def test_no_pattern_needs_what_vim_has_not() -> None:
    for line_class in (*CLASSES, ScriptLine.BODY):
        for rule in line_class.value.inside:
            assert "'" not in rule.pattern
            assert not re.search(r"\(\?[^:=!<]|[*+?}][?+]|\\[bBwW]", rule.pattern)
