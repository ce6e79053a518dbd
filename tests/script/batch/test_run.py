"""What `--script` and piped input give: reports and exit codes."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from smtpprobe.client import ConnectOptions
from smtpprobe.errors import UsageError
from smtpprobe.exits import ExitStatus
from smtpprobe.sandbox import faults
from smtpprobe.sandbox.faults import Flood, Hang, Hear, Say, StartTls, Step
from smtpprobe.script.batch.run import ScriptOptions, run_scripts
from smtpprobe.script.reports.formats import Format, Show
from tests.net.stage import server_side, trusted_file
from tests.script.runs import GREETING, host, told

OK = told((b"NOOP", b"250 ok\r\n"))
CONNECT = ConnectOptions(family=4, verify=True, greeting_timeout=0.3)


class Report:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.err = status, err
        self.out = re.sub(r"localhost:\d+", "HOST", re.sub(r"\d+\.\d\ds", "0.00s", out))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "ok.smtp": "NOOP\n< 250\n",
        "bad.smtp": "NOOP\n< 550 5.1.1\n",
        "two.smtp": "NOOP\nNOOP\n< 550\n",
        "broken.smtp": ":nonsense\n",
        "empty.smtp": "# nothing\n",
        "slow.smtp": ":timeout 50ms\nRSET\n",
        "soft.smtp": "NOOP\n<~ 550\n",
    }.items():
        (tmp_path / name).write_text(text)
    return tmp_path


async def report(
    files: Sequence[str] | None,
    server: list[Step] = OK,
    *,
    show: Show | None = None,
    transcript: str | None = None,
    max_time: float | None = None,
    width: int | None = None,
    form: Format = Format.TEXT,
) -> Report:
    out, err = io.StringIO(), io.StringIO()
    options = ScriptOptions(
        "x",
        timeout=2.0,
        show=show,
        transcript=transcript,
        max_time=max_time,
        width=width,
        format=form,
    )
    async with faults.serve(server) as listening:
        target = host(listening.port)
        status = await run_scripts(files, target, CONNECT, options, out=out, err=err)
    return Report(status, out.getvalue(), err.getvalue())


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("files", "status"),
    [
        (["ok.smtp"], ExitStatus.OK),
        (["soft.smtp"], ExitStatus.OK),
        (["bad.smtp"], ExitStatus.CHECK_FAILED),
        (["broken.smtp"], ExitStatus.SCRIPT_UNREADABLE),
        (["nowhere.smtp"], ExitStatus.SCRIPT_UNREADABLE),
        (["slow.smtp"], ExitStatus.CANNOT_TELL),
        (["empty.smtp"], ExitStatus.NOTHING_CHECKED),
        (["ok.smtp", "empty.smtp"], ExitStatus.OK),
        (["ok.smtp", "slow.smtp"], ExitStatus.CANNOT_TELL),
        (["slow.smtp", "bad.smtp"], ExitStatus.CHECK_FAILED),
        (["bad.smtp", "broken.smtp"], ExitStatus.SCRIPT_UNREADABLE),
        (["."], ExitStatus.SCRIPT_UNREADABLE),
    ],
)
async def test_the_exit_code_says_how_it_went(files: list[str], status: ExitStatus) -> None:
    assert (await report(files)).status is status


@pytest.mark.usefixtures("folder")
async def test_a_summary_line_stands_for_each_file_and_totals_for_several() -> None:
    found = await report(["ok.smtp", "bad.smtp", "empty.smtp", "slow.smtp", "soft.smtp"])
    assert found.out.splitlines()[-6:] == [
        "ok.smtp     ok     2 checks    0.00s",
        "bad.smtp    FAIL   1 of 2      0.00s   line 2: NOOP accepted, expected 550",
        "empty.smtp  skip               0.00s   line 1: script is empty",
        "slow.smtp   ERROR  1 ok        0.00s   line 2: no reply to RSET within 50ms",
        "soft.smtp   ok     2 checks    0.00s   warning: line 2: NOOP accepted, expected 550",
        "5 files: 2 ok, 1 failed, 1 skipped, 1 inconclusive; 7 checks; 0.1s",
    ]


@pytest.mark.usefixtures("folder")
async def test_the_reason_gets_a_line_of_its_own_where_there_is_no_room() -> None:
    found = await report(["bad.smtp"], width=50)
    assert found.out.splitlines()[-2:] == [
        "bad.smtp  FAIL   1 of 2      0.00s",
        "  line 2: NOOP accepted, expected 550",
    ]


@pytest.mark.usefixtures("folder")
async def test_a_failure_is_shown_with_its_place_the_reply_and_its_meaning() -> None:
    found = await report(["bad.smtp"])
    block = found.out.split("\n\n")[0].splitlines()
    assert block[0] == "fail: NOOP accepted, expected 550"
    assert block[1].split() == ["-->", "bad.smtp:2:3", "HOST", "+0.00s"]
    assert block[2:9] == [
        "   |",
        " 1 | NOOP",
        " 2 | < 550 5.1.1",
        "   |   ^^^ got 250",
        "   |   - 550 5.1.1",
        "   |   + 250 ok",
        "   |",
    ]
    assert block[9].startswith("   = meaning: ")
    assert block[-1].startswith("   = next: ")


@pytest.mark.usefixtures("folder")
async def test_show_none_leaves_out_what_was_sent() -> None:
    server = told((b"NOOP", b"250 ok\r\n"), (b"NOOP", b"250 ok\r\n"))
    assert "= sent so far: NOOP 250, NOOP 250" in (await report(["two.smtp"], server)).out
    assert "sent so far" not in (await report(["two.smtp"], server, show=Show.NONE)).out


@pytest.mark.usefixtures("folder")
async def test_show_all_prints_the_annotated_dialogue() -> None:
    found = await report(["ok.smtp"], show=Show.ALL)
    lines = found.out.splitlines()
    assert "localhost greeted> NOOP" in lines
    at = lines.index("localhost greeted> NOOP")
    assert lines[at + 1] == "250 ok"
    assert lines[at + 2].startswith("# 250 ")
    assert "220 mx.example ESMTP" in lines[:at]


async def test_piped_input_is_a_script_whose_dialogue_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    piped = io.TextIOWrapper(io.BytesIO(b"NOOP\n"))
    monkeypatch.setattr(sys, "stdin", piped)
    found = await report(None)
    assert found.status is ExitStatus.OK
    assert "localhost greeted> NOOP" in found.out
    assert found.out.splitlines()[-1] == "standard input  ok     2 checks    0.00s"


async def test_empty_input_checks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert (await report(None)).status is ExitStatus.NOTHING_CHECKED


@pytest.mark.usefixtures("folder")
async def test_what_cannot_be_parsed_is_told_and_the_others_run() -> None:
    found = await report(["broken.smtp", "ok.smtp"])
    assert found.err.startswith('error: unknown local command ":nonsense"\n  --> broken.smtp:1:1\n')
    assert "\nok.smtp      ok " in found.out


async def test_a_folder_stands_for_its_scripts_in_order(folder: Path) -> None:
    sub = folder / "sub" / "deep"
    sub.mkdir(parents=True)
    (sub / "b.smtp").write_text("NOOP\n")
    (folder / "sub" / "a.smtp").write_text("NOOP\n")
    (folder / "sub" / "other.txt").write_text(":nonsense\n")
    found = await report(["sub"])
    names = [line.split()[0] for line in found.out.splitlines()[:-1]]
    assert names == ["sub/a.smtp", "sub/deep/b.smtp"]


async def test_a_folder_without_scripts_is_told(tmp_path: Path) -> None:
    found = await report([str(tmp_path)])
    assert found.err == f"error: no scripts in {tmp_path}\n  looked for **/*.smtp\n\n"


@pytest.mark.usefixtures("folder")
async def test_a_script_that_names_no_target_needs_one() -> None:
    options = ScriptOptions("x")
    with pytest.raises(UsageError, match=r"ok\.smtp: no target"):
        await run_scripts(["ok.smtp"], None, CONNECT, options)


async def test_a_script_may_name_its_target(folder: Path) -> None:
    async with faults.serve(OK) as listening:
        (folder / "own.smtp").write_text(f"# mine\n:connect localhost:{listening.port}\nNOOP\n")
        out = io.StringIO()
        status = await run_scripts(["own.smtp"], None, CONNECT, ScriptOptions("x"), out=out)
    assert status is ExitStatus.OK


async def test_a_secret_without_a_value_is_a_usage_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "auth.smtp").write_text(":secret pw\nAUTH PLAIN {{pw}}\n")
    with pytest.raises(UsageError, match="the secret pw has no value"):
        await report(["auth.smtp"])
    monkeypatch.setenv("SMTPPROBE_SECRET_pw", "AGEAc2VjcmV0")
    server = told((b"AUTH", b"535 5.7.8 no\r\n"))
    found = await report(["auth.smtp"], server, show=Show.ALL, transcript="t.smtp")
    assert found.status is ExitStatus.CHECK_FAILED
    assert "AUTH PLAIN ********" in found.out
    assert "AGEAc2VjcmV0" not in found.out + (folder / "t.smtp").read_text()


async def test_a_literal_credential_is_masked_in_a_failure(folder: Path) -> None:
    (folder / "auth.smtp").write_text("AUTH PLAIN AGEAc2VjcmV0\n")
    found = await report(["auth.smtp"], told((b"AUTH", b"535 5.7.8 no\r\n")))
    assert "AUTH PLAIN ********" in found.out
    assert "AGEAc2VjcmV0" not in found.out


@pytest.mark.usefixtures("folder")
async def test_several_scripts_need_several_transcripts() -> None:
    with pytest.raises(UsageError, match="several scripts need separate files"):
        await report(["ok.smtp", "soft.smtp"], transcript="t.smtp")


async def test_each_script_is_recorded_in_its_own_file(folder: Path) -> None:
    await report(["ok.smtp", "soft.smtp"], transcript="{file}.log.smtp")
    for name in ("ok", "soft"):
        text = (folder / f"{name}.log.smtp").read_text()
        assert text.startswith("# smtpprobe transcript 1\n")
        assert "\nNOOP\n" in text


async def test_scripts_of_one_name_in_several_folders_are_recorded_apart(folder: Path) -> None:
    for name in "ab":
        (folder / name).mkdir()
        (folder / name / "same.smtp").write_text(f"NOOP {name}\n")
    await report(["a", "b"], transcript="{file}.{host}.log.smtp")
    for name in "ab":
        assert f"\nNOOP {name}\n" in (folder / f"{name}_same.localhost.log.smtp").read_text()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("path", ["nowhere/t.smtp", "."])
async def test_a_transcript_that_cannot_be_written_is_told_before_anything_is_sent(
    path: str,
) -> None:
    with pytest.raises(UsageError, match=r"--transcript: .*directory"):
        await report(["ok.smtp"], transcript=path)


async def test_a_server_that_talks_for_ever_fills_no_log(folder: Path) -> None:
    (folder / "slow.smtp").write_text(":timeout 200ms\nEHLO x\n")
    server: list[Step] = [GREETING, Hear(b"EHLO"), Flood(b"250-x" + b"y" * 1000 + b"\r\n")]
    found = await report(["slow.smtp"], server, show=Show.ALL)
    assert found.status is ExitStatus.CANNOT_TELL
    assert found.out.count("the reply continues") == 1
    assert len(found.out.splitlines()) < 200


async def test_a_json_transcript_ends_with_the_checks_and_the_totals(folder: Path) -> None:
    await report(["bad.smtp"], transcript="t.jsonl")
    lines = [json.loads(line) for line in (folder / "t.jsonl").read_text().splitlines()]
    assert [line["ev"] for line in lines[-3:]] == ["check", "check", "end"]
    failed, end = lines[-2:]
    assert (failed["id"], failed["outcome"], failed["line"]) == ("F03", "fail", 2)
    assert (end["exit"], end["checks"], end["passed"], end["failed"]) == (1, 2, 1, 1)


async def test_max_time_ends_a_run_with_what_was_checked(folder: Path) -> None:
    (folder / "long.smtp").write_text("NOOP\nRSET\n")
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    found = await report(["long.smtp"], server, max_time=0.2)
    assert found.status is ExitStatus.CANNOT_TELL
    assert "the time limit for the whole run is exceeded" in found.out
    assert found.out.splitlines()[-1] == (
        "long.smtp  ERROR  2 ok        0.00s   line 2: the run was stopped here"
    )


@pytest.mark.parametrize("form", [Format.TEXT, Format.JSON])
async def test_scripts_whose_turn_does_not_come_are_told_too(form: Format, folder: Path) -> None:
    (folder / "long.smtp").write_text("NOOP\nRSET\n")
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hang()]
    files = ["long.smtp", "ok.smtp", "soft.smtp"]
    found = await report(files, server, max_time=0.2, form=form)
    assert found.status is ExitStatus.CANNOT_TELL
    assert found.out.count("not started: the run was stopped before") == 2 * (
        1 + (form is Format.JSON)
    )


async def test_the_dialogues_of_several_connections_are_told_apart(folder: Path) -> None:
    (folder / "two.smtp").write_text("NOOP\n:on b\nNOOP\n:on main\nRSET\n")
    answers: list[Step] = [GREETING, Hear(), Say(b"250 ok\r\n"), Hear(), Say(b"250 ok\r\n"), Hang()]
    found = await report(["two.smtp"], answers, show=Show.ALL)
    told = [line for line in found.out.splitlines() if line.startswith("# on ") or "> " in line]
    assert told == [
        "localhost greeted> NOOP", "# on b", "localhost greeted> NOOP", "# on main",
        "localhost greeted> RSET", "# on b",
    ]  # fmt: skip


async def test_what_is_echoed_stands_in_json_without_secrets(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "echo.smtp").write_text(":secret password\nNOOP\n:echo {{host}} {{b64(password)}}\n")
    monkeypatch.setenv("SMTPPROBE_SECRET_password", "geheim")
    found = await report(["echo.smtp"], form=Format.JSON)
    assert json.loads(found.out)["files"][0]["cases"][0]["echoes"] == ["localhost ********"]


async def test_a_title_stands_with_its_script_where_nothing_else_is_to_be_told(
    folder: Path,
) -> None:
    (folder / "titled.smtp").write_text(':title "Login at the desk"\nNOOP\n')
    found = await report(["titled.smtp"])
    assert re.fullmatch(r"titled\.smtp  ok +2 checks +[0-9.]+s   Login at the desk\n", found.out)


async def test_server_text_never_drives_the_terminal(folder: Path) -> None:
    (folder / "esc.smtp").write_text("NOOP\n< 550\n")
    server = told((b"NOOP", b"250 \x1b[2J\xe2\x80\xae\xff\r\n"))
    found = await report(["esc.smtp"], server, show=Show.ALL)
    assert "\x1b" not in found.out
    assert r"250 \x1b[2J\u202e\xff" in found.out


class Gone(io.StringIO):
    """An output whose reader goes away after a few lines."""

    def write(self, text: str) -> int:
        if self.getvalue().count("\n") >= 2:
            raise BrokenPipeError
        return super().write(text)


async def test_a_report_that_nobody_reads_any_more_ends_the_run(folder: Path) -> None:
    (folder / "two.smtp").write_text("NOOP\nRSET\n")
    options = ScriptOptions("x", show=Show.ALL)
    server: list[Step] = [GREETING, Hear(b"NOOP"), Say(b"250 ok\r\n"), Hear(b"RSET"), Hang()]
    async with faults.serve(server) as listening:
        target = host(listening.port)
        with pytest.raises(BrokenPipeError):
            await run_scripts(["two.smtp"], target, CONNECT, options, out=Gone())


@pytest.mark.parametrize("transcript", [None, "call.smtp", "call.jsonl"])
async def test_secrets_stand_nowhere_not_even_when_the_server_says_them(
    transcript: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTPPROBE_SECRET_pw", "hunter2")
    (folder / "secret.smtp").write_text(
        ":secret pw\n:echo {{pw}}\nNOOP {{pw}}\n> AUTH LOGIN\n> Ym9iLng=\n> c2VjcmV0\n"
        "< 334\n< 334\n< 250\n"
    )
    server: list[Step] = [
        GREETING, Hear(b"NOOP hunter2"), Say(b"250 hunter2 aHVudGVyMg==\r\n"), Hear(b"c2VjcmV0"),
        Say(b"334 a\r\n334 b\r\n535 c2VjcmV0 is secret\r\n"), Hang(),
    ]  # fmt: skip
    found = await report(["secret.smtp"], server, show=Show.ALL, transcript=transcript)
    assert found.status is ExitStatus.CHECK_FAILED
    recorded = (folder / transcript).read_text() if transcript else ""
    for text in (found.out, recorded):
        assert not re.search("hunter2|aHVudGVyMg==|c2VjcmV0|is secret", text, re.IGNORECASE)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("file", ["ok.smtp", "cases.smtp"])
async def test_each_beginning_in_a_stream_names_the_target_of_the_run(file: str) -> None:
    Path("cases.smtp").write_text(':case "a"\nNOOP\n:case "b"\nNOOP\n')  # noqa: ASYNC240 - small
    told_ = await report([file], form=Format.JSONL)
    lines = [json.loads(line) for line in told_.out.splitlines()]
    begins = [line["target"] for line in lines if line["ev"] == "begin"]
    assert begins
    assert set(begins) == {line["target"] for line in lines if line["ev"] == "open"}


@pytest.mark.parametrize("words", ["QUIT", ":assert tls.ok\nQUIT"])
async def test_when_the_certificate_ends_is_told_whether_the_script_asks_or_not(
    folder: Path, words: str
) -> None:
    (folder / "tls.smtp").write_text(f"STARTTLS\n{words}\n< 250\n")
    begins: list[Step] = [GREETING, Hear(b"STARTTLS"), Say(b"220 go\r\n"), StartTls(server_side())]
    out, connect = io.StringIO(), ConnectOptions(family=4, ca_file=trusted_file(folder))
    options = ScriptOptions("x", timeout=2.0, format=Format.JSON)
    async with faults.serve([*begins, Hear(b"QUIT"), Say(b"221 bye\r\n"), Hang()]) as listening:
        target = host(listening.port)
        await run_scripts(["tls.smtp"], target, connect, options, out=out, err=out)
    (case,) = json.loads(out.getvalue())["files"][0]["cases"]
    assert case["tls_not_after"].startswith("3000-01-01")
    assert any("chain trusted" in line for line in case["wire"])
