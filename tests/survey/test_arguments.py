"""What is wrong with the words of a survey is said before anything is sent."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from smtpprobe import __version__
from smtpprobe.cli.main import main
from smtpprobe.cli.survey_parser import survey_parser
from smtpprobe.errors import UsageError
from smtpprobe.net.clock import now
from smtpprobe.settings.settings import Settings
from smtpprobe.survey.arguments import Arguments, read_words, with_workers
from smtpprobe.survey.engine import Where, _fit, check_address

CLIENT = "scan.example.org"
CONTACT = ("--contact", "abuse@example.org")


@pytest.fixture
def listed(tmp_path: Path) -> str:
    file = tmp_path / "list.txt"
    file.write_text("example.org\n")
    return str(file)


def read(*words: str) -> Arguments:
    return read_words(survey_parser().read(list(words)), Settings(), CLIENT)


def test_the_rate_is_shared_by_the_workers_that_there_are(listed: str) -> None:
    found = read(listed, "-o", "r", *CONTACT, "--rate", "100", "--workers", "4")
    assert found.where.workers == 4
    assert with_workers(found.options, found.rate, 10).politeness.rate == 10
    assert with_workers(found.options, None, 10).politeness.rate is None


def test_what_decides_the_results_is_among_the_settings(listed: str, tmp_path: Path) -> None:
    excluded = tmp_path / "networks.txt"
    excluded.write_text("192.0.2.0/24\nexample.net\n")
    one = read(listed, "-o", "r", *CONTACT).settings
    other = read(listed, "-o", "r", *CONTACT, "--exclude", str(excluded), "-4").settings
    assert {name for name in one if one[name] != other[name]} == {
        *("excluded_networks", "excluded_domains", "family"),
    }


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "no list given"),
        (("{list}", "{list}"), "more than one list"),
        (("/nonexistent", "-o", "r"), "no such file"),
        (("{list}",), "no folder for the results"),
        (("{list}", "-o", "r"), "needs --contact"),
        (("{list}", "-o", "r", *CONTACT, "--exclude", "/nonexistent"), "--exclude /nonexistent"),
        (("{list}", "-o", "r", *CONTACT, "--rate", "0"), "--rate 0"),
    ],
)
def test_what_is_missing_or_wrong_is_named(words: tuple[str, ...], why: str, listed: str) -> None:
    with pytest.raises(UsageError, match=why):
        read(*(word.format(list=listed) for word in words))


@pytest.mark.parametrize("address", ["tls://dask.example.org:8786", "tcp://127.0.0.1:8786"])
def test_a_cluster_is_on_this_machine_or_has_tls(address: str) -> None:
    check_address(Where(address))


def test_one_without_tls_elsewhere_has_to_be_allowed() -> None:
    with pytest.raises(UsageError, match="can run code on its workers"):
        check_address(Where("tcp://dask.example.org:8786"))
    check_address(Where("tcp://dask.example.org:8786", insecure=True))


@pytest.mark.parametrize("address", ["dask.example.org", "http://dask:8786", "tls://", "tls://[::"])
def test_what_is_not_an_address_of_a_scheduler_is_named(address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a Dask scheduler"):
        check_address(Where(address))


@pytest.mark.parametrize(
    ("pack", "name"), [(gzip.compress, "gzip"), (bz2.compress, "bzip2"), (lzma.compress, "xz")]
)
def test_a_compressed_list_is_not_taken_for_bad_domains(
    tmp_path: Path, pack: Callable[[bytes], bytes], name: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(pack(b"example.org\n"))
    with pytest.raises(UsageError, match=f"compressed by {name}"):
        read(str(file), "-o", "r", *CONTACT)


def test_a_directory_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a directory"):
        read(str(tmp_path), "-o", "r", *CONTACT)


def test_a_missing_extra_is_named_with_how_to_install_it(
    listed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name in ("dask", "pyarrow") else name
    )
    assert main(["survey", listed, "-o", "r", *CONTACT]) == 2
    told = capsys.readouterr().err
    assert "not installed: dask, pyarrow" in told
    assert "smtpprobe[survey]" in told


class Introduced:
    """A cluster whose one worker says of itself what a test has it say."""

    def __init__(self, version: str, behind: float) -> None:
        self._told = (version, now() - timedelta(seconds=behind))

    def wait_for_workers(self, _count: int, timeout: float) -> None:
        """Have one."""

    def run_on_scheduler(self, _work: object) -> None:
        """Do nothing."""

    def run(self, _work: object) -> dict[str, tuple[str, datetime]]:
        """Return what the worker says."""
        return {"tls://worker:1": self._told}

    def nthreads(self) -> dict[str, int]:
        """Return what the worker can do at a time."""
        return {"tls://worker:1": 3}


@pytest.mark.parametrize(
    ("version", "behind", "why"),
    [
        ("0.0.1", 0.0, "the worker tls://worker:1 has smtpprobe 0.0.1, this is"),
        (__version__, 60.0, "the clock of the worker tls://worker:1 differs by 60 s"),
        (__version__, -60.0, "the clock of the worker tls://worker:1 differs by"),
    ],
)
def test_a_worker_of_another_version_or_time_is_refused(
    version: str, behind: float, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        _fit(Introduced(version, behind))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "meant"),
    [(("reprot",), "report"), (("reports", "results/"), "report"), (("plann",), "plan")],
)
def test_a_slip_in_a_command_is_not_taken_for_a_list(words: tuple[str, ...], meant: str) -> None:
    with pytest.raises(UsageError) as error:
        read(*words, "-o", "r", *CONTACT)
    assert error.value.hint == f"did you mean smtpprobe survey {meant}?"


def test_workers_that_are_fit_are_counted() -> None:
    assert _fit(Introduced(__version__, 1.0)) == [3]  # type: ignore[arg-type]
