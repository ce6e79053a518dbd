"""Results as TAP 14, read by a strict parser."""

from __future__ import annotations

import pytest

from smtpprobe.script.reports.tap import tap_report
from smtpprobe.script.results.results import Report
from tests.script.outcomes import EVERYTHING, report_of
from tests.script.reports.tap14 import Point, Tap, read_tap
from tests.script.runs import run, told


async def tap_of(*names: str) -> Tap:
    return read_tap(tap_report(await report_of(*names)))


def shape(point: Point) -> str:
    return f"{'ok' if point.ok else 'not ok'} {point.description}"


async def test_a_script_is_a_subtest_with_a_point_for_each_check() -> None:
    text = tap_report(await report_of("ok.smtp"))
    assert text == (
        "TAP version 14\n"
        "1..1\n"
        "# Subtest: ok.smtp\n"
        "    ok 1 - line 1 greeting 2xx\n"
        "    ok 2 - line 2 NOOP 250\n"
        "    1..2\n"
        "ok 1 - ok.smtp\n"
    )


ECHOED = """\
:case "one"
:echo a # b
:echo Subtest: no
NOOP
:case "two"
:require STARTTLS
:echo before
EHLO x
MAIL FROM:<>
"""


async def test_texts_of_echo_are_comments_of_their_case() -> None:
    ehlo = (b"EHLO", b"250 mx.example\r\n")
    run_ = await run(ECHOED, told((b"NOOP", b"250 ok\r\n")), told(ehlo))
    text = tap_report(Report((run_._replace(name="t.smtp"),)))
    read_tap(text)
    assert text == (
        "TAP version 14\n"
        "1..1\n"
        "# Subtest: t.smtp\n"
        "    # Subtest: one\n"
        "        ok 1 - line 4 greeting 2xx\n"
        "        ok 2 - line 4 NOOP 2xx|3xx\n"
        "        # echo: a # b\n"
        "        # echo: Subtest: no\n"
        "        1..2\n"
        "    ok 1 - one\n"
        "    # echo: before\n"
        "    ok 2 - two # SKIP server does not offer STARTTLS\n"
        "    1..2\n"
        "ok 1 - t.smtp\n"
    )


async def test_a_miss_says_what_was_expected_and_what_came() -> None:
    (point,) = (await tap_of("bad.smtp")).points
    assert not point.ok
    told = {
        "message": "RCPT refused, expected 250",
        "severity": "fail",
        "at": {"file": "bad.smtp", "line": 2, "column": 3},
        "phase": "rcpt",
        "data": {
            "expect": "250 2.1.5",
            "got": ["554 5.7.1 <bob@other.example>: Relay access denied"],
        },
    }
    assert point.diagnostics == told
    assert point.subtest is not None
    assert [shape(one) for one in point.subtest.points] == [
        "ok line 1 greeting 2xx",
        "not ok line 2 RCPT 250",
    ]
    assert point.subtest.points[1].diagnostics == told


async def test_the_diagnostics_stand_as_the_specification_shows_them() -> None:
    assert tap_report(await report_of("bad.smtp")).splitlines()[-8:] == [
        "not ok 1 - bad.smtp",
        "  ---",
        "  message: RCPT refused, expected 250",
        "  severity: fail",
        "  at: {file: bad.smtp, line: 2, column: 3}",
        "  phase: rcpt",
        (
            '  data: {expect: "250 2.1.5", '
            'got: ["554 5.7.1 <bob@other.example>: Relay access denied"]}'
        ),
        "  ...",
    ]


async def test_each_case_is_a_subtest_of_its_own() -> None:
    (point,) = (await tap_of("cases.smtp")).points
    assert point.subtest is not None
    assert [shape(one) for one in point.subtest.points] == [
        "ok null # sender",
        "not ok open relay",
        "ok inside TLS",
        "ok twice",
    ]
    skipped = point.subtest.points[2]
    assert (skipped.directive, skipped.reason) == ("SKIP", "server does not offer STARTTLS")
    assert skipped.subtest is None


async def test_what_is_skipped_says_why() -> None:
    (skip, empty) = (await tap_of("skip.smtp", "empty.smtp")).points
    assert (skip.ok, skip.directive, skip.reason) == (
        True,
        "SKIP",
        "server does not offer STARTTLS",
    )
    assert (empty.directive, empty.reason) == ("SKIP", "script is empty")


async def test_a_soft_miss_is_ok_and_tells_its_warning() -> None:
    (point,) = (await tap_of("soft.smtp")).points
    assert point.ok
    assert point.subtest is not None
    soft = point.subtest.points[-1]
    assert soft.ok
    assert soft.diagnostics["severity"] == "warning"
    assert soft.diagnostics["message"] == "no enhanced code, expected 2.0.0"


async def test_what_could_not_be_told_or_read_is_not_ok() -> None:
    slow, broken, gone = (await tap_of("slow.smtp", "broken.smtp", "gone.smtp")).points
    assert [one.ok for one in (slow, broken, gone)] == [False] * 3
    assert slow.diagnostics["severity"] == "error"
    assert broken.diagnostics == {
        "message": 'unknown local command ":nonsense"',
        "severity": "error",
        "at": {"file": "broken.smtp", "line": 2, "column": 1},
    }
    assert "cannot read gone.smtp" in str(gone.diagnostics["message"])


async def test_server_text_is_no_directive_and_drives_no_terminal() -> None:
    text = tap_report(await report_of("hostile.smtp"))
    assert not any(ord(character) < 0x20 for character in text if character != "\n")
    (point,) = read_tap(text).points
    assert (point.ok, point.directive) == (False, "")
    data = point.diagnostics["data"]
    assert isinstance(data, dict)
    (got,) = data["got"]
    assert got.startswith('550 a|b <x>&"y" ]]> \\ # SKIP \x1b[2J \x00 \\xff \ufffe \u202e {}')


async def test_a_run_out_of_time_bails_out() -> None:
    report = (await report_of("ok.smtp"))._replace(timed_out=True)
    assert read_tap(tap_report(report)).bailed


async def test_every_outcome_together_is_one_document() -> None:
    tap = await tap_of(*EVERYTHING)
    assert tap.plan == len(EVERYTHING)
    assert [point.description for point in tap.points] == list(EVERYTHING)


def test_without_scripts_nothing_is_planned() -> None:
    assert read_tap(tap_report(Report(()))).plan == 0


@pytest.mark.parametrize(
    "name", ["a: b.smtp", "- x", "#.smtp", "1e3", "null", "x, y}", "\udcff.smtp", "\\"]
)
async def test_any_file_name_can_be_told(name: str) -> None:
    report = await report_of("bad.smtp")
    named = report._replace(runs=tuple(one._replace(name=name) for one in report.results))
    (point,) = read_tap(tap_report(named)).points
    at = point.diagnostics["at"]
    assert isinstance(at, dict)
    assert at["file"] == name.replace("\udcff", "\\xff")
