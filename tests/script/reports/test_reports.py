"""The report in every format: what is told, what the process ends with, how it is written."""

from __future__ import annotations

import json
import os
import re
import stat
from base64 import b64encode
from pathlib import Path

import pytest

from smtpprobe.atomic_file import atomic_write, check_writable
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import NagiosState
from smtpprobe.protocol.redact import Secrets
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Hang, Hear, Say, Step
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.reports.formats import Format, exit_code, rendered_report
from smtpprobe.script.reports.options import ReportOptions
from smtpprobe.script.results.redact import redacted
from smtpprobe.script.results.results import Report, ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from tests.script.outcomes import EVERYTHING, report_of
from tests.script.runs import GREETING, block, heard, host, told

SHOWN = [one for one in Format if one is not Format.JSONL]


async def text(*names: str, **options: object) -> list[str]:
    report = await report_of(*names)
    told = rendered_report(Format.TEXT, report, ReportOptions(**options))  # type: ignore[arg-type]
    return re.sub(r"\d+\.\d+s", "0.00s", told).splitlines()


async def test_the_summary_tells_each_script_and_each_of_its_cases() -> None:
    assert (await text("ok.smtp", "cases.smtp", "skip.smtp", "broken.smtp", "gone.smtp"))[-10:] == [
        "ok.smtp          ok     2 checks    0.00s",
        "cases.smtp       FAIL   1 of 7      0.00s",
        "  null # sender  ok     2 checks    0.00s",
        "  open relay     FAIL   1 of 2      0.00s   line 5: RCPT refused, expected 250",
        "  inside TLS     skip               0.00s   line 7: server does not offer STARTTLS",
        "  twice          ok     3 checks    0.00s",
        "skip.smtp        skip               0.00s   line 1: server does not offer STARTTLS",
        (
            "broken.smtp      ERROR  not run     0.00s   "
            'line 2: unknown local command ":nonsense" (and 1 more)'
        ),
        (
            "gone.smtp        ERROR  not run     0.00s   "
            "cannot read gone.smtp: No such file or directory"
        ),
        "5 files: 1 ok, 1 failed, 1 skipped, 2 not readable; 9 checks; 0.00s",
    ]


async def test_what_is_skipped_has_no_block_but_a_reason() -> None:
    (line,) = await text("skip.smtp")
    assert line.startswith("skip.smtp  skip")


async def test_on_a_narrow_screen_reasons_have_lines_of_their_own() -> None:
    assert (await text("ok.smtp", "cases.smtp", width=40))[-8:-1] == [
        "cases.smtp       FAIL",
        "  null # sender  ok",
        "  open relay     FAIL",
        "    line 5: RCPT refused, expected 250",
        "  inside TLS     skip",
        "    line 7: server does not offer STARTTLS",
        "  twice          ok",
    ]


@pytest.mark.parametrize(
    ("retries", "names", "told"),
    [
        (1, "ok.smtp", "passed at the 2nd try"),
        (2, "ok.smtp", "passed at the 3rd try"),
        (10, "ok.smtp", "passed at the 11th try"),
        (20, "ok.smtp", "passed at the 21st try"),
        (2, "bad.smtp", "line 2: RCPT refused, expected 250; 3 tries"),
    ],
)
async def test_tries_are_told(retries: int, names: str, told: str) -> None:
    report = await report_of(names)
    again = report._replace(runs=tuple(one._replace(retries=retries) for one in report.results))
    last = rendered_report(Format.TEXT, again, ReportOptions()).splitlines()[-1]
    assert last.endswith(f"s   {told}")


async def test_runs_of_one_script_are_told_apart_by_what_they_were_pinned_to() -> None:
    report = await report_of("ok.smtp")
    (run,) = report.results
    pinned = tuple(run._replace(variant=name) for name in ("mx1.example", "mx2.example"))
    for format_ in (Format.TEXT, Format.TAP, Format.JUNIT):
        told = rendered_report(format_, report._replace(runs=pinned), ReportOptions())
        assert "ok.smtp @ mx1.example" in told
        assert "ok.smtp @ mx2.example" in told


async def test_a_run_out_of_time_says_so_in_every_format() -> None:
    report = (await report_of("ok.smtp"))._replace(timed_out=True)
    for format_ in (Format.TEXT, Format.TAP, Format.NAGIOS):
        assert "the time limit for the whole run is exceeded" in rendered_report(
            format_, report, ReportOptions()
        )


async def test_what_was_sent_can_be_left_out() -> None:
    script, server = "NOOP\nNOOP\n< 550\n", [GREETING, Hear(), Say(b"250 a\r\n"), Hear(),
                                             Say(b"250 b\r\n"), Hang()]  # fmt: skip
    result = await hidden(script, server, Secrets())
    report = Report((result,))
    assert "sent so far" in rendered_report(Format.TEXT, report, ReportOptions())
    assert "sent so far" not in rendered_report(Format.TEXT, report, ReportOptions(sent=False))


