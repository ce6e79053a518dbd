"""Whatever a server, a script or a file name says, each format stays what it is."""

from __future__ import annotations

import asyncio
import re
from functools import cache
from xml.etree import ElementTree as ET

import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from smtpprobe.protocol.reply import parse_reply
from smtpprobe.script.reports.formats import Format, rendered_report
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.results import Report
from tests.html_pages import strictly as strictly_html
from tests.script.outcomes import report_of
from tests.script.reports.tap14 import read_tap
from tests.script.reports.test_report_formats import PERFDATA, SCHEMA, TOP
from tests.strict_json import strictly
from tests.textfile_collector import openmetrics

XSD = xmlschema.XMLSchema(TOP / "tests" / "data" / "junit.xsd")
TEXT = st.text(max_size=40) | st.binary(max_size=40).map(
    lambda octets: octets.decode("utf-8", "surrogateescape")
)


@cache
def base() -> Report:
    return asyncio.run(report_of("bad.smtp", "cases.smtp", "soft.smtp", "slow.smtp"))


def said(name: str, text: str, octets: bytes) -> Report:
    """Return a report in which a name, every text and every reply is something else."""
    runs = []
    for run in base().results:
        cases = []
        for case in run.cases:
            checks = []
            for check in case.checks:
                exchange = check.came.exchange
                if exchange is not None:
                    exchange = exchange._replace(reply=parse_reply(octets))
                came = check.came._replace(asked=name, text=text, exchange=exchange)
                why = check.why._replace(text=text or "x")
                checks.append(check._replace(wanted=text, came=came, why=why))
            named = name if case.name is not None else None
            cases.append(
                case._replace(
                    checks=tuple(checks),
                    name=named,
                    notes=(text,),
                    wire=(text,),
                    echoes=(text, name),
                )
            )
        runs.append(run._replace(cases=tuple(cases), name=name, variant=text))
    return Report(tuple(runs), 1.0)


@settings(max_examples=50, deadline=None)
@given(TEXT, TEXT, st.binary(max_size=200))
def test_no_text_breaks_a_format(name: str, text: str, octets: bytes) -> None:
    report, options = said(name, text, octets), ReportOptions(width=60)
    told = {format_: rendered_report(format_, report, options) for format_ in Format}
    assert read_tap(told[Format.TAP]).plan == len(report.runs)
    XSD.validate(told[Format.JUNIT])
    ET.fromstring(told[Format.JUNIT])
    SCHEMA.validate(strictly(told[Format.JSON]))
    assert list(text_string_to_metric_families(told[Format.PROM]))
    assert openmetrics(told[Format.OPENMETRICS])
    strictly_html(told[Format.HTML])
    first = told[Format.NAGIOS].splitlines()[0]
    assert told[Format.NAGIOS].count("|") == 1
    assert all(PERFDATA.fullmatch(number) for number in first.partition(" | ")[2].split(" "))
    "".join(told.values()).encode()
    for format_ in (Format.TEXT, Format.NAGIOS, Format.TAP, Format.JUNIT, Format.HTML):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", told[format_])
