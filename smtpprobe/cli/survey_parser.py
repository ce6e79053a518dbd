"""The parser of `smtpprobe survey`."""

from __future__ import annotations

from smtpprobe.cli.option_types import numbers, port
from smtpprobe.cli.shared_options import (
    PLAIN_VALUES,
    SHARED,
    USUAL_DAYS,
    Parser,
    add_config,
    add_count,
    add_general,
    add_setting,
    add_shared,
)
from smtpprobe.exits import MEANINGS, ExitStatus
from smtpprobe.help_text import exit_codes
from smtpprobe.settings.option_limits import (
    MOST_LIST_JOBS,
    MOST_WORKERS,
    SURVEY_JOBS,
)

DESCRIPTION = """\
Check STARTTLS for any number of domains, on one machine or many. The results are
Parquet files: a verdict per domain, and one row per address that was asked, however
many domains share it.

A survey contacts servers of others. It names you (--contact), leaves alone those
who ask for it (--exclude), asks each address once, and is deliberately slow: one
connection to an address, and few to a network, at a time."""

_EXITS = {
    ExitStatus.OK: "every entry has a verdict, whatever the verdict is",
    ExitStatus.CANNOT_TELL: "a part was set aside, DNS is not running, or the disk is full",
    ExitStatus.USAGE: ExitStatus.USAGE.meaning,
    ExitStatus.NOTHING_CHECKED: "the list is empty",
    **{status: MEANINGS[status] for status in (ExitStatus.INTERNAL, ExitStatus.INTERRUPTED,
                                               ExitStatus.TERMINATED)},
}  # fmt: skip

EPILOG = f"""\
examples:
  smtpprobe survey domains.txt -o results/ --client scan.example.org \\
      --contact abuse@example.org
  smtpprobe survey domains.parquet -o results/ --column name ... --resume
  smtpprobe survey domains.txt ... --dry-run
  smtpprobe survey plan results/ --domains 10000000
  smtpprobe survey domains.csv -o results/ ... --cluster tls://scheduler:8786
  smtpprobe survey report results/ --against last-year/
  duckdb -c "FROM 'results/domains/*.parquet'"

lists:
  FILE.txt      one domain per line; # begins a comment
  FILE.csv      the column `domain`, or --column NAME; likewise FILE.parquet

{PLAIN_VALUES}

{exit_codes(_EXITS)}"""


REPORT_DESCRIPTION = """\
Write the page of a survey (report.html) and its queries (queries/*.sql) again,
from the results in FOLDER. The page needs no other file: it can be mailed."""

_REPORT_EXITS = {
    ExitStatus.OK: "the page is written, also for a survey that is not finished: it says so",
    ExitStatus.USAGE: "usage error, no results in FOLDER, or the page cannot be written",
    **{status: MEANINGS[status] for status in (ExitStatus.INTERNAL, ExitStatus.INTERRUPTED,
                                               ExitStatus.TERMINATED)},
}  # fmt: skip

REPORT_EPILOG = f"""\
examples:
  smtpprobe survey report results/
  smtpprobe survey report results/ --against last-year/
  smtpprobe survey report results/ -o page.html     only the page, elsewhere

{exit_codes(_REPORT_EXITS)}"""


def survey_report_parser() -> Parser:
    """Return the parser of `smtpprobe survey report`."""
    parser = Parser(
        prog="smtpprobe survey report",
        usage="smtpprobe survey report FOLDER [--against FOLDER] [-o FILE]",
        description=REPORT_DESCRIPTION,
        epilog=REPORT_EPILOG,
    )
    parser.add_many("folders", "FOLDER", "results of a survey")
    add_general(parser, "show only errors")
    group = parser.add_argument_group("page")
    add_shared(group, "--against")
    group.add_argument("-o", "--output", metavar="FILE",
        help="write only the page, to FILE (- for standard output)")  # fmt: skip
    return parser


PLANNED_WORKERS = (1, 10, 100)
MOST_DOMAINS = 999_999_999

PLAN_DESCRIPTION = """\
Say how long a survey takes and what it sends, from what the survey of a sample took.
Nothing is sent. What was measured and what is assumed is printed with it."""

