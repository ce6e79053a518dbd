"""A survey of the whole lab: its verdicts are those of `starttls -i`, its addresses asked once."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from smtpprobe.survey.queries import queries
from tests.html_pages import strictly
from tests.servers.mail_world import MailWorld
from tests.starttls.world import CHANGING
from tests.survey.comparison import listed_rows, same, surveyed_rows

ASKED_ABOUT = (
    *("expiring.certs.test", "expired.certs.test", "self-signed.certs.test"),
    *("no-starttls.dane.test", "tlsa-bogus.dane.test", "ee-expired.dane.test"),
    *("good.sts.test", "testing.sts.test", "uncovered.sts.test", "empty.sts.test"),
    *("missing.faults.test", "old.faults.test", "refused.faults.test", "says-554.faults.test"),
    *("nobody.dns.test", "null.dns.test", "conflict.dns.test", "to-localhost.dns.test"),
    *("failing.dns.test", "unsigned.test", "not a name"),
)
"""What the queries are asked about."""

PATIENT = ("--timeout", "60s")
"""A busy machine decides nothing."""

WHO = ("--client", "scan.lab.example", "--contact", "abuse@lab.example")


def surveyed(
    world: MailWorld, listed: Path, folder: Path, *more: str
) -> subprocess.CompletedProcess[str]:
    words = (
        "survey",
        str(listed),
        "-o",
        str(folder),
        *WHO,
        "--no-progress",
        "--debug",
        *PATIENT,
        *more,
    )
    return command(world, *words)


def command(world: MailWorld, *words: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("smtpprobe")
    trusting = {"SSL_CERT_FILE": str(world.ca_file)}
    return world.network.run(program, *words, env=trusting, within=280)


@pytest.fixture(scope="module")
def domains(mail_network: MailWorld) -> list[str]:
    """Some of every kind, but for servers that answer late or not at all."""
    kinds = (".certs.test", ".dane.test", ".plain.test", "example.org")
    names = [name for name in mail_network.domains if name.endswith(kinds) and name not in CHANGING]
    some = names[::4]  # two connections to one address are half a second apart
    return [*some, *(name for name in ASKED_ABOUT if name not in some)]


@pytest.fixture(scope="module")
def listed(domains: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("survey") / "domains.txt"
    file.write_text("".join(f"{name}\n" for name in domains))
    return file


@pytest.fixture(scope="module")
def results(mail_network: MailWorld, listed: Path) -> Path:
    folder = listed.parent / "results"
    done = surveyed(mail_network, listed, folder)
    assert (done.stderr, done.stdout, done.returncode) == ("", "", 0)
    return folder


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as base:
        return base.execute(query.replace("$", str(folder))).fetchall()


def test_every_verdict_is_that_of_a_plain_list(
    mail_network: MailWorld, listed: Path, results: Path
) -> None:
    plain = listed.parent / "plain.jsonl"
    command(
        mail_network,
        *("starttls", "-i", str(listed), "-o", str(plain), "--no-progress"),
        *("--client", "scan.lab.example", *PATIENT),
    )
    assert same(surveyed_rows(results), listed_rows(plain))


def asked(folder: Path, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Run a query as it lies beside the results; return some columns of its answer."""
    with contextlib.chdir(folder), duckdb.connect() as base:
        found = base.execute(Path("queries", f"{name}.sql").read_text(encoding="utf-8"))
        names = [column[0] for column in found.description or ()]
        return [tuple(row[names.index(each)] for each in columns) for row in found.fetchall()]


