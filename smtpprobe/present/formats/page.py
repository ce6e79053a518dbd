"""A report as one HTML page that needs nothing else: its frame, its style and its parts. Pure.

No script, no font, no picture from elsewhere. Text comes into a page through `tag` alone, which
escapes it twice: for the eye, as everywhere, and for HTML. What is already HTML is `Markup`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from html import escape
from typing import TypeAlias

from smtpprobe.present import spans
from smtpprobe.present.escape import escaped, shown
from smtpprobe.present.spans import Line


class Markup(str):
    """HTML: the text in it is escaped, and it is put into a page as it is."""

    __slots__ = ()


Content: TypeAlias = "str | Markup"
"""What an element holds; a plain `str` is text from anywhere, one line that is cut and escaped."""

NOTHING = Markup()


class Tone(Enum):
    """What a word means for the reader: its colour; the value is the class in the page.

    The word itself always says it too: colour is no information of its own.
    """

    GOOD = "good"
    BAD = "bad"
    DOUBT = "doubt"
    QUIET = "quiet"


_STYLE = """\
:root { color-scheme: light dark; --back: #fff; --card: #f6f7f9; --text: #1c2128; --soft: #57606a;
  --line: #d8dee4; --link: #0b57d0; --good: #1a7037; --bad: #b3261e; --doubt: #855300;
  --good-back: #e9f5ec; --bad-back: #fcecea; --doubt-back: #fbf2dc;
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
@media screen and (prefers-color-scheme: dark) {
  :root { --back: #11151a; --card: #191f26; --text: #e3e8ee; --soft: #9aa5b1; --line: #303841;
    --link: #8ab4f8; --good: #57c26f; --bad: #ff8a80; --doubt: #e0b04c;
    --good-back: #14291b; --bad-back: #331a1a; --doubt-back: #2c2413; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 68rem; padding: 2.5rem 1.5rem 4rem; background: var(--back);
  color: var(--text); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
  overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; padding: .25rem .75rem; background: var(--back); }
p, dl, ol, ul, table, pre { margin: 0; padding: 0; }
h1, h2, h3, h4 { line-height: 1.3; margin: 0; text-wrap: balance; }
h1 { font-size: 1.75rem; letter-spacing: -.01em; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; } h4 { font-size: 1rem; }
section > h3 { margin: 1.5rem 0 .5rem; }
main > section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
main > section > h2 { margin-top: 0; }
small, .soft { color: var(--soft); font-size: .875rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); }
.quiet { color: var(--soft); }
.kicker { color: var(--soft); font-size: .8125rem; letter-spacing: .02em; margin-bottom: .25rem; }
.verdict { margin: 1rem 0; padding: .875rem 1.125rem; border-left: .3125rem solid currentcolor;
  border-radius: .25rem; background: var(--card); font-size: 1.0625rem; }
.verdict strong { display: block; font-size: 1.375rem; line-height: 1.3; letter-spacing: .01em; }
.verdict span { color: var(--text); }
.verdict.good { background: var(--good-back); } .verdict.bad { background: var(--bad-back); }
.verdict.doubt { background: var(--doubt-back); }
.word { display: inline-block; font-weight: 650; border-radius: .25rem; padding: 0 .4375rem;
  font-size: .875rem; line-height: 1.5; white-space: nowrap; }
.word.good { background: var(--good-back); } .word.bad { background: var(--bad-back); }
.word.doubt { background: var(--doubt-back); } .word.quiet { background: var(--card); }
.tiles { list-style: none; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); }
.tiles li { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem .875rem; }
.tiles b { font-weight: 600; } .tiles small { display: block; line-height: 1.35; }
.tiles p { margin-top: .5rem; } .tiles .word { margin: 0 .25rem .25rem 0;
  white-space: normal; }
table { width: 100%; border-collapse: collapse; margin-top: 1rem; }
th, td { padding: .5rem 1rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; overflow-wrap: normal; }
tbody th { font-weight: 600; min-width: 11rem; }
td small, th small { display: block; font-weight: 400; }
.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.entry { border: 1px solid var(--line); border-left: .25rem solid var(--line);
  border-radius: .375rem; padding: .875rem 1.125rem; margin-top: .75rem; color: var(--text); }
.entry.bad { border-left-color: var(--bad); } .entry.doubt { border-left-color: var(--doubt); }
.entry:target { outline: 2px solid var(--link); outline-offset: 2px; }
.entries { list-style: none; } .entry h3, .entry h4 { font-weight: 600; }
.facts { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: .25rem 1rem;
  margin-top: .625rem; font-size: .9375rem; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; }
