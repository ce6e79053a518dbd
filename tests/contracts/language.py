"""The English of smtpprobe: habits it has dropped, and where its texts are.

A habit is a phrase that a native engineer of this field would not write in a message, a help text
or a manual page. Each names the wording to use in its place.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from smtpprobe.cli.import_parser import import_parser
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.mcp_parser import mcp_parser
from smtpprobe.cli.sandbox_parser import sandbox_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.cli.survey_parser import survey_parser
from smtpprobe.explainer.arguments import help_text

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class Habit(NamedTuple):
    """A pattern of words, the wording to use in its place, and a text that has the habit."""

    pattern: str
    instead: str
    example: str


HABITS = (
    Habit(r"told", "reported, shown, says why", "the error is told with its line"),
    Habit(r"tells", "shows, says, describes", "the exit code tells a failure"),
    Habit(r"stands?", "is; as is; verbatim", "the line goes out as it stands"),
    Habit(r"goes without saying", "leave it out", "that goes without saying"),
    Habit(r"so many", "up to N, at most N", "so many scripts at a time"),
    Habit(r"of these(?! \w+s\b)", "of them; name the things", "of these so many against one host"),
    Habit(r"without: ", "say what the option does: do not ...", "without: keep a history file"),
    Habit(r"as (it|they) (came|come|goes|went)", "verbatim, as received", "replies as they came"),
    Habit(r"(who|whoever|nobody) asks", "the client, this host", "it means whoever asks"),
    Habit(r"(nobody|nothing|none) asked for", "unsolicited", "a reply that nobody asked for"),
    Habit(r"(and|here) says so|said so|so says", "reports this", "it skips the tests and says so"),
    Habit(r"by itself|by themselves", "on its own, automatically", "nothing is sent by itself"),
    Habit(r"(is|are) not there", "does not exist, is not running", "the server is not there"),
    Habit(r"hears?|heard", "receives", "the server hears nothing"),
    Habit(r"anew", "again, from scratch", "begin the file anew"),
    Habit(r"in clear", "in the clear, in plaintext", "mail flows in clear"),
    Habit(r"at once(?= (of|and)|$)|(TLS|speaks \w+) at once", "immediately", "TLS at once"),
    Habit(r"sh(ake|akes|ook) hands", "does the TLS handshake", "shakes hands at once"),
    Habit(r"(put|puts) off", "deferred", "the first attempt is put off"),
    Habit(
        r"behind (the (?!firewall|alias|address)\w+|(it|them)\b|STARTTLS|EHLO|its|another|each)",
        "after",
        "what was sent behind the 220",
    ),
    Habit(r"whom", "which host, which domain", "whom to connect to"),
    Habit(r"owed|owes|owe", "expected, due, outstanding", "no reply is owed"),
    Habit(r"(is|are|be|was) taken for", "treated as, mistaken for", "a close is taken for an end"),
    Habit(r"hold against|held against", "checked against", "it is held against a 421"),
    Habit(r"in vain", "without success, and none came", "a greeting waited for in vain"),
    Habit(r"as telnet has it|has it so", "as with telnet", "the same, as telnet has it"),
    Habit(r"contradict each other", "cannot be used together", "-4 and -6 contradict each other"),
    Habit(r"exclude each other", "cannot be used together", "they exclude each other"),
    Habit(r"(?<!there )(is|are|was|were) no(?! (longer|more)\b)", "is not a", "it is no target"),
    Habit(r"(?<!there )(is|are) none", "is not one", "an answer that is none"),
    Habit(r"good manners", "convention", "RFC 5321 or good manners"),
    Habit(
        r"(row|line|object|block|script|reply|file) a (reply|target|cause|line|row|piece)",
        "one per reply",
        "one row a reply",
    ),
    Habit(r"(go|goes|went|going|gone) on", "continue, keep", "go on with the results"),
    Habit(r"(is|are|was) meant(?! (for|to)\b)", "is intended, on purpose", "if that is meant"),
    Habit(r"in place of", "instead of", "write it in place of the password"),
    Habit(r"(is|are|was|were) said(?! to\b)", "is reported, is shown", "both are said"),
    Habit(r"takes? (no )?mail", "accepts mail", "the domain takes no mail"),
    Habit(r"thrown? away", "discarded", "mail is shown and thrown away"),
    Habit(r"(found|find) out", "determined", "what could not be found out"),
    Habit(r"could not (tell|talk|be had)", "inconclusive; no connection", "4 could not tell"),
    Habit(r"mend(s|ed)?", "fix", "mend it and run it again"),
    Habit(r"asked about", "confirmed, needs confirmation", "such a line is asked about"),
    Habit(r"(give|gives|given) up with", "cancelled with", "it is given up with Ctrl-C"),
    Habit(r"unseen", "without echo, hidden", ":auth asks for it unseen"),
    Habit(r"all the same", "anyway", "send it all the same"),
    Habit(r"on the way", "in transit; progress", "tell nothing on the way"),
    Habit(r"a fourth of|the half of", "a quarter of", "a fourth of the time"),
    Habit(r"(puts?|put) down to", "blamed on", "it is put down to the certificate"),
    Habit(r"(of|for) (its|their|his|one's|your) own", "its own ...", "a root of one's own"),
    Habit(r"word of the resolver|resolver's word", "AD bit", "the resolver's word on DNSSEC"),
    Habit(r"cannot be said|what a script cannot say", "cannot be expressed", "what cannot be said"),
    Habit(r"all (is|are|was) (well|it)", "succeeds", "until all is well"),
    Habit(r"all (goes|went) well", "succeeds; every check passed", "exit 0 if all went well"),
    Habit(r"handed on", "passed on, delivered", "pieces that are handed on"),
    Habit(r"had of", "obtained from", "what was had of the server"),
    Habit(r"made up for", "invented for", "a code that is made up for a host"),
    Habit(r"(leads|led) to nobody", "leads nowhere", "an address that leads to nobody"),
    Habit(r"what came", "what was received", "what came after the 220"),
    Habit(r"on purpose", "deliberately, intentionally", "a wrong count on purpose"),
    Habit(r"dials|dialled|dialling", "connect to, contact", "the host is not dialled"),
    Habit(r"rubbish", "garbage", "plain rubbish is refused"),
    Habit(
        r"(?<!anything )(is|are|be|or) sent on(?! \w)", "forwarded", "nothing is stored or sent on"
    ),
    Habit(r"Floors?", "layer", "the table of floors"),
    Habit(
        r"(?<!@)(?!node node|details details|that that \w)((?-i:[a-z]{2,})) \1(?![\w.|-])",
        "the word once",
        "the connection ended before that that",
    ),
    Habit(r"what stands", "what is; whatever is", "what stands in front of the server"),
)
"""The habits; a pattern is looked for between word boundaries, in any case."""

_PATTERNS = tuple(
    re.compile(
        rf"(?<![\w-])(?:{habit.pattern})" + (r"(?!\w)" if habit.pattern[-1] != " " else ""),
        re.IGNORECASE,
    )
    for habit in HABITS
)


KEPT = {
    "speaks TLS at once", "not dialled",
    "Blank behind the colon", "Domain takes no mail", "Host takes no mail", "Put off",
    "Sender takes no mail", "TLS needed on the way",
}  # fmt: skip
"""Texts that are values of machine formats, and so stay (`connect` in JSON, titles of replies)."""

_PATTERN_OF_REPLIES = "(?:"
"""What a pattern for the words of servers has, and a message has not."""


IN_DOCSTRINGS = (
    Habit(r"tell whether", "return whether", "Tell whether it is one."),
    Habit(r"tells that", "means that", "`late` tells that no answer came."),
    Habit(r"goes? without saying", "the implied expectation", "a reply that goes without saying"),
    Habit(r"as (it|they) stands?", "as is", "The line goes out as it stands."),
    Habit(r"nobody asked for", "unsolicited", "a reply that nobody asked for"),
    Habit(r"so many at a time", "at most N in parallel", "jobs, so many at a time"),
    Habit(r"of no account", "ignored", "its dates are of no account"),
    Habit(r"told apart", "distinguished", "sessions are told apart by name"),
    Habit(r"stands? behind", "follows", "what stands behind a verb"),
    Habit(r"to be had", "available; missing", "an issuer that is not to be had"),
    Habit(r"hellos? (made )?by hand", "hand-built ClientHello", "hellos made by hand"),
    Habit(r"whoever", "name the reader, the caller, the client", "whoever reads the file"),
)  # fmt: skip
"""Habits of docstrings and comments; the list above is for what users read."""

_IN_DOCSTRINGS = tuple(
    re.compile(rf"\b(?:{habit.pattern})\b", re.IGNORECASE) for habit in IN_DOCSTRINGS
)


class Slip(NamedTuple):
    """A habit found in a text, and where."""

    where: str
    habit: Habit
    found: str


def slips(where: str, text: str) -> Iterator[Slip]:
    """Yield every habit found in a text; a line break is a blank."""
    flat = " ".join(text.split())
    for habit, pattern in zip(HABITS, _PATTERNS, strict=True):
        for match in pattern.finditer(flat):
            yield Slip(where, habit, flat[max(0, match.start() - 40) : match.end() + 40])


def slips_in_docstrings(name: str, source: str) -> list[str]:
    """Return the slips in the docstrings and comments of a module's source, a line each."""
    texts = [
        (child.lineno, child.value.value)
        for node in ast.walk(ast.parse(source))
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
    ]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    texts += [(one.start[0], one.string) for one in tokens if one.type == tokenize.COMMENT]
    return [
        f"{name}:{line}: {match[0]!r}: write: {habit.instead}"
        for line, text in texts
        for habit, pattern in zip(IN_DOCSTRINGS, _IN_DOCSTRINGS, strict=True)
        for match in pattern.finditer(" ".join(str(text).split()))
    ]


