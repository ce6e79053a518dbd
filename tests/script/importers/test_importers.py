"""Dialogues of other tools become scripts: real ones, as stored, and whatever else comes.

`NAME.txt` is what the tool showed, `NAME.smtp` the script; `make golden` writes the latter anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smtpprobe.cli.import_parser import IMPORTED
from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import parse_target
from smtpprobe.sandbox.notices import Note, NoteKind
from smtpprobe.sandbox.replay.recorded_connection import recorded_connections
from smtpprobe.sandbox.replay.server import ReplayServer
from smtpprobe.script.importers.exim import import_exim
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.parser.source import SCRIPT_OCTETS
from smtpprobe.script.recordings.read import read_recording
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.tools.importer import IMPORTERS, NOTHING, NamedFiles
from tests.cli.test_cli import smtpprobe
from tests.servers.postfix import Postfix

FOLDER = Path(__file__).parent
DIALOGUES = sorted(FOLDER.glob("*/*.txt"))
SECRETS = {"password": "wonderland", "auth_1": "YWxpY2U=", "auth_2": "d29uZGVybGFuZA=="}


def imported(path: Path) -> str:
    text = path.read_text()
    if path.parent.name == "exim":
        return import_exim(text, NamedFiles(str(path), SCRIPT_OCTETS)).text
    return IMPORTERS[path.parent.name](text).text


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_dialogue_becomes_the_stored_script(path: Path) -> None:
    stored = path.with_suffix(".smtp")
    found = imported(path)
    if os.environ.get("SMTPPROBE_GOLDEN") == "write":
        stored.write_text(found, encoding="utf-8")
    assert found == stored.read_text(encoding="utf-8"), "make golden, then read the difference"


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_credential_is_left_in_a_script(path: Path) -> None:
    script = imported(path)
    for secret in ("wonderland", "d29uZGVybGFuZA", "AGFsaWNlAHdvbmRlcmxhbmQ="):
        assert secret not in script


def test_every_form_is_offered() -> None:
    # a command line is no dialogue: test_swaks_command.py
    assert set(IMPORTED) == {*IMPORTERS, "swaks-command"}
    assert set(IMPORTERS) == set(NOTHING)


async def ran(script: str, port: int, *, scheme: str = "") -> ScriptResult:
    client = Client(ConnectOptions(family=4, verify=False))
    target = parse_target(f"{scheme}127.0.0.1:{port}")
    settings = RunSettings("probe.test", target, secrets=SECRETS)
    return await Runner(client, parse(script, "imported"), settings).run()


SEEN = [path for path in DIALOGUES if path.parent.name != "exim"]


@pytest.mark.parametrize("path", SEEN, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_what_was_seen_can_be_served_and_met_again(path: Path) -> None:
    script = imported(path)
    notes: list[Note] = []
    events = read_recording(script.encode()).events
    server = ReplayServer(recorded_connections(events), on_note=notes.append)
    async with server:
        result = await ran(script, server.port)
    assert result.status is ExitStatus.OK, (script, result.failed)
    assert not [note for note in notes if note.kind is NoteKind.MISSED]


ON_POSTFIX = [
    FOLDER / name
    for name in (
        "swaks/postfix-plain.txt",
        "swaks/postfix-tls-pipeline.txt",
        "swaks/postfix-relay.txt",
        "swaks/postfix-refused-pipeline.txt",
        "telnet/postfix-delivery.txt",
        "telnet/postfix-pasted.txt",
        "exim/relay.txt",
        "exim/delivery.txt",
    )
]


@pytest.mark.servers
@pytest.mark.parametrize("path", ON_POSTFIX, ids=lambda path: f"{path.parent.name}-{path.stem}")
async def test_an_imported_script_runs_green_on_a_real_server(path: Path, postfix: Postfix) -> None:
    result = await ran(imported(path), postfix.ports.smtp)
    assert result.status is ExitStatus.OK, (imported(path), result.failed)


@pytest.mark.servers
@pytest.mark.parametrize("name", ["plain", "login", "cram-md5"])
async def test_an_imported_login_logs_in_with_the_secrets_given(
    name: str, submission: Postfix
) -> None:
    script = imported(FOLDER / "swaks" / f"postfix-auth-{name}.txt")
    secrets = SECRETS | ({"auth_1": "AGFsaWNlAHdvbmRlcmxhbmQ="} if name == "plain" else {})
    client = Client(ConnectOptions(family=4, verify=False))
    target = parse_target(f"{submission.host}:{submission.ports.submission}")
    settings = RunSettings("probe.test", target, secrets=secrets)
    result = await Runner(client, parse(script, "imported"), settings).run()
    assert result.status is ExitStatus.OK, result.failed


# single lines


def telnet(*lines: str) -> list[str]:
    return IMPORTERS["telnet"]("\n".join(lines)).text.splitlines()[1:]


def swaks(*lines: str) -> list[str]:
    return IMPORTERS["swaks"]("\n".join(lines)).text.splitlines()[1:]


def exim(*lines: str) -> list[str]:
    return IMPORTERS["exim"]("\n".join(lines)).text.splitlines()[1:]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["220 x", "BDAT 7 LAST", "hello", "250 ok"], ["220 x", "BDAT 7 LAST", "hello", "250 ok"]),
        (
            ["220 x", "BDAT 5", "hello", "250 ok"],
            ["220 x", "# import: the octets after this BDAT do not match its count", "> BDAT 5",
             "> hello", "250 ok"],
        ),
        (["220 x", "NOOP"], ["220 x", "> NOOP"]),
        (["220 x", "", "500 what"], ["220 x", ">", "500 what"]),
        (["220 x", ":a", "500 what"], ["220 x", "> :a", "500 what"]),
        (["220 x", "a\x07b", "500 what"], ["220 x", r':raw "a\x07b\r\n"', "500 what"]),
        (["220 x", "VRFY {{a}}", "252 y"], [":expand off", "220 x", "> VRFY {{a}}", "252 y"]),
        (
            ["220 x", "EHLO y", "250-cut", "NOOP", "250 z"],
            ["220 x", "EHLO y", "# import: the last line of this reply is missing", "# 250-cut",
             "< 250", "NOOP", "250 z"],
        ),
        (
            ["220 x", "NOOP", "RSET", "250 y", "250 z"],
            ["220 x", "# sent without waiting; here NOOP ends a group (RFC 2920, 3.1)",
             "NOOP", "250 y", "RSET", "250 z"],
        ),
        (
            ["HELO x", "NOOP", "250 y", "250 z"],
            ["# sent without waiting; here HELO ends a group (RFC 2920, 3.1)",
             "HELO x", "250 y", "NOOP", "250 z"],
        ),
        (
            ["220 x", "EHLO x", "MAIL FROM:<>", "RCPT TO:<a@b>", "VRFY c", "RSET", "QUIT",
             "250 a", "250 b", "550 c", "252 d", "250 e", "221 f"],
            ["220 x", "# sent without waiting; here EHLO ends a group (RFC 2920, 3.1)",
             "EHLO x", "250 a", ":hold", "MAIL FROM:<>", "RCPT TO:<a@b>", "VRFY c", ":flush",
             "250 b", "550 c", "252 d", ":hold", "RSET", "QUIT", ":flush", "250 e", "221 f"],
        ),
        (  # what the server did not go along with stands as it went out
            ["220 x", "NOOP", "RSET", "554 out of step"],
            ["220 x", ":hold", "NOOP", "> RSET", ":flush", "554 out of step"],
        ),
        (
            ["220 x", "STARTTLS", "NOOP", "220 go", "250 y"],
            ["220 x", ":hold", "STARTTLS", "NOOP", ":flush", "220 go", "250 y"],
        ),
        (["EHLO x", "220 y", "250 z"], ["> EHLO x", "220 y", "250 z"]),
        (
            ["220 x", "DATA", "354 go", "a", "Connection closed by foreign host."],
            ["220 x", "> DATA", "354 go", "# import: the message does not end here", "> a",
             "# Connection closed by foreign host.", "< eof"],
        ),
        (
            ["220 x", "DATA", "354 go", "a\x00b", ".", "250 ok"],
            ["220 x", "> DATA", "354 go", r':raw "a\0b\r\n"', "> .", "250 ok"],
        ),
        (["220 x", "STARTTLS", "220 go"], ["220 x", "STARTTLS", "220 go"]),
        (
            ["220 x", "AUTH NTLM", "334 ", "YQ==", "535 no"],
            ["220 x", "AUTH NTLM", "334 ",
             "# import: NTLM responses are valid for one challenge only",
             "# auth_1: an answer of AUTH NTLM, in base64", ":secret auth_1", "{{auth_1}}",
             "535 no"],
        ),
        (["220 x", "AUTH LOGIN", "334 a", "*", "501 b"],
         ["220 x", "AUTH LOGIN", "334 a", "*", "501 b"]),
        (["CONNECTED(00000003)", "220 x"],
         ["# import: the TLS session of openssl is not part of its output", "220 x"]),
        (["Trying 192.0.2.1...", "220 x", "Trying 192.0.2.2...", "220 y"],
         ["# Trying 192.0.2.1...", "220 x", ":connect", "# Trying 192.0.2.2...", "220 y"]),
    ],
)  # fmt: skip
def test_a_telnet_session_line_by_line(lines: list[str], expected: list[str]) -> None:
    assert telnet(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["<-  220 x"], ["220 x"]),
        (["<-  220 x", " -> NOOP", "<** 500 no"], ["220 x", "NOOP", "500 no"]),
        (["<-  220 x", " -> NOOP", "<-  550-a", "<-  250 b"],  # no reply that can be expected
         ["220 x", "NOOP", r'< line "550-a\r\n"', r'< line "250 b\r\n"']),
        (
            ["<-  220 x", " -> DATA", "<-  354 go", " -> 11 lines sent", "<-  250 ok"],
            ["220 x", "DATA", "354 go", "", ".", "250 ok",
             "# import: 11 lines sent, which are not shown: the message differs from the original"],
        ),
        (["<-  220 x", "  > 00000000 41", "<   00000000 41"], ["220 x"]),
        (["<-  rubbish"], ["# import: not a reply line: rubbish"]),
        (["<-  220 x", "stray"], ["220 x", "# import: not a transcript line: stray"]),
        (
            ["=== Trying mx.example:465...", "=== TLS started with cipher X", "<~  220 x"],
            ["# === Trying mx.example:465...", ":connect smtps://[mx.example]:465",
             "# === TLS started with cipher X", "220 x"],
        ),
        (
            ["<-  220 x", "=== Trying [2001:db8::1]:25...", "<-  220 y"],
            ["220 x", ":connect", "# === Trying [2001:db8::1]:25...", "220 y"],
        ),
        ([" -> PROXY TCP4 a", "<-  220 x", " -> EHLO y", "<-  250 z"],
         ["> PROXY TCP4 a", "220 x", "EHLO y", "250 z"]),
    ],
)  # fmt: skip
def test_a_swaks_transcript_line_by_line(lines: list[str], expected: list[str]) -> None:
    assert swaks(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["??? 250"], ["< 250"]),
        (["??? 250", "quit"], ["< 250 lines=1", "> quit"]),
        (["??? 2", "x"], ["< 2xx lines=1", "> x"]),
        (["??? 25"], ["< 25x"]),
        (["??? "], ['< line ""']),
        (["??? 250 2.1.0 Ok"], ["< 250", "| 2.1.0 Ok"]),
        (["??? 250 {{x}}"], ["< 250", '| {{ "{{" }}x}}']),
        (["??? 250 a  "], ["< 250", "| a  "]),
        (["??? 250 ..."], [r"< line /^250 \.\.\./"]),
        (["??? 250 \\x01"], [r'< line "250 \x01"']),
        (["??? +OK /{{"], [r"< line /^\+OK \/\{\{/"]),
        (["??? 250-a", "??? 250-b", "??? 250 c"], ["< 250", "| a", "| b", "| c"]),
        (["??? 250-a", "????250-", "??? 250 c"], ["< 250", "| a", "| ...", "| c"]),
        (["??? 250-a", "????250-X", "??? 250 c"],
         [":grace 5s", "< line /^250-a/", "<* line /^250-X/", "< line /^250 c/"]),
        (["??? 220", "x", "??? 250-a", "noop"],
         ["< 220 lines=1", "x", "< line /^250-a/", "> noop"]),
        (["??? 220", "x", "??? 250-a", "??? 550 b"],
         ["< 220 lines=1", "x", "< line /^250-a/", "< line /^550 b/"]),
        (["??? 503", "??? 503", "x"], ["< 503 lines=2", "> x"]),
        (["??? 503", "??? 503"], ["< 503", "|", "|", "| ..."]),
        (["????250 x", "??? 5"], [":grace 5s", "<* line /^250 x/", "< line /^5/"]),
        (["???*"], ["< eof"]),
        (["??? 220", "noop", "????"],
         ["< 220 lines=1", "noop", ":grace 5s", '<* line ""']),
        (["???"], ["> ???"]),
        (["+++ 12"], [":connect", ":sleep 12s"]),
        (["??? 220", "+++ x"], ["< 220", ":sleep 0s"]),
        ([">>> EHLO\\r"], [r':raw "EHLO\r"']),
        (["A\\nB", "??? 5"], [r':raw "A\nB\r\n"', "< 5xx"]),
        (["??? 220", "A\\x42", "??? 5"], ["< 220 lines=1", "AB", "< 5xx"]),
        (["??? 220", "A\\", "??? 5"], ["< 220 lines=1", "A", "< 5xx"]),
        (["A\\nB\\r\\nC", "??? 5"], [r':raw "A\nB\r\nC\r\n"', "< 5xx"]),
        (["noop", "rset", "??? 250"], ["> noop", "> rset", "< 250"]),
        (["quit"], ["> quit"]),
        (["??? 220", "data", "??? 354", "x", ".", "??? 2"],
         ["< 220 lines=1", "data", "< 354 lines=1", "x", ".", "< 2xx"]),
        (["??? 220", "data", "??? 3", "x", ".", "??? 2"],
         ["< 220 lines=1", "data", "< 3xx lines=1", "x", ".", "< 2xx"]),
        (["??? 220", "data", "??? 354 Go/on", "x", ".", "??? 2"],
         ["< 220 lines=1", "data", r"< 354 /^Go\/on/ lines=1", "x", ".", "< 2xx"]),
        (["??? 220", "data", "??? 503 no"],
         ["< 220 lines=1", "data", "< 503 /^no/ lines=1"]),
        (["??? 220", "data", "????354", "x"],
         ["< 220 lines=1", "> data", ":grace 5s", "<* line /^354/", "> x"]),
        (["??? 220", "data", "??? 354", "x", "+++ 1", ".", "??? 2"],
         ["< 220 lines=1", "> data", "< 354 lines=1", "> x", ":sleep 1s", "> .", "< 2xx"]),
        (["??? 220", "bdat 7 last", "hello", "??? 2"],
         ["< 220 lines=1", "bdat 7 last", "hello", "< 2xx"]),
        (["??? 220", "bdat 8 last", "hello", "??? 2"],
         ["< 220 lines=1", "> bdat 8 last", "> hello", "< 2xx"]),
        (["??? 220", "starttls", "??? 220"],
         ["< 220 lines=1", "# that client does not check certificates", ":tls verify off",
          "starttls", "< 220"]),
        (["??? 220", "+++ 1", "STARTTLS", "??? 220"],
         ["< 220 lines=1", ":sleep 1s", "# that client does not check certificates",
          ":tls verify off", "STARTTLS", "< 220"]),
        (["??? 220", "StartTLS", "??? 220"], ["< 220 lines=1", "> StartTLS", "< 220"]),
        (["??? 220", "starttls", "noop", "??? 220"],
         ["< 220 lines=1", "> starttls", "> noop", "< 220"]),
        (["??? 220", "noop", "rset", "??? 250", "??? 250"],
         ["< 220 lines=1", "# sent without waiting; here NOOP ends a group (RFC 2920, 3.1)",
          "noop", "< 250 lines=1", "rset", "< 250 lines=1"]),
        (["noop", "rset", "??? 554", "???*"], ["> noop", "> rset", "< 554 lines=1", "< eof"]),
        ([">>> AUTH PLAIN c2VjcmV0"],
         ["# auth_1: the initial response of AUTH PLAIN, in base64", ":secret auth_1",
          ':raw "AUTH PLAIN {{auth_1}}"']),
        ([" -> AUTH PLAIN c2VjcmV0"],
         ["# auth_1: the initial response of AUTH PLAIN, in base64", ":secret auth_1",
          ':raw " -> AUTH PLAIN {{auth_1}}\\r\\n"']),
        (["auth login", "YWxpY2U=", "??? 334"],
         ["> auth login", "# auth_1: an answer of AUTH LOGIN, in base64", ":secret auth_1",
          ':raw "{{auth_1}}\\r\\n"', "< 334"]),
        (["??? 220", "auth login", "??? 334", ">>> YWxp", "Y2U=", "??? 334"],
         ["< 220 lines=1", "auth login", "< 334 lines=1",
          "# auth_1: an answer of AUTH LOGIN, in base64", ":secret auth_1", ':raw "{{auth_1}}"',
          "# auth_2: an answer of AUTH LOGIN, in base64", ":secret auth_2",
          ':raw "{{auth_2}}\\r\\n"', "< 334"]),
        (["??? 220", "auth login\\r\\nYWxpY2U=\\r\\nrset", "??? 334"],
         ["< 220 lines=1", ':raw "auth login\\r\\n"',
          "# auth_1: an answer of AUTH LOGIN, in base64", ":secret auth_1",
          ':raw "{{auth_1}}\\r\\n"', ':raw "rset\\r\\n"', "< 334"]),
        (["??? 220", "auth login", "??? 334", ">>> *\\r\\n", "??? 501"],
         ["< 220 lines=1", "auth login", "< 334 lines=1", "*", "< 501"]),
        (["client -t0 127.0.0.1 25"],
         ["# client of 127.0.0.1 port 25", "# import: client option: -t0"]),
        (["starttls_wait", "??? 220"], ["> starttls", "< 220"]),
        (["stoptls"], ["# import: TLS cannot be stopped while the connection stays open"]),
        (["<<< f"], ["# import: f is not read here: its lines are missing here"]),
        (["client 127.0.0.1 25 cert key"],
         ["# client of 127.0.0.1 port 25",
          "# import: client certificates are not supported: cert key"]),
        (["client 127.0.0.1 25 127.0.0.3"],
         ["# client of 127.0.0.1 port 25",
          "# import: source address: use --bind 127.0.0.3"]),
        (["client \\", "  -t3 \\", "127.0.0.1 25", "x"],
         ["# client of 127.0.0.1 port 25", ":timeout 3s", "> x"]),
        (["write f 2x6=b_ 1x3", "first", "++++", "last", "****", "client 127.0.0.1 25", "<<< f"],
         ["# client of 127.0.0.1 port 25", "> first", "> b aaa", "> b aaa", "> aa", "> last"]),
        (["catwrite f", "one", "++++", "****", "client 127.0.0.1 25", "<<< f"],
         ["# client of 127.0.0.1 port 25", "> one", "> ++++"]),
        (["write f 99999x99999", "++++", "****", "client 127.0.0.1 25", "x"],
         ["# import: file is too large to generate: f", "# client of 127.0.0.1 port 25", "> x"]),
        (["client -ocsp f 127.0.0.1 25"],
         ["# client of 127.0.0.1 port 25", "# import: client option: -ocsp f"]),
        (["client-ssl -tls-on-connect 127.0.0.1 25", "??? 220"],
         ["# client of 127.0.0.1 port 25", "# that client does not check certificates",
          ":tls verify off", ":tls on", "< 220"]),
        (["client 127.0.0.1 PORT_D", "??? 220", "starttls", "??? 220", "stoptls"],
         ["# client of 127.0.0.1 port PORT_D", "< 220 lines=1", "> starttls", "< 220 lines=1",
          "> stoptls"]),
        (["client -t9 127.0.0.1 25", "????1", "??? 2", "****", "client 127.0.0.1 25", "????1"],
         ["# client of 127.0.0.1 port 25", ":timeout 9s", ":grace 9s", "<* line /^1/",
          "< line /^2/", ":connect", "# client of 127.0.0.1 port 25", ":timeout 5s", ":grace 5s",
          "<* line /^1/"]),
        (["client 127.0.0.1 25", ":noeol:no", "op", ":sleep:2", ":eval:x\\n", "x"],
         ["# client of 127.0.0.1 port 25", r"# import: needs Perl to evaluate: :eval:x\n", "> noop",
          ":sleep 2s", "> x"]),
        (["exim -bs", "client 127.0.0.1 25", "****"],
         ["# import: not part of a session: exim -bs"]),
        (["??? 220", "client 127.0.0.1 25", "??? 5"], ["< 220 lines=1", "client 127.0.0.1 25",
          "< 5xx"]),
    ],
)  # fmt: skip
def test_an_exim_dialogue_line_by_line(lines: list[str], expected: list[str]) -> None:
    assert exim(*lines) == expected


# whatever comes

WORDS = st.sampled_from([
    "EHLO x", "MAIL FROM:<a>", "DATA", "data ", "BDAT 5", "BDAT 3 LAST", "x", "abc", ".", "..", "",
    "AUTH PLAIN c2VjcmV0", "AUHT PLAIN c2VjcmV0", "AUTHPLAIN c2VjcmV0", "PLAIN c2VjcmV0",
    "c2VjcmV0", "NOOP AUTH PLAIN c2VjcmV0", "{AUHT {c2VjcmV0", "AUTH LOGIN",
    "AUTH CRAM-MD5", "YQ==", "*", "STARTTLS", "220 x",
    "250 ok", "250-a", "354 go", "354-go", "334 abc", "550 no", "> x", "< y", ":z", "# c", "| p",
    "{{x}}",
    "NOOP {{host}}", "\x1b[2J", "\x00", "a\rb", "Trying 1.2.3.4...", "telnet> quit", "^]", "closed",
    "Connection closed by foreign host.", "PROXY TCP4 a", "\udcff", "2", "35", "a\\n", "\\x00",
])  # fmt: skip
MARKS = st.sampled_from([
    "", " -> ", " ~> ", "<-  ", "<~* ", "=== ", "*** ", "??? ", "????", "???*", ">>> ", "<<< ",
    "+++ ",
    " -> 11 lines sent", "=== TLS started ", "*** Remote host closed connection unexpectedly.",
    "=== Trying 1.2.3.4:25...", "****", "client 127.0.0.1 25",
])  # fmt: skip
TEXTS = st.lists(st.tuples(MARKS, WORDS).map("".join), max_size=14).map("\n".join)


@pytest.mark.parametrize("form", IMPORTERS)
@example(text="EHLO x\n<-  AUTH PLAIN c2VjcmV0")  # a line of another tool, typed before a reply
@given(text=st.one_of(TEXTS, st.text()))
def test_whatever_is_imported_parses_and_holds_no_credential(form: str, text: str) -> None:
    script = IMPORTERS[form](text)
    assert parse(script.text, "imported")
    assert script.complete is not bool(re.search(r"^# import: ", script.text, re.MULTILINE))
    if not re.search(r"354|DATA|BDAT|data|[<=*]|\?\?\?|\+\+\+", text):
        assert not re.search("(?<![A-Za-z0-9])c2VjcmV0", script.text), script.text


SAYS = {"telnet": ("", ""), "swaks": (" -> ", "<-  "), "exim": ("", "??? ")}
SECRET = "AGJvYgBzZWNyZXRwYXNz"
LOGINS = st.sampled_from([
    [f"AUHT PLAIN {SECRET}"], [f"AUT PLAIN {SECRET}"], [f"auth  PLAIN {SECRET}"],
    [f"PLAIN {SECRET}"], [SECRET], [f"HELP AUTH PLAIN {SECRET}"], [f"x {{{SECRET}"],
    [f"AUTH {SECRET}"],
    ["AUTH LOGIN", "535 no", SECRET], ["AUTH LOGIN", "334 VXNlcm5hbWU6", SECRET],
])  # fmt: skip
ECHOES = st.sampled_from(
    ["500 x", f"500 what is {SECRET}", f"500-x\n500 {SECRET}?", f"501 {SECRET}", f"250 {SECRET}"]
)
HELLOS = st.sampled_from(["250 ok", "500 no"])


@pytest.mark.parametrize("form", IMPORTERS)
@given(st.lists(st.tuples(LOGINS, ECHOES), min_size=1, max_size=4), HELLOS)
def test_no_form_keeps_credentials_of_a_login_that_went_wrong_or_their_echo(
    form: str, logins: list[tuple[list[str], str]], hello: str
) -> None:
    said = ["220 x", "EHLO x", hello]
    for login, echo in logins:
        said += [*login, *echo.split("\n")]
    sent, got = SAYS[form]
    text = "".join(
        f"{got if re.match('[2-5][0-9]{2}[ -]', line) else sent}{line}\n" for line in said
    )
    script = IMPORTERS[form](text).text
    assert parse(script, "imported")
    assert SECRET not in script, script
    assert not re.search(r"(?m)^\*{4}", script)


@pytest.mark.parametrize("form", IMPORTERS)
def test_a_mistyped_login_keeps_its_words_and_gets_a_secret(form: str) -> None:
    sent, got = SAYS[form]
    text = f"{got}220 x\n{sent}AUHT PLAIN {SECRET}\n{got}500 no AUHT PLAIN {SECRET}\n"
    script = IMPORTERS[form](text).text
    assert ":secret auth_1\nAUHT PLAIN {{auth_1}}\n" in script


def test_text_of_a_message_stays_whatever_it_looks_like() -> None:
    text = f"220 x\nDATA\n354 go\nAUHT PLAIN {SECRET}\n{SECRET}\n.\n250 ok\n"
    assert text in IMPORTERS["telnet"](text).text
    raw = IMPORTERS["exim"](f"??? 220\nDATA\n??? 354\n{SECRET}\n+++ 1\nx\n.\n??? 250\n").text
    assert f"> {SECRET}\n" in raw


# the command


def test_the_command_writes_a_script_and_tells_what_it_lost(tmp_path: Path) -> None:
    whole = smtpprobe("import", "telnet", "-", stdin="220 x\nNOOP\n250 ok\n")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout == "# imported from a telnet session\n220 x\nNOOP\n250 ok\n"
    lost = smtpprobe("import", "exim", "-", stdin="??? 220\nstoptls\n")
    assert lost.returncode == 1
    assert '1 could not be expressed; see "# import:"' in lost.stderr
    output = tmp_path / "call.smtp"
    written = smtpprobe("import", "telnet", "-", "-o", str(output), stdin="220 x\n")
    assert (written.returncode, written.stdout) == (0, "")
    assert output.read_text().endswith("220 x\n")
    assert output.stat().st_mode & 0o777 == 0o600


def test_the_command_writes_through_a_link_and_into_a_device(tmp_path: Path) -> None:
    script, link = tmp_path / "call.smtp", tmp_path / "link"
    link.symlink_to(script)
    assert smtpprobe("import", "telnet", "-", "-o", str(link), stdin="220 x\n").returncode == 0
    assert link.is_symlink()
    assert script.read_text().endswith("220 x\n")
    device = tmp_path / "out"
    device.symlink_to("/dev/stdout")
    shown = smtpprobe("import", "telnet", "-", "-o", str(device), stdin="220 x\n")
    assert shown.stdout.endswith("220 x\n")
    assert device.is_symlink()


@pytest.mark.parametrize(
    ("words", "stdin", "code", "said"),
    [
        (["swaks", "-"], "=== Trying x:25...\n", 3, 'no line starts with "<-"'),
        (["telnet", "-"], "", 3, "contains neither server replies nor commands"),
        (["exim", "-"], "****\n", 3, "no line is sent or read"),
        (["telnet", "/nonexistent"], "", 3, "No such file"),
        (["telnet", "/"], "", 3, "Is a directory"),
        (["pcap", "-"], "", 2, "invalid choice: 'pcap'"),
        (["telnet"], "", 2, "required: FILE"),
        (["telnet", "-", "-o", "/nonexistent/x"], "220 x\n", 2, "cannot write /nonexistent/x"),
    ],
)
def test_what_cannot_be_imported_is_said(
    words: list[str], stdin: str, code: int, said: str
) -> None:
    result = smtpprobe("import", *words, stdin=stdin)
    assert (result.returncode, result.stdout) == (code, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) <= 2