PLAN_EPILOG = f"""\
examples:
  shuf -n 10000 domains.txt > sample.txt
  smtpprobe survey sample.txt -o sample/ --client scan.example.org \\
      --contact abuse@example.org
  smtpprobe survey plan sample/ --domains 10000000 --workers 1,10,100

{
    exit_codes(
        {
            status: MEANINGS[status]
            for status in (ExitStatus.OK, ExitStatus.USAGE, ExitStatus.INTERNAL)
        }
    )
}"""


def survey_parser() -> Parser:
    """Return the parser of `smtpprobe survey`."""
    parser = Parser(
        prog="smtpprobe survey",
        usage="smtpprobe survey LIST -o FOLDER --contact C [--client NAME] [OPTIONS]",
        description=DESCRIPTION,
        epilog=EPILOG,
    )
    parser.add_many("lists", "LIST", "list of domains")
    add_config(add_general(parser, "show only errors"))
    _add_list(parser)
    _add_manners(parser)
    _add_workers(parser)
    _add_reaching(parser)
    return parser


def survey_plan_parser() -> Parser:
    """Return the parser of `smtpprobe survey plan`."""
    parser = Parser(
        prog="smtpprobe survey plan",
        usage="smtpprobe survey plan FOLDER [--domains N] [--workers N,N,...] [OPTIONS]",
        description=PLAN_DESCRIPTION,
        epilog=PLAN_EPILOG,
    )
    parser.add_many("folders", "FOLDER", "results of a survey of a sample")
    add_general(parser, "show only errors")
    group = parser.add_argument_group("survey that is planned")
    add_count(
        group, "--domains", MOST_DOMAINS, help="how many domains it has (those of the sample)"
    )
    add_count(group, "--addresses", MOST_DOMAINS,
        help="how many addresses they have, instead of what the sample suggests")  # fmt: skip
    group.add_argument("--workers", type=numbers("--workers", most=MOST_WORKERS), metavar="N,N,...",
        default=PLANNED_WORKERS,
        help=f"worker processes ({','.join(map(str, PLANNED_WORKERS))})")  # fmt: skip
    add_shared(group, "--rate")
    add_shared(group, "--per-network")
    return parser


def _add_list(parser: Parser) -> None:
    group = parser.add_argument_group("list and results")
    add = group.add_argument
    add("-o", "--output", metavar="FOLDER", help="folder of the results")
    add("--column", metavar="NAME", default="domain", help="column of a CSV or Parquet list")
    add("--dry-run", action="store_true",
        help="ask DNS about a sample, estimate the rest, contact no mail host")  # fmt: skip
    add_shared(group, "--against", help=f"{SHARED['--against']['help']} on the page")
    add("--resume", action="store_true", help="continue with what is not finished in FOLDER")
    add_shared(group, "--no-progress")


def _add_manners(parser: Parser) -> None:
    group = parser.add_argument_group("manners")
    add = group.add_argument
    add("--contact", metavar="C",
        help="mail address or web page where complaints reach you")  # fmt: skip
    add_setting(group, "client")
    add("--exclude", metavar="F", action="append", default=[],
        help="networks and domains that are not contacted, one per line")  # fmt: skip
    add_shared(group, "--rate")
    add_shared(group, "--per-host", default=1)
    add_shared(group, "--per-network")


def _add_workers(parser: Parser) -> None:
    group = parser.add_argument_group("workers")
    add = group.add_argument
    add_count(group, "--workers", MOST_WORKERS,
        help="worker processes on this machine (one per CPU)")  # fmt: skip
    add_count(group, "--jobs", MOST_LIST_JOBS, default=SURVEY_JOBS,
        help=f"connections of one worker at a time ({SURVEY_JOBS})")  # fmt: skip
    add("--cluster", metavar="ADDRESS",
        help="use a running Dask cluster: tls://HOST:PORT")  # fmt: skip
    add("--insecure-cluster", action="store_true",
        help="allow tcp:// beyond this machine")  # fmt: skip


def _add_reaching(parser: Parser) -> None:
    group = parser.add_argument_group("connection and verdict")
    add = group.add_argument
    add("-p", "--port", type=port(), metavar="N", help="port of the mail hosts (25)")
    add_shared(group, "-4")
    add_shared(group, "-6")
    add_setting(group, "resolver")
    add_shared(group, "--trust-ad")
    add_setting(group, "ca_file")
    add_shared(group, "--cert-days", **USUAL_DAYS)
    add_shared(group, "--timeout")