code, pre, .mono { font-family: var(--mono); font-size: .8125rem; line-height: 1.55; }
pre { margin-top: .75rem; padding: .75rem .875rem; background: var(--card); border-radius: .375rem;
  overflow-x: auto; }
.chain { display: flex; flex-wrap: wrap; gap: .75rem 1.75rem; margin: .5rem 0 1.25rem;
  list-style: none; font-size: .9375rem; }
.chain li { position: relative; border: 1px solid var(--line); border-radius: .5rem;
  padding: .5rem .875rem; max-width: 100%; }
.chain li + li::before { content: "\\2192"; content: "\\2192" / ""; position: absolute;
  left: -1.375rem; top: .5rem; color: var(--soft); }
.chain small { display: block; } .chain .root { border-style: dashed; }
figure { margin: 1.5rem 0 2.25rem; } figure h3 { margin: 0; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.125rem;
  margin: .5rem 0 .25rem; font-size: .875rem; }
.legend svg { margin-right: .375rem; vertical-align: -.0625rem; }
.bars { list-style: none; margin: .75rem 0; }
.bars li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem;
  padding: .3125rem 0; font-size: .9375rem; break-inside: avoid; }
.bars .number { color: var(--soft); font-size: .875rem; }
.bars svg { display: block; grid-column: 1 / -1; overflow: visible; background: var(--card); }
figure text { font-size: .75rem; font-weight: 600; }
rect { stroke: var(--back); stroke-width: 1; }
rect.m-good { fill: var(--good); } rect.m-doubt { fill: var(--doubt); }
rect.m-bad, rect.m-half-bad { fill: var(--bad); } rect.m-half-bad { fill-opacity: .4; }
rect.m-plain { fill: var(--link); }
rect.m-quiet, rect.m-faint { fill: var(--soft); }
rect.m-quiet { fill-opacity: .45; } rect.m-faint { fill-opacity: .2; }
rect.m-unknown { fill: none; stroke: var(--text); stroke-dasharray: 3 2; }
text { fill: var(--back); }
text.m-half-bad, text.m-quiet, text.m-faint, text.m-unknown { fill: var(--text); }
details { border-top: 1px solid var(--line); } details:last-of-type {
  border-bottom: 1px solid var(--line); }
