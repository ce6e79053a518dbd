"""Results as JUnit XML, JSON, plugin output and metrics, each held against its own judge."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
import xmlschema

from smtpprobe.exits import ExitStatus, NagiosState
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts
from smtpprobe.script.language.steps import Place
from smtpprobe.script.reports.json_report import json_report
from smtpprobe.script.reports.junit import junit_report
from smtpprobe.script.reports.nagios import nagios_report, nagios_status
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.reports.prometheus import openmetrics_report, prom_report
from smtpprobe.script.results.check import Check, Moment, Outcome, Why
from smtpprobe.script.results.reason import Reason
from smtpprobe.script.results.results import Report, ScriptResult
from smtpprobe.script.runner.run_settings import TimeLimits
from tests.script.outcomes import EVERYTHING, report_of
from tests.textfile_collector import Series, collected, openmetrics, samples_of

TOP = Path(__file__).parents[3]
XSD = xmlschema.XMLSchema(TOP / "tests" / "data" / "junit.xsd")
SCHEMA = jsonschema.Draft202012Validator(
    json.loads((TOP / "docs" / "schemas" / "script-1.json").read_text())
)


def junit(report: Report, began: datetime | None = None) -> ET.Element:
    text = junit_report(report, ReportOptions(began=began))
    XSD.validate(text)
    return ET.fromstring(text)


async def test_junit_of_every_outcome_is_valid_and_counts_what_it_holds() -> None:
    root = junit(await report_of(*EVERYTHING), datetime(2026, 11, 21, 22, 14, 3, tzinfo=UTC))
    suites = root.findall("testsuite")
    assert [suite.get("name") for suite in suites] == list(EVERYTHING)
    assert {suite.get("timestamp") for suite in suites} == {"2026-11-21T22:14:03"}
    for suite in suites:
        for tag, attribute in (("failure", "failures"), ("error", "errors")):
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{tag}")))
        assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
        assert suite.get("tests") == str(len(suite.findall("testcase")))
    assert root.get("tests") == str(len(root.findall(".//testcase")))


async def test_junit_tells_a_failure_with_its_block() -> None:
    root = junit(await report_of("bad.smtp"))
    greeting, rcpt = root.findall(".//testcase")
    assert (greeting.get("classname"), greeting.get("name")) == (
        "bad.smtp",
        "line 1 greeting 2xx",
    )
    assert rcpt.get("name") == "line 2 RCPT 250"
    assert re.fullmatch(r"0\.[0-9]{3}", str(rcpt.get("time")))
    failure = rcpt.find("failure")
    assert failure is not None
    assert failure.attrib == {"type": "rcpt", "message": "RCPT refused, expected 250"}
    assert "+ 554 5.7.1 <bob@other.example>: Relay access denied" in str(failure.text)
    assert "= meaning: permanent" in str(failure.text)


async def test_junit_tells_cases_errors_and_skips_apart() -> None:
    root = junit(await report_of("cases.smtp", "slow.smtp"))
    names = [(one.get("classname"), one.get("name")) for one in root.findall(".//testcase")]
    assert ("cases.smtp.null # sender", "line 2 NOOP 2xx|3xx") in names
    assert ("cases.smtp.twice", "line 13 NOOP 250 (2)") in names
    assert len(names) == len(set(names))
    skipped = root.find(".//skipped")
    assert skipped is not None
    assert skipped.get("message") == "server does not offer STARTTLS"
    error = root.find(".//error")
    assert error is not None
    assert error.get("message") == "no reply to RSET within 50ms"


async def test_junit_tells_what_was_on_the_wire() -> None:
    report = await report_of("bad.smtp")
    (run,) = report.results
    wire = ("> RCPT TO:<bob@other.example>", "< 554 \x1b\ufffe")
    case = run.cases[0]._replace(wire=wire, echoes=("on mx1", "a\x1bb"))
    root = junit(report._replace(runs=(run._replace(cases=(case,)),)))
    assert root.findtext(".//system-out") == (
        "echo: on mx1\necho: a\\x1bb\n> RCPT TO:<bob@other.example>\n< 554 \\x1b\\ufffe\n"
    )


async def test_json_of_every_outcome_is_valid() -> None:
    text = json_report(await report_of(*EVERYTHING))
    assert text.isascii()
    assert text.count("\n") == 1
    SCHEMA.validate(json.loads(text))
    assert "\\ud" not in text


async def test_json_tells_a_failure_with_its_annotation() -> None:
    document = json.loads(json_report(await report_of("ok.smtp", "bad.smtp")))
    assert (document["schema"], document["v"], document["exit"]) == ("smtpprobe/script/1", 1, 1)
    assert document["totals"] == {
        "checks": 4, "passed": 3, "warned": 0, "failed": 1, "skipped": 0,
    }  # fmt: skip
    (case,) = document["files"][1]["cases"]
    assert (case["name"], case["outcome"]) == (None, "fail")
    check = case["checks"][1]
    assert (check["id"], check["outcome"], check["phase"]) == ("F02", "fail", "rcpt")
    assert (check["line"], check["column"], check["expect"]) == (2, 3, "250 2.1.5")
    assert check["got"] == "554 5.7.1 <bob@other.example>: Relay access denied"
    assert check["message"] == "RCPT refused, expected 250"
    assert check["annotation"]["command"] == "RCPT"
    assert (check["annotation"]["code"], check["annotation"]["enhanced"]) == (554, "5.7.1")
    assert "annotation" not in case["checks"][0]


async def test_json_counts_no_check_of_what_was_skipped() -> None:
    document = json.loads(json_report(await report_of("skip.smtp")))
    assert document["exit"] == 5
    assert document["totals"] == {
        "checks": 0, "passed": 0, "warned": 0, "failed": 0, "skipped": 1,
    }  # fmt: skip


async def test_json_tells_each_problem_of_a_broken_script() -> None:
    document = json.loads(json_report(await report_of("broken.smtp")))
    assert document["exit"] == 3
    problems = document["files"][0]["problems"]
    assert [(one["id"], one["line"]) for one in problems] == [("P01", 2), ("P02", 3)]


# -- monitoring plugins

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_RANGE = rf"(?:@?(?:(?:~|{_NUMBER})?:)?(?:{_NUMBER})?)"
PERFDATA = re.compile(
    rf"(?:'[^'=|]+'|[^'=|\s]+)=(?:{_NUMBER}|U)(?:us|ms|s|%|B|KB|MB|TB|c)?"
    rf"(?:;{_RANGE}?(?:;{_RANGE}?(?:;(?:{_NUMBER})?(?:;(?:{_NUMBER})?)?)?)?)?"
)
"""One number, by the grammar of the Monitoring Plugins development guidelines."""


def plugin(report: Report, options: ReportOptions | None = None) -> tuple[str, str, list[str]]:
    """Return the text of the first line, its numbers and the further lines; all held to form."""
    text = nagios_report(report, options or ReportOptions())
    first, *more = text.splitlines()
    assert text.endswith("\n")
    assert text.count("|") == 1
    said, numbers = re.sub(r" @ localhost:[0-9]+", " @ HOST", first).split(" | ")
    assert re.match(r"SMTP (OK|WARNING|CRITICAL|UNKNOWN) - .", said)
    for number in numbers.split(" "):
        assert PERFDATA.fullmatch(number), number
    return said, numbers, more


async def test_a_plugin_line_tells_the_refusal_in_the_words_of_the_server() -> None:
    report = await report_of("bad.smtp")
    options = ReportOptions(time=TimeLimits(3.0, 10.0))
    said, numbers, more = plugin(report, options)
    assert said == (
        "SMTP CRITICAL - RCPT refused: 554 5.7.1 <bob@other.example>: Relay access denied "
        "(bad.smtp:2 @ HOST)"
    )
    assert re.fullmatch(
        r"time=0\.\d{3}s;3;10;0 greeting=0\.\d{3}s;;;0 rcpt=0\.\d{3}s;;;0 "
        r"checks=2;;;0 failed=1;;;0",
        numbers,
    )
    assert "fail: RCPT refused, expected 250" in more
    assert any("= meaning: permanent" in line for line in more)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["ok.smtp"], "SMTP OK - 2 checks passed at localhost:"),
        (["empty.smtp"], "SMTP UNKNOWN - skipped: script is empty (empty.smtp:1)"),
        (
            ["ok.smtp", "soft.smtp"],
            "SMTP WARNING - no enhanced code, expected 2.0.0 (soft.smtp:3 @ HOST)",
        ),
        (
            ["skip.smtp"],
            "SMTP UNKNOWN - skipped: server does not offer STARTTLS (skip.smtp:1 @ HOST)",
        ),
        (["slow.smtp"], "SMTP CRITICAL - no reply to RSET within 50ms (slow.smtp:2 @ HOST)"),
        (["ok.smtp", "broken.smtp"], 'SMTP UNKNOWN - broken.smtp:2:1: unknown local command ":non'),
        (["gone.smtp"], "SMTP UNKNOWN - cannot read gone.smtp: No such file or directory"),
        (["ok.smtp", "empty.smtp"], "SMTP OK - 2 checks passed in 2 scripts"),
    ],
)
async def test_a_plugin_line_begins_with_its_state_and_reason(names: list[str], said: str) -> None:
    assert plugin(await report_of(*names))[0].startswith(said)


async def test_server_text_cannot_forge_numbers() -> None:
    said, _, more = plugin(await report_of("hostile.smtp", "cases.smtp", "broken.smtp"))
    assert "\x1b" not in said + "".join(more)
    assert "NOOP refused: 550 a b <x>" in plugin(await report_of("hostile.smtp"))[0]


async def test_the_states_of_timeouts_and_skips_can_be_chosen() -> None:
    late, skipped = await report_of("slow.smtp"), await report_of("skip.smtp")
    for state in NagiosState:
        assert nagios_status(late, state, NagiosState.OK) is state
        assert nagios_status(skipped, NagiosState.OK, state) is state
    failed = await report_of("slow.smtp", "bad.smtp")
    assert nagios_status(failed, NagiosState.OK, NagiosState.OK) is NagiosState.CRITICAL
    over = (await report_of("ok.smtp"))._replace(timed_out=True)
    assert nagios_status(over, NagiosState.WARNING, NagiosState.OK) is NagiosState.WARNING


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (ExitStatus.OK, NagiosState.OK),
        (ExitStatus.CHECK_FAILED, NagiosState.CRITICAL),
        (ExitStatus.USAGE, NagiosState.UNKNOWN),
        (ExitStatus.SCRIPT_UNREADABLE, NagiosState.UNKNOWN),
        (ExitStatus.CANNOT_TELL, NagiosState.CRITICAL),
        (ExitStatus.NOTHING_CHECKED, NagiosState.UNKNOWN),
        (ExitStatus.INTERNAL, NagiosState.UNKNOWN),
        (ExitStatus.INTERRUPTED, NagiosState.UNKNOWN),
        (ExitStatus.TERMINATED, NagiosState.UNKNOWN),
    ],
)
async def test_every_exit_code_has_its_plugin_state(status: ExitStatus, state: NagiosState) -> None:
    report = await report_of("ok.smtp")
    (run,) = report.results
    outcome = Outcome.PASS if status is ExitStatus.OK else Outcome.ERROR
    check = Check(
        place=Place(1),
        moment=Moment(ReportPhase.OTHER),
        outcome=outcome,
        status=status,
        why=Why(text="refused"),
    )
    case = run.cases[0]._replace(checks=(check,))
    changed = report._replace(runs=(run._replace(cases=(case,)),))
    assert nagios_status(changed, NagiosState.CRITICAL, NagiosState.UNKNOWN) is state


# -- metrics


END = datetime(2027, 1, 1, tzinfo=UTC)


def samples(report: Report) -> dict[Series, float]:
    return collected(prom_report(report))


def series(name: str, file: str, target: str = "", **labels: str) -> Series:
    return f"smtpprobe_{name}", tuple(sorted({"file": file, "target": target, **labels}.items()))


async def test_the_line_of_a_plugin_names_a_host_that_is_not_there_once() -> None:
    (run,) = (await report_of("bad.smtp")).results
    for target, message in (
        ("[127.0.0.1]:9", "cannot connect to 127.0.0.1:9: connection refused"),
        ("mx.invalid", "cannot resolve mx.invalid: NXDOMAIN"),
    ):
        check = Check(
            place=Place(1),
            moment=Moment(ReportPhase.CONNECT),
            outcome=Outcome.ERROR,
            status=ExitStatus.CANNOT_TELL,
            why=Why(Reason.UNREACHED, message),
        )
        case = run.cases[0]._replace(checks=(check,))
        report = Report((run._replace(cases=(case,), target=target),))
        assert plugin(report)[0] == f"SMTP CRITICAL - {message} (bad.smtp:1)"


async def test_metrics_of_any_runs_can_lie_side_by_side() -> None:
    alone = await report_of(*EVERYTHING)
    (run, *_) = alone.results
    ends = (
        TlsFacts(ok=True, certificates=Shown((CertificateFacts(b"", "", not_after=END),))),
        None,
    )
    several = Report(
        tuple(
            run._replace(
                variant=one, target=one, cases=tuple(each._replace(tls=tls) for each in run.cases)
            )
            for one, tls in zip(("mx1.x:587", "mx2.x"), ends, strict=True)
        )
    )
    files = [prom_report(each) for each in (alone, several, Report(()))]
    found = collected(*files)
    assert all("target" in dict(labels) for _, labels in found)
    assert len(found) == sum(len(collected(each)) for each in files)


async def test_metrics_tell_success_exit_code_and_replies() -> None:
    found = samples(await report_of("ok.smtp", "bad.smtp", "skip.smtp", "broken.smtp"))
    assert found[series("success", "ok.smtp", case="")] == 1
    assert found[series("success", "bad.smtp", case="")] == 0
    assert found[series("success", "broken.smtp", case="")] == 0
    assert series("success", "skip.smtp", case="") not in found
    assert found[series("exit_code", "skip.smtp")] == 5
    assert found[series("reply_code", "bad.smtp", line="2")] == 554
    assert found[series("phase_seconds", "bad.smtp", phase="rcpt")] >= 0


async def test_metrics_of_cases_and_targets_are_told_apart() -> None:
    report = await report_of("cases.smtp")
    (run,) = report.results
    pinned = [run._replace(variant=name, target=name) for name in ("mx1.example", 'mx2\\"')]
    found = samples(report._replace(runs=tuple(pinned)))
    assert found[series("success", "cases.smtp", "mx1.example", case="open relay")] == 0
    assert found[series("success", "cases.smtp", 'mx2\\"', case="null # sender")] == 1


async def test_metrics_tell_when_the_certificate_ends() -> None:
    report = await report_of("ok.smtp")
    (run,) = report.results
    leaf = CertificateFacts(b"", "", not_after=END)
    case = run.cases[0]._replace(tls=TlsFacts(ok=True, certificates=Shown((leaf,))))
    found = samples(report._replace(runs=(run._replace(cases=(case, case)),)))
    assert found[series("tls_not_after_seconds", "ok.smtp")] == END.timestamp()


async def test_metrics_of_every_outcome_can_be_read() -> None:
    report = await report_of(*EVERYTHING)
    assert samples(report)
    hostile = [run._replace(name='a"\\\n\x1b\udcff.smtp') for run in report.results]
    assert samples(report._replace(runs=tuple(hostile[:1])))


async def test_openmetrics_has_the_same_samples_with_units_and_an_end() -> None:
    report = await report_of(*EVERYTHING)
    text = openmetrics_report(report)
    assert text.endswith("\n# EOF\n")
    families = openmetrics(text)
    assert samples_of(families) == samples(report)
    assert {family.name: family.unit for family in families if family.unit} == {
        "smtpprobe_phase_seconds": "seconds"
    }
    assert {family.type for family in families} == {"gauge"}
    assert openmetrics_report(Report(())) == "# EOF\n"


def test_a_report_of_nothing_has_every_format() -> None:
    nothing = Report(())
    assert len(junit(nothing)) == 0
    SCHEMA.validate(json.loads(json_report(nothing)))
    assert prom_report(nothing) == ""
    assert plugin(nothing)[0] == "SMTP UNKNOWN - skipped: no script"


async def test_an_included_file_and_a_named_connection_are_told() -> None:
    report = await report_of("bad.smtp")
    (run,) = report.results
    checks = tuple(
        one._replace(
            place=one.place._replace(file="part.smtp"), moment=one.moment._replace(connection="b")
        )
        for one in run.checks
    )
    changed = ScriptResult(
        run.name,
        {**run.sources, "part.smtp": ("x", "y")},
        (run.cases[0]._replace(checks=checks),),
    )
    report = report._replace(runs=(changed,))
    (check, _) = json.loads(json_report(report))["files"][0]["cases"][0]["checks"]
    assert (check["file"], check["connection"]) == ("part.smtp", "b")
    assert junit(report).findall(".//testcase")[1].get("name") == "b part.smtp:2 RCPT 250"
    assert plugin(report)[0].endswith("(part.smtp:2 @ HOST)")
