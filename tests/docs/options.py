"""Writes docs/options.md (smtpprobe(1) too) from the parsers: `python -m tests.docs.options`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from smtpprobe.cli.mcp_parser import mcp_parser
from smtpprobe.cli.parsers import (
    Parser,
    import_parser,
    main_parser,
    sandbox_parser,
    starttls_parser,
)
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.cli.survey_parser import survey_parser, survey_plan_parser, survey_report_parser
from smtpprobe.cli.why_parser import why_parser
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
    yield _verbatim(parser.format_usage().removeprefix("usage: "))
    yield f"\n{parser.description}\n"
    for group in parser._action_groups:
        options = [one for one in group._group_actions if one.help is not argparse.SUPPRESS]
        if options:
            yield f"\n### {_title(parser, group)}\n"
            yield from (_option(one) for one in options)
    if parser.epilog:
        yield f"\n{_verbatim(parser.epilog)}"


def _title(parser: Parser, group: argparse._ArgumentGroup) -> str:
    title = str(group.title)
    return f"{title[0].upper()}{title[1:]} ({parser.prog})"


def _option(action: argparse.Action) -> str:
    formatter = argparse.HelpFormatter("")
    if action.option_strings and action.nargs != 0:
        value = formatter._format_args(action, action.dest.upper())
        name = ", ".join(f"{name} {value}" for name in action.option_strings)
    else:
        name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    return f"\n`{name}`\n: {_escaped(str(action.help) % vars(action))}\n"


def _escaped(text: str) -> str:
    for sign in "\\`*_{}<>[]|":
        text = text.replace(sign, f"\\{sign}")
    return text


def _verbatim(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
