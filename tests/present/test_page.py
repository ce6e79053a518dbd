"""The frame and the parts of a page: escaped once more than on screen, whole and on its own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present.formats import page
from smtpprobe.present.formats.page import Markup, Tone, joined, tag
from smtpprobe.present.spans import ERROR, Span, line
from tests.html_pages import Page, strictly

ANYTHING = st.text(max_size=40) | st.sampled_from(
    ["</style><script>alert(1)</script>", '" onload="x', "&lt;b&gt;", "\x1b[2J\u202e\x00", "\udcff"]
)


def whole(*contents: page.Content) -> str:
    return page.page("title", tag("h1", "name", id="result"), *contents, footer="end")


@given(ANYTHING)
def test_a_text_is_shown_as_it_is_on_screen_wherever_it_stands(text: str) -> None:
    made = whole(
        tag("p", text, aria_label=text),
        page.verdict(Tone.BAD, text, text),
        page.facts([(text, text)]),
        page.table((text, text), [(text, text)], ("", text)),
        page.fold(text, text, opened=True),
        page.verbatim(text, [line(text), (Span(ERROR, text), Span("", text))]),
    )
    strictly(made)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", made)


def test_what_is_on_screen_is_in_the_page() -> None:
    assert tag("p", "a <b> & \x1b[2J") == "<p>a &lt;b&gt; &amp; \\x1b[2J</p>\n"
    assert tag("p", Markup("a <br>"), "<br>") == "<p>a <br>&lt;br&gt;</p>\n"
    assert Page(whole(joined(("a ", "b")))).text == "Skip to the result name a b end"


def test_a_text_without_end_is_cut_and_says_so() -> None:
    assert tag("p", "x" * 5000) == f"<p>{'x' * 1000}... (5000 octets)</p>\n"


def test_a_page_lets_a_browser_load_and_run_nothing() -> None:
    made = whole()
    assert (
        '<meta http-equiv="Content-Security-Policy" '
        'content="default-src &#x27;none&#x27;; style-src &#x27;unsafe-inline&#x27;">' in made
    )
    assert "result" in strictly(made).anchors


def test_what_is_not_known_leaves_no_empty_line() -> None:
    assert page.facts([("a", ""), ("b", "")]) == ""
    assert "<dt>a" not in page.facts([("a", ""), ("b", "c")])
    assert page.small("", "") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_what_is_behind_them(scheme: str) -> None:
    """At least 4.5:1, as WCAG 2.2 1.4.3 has it."""
    style = whole()
    light = _colours(style.partition(":root {")[2].partition("}")[0])
    dark = _colours(style.partition("scheme: dark)")[2].partition("}")[0])
    colours = light if scheme == "light" else light | dark
    pairs = [(name, back) for name in ("text", "soft", "link") for back in ("back", "card")]
    pairs += [(name, "back") for name in ("good", "bad", "doubt")]
    pairs += [(name, f"{name}-back") for name in ("good", "bad", "doubt")]
    faint = {
        (name, back): ratio
        for name, back in pairs
        if (ratio := _contrast(colours[name], colours[back])) < 4.5
    }
    assert not faint


def _colours(rules: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", rules))


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    first, second = sorted((_luminance(one), _luminance(other)))
    return (second + 0.05) / (first + 0.05)


def _luminance(colour: str) -> float:
    digits = colour if len(colour) == 6 else "".join(each * 2 for each in colour)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
