"""Writes docs/options.md (smtpprobe(1) too) from the parsers: `python -m tests.docs.options`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from smtpprobe.cli.import_parser import import_parser
from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.mcp_parser import mcp_parser
from smtpprobe.cli.sandbox_parser import sandbox_parser
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.shared_options import Parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.cli.survey_parser import survey_parser, survey_plan_parser, survey_report_parser
from smtpprobe.cli.why_parser import why_parser
from smtpprobe.command_line.options import Group, Option
from smtpprobe.explainer.arguments import help_text

PAGE = Path(__file__).parents[2] / "docs" / "options.md"

HEAD = """\
# Commands and options

Generated from the program's tables by `python -m tests.docs.options`; a test checks that it is
current. The same is `smtpprobe --help`, `smtpprobe send --help` and so on, and smtpprobe(1).
"""

PARSERS = (
    *(main_parser, send_parser, starttls_parser, why_parser, sandbox_parser, import_parser),
    mcp_parser,
    survey_parser,
    survey_report_parser,
    survey_plan_parser,
)


def page() -> str:
    """Return the page."""
    parts = [HEAD]
    for made in PARSERS:
        parts += _command(made())
    parts.append(f"\n## smtpprobe explain\n\n{_verbatim(help_text())}")
    return "".join(parts)


def _command(parser: Parser) -> Iterator[str]:
    yield f"\n## {parser.prog}\n\n"
    yield _verbatim(parser.usage)
    yield f"\n{parser.description}\n"
    for group in parser.groups:
        if group.shown:
            yield f"\n### {_title(parser, group)}\n"
            yield from map(_option, group.shown)
    if parser.epilog:
        yield f"\n{_verbatim(parser.epilog)}"


def _title(parser: Parser, group: Group) -> str:
    return f"{group.title[0].upper()}{group.title[1:]} ({parser.prog})"


def _option(option: Option) -> str:
    return f"\n`{option.invocation}`\n: {_escaped(option.meaning or '')}\n"


def _escaped(text: str) -> str:
    for sign in "\\`*_{}<>[]|":
        text = text.replace(sign, f"\\{sign}")
    return text


def _verbatim(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
