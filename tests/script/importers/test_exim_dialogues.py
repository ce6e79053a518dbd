"""Dialogues of Exim's test client, imported and run: the server hears what it would hear of it.

`exim/kinds/KIND/NAME.txt` is a dialogue, `NAME.smtp` the script; `make golden` writes that anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import pytest

from smtpprobe.client import Client, ConnectOptions
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.target import parse_target
from smtpprobe.script.importers.exim import import_exim
from smtpprobe.script.importers.writer import Imported
from smtpprobe.script.parser.parser import parse
from smtpprobe.script.parser.source import SCRIPT_OCTETS
from smtpprobe.script.results.results import ScriptResult
from smtpprobe.script.runner.run_settings import RunSettings
from smtpprobe.script.runner.runner import Runner
from smtpprobe.script.tools.importer import IMPORTERS, NamedFiles
from tests.cli.test_cli import smtpprobe
from tests.script.importers.exim_peer import Peer, Turn, all_said, expected_of
from tests.servers.exim import Exim

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet
KINDS = Path(__file__).parent / "exim" / "kinds"
REAL = sorted((KINDS.parent / "real").glob("*.txt"))
DIALOGUES = sorted(KINDS.glob("*/*.txt"))
SAID = [path for path in DIALOGUES if path.parent.name != "cannot-be-said"]
UNSAID = [path for path in DIALOGUES if path.parent.name == "cannot-be-said"]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def imported(path: Path) -> Imported:
    return import_exim(path.read_text(), NamedFiles(str(path), SCRIPT_OCTETS))


def turns_of(path: Path) -> list[Turn]:
    return expected_of(path.read_text(), NamedFiles(str(path), SCRIPT_OCTETS))


async def ran(script: str, peer: Peer) -> ScriptResult:
    client = Client(ConnectOptions(family=4, greeting_timeout=5.0))
    settings = RunSettings("probe.test", parse_target(f"127.0.0.1:{peer.port}"), 5.0)
    return await Runner(client, parse(script, "imported"), settings).run()


@pytest.mark.parametrize("path", DIALOGUES, ids=name_of)
def test_a_dialogue_becomes_the_stored_script(path: Path) -> None:
    stored, found = path.with_suffix(".smtp"), imported(path).text
    if os.environ.get("SMTPPROBE_GOLDEN") == "write":
        stored.write_text(found, encoding="utf-8")
    assert found == stored.read_text(encoding="utf-8"), "make golden, then read the difference"


def test_each_kind_has_four_dialogues_at_least() -> None:
    kinds = {path.parent.name for path in DIALOGUES}
    few = {kind for kind in kinds if len(list((KINDS / kind).glob("*.txt"))) < 4}
    assert len(kinds) == 9
    assert not few


@pytest.mark.parametrize("closes", [False, True], ids=["stays", "closes"])
@pytest.mark.parametrize("path", SAID, ids=name_of)
async def test_the_server_hears_what_that_client_sends_octet_for_octet(
    path: Path, *, closes: bool
) -> None:
    script, turns = imported(path), turns_of(path)
    assert not script.troubles
    async with Peer(turns, all_said(turns), closes=closes) as peer:
        result = await ran(script.text, peer)
    assert result.status is ExitStatus.OK, (script.text, result.failed)
    assert peer.heard == b"".join(turn.sent for turn in turns)
    assert peer.in_step


@pytest.mark.servers
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
async def test_a_real_exim_is_met_as_by_its_own_client(path: Path, exim: Exim) -> None:
    script = imported(path)
    client = Client(ConnectOptions(family=4))
    settings = RunSettings("probe.test", parse_target(f"{exim.host}:{exim.port}"))
    result = await Runner(client, parse(script.text, "imported"), settings).run()
    assert not script.troubles
    assert result.status is ExitStatus.OK, (script.text, result.failed)


def otherwise(line: str) -> str:
    """Return a line that is met by nothing that meets this one."""
    return ("5" if line[:1] == "2" else "2") + line[1:]


def wrong_lines() -> Iterator[ParameterSet]:
    """Each line of each dialogue that has to begin somehow, said otherwise."""
    for path in SAID:
        said = all_said(turns_of(path))
        starts = [[read[4:] for read in turn.reads if read[3] == " "] for turn in turns_of(path)]
        for at, lines in enumerate(said):
            if len(lines) != len(starts[at]):
                continue  # as many as there are: not line by line
            for number, start in enumerate(starts[at]):
                if start:
                    where = f"{name_of(path)}-{at}-{number}"
                    yield pytest.param(path, at, number, id=where)


@pytest.mark.parametrize(("path", "turn", "number"), list(wrong_lines()))
async def test_a_line_that_begins_otherwise_fails_as_with_that_client(
    path: Path, turn: int, number: int
) -> None:
    turns = turns_of(path)
    said = all_said(turns)
    said[turn][number] = otherwise(said[turn][number])
    async with Peer(turns, said, closes=True) as peer:
        result = await ran(imported(path).text, peer)
    assert result.status is not ExitStatus.OK


def turns_before_another() -> Iterator[ParameterSet]:
    for path in SAID:
        if path.parent.name in ("any-line", "inside-a-reply"):
            continue  # what is left of a reply looked at line by line is nobody's business
        turns = turns_of(path)
        for at, turn in enumerate(turns[:-1]):
            if turn.reads and all(read[3] == " " for read in turn.reads):
                yield pytest.param(path, at, id=f"{name_of(path)}-{at}")


@pytest.mark.parametrize(("path", "turn"), list(turns_before_another()))
async def test_a_line_more_than_is_read_fails_as_with_that_client(path: Path, turn: int) -> None:
    turns = turns_of(path)
    said = all_said(turns)
    last = said[turn][-1]
    said[turn][-1:] = [f"{last[:3]}-{last[4:]}", f"{last[:3]} and more"]
    async with Peer(turns, said, closes=True) as peer:
        result = await ran(imported(path).text, peer)
    assert result.status is not ExitStatus.OK


@pytest.mark.parametrize("path", UNSAID, ids=name_of)
def test_what_cannot_be_said_is_told_with_its_line_and_exits_1(path: Path) -> None:
    result = smtpprobe("import", "exim", str(path))
    script, said = imported(path), result.stderr.splitlines()
    assert result.returncode == 1
    assert result.stdout == script.text
    assert said[-1].endswith(
        f'{len(script.troubles)} could not be expressed; see "# import:" in the script'
    )
    lines = path.read_text().splitlines()
    for (why, line, file), told in zip(script.troubles, said[:-1], strict=True):
        assert told == f"smtpprobe: {path}:{line}: {why}"
        assert f"# import: {why}" in script.text
        assert not file
        assert lines[line - 1], "it is that line"


PLACES = [
    ("exim", "??? 220\nstoptls\n", 2),
    ("exim", "??? 220\n<<< ./nowhere\n", 2),
    ("exim", "exim -bd\n****\n", 0),
    ("swaks", "<-  220 x\nstray\n", 2),
    ("swaks", "<-  220 x\n<-  rubbish\n", 2),
    ("swaks", "<-  220 x\n -> EHLO y\n<-  250-a\n", 3),
    ("telnet", "220 x\nEHLO y\n250-a\nNOOP\n250 b\n", 3),
    ("telnet", "220 x\nDATA\n354 go\na\n", 2),
    ("telnet", "220 x\nBDAT 9\nab\n250 b\n", 2),
    ("telnet", "220 x\nAUTH NTLM\n334 \nYQ==\n535 n\n", 4),
    ("exim", "??? 220\nauth spa\n??? 334\nTlRM\n??? 334\n", 4),
    ("exim", "??? 220\nauth scram-sha-1 biws\n??? 334\n>>> Yz0=\n", 4),
    ("telnet", "CONNECTED(00000003)\n220 x\n", 1),
]


@pytest.mark.parametrize(("form", "text", "line"), PLACES)
def test_what_is_lost_has_a_line_in_every_form(form: str, text: str, line: int) -> None:
    troubles = IMPORTERS[form](text).troubles
    assert [trouble.line for trouble in troubles] == ([line] if line else [])


def test_a_place_in_another_file_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "part").write_text("noop\nstoptls\n")
    dialogue = tmp_path / "dialogue"
    dialogue.write_text("??? 220\n<<< part\n??? 250\n")
    result = smtpprobe("import", "exim", str(dialogue))
    assert result.returncode == 1
    assert "smtpprobe: part:2: TLS cannot be stopped" in result.stderr


def test_a_file_is_found_beside_the_dialogue_above_it_and_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "scripts" / "basic"
    folder.mkdir(parents=True)
    dialogue = folder / "0017"
    dialogue.write_text("??? 220\n<<< here\n<<< DIR/aux/TESTNUM.msg\n<<< beside\n??? 5\n")
    (tmp_path / "aux").mkdir()
    (tmp_path / "aux" / "0017.msg").write_text("above\n")
    (folder / "beside").write_text("beside\n")
    (tmp_path / "cwd").mkdir()
    (tmp_path / "cwd" / "here").write_text("here\n")
    monkeypatch.chdir(tmp_path / "cwd")
    script = import_exim(dialogue.read_text(), NamedFiles(str(dialogue), SCRIPT_OCTETS))
    assert script.text.splitlines()[2:] == ["> here", "> above", "> beside", "< 5xx"]


@pytest.mark.parametrize(
    ("name", "why"),
    [("itself", "files are nested more than 8 deep"), ("big", "larger than"),
     (".", "no file .")],
)  # fmt: skip
def test_a_file_that_cannot_be_read_whole_is_told(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "itself").write_text("<<< itself\n")
    (tmp_path / "big").write_text("x" * 2000)
    script = import_exim(f"<<< {name}\n", NamedFiles(str(tmp_path / "dialogue"), 1000))
    assert len(script.troubles) == 1
    assert why in script.troubles[0].why


def test_of_very_many_lost_things_some_are_told_and_all_are_counted(tmp_path: Path) -> None:
    dialogue = tmp_path / "dialogue"
    dialogue.write_text("??? 220\n" + "stoptls\n" * 300)
    result = smtpprobe("import", "exim", str(dialogue))
    assert len(result.stderr.splitlines()) == 22
    assert "... and 280 more" in result.stderr
    assert "300 could not be expressed" in result.stderr


def test_no_credential_is_told_with_what_was_lost() -> None:
    lost = "<-  220 x\nAUTH PLAIN d29uZGVybGFuZA==\n"
    result = smtpprobe("import", "swaks", "-", stdin=lost)
    assert result.returncode == 1
    assert "d29uZGVybGFuZA" not in result.stdout + result.stderr
    assert "standard input:2: not a transcript line: AUTH PLAIN ****" in result.stderr


def test_the_scripts_can_be_checked() -> None:
    result = smtpprobe("--script", str(KINDS), "--check")
    assert (result.returncode, result.stderr) == (0, "")


def test_a_large_dialogue_takes_time_by_its_length() -> None:
    short, long = (counted("??? 220\n" + "noop\n??? 250\n" * times) for times in (200, 2000))
    assert long < 15 * short


def counted(text: str) -> int:
    """Return how many lines of Python the import of a text runs."""
    lines = 0

    def count(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        import_exim(text)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize(
    "login", ["auth mylogin dXNlcg==", "auth ntlm TlRM", "auth expanded\n??? 334\ndXNlcg=="]
)
def test_what_no_challenge_was_seen_for_is_the_same_every_time(login: str) -> None:
    script = import_exim(f"??? 220\n{login}\n??? 235\n")
    assert not script.troubles
    assert "auth_1" in script.text
    assert "dXNlcg" not in script.text