ANSWERS: dict[str, tuple[tuple[str, ...], set[tuple[Any, ...]]]] = {
    "dane-undeliverable": (
        ("domain", "dane", "opportunistic"),
        {
            ("conflict.dns.test", "none", "none"),
            ("denial-bogus.dane.test", "none", "tls"),
            ("domain.plain.test", "partial", "tls"),
            ("no-starttls.dane.test", "none", "clear"),
            ("tlsa-bogus.dane.test", "none", "tls"),
        },
    ),
    "tlsa-mismatch": (("host", "example"), {("references.dane.test", "domain.plain.test")}),
    "tlsa-unsigned": (("host", "domains", "mx_unsigned"), {("references.dane.test", 2, 1)}),
    "sts-enforce-uncovered": (("domain", "mta_sts"), {("uncovered.sts.test", "none")}),
    "sts-broken": (("domain",), {("empty.sts.test",)}),
    "certificates-ending": (("host", "domains"), {("expiring.certs.test", 1)}),
    "certificates-by-issuer": (
        ("issuer", "untrusted", "out_of_date"),
        {
            ("smtpprobe lab issuing CA", 0, 3),
            ("(self-signed)", 2, 0),
            ("smtpprobe lab constrained CA", 1, 0),
        },
    ),
    "certificates-days-left": (
        ("days_left", "certificates"),
        {("ended", 2), ("0-6", 1), ("30-59", 13), ("90 or more", 2)},
    ),
    "certificates-wrong-name": (
        ("host",),
        {
            ("references.dane.test",),
            ("cn-only.certs.test",),
            ("ee-wrong-name.dane.test",),
            ("host.plain.test",),
        },
    ),
    "plain-only": (("host",), {("missing.faults.test",), ("no-starttls.dane.test",)}),
    "old-tls": (("host",), {("old.faults.test",)}),
    "dead-hosts": (("host", "no_other"), {("refused.faults.test", 1)}),
    "no-mail": (
        ("domain", "kind"),
        {
            ("null.dns.test", "null-mx"),
            ("conflict.dns.test", "null-mx-conflict"),
            ("nobody.dns.test", "nxdomain"),
            ("to-localhost.dns.test", "mx-invalid"),
            ("to-localhost.dns.test", "no-mail-host"),
            ("failing.dns.test", "not-answered"),
        },
    ),
    "unknown": (
        ("id", "example"),
        {
            ("conn.refused", "refused.faults.test"),
            ("conn.rejected", "says-554.faults.test"),
            ("dns.lookup-failed", "failing.dns.test"),
            ("not-checked", "not a name"),
        },
    ),
    "set-aside": (("part",), set()),
    "changed-domains": (("domain",), set()),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_query_of_the_results_finds_what_the_lab_has(name: str, results: Path) -> None:
    columns, wanted = ANSWERS[name]
    found = asked(results, name, *columns)
    assert (set(found), len(found)) == (wanted, len(wanted))


def test_the_counts_of_the_lab_add_up(results: Path, domains: list[str]) -> None:
    for name in ("senders", "adoption", "shared-hosts", "tls-versions", "certificates-by-hoster"):
        assert asked(results, name, *queries()[name].columns)
    assert {total for (total,) in asked(results, "senders", "domains")} == {len(domains)}
    not_known = dict(asked(results, "senders", "sender", "not_known"))
    assert not_known == dict.fromkeys(("opportunistic", "pkix", "dane", "mta_sts"), 4)
    assert asked(results, "shared-hosts", "host", "domains")[0] == ("mx.sts.test", 4)
    assert {(what, then) for what, then, now in asked(results, "changes", "what", "earlier", "now")
            if then != now} == set()  # fmt: skip


@pytest.mark.parametrize("name", ["dane-undeliverable", "unknown"])
def test_the_answers_in_the_how_to_are_those_of_the_lab(name: str, results: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "howto" / "survey.md").read_text(encoding="utf-8")
    table = page.partition(f"queries/{name}.sql")[2].partition("```text\n")[2].partition("```")[0]
    shown = [tuple(cell.strip() for cell in line.strip("│").split("│"))
             for line in table.splitlines() if line.startswith("│")]  # fmt: skip
    columns, _types, *answers = shown
    found = asked(results, name, *columns)
    told = [tuple(f"[{', '.join(each)}]" if isinstance(each, list) else str(each) for each in row)
            for row in found]  # fmt: skip
    assert answers == told


def test_the_page_of_the_lab_is_whole(results: Path, domains: list[str]) -> None:
    found = strictly((results / "report.html").read_text(encoding="utf-8")).text
    assert "COMPLETE Every entry of the list has a verdict." in found
    assert f"Survey of {len(domains)} domains" in found
