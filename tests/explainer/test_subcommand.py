"""`smtpprobe explain` as its user meets it: words, files, trouble, exit codes."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from smtpprobe import __version__
from smtpprobe.cli.main import main
from smtpprobe.explainer.arguments import Output
from smtpprobe.explainer.subcommand import _FINDING
from smtpprobe.protocol.verbs import Context
from smtpprobe.starttls.finding_table import ROWS
from tests.explainer.test_formats import DATA, EXPECTED
from tests.program import called
from tests.strict_json import strictly, texts_in

COMMAND = (sys.executable, "-m", "smtpprobe", "explain")


@dataclass(frozen=True, slots=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def explain(*words: str, stdin: bytes = b"") -> Done:
    given = io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin)))
    said = [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n", write_through=True) for _ in "12"]
    with (
        mock.patch.object(sys, "stdin", given),
        mock.patch.object(sys, "stdout", said[0]),
        mock.patch.object(sys, "stderr", said[1]),
    ):
        code = main(["explain", *words])
    out, errors = (stream.detach().getvalue().decode() for stream in said)
    return Done(code, out, errors)


def test_a_reply_needs_no_quotes() -> None:
    done = explain("550", "5.7.1", "Relay access denied")
    assert done.returncode == 0
    assert done.stdout.startswith("550 5.7.1 Relay access denied\n# 550 5.7.1 ! ")
    assert "does not relay mail" in done.stdout
    assert "cause: relay-denied; blame: you" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("word", [context.value for context in Context])
def test_every_context_is_a_word_of_command_in_any_case(word: str) -> None:
    done = explain("--jsonl", "--command", word.lower(), "550 no")
    assert done.returncode == 0
    assert json.loads(done.stdout)["code"] == 550


def test_the_command_changes_the_meaning() -> None:
    at = {
        word: json.loads(explain("--jsonl", "--command", word, "454 4.7.0 not now").stdout)["cause"]
        for word in ("STARTTLS", "AUTH")
    }
    assert at == {"STARTTLS": "tls-unavailable", "AUTH": "server-error"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--code", "454"], "after STARTTLS"),
        (["454"], "after STARTTLS"),
        (["--code", "571"], "not a standard code"),
        (["5.7.26"], "IANA registry"),
        (["starttls"], "RFC 3207"),
        (["SIZE"], "RFC 1870"),
        (["--help"], "exit codes:"),
        (["host mx.example[192.0.2.1] said: 550 5.1.1 no user (in reply to RCPT TO command)"],
         "mailbox"),
    ],
)  # fmt: skip
def test_codes_words_and_quotes_are_explained(words: list[str], said: str) -> None:
    done = explain(*words)
    assert done.returncode == 0
    assert said in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--bogus"], "unknown option"),
        (["--command", "FOO", "550 x"], "unknown command"),
        (["--command"], "needs a value"),
        (["--command", "RCPT"], "add the reply"),
        (["--code", "99"], "not a reply code"),
        (["--csv", "--jsonl", "550 x"], "cannot be used together"),
        (["--json", "--format", "csv", "550 x"], "--json and --csv cannot be used together"),
        (["--format", "xml", "550 x"], "not one of text each summary json jsonl csv"),
        (["--csv", "550"], "--csv is only for replies"),
        (["-o", "/nonexistent/x", "550 x"], "no such directory"),
        (["-o", "", "550 x"], "-o: the file name is empty"),
        (["-o", "a", "-ob", "550 x"], "only one output file"),
        (["-f", "x", "550 x"], "use one of them"),
        (["--color", "blue", "550 x"], "not one of auto"),
        (["9.1.1"], "not an enhanced status code"),
    ],
)
def test_a_usage_error_is_said_in_two_lines_with_exit_code_2(words: list[str], said: str) -> None:
    done = explain(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 2
    assert done.stdout == ""


ASKED: dict[str, list[str]] = {
    "code": ["550"],
    "enhanced": ["5.7.26"],
    "word": ["STARTTLS"],
    "finding": ["dane.no-match"],
}


@pytest.mark.parametrize("kind", ASKED)
def test_facts_and_findings_answer_in_json_when_asked(kind: str) -> None:
    done = explain(*ASKED[kind], "--jsonl")
    (values,) = [strictly(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert (values["v"], values["kind"], str(values[kind])) == (1, kind, ASKED[kind][0])
    assert strictly(explain(*ASKED[kind], "--json").stdout) == [values]
    meanings = values["meaning"] if kind == "finding" else values["meanings"]
    assert meanings
    for text in texts_in(values):
        assert text.isascii()


def test_a_code_in_json_has_the_meanings_that_people_read() -> None:
    (values,) = json.loads(explain("--code", "454", "--format", "json").stdout)
    shown = explain("--code", "454").stdout
    assert values["class"] == 4
    assert [one["commands"] for one in values["meanings"]]
    for one in values["meanings"]:
        assert one["meaning"] in shown
        assert one["cause"] in shown


@pytest.mark.parametrize("words", [["550 5.1.1 no"], ["-f", str(DATA / "postfix.log")]])
def test_json_is_one_array_of_what_jsonl_has_in_lines(words: list[str]) -> None:
    lines = explain("--jsonl", *words).stdout.splitlines()
    assert lines
    assert json.loads(explain("--json", *words).stdout) == [json.loads(line) for line in lines]


@pytest.mark.parametrize("words", [["nothing known"], ["-f", os.devnull]])
def test_where_nothing_is_found_json_is_an_empty_array(words: list[str]) -> None:
    done = explain("--json", *words)
    assert done.returncode == 5
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("output", [one for one in Output if one.value])
def test_a_form_can_be_named_by_format_too(output: Output) -> None:
    words = ["-f", str(DATA / "postfix.log")]
    named = explain("--format", output.value.removeprefix("--"), *words)
    assert named == explain(output.value, *words)


@pytest.mark.parametrize("form", ["text", "each", "summary", "json", "jsonl", "csv"])
def test_an_answer_goes_into_a_file_octet_for_octet(form: str, tmp_path: Path) -> None:
    into = tmp_path / "answer"
    words = ["--format", form, "-f", str(DATA / "postfix.log")]
    done = explain("--output", str(into), *words)
    assert (done.returncode, done.stdout) == (0, "")
    assert into.read_bytes() == explain(*words).stdout.encode()


def test_the_old_file_stays_where_the_answer_cannot_be_had(tmp_path: Path) -> None:
    into = tmp_path / "answer"
    into.write_text("of yesterday")
    assert explain("-o", str(into), "--csv", "550").returncode == 2
    assert into.read_text() == "of yesterday"
    assert list(tmp_path.iterdir()) == [into]


def test_an_answer_never_takes_the_place_of_what_it_is_about(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text("550 5.1.1 no\n")
    done = explain("-f", str(log), "-o", str(log))
    assert done.returncode == 2
    assert log.read_text() == "550 5.1.1 no\n"


def test_the_version_is_that_of_the_program() -> None:
    assert explain("--version").stdout.startswith(f"smtpprobe {__version__}\n")


def test_text_is_never_taken_for_a_file_but_the_file_is_hinted_at(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_text("550 5.1.1 no\n")
    done = explain(str(log))
    assert done.returncode == 5
    assert f"explain -f {log}" in done.stderr


@pytest.mark.parametrize("option", [[], ["--each"], ["--summary"], ["--jsonl"], ["--csv"]])
def test_nothing_found_is_exit_code_5(option: list[str]) -> None:
    done = explain(*option, stdin=b"nothing here\n")
    assert done.returncode == 5
    assert "no reply found in 1 line" in done.stderr


def test_identical_causes_are_counted_worst_first_with_one_example() -> None:
    done = explain("-f", str(DATA / "postfix.log"))
    headings = [line for line in done.stdout.splitlines() if "blame:" in line]
    assert headings[1] == "unknown-recipient: 2 replies  blame: recipient, retry: after-change"
    assert headings[-1].startswith("accepted: 1 reply")
    assert done.stdout.endswith(
        "11 replies and 1 outcome without a reply in 22 lines; 10 lines with nothing to explain\n"
    )
    assert f"first: {DATA}/postfix.log:13 RCPT at gmail-smtp-in.example" in done.stdout


def test_standard_input_is_a_hyphen_for_programs_and_named_for_people() -> None:
    reply = b"550 5.1.1 no\n"
    assert json.loads(explain("--jsonl", stdin=reply).stdout)["source"] == {"file": "-", "line": 1}
    assert "(standard input:1)" in explain(stdin=reply).stdout


def test_the_counts_of_lines_hold_for_every_form() -> None:
    out = explain("-f", str(DATA / "dsn-postfix.eml")).stdout
    assert out.endswith(
        "2 replies and 1 outcome without a reply in 67 lines; 64 lines with nothing to explain\n"
    )


def test_a_typed_refusal_to_relay_names_the_domain_it_is_about() -> None:
    out = explain("--command", "rcpt", "454 4.7.1 <x@other.example>: Relay access denied").stdout
    assert "does not relay mail for other.example from you; waiting will not help" in out


def test_each_shows_every_reply_and_the_summary_counts_them() -> None:
    each = explain("--each", "-f", str(DATA / "postfix.log")).stdout
    assert each.count(f"{DATA}/postfix.log:") == 12
    summary = explain("--summary", "-f", str(DATA / "postfix.log")).stdout
    assert summary.count("unknown-recipient") == 1
    assert "your-ip" in summary
    assert "mx.example.net" in summary


@pytest.mark.parametrize("name", EXPECTED)
def test_json_lines_and_csv_are_valid_and_tell_the_same(name: str) -> None:
    path = str(DATA / name)
    objects = [json.loads(line) for line in explain("--jsonl", "-f", path).stdout.splitlines()]
    rows = list(csv.DictReader(io.StringIO(explain("--csv", "-f", path).stdout, newline="")))
    assert len(objects) == len(rows) == len(EXPECTED[name])
    for one, row in zip(objects, rows, strict=True):
        assert one["v"] == 1
        assert one["source"] == {"file": path, "line": int(row["line"])}
        assert one["text"] == row["text"].replace("\r\n", "\n")
        assert row["cause"] == one["cause"]
        assert row["next"] == "; ".join(one["next"])


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress,
}  # fmt: skip


@pytest.mark.parametrize("kind", PACKERS)
def test_a_compressed_log_is_read_through_whatever_its_name(kind: str, tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    log.write_bytes(PACKERS[kind]((DATA / "postfix.log").read_bytes()))
    for words, stdin in ((["-f", str(log)], b""), (["-f", "-"], log.read_bytes())):
        done = explain("--jsonl", *words, stdin=stdin)
        assert done.returncode == 0
        assert len(done.stdout.splitlines()) == 12


@pytest.mark.parametrize("kind", PACKERS)
def test_a_compressed_log_cut_off_is_said_and_the_rest_still_read(
    kind: str, tmp_path: Path
) -> None:
    whole = b"".join(
        f"Nov 22 01:00:00 mx postfix/smtp[1]: A{n}: host mx{n % 10}.example[192.0.2.1]"
        f" said: 550 5.1.1 no {os.urandom(200).hex()} (in reply to RCPT TO command)\n".encode()
        for n in range(3_000)
    )
    broken = tmp_path / "mail.log"
    packed = PACKERS[kind](whole)
    broken.write_bytes(packed[: len(packed) * 3 // 4])
    good = tmp_path / "good.log"
    good.write_text("550 5.7.1 no\n")
    done = explain("--summary", "-f", str(broken), "-f", str(good))
    assert done.returncode == 0
    assert f"{broken}:" in done.stderr
    assert "damaged or truncated here" in done.stderr
    assert "\npolicy" in done.stdout  # from the good file
    assert kind == "bz2" or "mx9.example" in done.stdout


def test_binary_data_is_passed_over_with_a_word(tmp_path: Path) -> None:
    binary = tmp_path / "core"
    binary.write_bytes(bytes(range(256)) * 100 + b"\n550 5.1.1 no\n")
    done = explain("-f", str(binary), "-f", str(DATA / "replies.txt"))
    assert done.returncode == 0
    assert f"{binary}: binary data, skipped" in done.stderr
    assert "4 replies" in done.stdout


def test_a_line_of_100_megabytes_is_cut_and_said_and_the_next_is_read(tmp_path: Path) -> None:
    log = tmp_path / "mail.log"
    with log.open("wb") as file:
        file.write(b"550 5.1.1 " + b"x" * 100_000_000 + b"\n550 5.7.1 y\n")
    script = (
        "import sys; from smtpprobe.cli.main import main; code = main(sys.argv[1:]);"
        "sys.stderr.write(open('/proc/self/status').read()); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "explain", "--csv", "-f", str(log)],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert f"{log}:1: a line of 95.4 MiB; only its first 1 MiB were read" in done.stderr
    assert f"{log},2,550" in done.stdout
    (peak,) = (line.split()[1] for line in done.stderr.splitlines() if line.startswith("VmHWM"))
    assert int(peak) < 150_000


def test_truncated_mime_and_mixed_encodings_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    report = (DATA / "dsn-postfix.eml").read_bytes()
    cut = tmp_path / "cut.eml"
    cut.write_bytes(report[: report.index(b"Final-Recipient: rfc822; full")])
    mixed = tmp_path / "mixed.txt"
    mixed.write_bytes(b"550 5.1.1 caf\xe9 \xc3\xa9 \x1b[31m\n550 5.7.1 y\n")
    wide = tmp_path / "wide.txt"
    wide.write_bytes("550 5.1.1 from Windows\r\n".encode("utf-16"))
    done = explain("--jsonl", "-f", str(cut), "-f", str(mixed), "-f", str(wide))
    assert done.returncode == 0
    texts = [json.loads(line)["text"] for line in done.stdout.splitlines()]
    assert texts[0].startswith("550 5.1.1 <gone@example.org>")
    assert texts[1] == "552 mailbox full"  # the report truncated message before it; the text has it
    assert f"{cut}:1: truncated message" in done.stderr
    assert texts[2] == "550 5.1.1 caf\\xe9 \xe9 \\x1b[31m"
    assert texts[-1] == "550 5.1.1 from Windows"


def test_a_file_that_cannot_be_opened_is_exit_code_4_and_the_rest_is_read(tmp_path: Path) -> None:
    done = explain("-f", str(tmp_path / "none"), "-f", str(tmp_path), "-f",
                   str(DATA / "replies.txt"))  # fmt: skip
    assert done.returncode == 4
    assert "No such file or directory" in done.stderr
    assert "Is a directory" in done.stderr
    assert "4 replies" in done.stdout


def test_nothing_a_server_said_drives_the_terminal() -> None:
    hostile = b"550 5.1.1 \x1b]0;owned\x07 \xe2\x80\xae \x9b31m\n"
    for option in ([], ["--each"], ["--summary"], ["--csv"], ["--jsonl"]):
        done = subprocess.run(
            called("explain", *option, "--color", "never"),
            input=hostile,
            capture_output=True,
            check=True,
        )
        assert not {0x1B, 0x07, 0x9B} & set(done.stdout.replace(b"\r\n", b"\n"))
        assert b"\xe2\x80\xae" not in done.stdout


def test_colour_is_for_terminals() -> None:
    path = str(DATA / "replies.txt")
    assert "\x1b[" not in explain("-f", path).stdout
    assert "\x1b[31m" in explain("--color", "always", "-f", path).stdout


def test_recorded_sessions_give_the_annotations_they_were_shown_with() -> None:
    corpus = DATA.parents[1] / "corpus"
    for path in sorted(corpus.glob("*.smtp")):
        done = explain("--jsonl", "-f", str(path))
        shown = path.with_suffix(".annotated").read_text()
        for line in done.stdout.splitlines():
            if (meaning := json.loads(line)["meaning"]) and "handshake" not in meaning:
                assert meaning[:60] in " ".join(shown.replace("\n#  ", "").split()), path


BESIDE = {
    "two.smtp": "# smtpprobe transcript 1\n:connect [a.example]\n220 a\nEHLO x\n250 a\n:on b\n"
    ":connect [b.example]\n421 4.7.0 too many connections\n< eof\n:on main\nMAIL FROM:<>\n"
    "250 ok\n",
    "two.jsonl": """\
{"v":1,"ev":"open","conn":"main","host":"a.example"}
{"v":1,"ev":"reply","conn":"main","text":"220 a\\r\\n"}
{"v":1,"ev":"send","conn":"main","text":"EHLO x\\r\\n","kind":"command"}
{"v":1,"ev":"open","conn":"b","host":"b.example"}
{"v":1,"ev":"reply","conn":"main","text":"250 a\\r\\n"}
{"v":1,"ev":"reply","conn":"b","text":"421 4.7.0 too many connections\\r\\n"}
{"v":1,"ev":"close","conn":"b","by":"them"}
{"v":1,"ev":"send","conn":"main","text":"MAIL FROM:<>\\r\\n","kind":"command"}
{"v":1,"ev":"reply","conn":"main","text":"250 ok\\r\\n"}
""",
}


@pytest.mark.parametrize("name", BESIDE)
def test_each_connection_of_a_recording_is_explained_under_its_name(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(BESIDE[name])
    found = [json.loads(line) for line in explain("--jsonl", "-f", str(path)).stdout.splitlines()]
    assert [(one["connection"], one["host"], one["command"], one["code"]) for one in found] == [
        (None, "a.example", "connect", 220), (None, "a.example", "EHLO", 250),
        ("b", "b.example", "connect", 421), (None, "a.example", "MAIL", 250),
    ]  # fmt: skip
    shown = explain("--each", "-f", str(path)).stdout
    assert f"{path}:{8 if name == 'two.smtp' else 6} connect on b at b.example\n" in shown


def test_control_c_shows_what_was_counted_so_far(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [*COMMAND, "--summary", "-f", str(fifo)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    with fifo.open("wb") as file:
        file.write((DATA / "postfix.log").read_bytes() * 3)
        file.flush()
        statistics = Path(f"/proc/{process.pid}/stat")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:  # it has read all, and sleeps until more comes
            queued = int.from_bytes(_unread(file.fileno()), sys.byteorder)
            if not queued and statistics.read_text().rpartition(")")[2].split()[0] == "S":
                break
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "interrupted; so far" in errors
    assert "unknown-recipient" in out


def _unread(descriptor: int) -> bytes:
    import fcntl  # noqa: PLC0415 - only here
    import termios  # noqa: PLC0415

    return fcntl.ioctl(descriptor, termios.FIONREAD, bytes(4))


def test_every_finding_of_starttls_can_be_asked_for_by_its_id() -> None:
    assert [row.id for row in ROWS if not re.fullmatch(_FINDING, row.id)] == []


TYPED = {
    "lost connection with mx.example.org[192.0.2.1] while sending RCPT TO": "network-error",
    "deferred (connect to mx.example.org[192.0.2.1]:25: Connection refused)": "network-error",
    "TLS is required, but was not offered by host mx.example.org[192.0.2.1]": "tls-unavailable",
    "lowest numbered MX record points to local host": "loop-detected",
    "Server certificate not verified": "tls-unavailable",
    "Network is unreachable": "network-error",
}


@pytest.mark.parametrize("words", TYPED)
def test_a_mailers_words_can_be_typed_without_their_line(words: str) -> None:
    (one,) = json.loads(explain("--json", words).stdout)
    assert (one["kind"], one["code"], one["class"]) == ("outcome", None, None)
    assert one["cause"] == TYPED[words]
    assert one["text"] == words
    shown = explain(words).stdout
    assert shown.startswith(f"{words}\n# ")
    assert one["meaning"] in shown


CUT = (
    "# smtpprobe transcript 1\n:expand off\n:connect [a.example]\n220 a ESMTP\nEHLO x\n250 a\n"
    "MAIL FROM:<>\n250 2.1"
)
STILL_OPEN = "the recording ends here; the session with a.example was still open"


def test_a_transcript_of_a_killed_program_is_read_as_far_as_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(CUT)
    done = subprocess.run(
        called("explain", "-f", str(path), "--jsonl"), capture_output=True, text=True, check=False
    )
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == [
        "220 a ESMTP", "250 a",
    ]  # fmt: skip
    assert done.stderr.splitlines() == [
        f"smtpprobe: {path}:8: cut off in the middle of this line, which is not read",
        f"smtpprobe: {path}:7: {STILL_OPEN}",
    ]


def test_a_killed_recorder_leaves_json_lines_whose_end_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(
        '{"v":1,"ev":"open","host":"a.example","t":0}\n{"v":1,"ev":"reply","text":"220 a\\r\\n"}\n'
        '{"v":1,"ev":"reply","te'
    )
    done = subprocess.run(
        called("explain", "-f", str(path), "--jsonl"), capture_output=True, text=True, check=False
    )
    assert [json.loads(line)["text"] for line in done.stdout.splitlines()] == ["220 a"]
    assert done.stderr.splitlines() == [
        f"smtpprobe: {path}:2: {STILL_OPEN}",
        f"smtpprobe: {path}:3: cut off in the middle of this line, which is not read",
    ]
