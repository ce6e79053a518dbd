"""Lines folded at the terminal's width: nothing lost, nothing too wide, the time not alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.present import spans
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import Line, Span

WORDS = st.lists(st.text("abcdefgh;:", min_size=1, max_size=12), min_size=1, max_size=30)


def timed(text: str, time: str) -> Line:
    return (Span(spans.ANNOTATION, text), Span(spans.ASIDE, f"  {time}"))


def folded(line: Line, width: int) -> list[str]:
    return [spans.text_of(part) for part in SessionView(width=lambda: width).wrapped([line])]


def test_the_time_takes_the_last_word_along_to_a_line_of_its_own() -> None:
    line = timed("# 250 hello accepted; no longer offered: STARTTLS", "[2 ms]")
    assert folded(line, 40) == ["# 250 hello accepted; no longer offered:", "#   STARTTLS  [2 ms]"]


def test_behind_a_word_that_leaves_no_room_the_time_stands_alone() -> None:
    line = timed("# 250 ABCDEFGHIJKLMNOP", "[2 ms]")
    assert folded(line, 24) == ["# 250 ABCDEFGHIJKLMNOP", "#     [2 ms]"]


def test_other_lines_go_on_under_their_beginning() -> None:
    line = spans.line("    535  user name or password wrong")
    assert folded(line, 24) == ["    535  user name or", "      password wrong"]


def test_a_name_and_its_long_meaning_fold_at_words_each_in_its_style() -> None:
    line = (Span(spans.HEADING, "AUTH: "), Span(spans.PLAIN, "ways to log in, only inside TLS"))
    first, second = SessionView(width=lambda: 24).wrapped([line])
    assert first == (Span(spans.HEADING, "AUTH: "), Span(spans.PLAIN, "ways to log in,"))
    assert second == (Span(spans.PLAIN, "    only inside TLS"),)


def test_a_line_without_anything_stays_one() -> None:
    assert SessionView(width=lambda: 24).wrapped([()]) == [()]


@given(words=WORDS, width=st.integers(20, 100))
def test_nothing_is_lost_and_nothing_is_too_wide(words: list[str], width: int) -> None:
    parts = folded(timed(f"# {' '.join(words)}", "[12 ms]"), width)
    assert all(len(part) <= width for part in parts)
    assert all(part.startswith("#   ") for part in parts[1:])
    assert " ".join(part.removeprefix("# ").strip() for part in parts).split() == [
        *words, "[12", "ms]",
    ]  # fmt: skip


def test_a_path_is_not_broken_however_long() -> None:
    path = "/srv/mail-logs/" + "deep-folder/" * 6 + "session-of-today.smtp"
    line = spans.line(f"# recording to {path}; :transcript off ends it")
    assert path in folded(line, 40)[1]
    fact = (Span(spans.HEADING, "file: "), Span(spans.PLAIN, f"{path} is here"))
    assert any(path in part for part in folded(fact, 40))
