"""Faults of this side, each on the program itself: it says what is wrong, with no traceback."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program import REAL
from tests.send.test_password_prompt import ON_ITS_TERMINAL, SEND

EXPLAIN = ("explain", "550 5.1.1 no such user")
PLAIN = ("--plain", "--no-config")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux tools")


class Fault(NamedTuple):
    """What a shell does around the program, `$@`; `codes` are the ends that say what happened."""

    shell: str
    words: tuple[str, ...] = EXPLAIN
    codes: tuple[int, ...] = (0,)
    held: str = ""
    typed: str = ""


FAULTS = {
    "stdin closed": Fault('"$@" <&-', held="recipient"),
    "stdin closed without words": Fault('"$@" <&-', PLAIN, codes=(5,), held="script is empty"),
    "stdout closed": Fault('"$@" >&-', codes=(0, 4, 74)),
    "stderr closed": Fault('"$@" 2>&-', held="recipient"),
    "stderr closed with an error": Fault('"$@" 2>&-', ("--nonsense",), (2,)),
    "all closed": Fault('"$@" <&- >&- 2>&-', codes=(0, 4, 74)),
    "stdout full": Fault('"$@" >/dev/full', codes=(4, 74)),
    "no environment": Fault('env -i "$@"', held="recipient"),
    "no environment at the prompt": Fault('env -i "$@"', PLAIN, typed=":quit\n"),
    "HOME missing": Fault('HOME=/nonexistent/home "$@"', ("--plain",), typed=":quit\n"),
    "HOME is a file": Fault('HOME="$FILE" "$@"', ("--plain",), typed=":quit\n"),
    "TERM=dumb": Fault('TERM=dumb "$@"', ("--no-config",), typed=":quit\n"),
    "the folder is gone": Fault('mkdir gone; cd gone; rmdir ../gone; "$@"', held="recipient"),
}


def ran(fault: Fault, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    file = folder / "file"
    file.touch()
    given = os.environ.get("PYTHONPATH", "")
    root = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), given)))
    kept = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "PYTHONPATH")
    env = {name: value for name, value in os.environ.items() if name not in kept}
    ours, theirs = os.openpty()
    os.write(ours, fault.typed.encode())
    try:
        return _run(fault, env | {"FILE": str(file), "PYTHONPATH": root}, folder, before, theirs)
    finally:
        os.close(ours)
        os.close(theirs)


def _run(
    fault: Fault, env: dict[str, str], folder: Path, before: tuple[str, ...], terminal: int
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, "sh", "-c", fault.shell, "sh", *REAL, *fault.words],
        env=env, cwd=folder, stdin=terminal if fault.typed else subprocess.DEVNULL,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_this_side_ends_without_a_traceback(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    done = ran(fault, tmp_path)
    assert "Traceback" not in done.stdout + done.stderr
    assert "Exception ignored" not in done.stderr
    assert done.returncode in fault.codes, done.stderr
    assert fault.held in done.stdout


def test_a_plain_prompt_whose_output_is_full_ends_in_order(
    tmp_path: Path,
) -> None:
    words = (*PLAIN, "--sandbox", "--quiet", "--transcript", "t.txt")
    done = ran(Fault('"$@" >/dev/full', words, typed="\n"), tmp_path)
    assert done.returncode == 4
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
    # the end of the dialogue is orderly: the recording was begun, and is readable
    assert (tmp_path / "t.txt").read_text() == "# smtpprobe transcript 1\n:expand off\n"


MOUNTED = 'mount -t tmpfs -o {} tmpfs "$PWD/home" && HOME="$PWD/home" "$@"'
FULL_HOME = MOUNTED.format("size=4k").replace("&& HOME", "&& cat /dev/zero >home/all 2>&-; HOME")
HOMES = {
    "read-only": Fault(MOUNTED.format("ro"), ("--plain",), typed=":config init\n:quit\n"),
    "full": Fault(FULL_HOME, ("--plain",), typed=":config init\n:quit\n"),
}


@pytest.mark.parametrize("name", HOMES)
def test_a_home_that_takes_nothing_is_named(name: str, tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-m", "true"], check=False).returncode:
        pytest.skip("no mount namespace here")
    (tmp_path / "home").mkdir()
    done = ran(HOMES[name], tmp_path, unshare, "-m")
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode == 0, done.stderr
    reason = {"read-only": "Read-only file system", "full": "No space left on device"}[name]
    assert reason in done.stdout + done.stderr


WHY = (
    *("why", "bob@sandbox.test", "--no-config", "--from", "me@client.example"),
    *("--via", "submission", "[127.0.0.1]:1", "--auth-user", "me"),
    *("--auth-password-from", "prompt"),
)


SCRIPT = ("--no-config", "--script", "SCRIPT", "127.0.0.1:1")
PROMPT = ("--no-config", "--sandbox", "--client", "client.example", "--quiet")


class Asking(NamedTuple):
    """A question for a secret: the words of the program, what is typed there, how it ends."""

    words: tuple[str, ...]
    question: bytes = b"password: "
    typed: bytes = b""


ASKING = {
    "send": Asking(SEND),
    "why": Asking(WHY),
    "script": Asking(SCRIPT, b"word: "),
    "script with --secret": Asking(("--secret", "word", *SCRIPT), b"word: "),
    "plain prompt": Asking((*PROMPT, "--plain"), typed=b":auth PLAIN me\n"),
    "prompt": Asking(PROMPT, b"assword:", b":auth PLAIN me\r"),
}
CURSOR_ASKED, CURSOR = b"\x1b[6n", b"\x1b[1;1R"


class OnTerminal:
    """The program on a terminal of its own; its standard error is a file."""

    def __init__(self, asking: Asking, folder: Path) -> None:
        script = folder / "s.smtp"
        script.write_text(":secret word\nNOOP {{word}}\n")
        words = (str(script) if word == "SCRIPT" else word for word in asking.words)
        self.ours, self.theirs = os.openpty()
        termios.tcsetwinsize(self.theirs, (24, 80))
        self.before = termios.tcgetattr(self.theirs)
        self.seen = b""
        self.errors = folder / "errors"
        self._typed = asking.typed
        with self.errors.open("wb") as errors:
            self.running = subprocess.Popen(
                [sys.executable, "-c", ON_ITS_TERMINAL, *words],
                stdin=self.theirs, stdout=self.theirs, stderr=errors, start_new_session=True,
                env={**os.environ, "TERM": "xterm"},
            )  # fmt: skip

    def wait_for(self, octets: bytes) -> None:
        """Read what is shown until it holds these octets; type once a prompt is there."""
        while octets not in self.seen:
            self.seen += os.read(self.ours, 4096)
            if CURSOR_ASKED in self.seen:
                self.seen = self.seen.replace(CURSOR_ASKED, b"")
                os.write(self.ours, CURSOR)
            if self._typed and b"220" in self.seen:
                os.write(self.ours, self._typed)
                self._typed = b""

    def end(self) -> None:
        """Leave nothing behind."""
        self.running.kill()
        self.running.wait()
        for descriptor in (self.ours, self.theirs):
            with contextlib.suppress(OSError):
                os.close(descriptor)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("name", ASKING)
def test_a_signal_at_the_question_for_a_secret_leaves_the_terminal_as_it_was(
    name: str, number: signal.Signals, tmp_path: Path
) -> None:
    terminal = OnTerminal(ASKING[name], tmp_path)
    try:
        # getpass asks on /dev/tty, which is this terminal
        terminal.wait_for(ASKING[name].question)
        assert not termios.tcgetattr(terminal.theirs)[3] & termios.ECHO
        terminal.running.send_signal(number)
        code = terminal.running.wait(timeout=60)
        after = termios.tcgetattr(terminal.theirs)
        os.write(terminal.theirs, b"THE END")
        terminal.wait_for(b"THE END")
    finally:
        terminal.end()
    assert after == terminal.before
    assert b"Traceback" not in terminal.seen + terminal.errors.read_bytes()
    assert code == 143
    # what stands behind the question is neither the answer nor a prompt for the next line
    if name == "plain prompt":
        assert b"password: \r\n" in terminal.seen
        assert not terminal.seen.removesuffix(b"THE END").rstrip().endswith(b">")


@pytest.mark.parametrize("name", ["send", "plain prompt"])
def test_a_question_for_a_secret_hides_the_answer_after_it_was_stopped_and_continued(
    name: str, tmp_path: Path
) -> None:
    terminal = OnTerminal(ASKING[name], tmp_path)
    try:
        terminal.wait_for(ASKING[name].question)
        # as a shell does for itself while the program is stopped
        termios.tcsetattr(terminal.theirs, termios.TCSANOW, terminal.before)
        terminal.running.send_signal(signal.SIGCONT)
        while termios.tcgetattr(terminal.theirs)[3] & termios.ECHO:
            assert terminal.running.poll() is None
            time.sleep(0.01)
        terminal.running.send_signal(signal.SIGTERM)
        assert terminal.running.wait(timeout=60) == 143
        assert termios.tcgetattr(terminal.theirs) == terminal.before
    finally:
        terminal.end()


@pytest.mark.parametrize("name", ASKING)
def test_a_terminal_that_is_closed_at_the_question_ends_the_program_without_a_word(
    name: str, tmp_path: Path
) -> None:
    terminal = OnTerminal(ASKING[name], tmp_path)
    try:
        os.close(terminal.theirs)
        terminal.wait_for(ASKING[name].question)
        os.close(terminal.ours)
        code = terminal.running.wait(timeout=60)
    finally:
        terminal.end()
    assert terminal.errors.read_bytes() == b""
    assert code == 143