.folds { margin-top: 1.25rem; }
summary { cursor: pointer; padding: .625rem 0; } summary b { margin-right: .375rem; }
summary .word { margin-right: .375rem; }
details > div { padding: 0 0 1rem 1.125rem; }
details details { border: 0; } details details:last-of-type { border: 0; }
details table { margin-top: 0; }
details tbody th { font-weight: 400; }
details dd, .place { white-space: pre-wrap; }
.place { margin-top: .75rem; } .place:first-child, .facts:first-child { margin-top: 0; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line);
  color: var(--soft); font-size: .8125rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem 1rem 3rem; } h1 { font-size: 1.5rem; }
  table, tbody, tr, th, td { display: block; } thead { display: none; }
  tr { padding: .625rem 0; border-bottom: 1px solid var(--line); }
  th, td { padding: .125rem 0; border: 0; }
  td[data-of] { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 0 .75rem; }
  td[data-of]::before { content: attr(data-of); color: var(--soft); font-size: .875rem; }
  td:empty { display: none; } td > .word { justify-self: start; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .5rem; }
  .bars li { grid-template-columns: minmax(0, 1fr); } .bars .number { white-space: normal; }
  .chain { flex-direction: column; } .chain li + li::before { content: "\\2193";
    content: "\\2193" / ""; left: 1rem; top: -1.375rem; }
  .chain { gap: 1.5rem; } details > div { padding-left: 0; } pre { font-size: .75rem; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 12px; } body { padding: 0; max-width: none; }
  .verdict, .word, pre { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, h3, h4, summary, thead { break-after: avoid; } thead { display: table-header-group; }
  .verdict, .tiles li, .entry, tr, .chain li, .facts dd { break-inside: avoid; }
  .skip { display: none; } a { color: inherit; text-decoration: none; }
  pre { white-space: pre-wrap; } summary { list-style: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
"""

_SPANS = {
    spans.SUCCESS: "good",
    spans.ERROR: "bad",
    spans.PERMANENT: "bad",
    spans.DEFECT: "bad",
    spans.MALFORMED: "bad",
    spans.WARNING: "doubt",
    spans.TRANSIENT: "doubt",
    spans.HINT: "quiet",
    spans.ASIDE: "quiet",
}
"""The class of each style that a page shows; the others look like the text around them."""

_VOID = frozenset({"br", "meta"})
_BLOCKS = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section"),
        *("article", "details", "summary", "div", "h1", "h2", "h3", "h4", "p", "pre"),
        *("dl", "dt", "dd", "ol", "ul", "li", "table", "thead", "tbody", "tr"),
        *("figure", "figcaption"),
    )
)
"""Elements that end their line of the source."""


def html(content: Content) -> Markup:
    """Return content as HTML: markup as it is, a text escaped."""
    return content if isinstance(content, Markup) else Markup(escape(shown(content)))


def joined(contents: Iterable[Content]) -> Markup:
    """Return one content after the other."""
    return Markup("".join(html(each) for each in contents))


def tag(element: str, /, *contents: Content, **attributes: str | None) -> Markup:
    """Return an element; `class_` is `class`, `data_of` is `data-of`, and None leaves one out."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "" if element in _VOID else f"{joined(contents)}</{element}>"
    return Markup(f"<{element}{told}>{end}{chr(10) if element in _BLOCKS else ''}")


def page(title: str, *contents: Content, footer: Content) -> str:
    """Return a whole page; its policy forbids a browser to load or run anything (CSP 3)."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(f"\n{_STYLE}")),
    )
    body = tag(
        "body",
        tag("a", "Skip to the result", class_="skip", href="#result"),
        tag("main", *contents),
        tag("footer", footer),
    )
    return f'<!DOCTYPE html>\n<html lang="en">\n{head}{body}</html>\n'


def heading(level: int, *contents: Content, **attributes: str | None) -> Markup:
    """Return a heading of a level from 1."""
    return tag(f"h{level}", *contents, **attributes)


def verdict(tone: Tone, word: str, told: Content, name: str | None = None) -> Markup:
    """Return the result in a word and what it means in a sentence; `name` is its anchor."""
    words = (tag("strong", word), tag("span", told))
    return tag("p", *words, class_=f"verdict {tone.value}", id=name)


def head(
    kicker: str, name: str, result: Markup, about: str, *, level: int = 1, anchor: str | None = None
) -> Markup:
    """Return how a report begins: the command, what it is about, the `verdict`, when and how."""
    return joined(
        (
            tag("p", kicker, class_="kicker") if kicker else NOTHING,
            heading(level, name, id=anchor),
            result,
            tag("p", about, class_="soft"),
        )
    )


def figure(text: str) -> Markup:
    """Return a number with its unit, which is not broken; nothing for nothing."""
    return tag("span", text, class_="number") if text else NOTHING


def word(tone: Tone, text: str) -> Markup:
    """Return a word in the colour of what it means."""
    return tag("span", text, class_=f"word {tone.value}")


def small(*contents: Content) -> Markup:
    """Return content in small print; nothing for nothing."""
    return tag("small", *contents) if any(contents) else NOTHING


def facts(pairs: Iterable[tuple[str, Content]]) -> Markup:
    """Return what is known, by name; names without anything are left out."""
    told = [joined((tag("dt", name), tag("dd", each))) for name, each in pairs if each]
    return tag("dl", *told, class_="facts") if told else NOTHING


def table(
    columns: Sequence[Content], rows: Iterable[Sequence[Content]], of: Sequence[str]
) -> Markup:
    """Return a table whose first column heads the rows; on a phone each row is a block.

    `of` names the columns there, beside each cell; an empty name shows the cell alone. Without
    rows there is none.
    """
    head = tag("tr", *(tag("th", each, scope="col") for each in columns))
    body = [
        tag(
            "tr",
            tag("th", first, scope="row"),
            *(
                tag("td", each, data_of=name or None)
                for each, name in zip(rest, of[1:], strict=True)
            ),
        )
        for first, *rest in rows
    ]
    return tag("table", tag("thead", head), tag("tbody", *body)) if body else NOTHING


def fold(summary: Content, *contents: Content, opened: bool) -> Markup:
    """Return what can be folded away; print shows all of it."""
    more = {"open": ""} if opened else {}
    return tag("details", tag("summary", summary), tag("div", *contents), **more)


def styled(line: Line) -> Markup:
    """Return a line of spans, in whole: what is in spans is bounded where they are made."""
    return joined(
        tag("span", Markup(escape(escaped(each.text))), class_=_SPANS[each.style])
        if each.style in _SPANS
        else Markup(escape(escaped(each.text)))
        for each in line
    )


def verbatim(what: str, lines: Iterable[Line]) -> Markup:
    """Return lines with their columns kept, which the keyboard can scroll; `what` names them."""
    told = Markup("\n".join(styled(each) for each in lines))
    return tag("pre", told, tabindex="0", role="group", aria_label=what)
