"""The lines of a reply against those written: `|` lines, and replies as they came."""

from __future__ import annotations

from collections.abc import Sequence

from smtpprobe.protocol.reply import Reply
from smtpprobe.script.language.matchers import ReplyText
from smtpprobe.script.language.steps import SERVER_LINE, Expect
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.runner.matching.match_result import Miss


def reply_line_misses(expect: Expect, reply: Reply) -> list[Miss]:
    """Return a miss for the first `|` line that no line of the reply fits, in order."""
    if not expect.replies:
        return []
    texts = list(reply.texts)
    wrong = _first_wrong(expect.replies, texts)
    if wrong is None:
        return []
    index, position = wrong
    if index == len(expect.replies):
        message = f"reply lines differ: {len(texts) - position} more than expected"
        return [Miss(Reason.DIFFERENT, message, 1, 1, line=expect.replies[-1].line)]
    came = f'came: "{texts[position]}"' if position < len(texts) else "no line is left"
    written = expect.replies[index].start or "..."
    line = expect.replies[index].line
    return [Miss(Reason.DIFFERENT, "reply lines differ", 1, len(written) + 2, came, line)]


def _first_wrong(wanted: Sequence[ReplyText], texts: Sequence[str]) -> tuple[int, int] | None:
    """Return the first line written and the line of the reply at which they part; None if all fit.

    Reachable positions are carried from line to line, so that any number of `...` costs no more
    than lines times lines.
    """
    reachable = {0}
    for index, line in enumerate(wanted):
        if line.start is None:
            reachable = set(range(min(reachable), len(texts) + 1))
            continue
        after = {at + 1 for at in reachable if at < len(texts) and texts[at].startswith(line.start)}
        if not after:
            return index, min(reachable)
        reachable = after
    return None if len(texts) in reachable else (len(wanted), max(reachable))


def server_line_misses(expect: Expect, reply: Reply) -> list[Miss]:
    """Return a miss where a reply written as it came differs in its texts or number of lines."""
    written = [text[4:] if SERVER_LINE.match(text) else text for text in expect.server]
    texts = list(reply.texts)
    if written == texts:
        return []
    first = expect.place.line - len(written) + 1
    pairs = zip(written, texts, strict=False)
    at = next((i for i, (left, right) in enumerate(pairs) if left != right), len(texts))
    line = first + min(at, len(written) - 1)
    came = f'came: "{texts[at]}"' if at < len(texts) else f"{len(texts)} lines came"
    return [
        Miss(Reason.DIFFERENT, "reply lines differ", 1, 4 + len(written[line - first]), came, line)
    ]
