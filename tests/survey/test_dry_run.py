"""A dry run asks DNS about a sample, and contacts nobody else."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.cli.main import main
from smtpprobe.survey.dry_run import chosen
from smtpprobe.survey.jobs.resolve import Entry
from smtpprobe.survey.listing import Partition
from tests.servers.dns_zone import NameServer

WHO = ("--client", "scan.example.org", "--contact", "abuse@example.org")
ZONE = """
a MX 10 mx1
b MX 10 mx1
c MX 10 mx2
none MX 0 .
mx1 A 127.0.2.1
mx2 A 127.0.3.1
_mta-sts.a TXT "v=STSv1; id=1;"
mta-sts.a A 127.0.4.1
"""


def test_an_empty_list_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("# nobody yet\n")
    assert main(["survey", str(listed), "--dry-run", *WHO]) == 5
    assert "the list is empty" in capsys.readouterr().err


@pytest.mark.real_time
def test_no_mail_host_and_no_policy_host_gets_a_connection(
    serve_dns: Callable[..., NameServer], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = serve_dns({"lab.test": ZONE})
    listed, folder = tmp_path / "list.txt", tmp_path / "results"
    listed.write_text("".join(f"{name}.lab.test\n" for name in ("a", "b", "c", "none", "missing")))
    with socket.socket() as mail, socket.socket() as other:
        mail.bind(("127.0.2.1", 0))
        port = mail.getsockname()[1]
        other.bind(("127.0.3.1", port))
        for each in (mail, other):
            each.listen()
            each.settimeout(0)
        words = (str(listed), "-o", str(folder), "--dry-run", "-p", str(port), *WHO)
        assert main(["survey", *words, "--resolver", f"{names.host}:{names.port}"]) == 0
        for each in (mail, other):
            with pytest.raises(BlockingIOError):
                each.accept()
    told = capsys.readouterr().out
    assert "the list has 5 entries; 5 of them were looked up in DNS" in told
    for line in (
        "  3 with addresses",
        "  1 with a null MX",
        "  1 without an address",
        "  2 addresses in 2 networks (half of the entries: 1); 0 more excluded",
        "  1 address of MTA-STS policies, which a survey fetches",
    ):
        assert line in told.splitlines()
    assert not folder.exists()


def test_a_dry_run_needs_no_folder_but_somebody_who_answers_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("")
    assert main(["survey", str(listed), "--dry-run"]) == 2
    assert "needs --contact" in capsys.readouterr().err
    assert main(["survey", str(listed), "--dry-run", *WHO]) == 5


@given(total=st.integers(0, 300), count=st.integers(1, 50), size=st.integers(1, 40))
def test_as_many_are_chosen_as_are_wanted_each_once_and_always_the_same(
    total: int, count: int, size: int
) -> None:
    entries = [Entry(number, f"d{number}.example.org") for number in range(total)]
    parts = [Partition(at, tuple(entries[at : at + size])) for at in range(0, len(entries), size)]
    found, kept = chosen(parts, count)
    assert found == total
    assert len(kept) == len({entry.number for entry in kept}) == min(total, count)
    assert set(kept) <= set(entries)
    assert chosen(parts, count) == (found, kept)


def test_the_plan_of_a_folder_without_a_survey_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["survey", "plan", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "no finished survey" in told
    assert "survey a sample" in told