async def test_the_process_ends_with_the_table_of_the_program_or_of_plugins() -> None:
    options = ReportOptions(skip_state=NagiosState.UNKNOWN)
    for names, own, plugin in (
        (["ok.smtp"], 0, 0), (["soft.smtp"], 0, 1), (["bad.smtp"], 1, 2), (["broken.smtp"], 3, 3),
        (["slow.smtp"], 4, 2), (["skip.smtp"], 5, 3),
    ):  # fmt: skip
        report = await report_of(*names)
        codes = {format_: exit_code(format_, report, options) for format_ in Format}
        assert codes.pop(Format.NAGIOS) == plugin
        assert set(codes.values()) == {own}


async def test_colour_is_for_text_alone() -> None:
    report = await report_of(*EVERYTHING)
    for format_ in SHOWN:
        told = rendered_report(format_, report, ReportOptions(colour=True))
        assert ("\x1b[" in told) is (format_ is Format.TEXT)


# -- secrets


PASSWORD = 'hun"ter<2>&\\x'
ENCODED = b64encode(PASSWORD.encode()).decode()


async def hidden(script: str, server: list[Step], secrets: Secrets) -> ScriptResult:
    async with faults.serve(server) as listening:
        client = Client(ConnectOptions(family=4))
        settings = RunSettings("x", host(listening.port), secrets={"pw": PASSWORD})
        result = await Runner(client, parse(script, "t.smtp"), settings).run()
    return redacted(result, secrets)


@pytest.mark.parametrize("format_", SHOWN)
async def test_a_secret_stands_in_no_format_whoever_says_it(format_: Format) -> None:
    script = (
        ':secret pw\n:continue on\nNOOP {{pw}}\n< 550 "{{pw}}"\nNOOP {{ b64(pw) }}\n'
        "< 250 /nothing/\n:assert reply.text == {{pw}}\nNOOP\n"
    )
    said = f"250-{PASSWORD}\r\n250 {ENCODED} {PASSWORD}\r\n".encode()
    server: list[Step] = [GREETING]
    for _ in range(3):
        server += [Hear(b"NOOP"), Say(said)]
    result = await hidden(script, [*server, Hang()], Secrets([PASSWORD]))
    assert len(result.failed) >= 3
    wire = result.cases[0]._replace(wire=("> NOOP x",))
    told = rendered_report(format_, Report((result._replace(cases=(wire,)),)), ReportOptions())
    for form in (PASSWORD, ENCODED, "ter&lt;2", 'hun\\"ter', "hun&quot;ter", "ter<2"):
        assert form not in told
    assert told


async def test_nothing_is_changed_where_there_is_no_secret() -> None:
    (run,) = (await report_of("bad.smtp")).results
    assert redacted(run, Secrets()) is run
    assert redacted(run, Secrets(["nowhere to be seen"])) == run


# -- files


def test_a_file_is_written_whole_with_the_modes_of_the_system(tmp_path: Path) -> None:
    path = tmp_path / "out.prom"
    mask = os.umask(0o027)
    try:
        atomic_write(str(path), "one\n")
    finally:
        os.umask(mask)
    assert path.read_text() == "one\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    atomic_write(str(path), "two \udcff\n")
    assert path.read_bytes() == b"two \\xff\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604
    assert [one.name for one in tmp_path.iterdir()] == ["out.prom"]


def test_a_link_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    atomic_write(str(tmp_path / "link"), "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "new"


def test_a_device_is_written_to_as_it_is() -> None:
    check_writable("/dev/null")
    atomic_write("/dev/null", "gone")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize(
    ("path", "reason"), [("{}/no/such", "no such directory"), ("{}", "is a directory")]
)
def test_what_cannot_be_written_is_told_before_the_run_and_after(
    path: str, reason: str, tmp_path: Path
) -> None:
    where = path.format(tmp_path)
    with pytest.raises(UsageError, match=reason):
        check_writable(where)
    with pytest.raises(UsageError, match="cannot write"):
        atomic_write(where, "x")


def test_a_full_disk_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report"
    path.write_text("old")

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match=r"cannot write .*report: No space left on device"):
        atomic_write(str(path), "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["report"]


async def test_a_miss_in_an_included_file_tells_the_lines_that_include_it(tmp_path: Path) -> None:
    (tmp_path / "outer.smtp").write_text("\n:include inner.smtp\n")
    (tmp_path / "inner.smtp").write_text("NOOP\n< 550\n")
    script = "# twice removed\n:include outer.smtp\n"
    result, _ = await heard(script, told((b"NOOP", b"250 ok\r\n")), folder=tmp_path)
    first, place, *above = block(result).replace(f"{tmp_path}/", "").splitlines()[:4]
    assert first == "fail: NOOP accepted, expected 550"
    assert place.strip().startswith("--> inner.smtp:2:3")
    assert above == ["      included from outer.smtp:2", "      included from t.smtp:2"]
    written = json.loads(rendered_report(Format.JSON, Report((result,), 1.0), ReportOptions()))
    _, missed = written["files"][0]["cases"][0]["checks"]
    assert [(Path(one["file"]).name, one["line"]) for one in missed["included"]] == [
        ("outer.smtp", 2),
        ("t.smtp", 2),
    ]
