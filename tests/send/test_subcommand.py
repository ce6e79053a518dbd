"""`smtpprobe send` from its words to its exit code, on the built-in practice server."""

from __future__ import annotations

import io
import socket
import sys
from pathlib import Path

import pytest

from smtpprobe.cli.main import main
from smtpprobe.cli.send_parser import send_parser
from smtpprobe.errors import UsageError
from smtpprobe.protocol.target import parse_target
from smtpprobe.send.arguments import read_words
from tests.strict_json import strictly

HERE = ("send", "--no-config", "--sandbox", "--client", "client.example")


def run(*words: str) -> int:
    return main([*HERE, *words])


def test_the_dialogue_is_shown_with_its_meanings_and_then_the_result(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--to", "bob@sandbox.test,unknown@sandbox.test") == 1
    lines = capsys.readouterr().out.splitlines()
    assert "> EHLO client.example" in lines
    assert any(line.startswith("# 220 2.0.0 handshake: TLS") for line in lines)
    assert "> This is a test message." in lines
    assert "# next: check the address; RCPT TO:<another>; RSET; QUIT" in lines
    assert not any(line.startswith("# next: MAIL FROM") for line in lines)
    result = next(line for line in lines if line.startswith("Result: "))
    assert result.startswith("Result: accepted for 1 of 2 recipients, queue id ")
    assert lines[lines.index(result) - 1] == "# closed"
    assert lines[-2].startswith("  refused   unknown@sandbox.test  at RCPT: 550 5.1.1 ")
    assert lines[-1].startswith("  accepted  bob@sandbox.test ")


def test_quiet_shows_the_result_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--to", "bob@sandbox.test", "--quiet") == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_json_is_one_document_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "result.json"
    assert run("--to", "550@sandbox.test", "--json") == 1
    assert strictly(capsys.readouterr().out)["stages"]["rcpt"] == "refused"
    assert run("--to", "bob@sandbox.test", "--json", "-o", str(file)) == 0
    assert capsys.readouterr().out == ""
    assert strictly(file.read_text())["accepted"] == 1


@pytest.mark.parametrize(
    ("recipient", "result", "code"),
    [
        ("afterdot-hangup", "unknown", 4),
        ("data-hangup", "no answer", 4),
        ("hangup", "no answer", 4),
        ("afterdot-451", "deferred", 1),
        ("data-451", "deferred", 1),
        ("450", "deferred", 1),
        ("spam", "refused", 1),
        ("busy", "deferred", 1),
        ("garbage", "no answer", 4),
        ("twice", "no answer", 4),
        ("bare", "accepted", 0),
        ("forward", "accepted", 0),
    ],
)
def test_each_fault_of_the_practice_server_is_told_apart(
    recipient: str, result: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--to", f"{recipient}@sandbox.test", "--no-pipeline", "--json")
    assert run(*words) == code
    assert strictly(capsys.readouterr().out)["recipients"][0]["result"] == result


def test_a_login_uses_the_strongest_mechanism_and_says_which(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTPPROBE_SECRET_password", "practice")
    words = ("--to", "bob@sandbox.test", "--auth-user", "probe@sandbox.test")
    assert run(*words) == 0
    shown = capsys.readouterr()
    assert "practice\n" not in shown.out
    assert "AUTH SCRAM-" in shown.out
    monkeypatch.setenv("SMTPPROBE_SECRET_password", "wrong")
    assert run(*words, "--auth", "PLAIN", "--json") == 1
    assert strictly(capsys.readouterr().out)["stages"]["auth"] == "refused"


def test_a_message_from_standard_input_is_sent_as_it_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Subject: piped\n\nhello\n")))
    assert run("--to", "bob@sandbox.test", "--eml", "-") == 0
    shown = capsys.readouterr().out.splitlines()
    assert "> Subject: piped" in shown
    assert "# 3 bare CR or LF in the message made CRLF; :data --raw keeps them" in shown
    assert not any(line.startswith("> Date:") for line in shown)


def test_a_session_is_recorded_to_its_last_line(tmp_path: Path) -> None:
    file = tmp_path / "call.smtp"
    assert run("--to", "bob@sandbox.test", "--quiet", "--transcript", str(file)) == 0
    assert "queued as" in file.read_text()
    assert "221 2.0.0 Bye" in file.read_text()


def test_nobody_at_the_port_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        words = ("send", "--no-config", "--to", "a@b.example", "--json", f"127.0.0.1:{port}")
        assert main(words) == 4
    found = strictly(capsys.readouterr().out)
    assert (found["ended_at"], found["result"]) == ("connect", "no answer")


def test_a_dry_run_writes_its_script_where_the_result_was_to_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.out"
    assert run("--to", "a@b.example", "--dry-run", "-o", str(file)) == 0
    assert "RCPT TO:<a@b.example>" in file.read_text()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--to", "a@b.example", "--to", "c@d.example"),
        ("--to", "a@b.example", "mx1.example", "mx2.example"),
        ("--to", "a@b.example", "--starttls", "--no-starttls"),
        ("--to", "a@b.example", "--dry-run", "--as-script", "x"),
        ("--to", "a@b.example", "--as-script", "x", "-o", "y"),
        ("--to", "a@b.example", "--repeat", "2"),
        ("--to", "a@b.example", "--chunk-size", "0"),
    ],
)
def test_what_cannot_be_meant_is_a_usage_error(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["send", "--no-config", *words]) == 2
    assert capsys.readouterr().err.startswith("smtpprobe: ")


def test_a_load_test_counts_what_became_of_each_message(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--to", "bob@sandbox.test", "--repeat", "5", "--json") == 0
    found = strictly(capsys.readouterr().out)
    assert found["results"] == {"accepted": 5}
    assert found["connections"] == 1


def test_an_anonymous_login_asks_for_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run("--to", "bob@sandbox.test", "--auth", "anonymous", "--json")
    found = strictly(capsys.readouterr().out)
    assert found["stages"]["auth"] in ("accepted", "not sent")


def test_a_login_without_a_terminal_or_a_password_says_how_to_give_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert run("--to", "bob@sandbox.test", "--auth", "auto") == 2
    assert "--auth-password-from" in capsys.readouterr().err


def test_data_refused_for_lack_of_recipients_advises_no_command_to_who_only_sends(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--to", "greylist@sandbox.test") == 1
    lines = capsys.readouterr().out.splitlines()
    assert "# next: retry in 5 s with the same IP, sender and recipient" in lines
    assert not any(line.startswith("# next: RCPT TO") for line in lines)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("xoauth2 --auth-user me --auth-password-from env:PW", "XOAUTH2 needs a token"),
        ("xoauth2 --auth-user me", "XOAUTH2 needs a token"),
        ("plain --auth-user me --auth-token-from env:PW", "PLAIN needs a password"),
        ("plain --auth-user me", "PLAIN needs a password"),
        ("plain --auth-user me --auth-password-from prompt", "a prompt needs a terminal"),
        ("auto --auth-user me --auth-token-from prompt", "a prompt needs a terminal"),
        ("plain --auth-password-from env:PW", "no user for the login"),
        ("auto --auth-password-from env:PW", "no user for the login"),
        ("auto --auth-user me --auth-password-from env:NONE", "NONE is not set"),
    ],
)
def test_what_a_login_lacks_is_said_before_a_connection(
    words: str, told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.setenv("PW", "geheim")
    assert run("--to", "bob@sandbox.test", "--auth", *words.split()) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert told in shown.err
    assert "--auth-" in shown.err
    assert "geheim" not in shown.err


def test_a_login_by_a_netrc_entry_needs_no_user(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine 127.0.0.1 login probe@sandbox.test password practice\n")
    file.chmod(0o600)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    run("--to", "bob@sandbox.test", "--auth", "plain", "--auth-password-from", f"netrc:{file}")
    assert "no user" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "target"),
    [
        (["mx.example:24"], "lmtp://mx.example:24"),
        (["mx.example", "2400"], "lmtp://mx.example:2400"),
        (["192.0.2.1"], "lmtp://192.0.2.1"),
        (["lmtp://mx.example"], "lmtp://mx.example"),
        (["unix:/run/lmtp"], "lmtp+unix:/run/lmtp"),
        (["lmtp+unix:/run/lmtp"], "lmtp+unix:/run/lmtp"),
        (["--server", "mx.example", "--port", "24"], "lmtp://mx.example"),
    ],
)
def test_an_lhlo_name_means_lmtp(words: list[str], target: str) -> None:
    given = send_parser().read(["--to", "a@b.example", "--lhlo", "me", *words])
    assert given.client == "me"
    assert read_words(given, "me").target == parse_target(target)


@pytest.mark.parametrize("server", ["smtps://mx.example", "mx.example:465", "smtp://mx.example"])
def test_an_lhlo_name_does_not_go_with_smtp(server: str) -> None:
    given = send_parser().read(["--to", "a@b.example", "--lhlo", "me", server])
    with pytest.raises(UsageError, match="is SMTP, not LMTP"):
        read_words(given, "me")


def test_an_lhlo_name_speaks_lmtp_to_the_practice_server(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--to", "bob@sandbox.test", "--lhlo", "me.example") == 0
    assert "> LHLO me.example" in capsys.readouterr().out.splitlines()


def test_an_lhlo_name_alone_does_not_tell_the_server() -> None:
    given = send_parser().read(["--to", "a@b.example", "--lhlo", "me"])
    with pytest.raises(UsageError, match="--lhlo needs a server"):
        read_words(given, "me")


def test_a_recipient_that_gets_no_reply_is_not_credited_with_that_to_data(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("--to", "silent@sandbox.test", "--timeout", "1", "--json") == 4
    assert strictly(capsys.readouterr().out)["recipients"][0]["result"] == "no answer"
    assert run("--to", "silent@sandbox.test,bob@sandbox.test", "--timeout", "1", "--json") == 4
    found = strictly(capsys.readouterr().out)
    assert [one["result"] for one in found["recipients"]] == ["no answer", "no answer"]