def helps() -> Iterator[tuple[str, str]]:
    """Yield the help of every command, under its name."""
    yield "smtpprobe", main_parser().help_page()
    yield "smtpprobe sandbox", sandbox_parser().help_page()
    yield "smtpprobe starttls", starttls_parser().help_page()
    yield "smtpprobe import", import_parser().help_page()
    yield "smtpprobe survey", survey_parser().help_page()
    yield "smtpprobe mcp", mcp_parser().help_page()
    yield "smtpprobe explain", help_text()


def messages(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield every literal of some words in the modules of a folder, under file and line.

    Docstrings are not among them. What is filled in is shown as `{}`.
    """
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        for line, text in _literals(tree):
            if text not in KEPT and _PATTERN_OF_REPLIES not in text:
                yield f"{name}:{line}", text


def _literals(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of the literals below a node, but for those that are statements."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue  # a docstring
        if isinstance(child, ast.JoinedStr):
            parts = (
                part.value if isinstance(part, ast.Constant) else "{}" for part in child.values
            )
            yield child.lineno, "".join(str(part) for part in parts)
            for part in child.values:
                if isinstance(part, ast.FormattedValue):
                    yield from _literals(part)
        elif isinstance(child, ast.Constant):
            if isinstance(child.value, str) and " " in child.value:
                yield child.lineno, child.value
        else:
            yield from _literals(child)


def pages(*names: str) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs of pages of the repository, under file and line; no code blocks."""
    for name in names:
        text = (ROOT / name).read_text(encoding="utf-8")
        line, fenced = 1, False
        for paragraph in text.split("\n\n"):
            lines = paragraph.split("\n")
            kept = []
            for one in lines:
                if one.lstrip().startswith("```"):
                    fenced = not fenced
                elif not fenced:
                    kept.append(one)
            yield f"{name}:{line}", re.sub(r"`[^`]*`", "`code`", "\n".join(kept))
            line += len(lines) + 1
