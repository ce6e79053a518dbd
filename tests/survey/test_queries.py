"""The queries beside the results: what each says of a survey whose answers are known."""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from smtpprobe.survey.queries import queries, write_queries
from tests.survey.made import (
    DAY,
    NO_TLS,
    Row,
    address,
    domain,
    finding,
    host,
    ip_of,
    spot,
    write,
)

NO_CERTIFICATE: Row = dict.fromkeys(("trusted", "name_matches", "days_left"))


def answer(folder: Path, name: str) -> list[Row]:
    """Run a file of the results from their folder, as DuckDB's shell does."""
    with contextlib.chdir(folder), duckdb.connect() as base:
        found = base.execute(Path("queries", f"{name}.sql").read_text(encoding="utf-8"))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def column(rows: list[Row], name: str) -> list[Any]:
    return [row[name] for row in rows]


def told(row: Row, *left_out: str) -> Row:
    """Return what is not nothing in a row."""
    return {name: value for name, value in row.items() if value and name not in left_out}


DOMAINS = (
    domain("good.nl", host("mx.good.nl")),
    *(domain(f"{name}.co.uk", host("mx.shared.co.uk", spot(
        "mx.shared.co.uk", name_matches="no", days_left=10)), pkix="none", result="fail",
        findings=[finding("cert.name", "warn", "mx.shared.co.uk")]) for name in "ab"),
    domain("dane.nl", host("mx.dane.nl", spot("mx.dane.nl", dane="match"), tlsa=["3 1 1 aa"]),
           dane="all"),
    domain("miss.nl", host("mx.miss.nl", spot("mx.miss.nl", dane="no-match", senders={
        "opportunistic": "tls", "pkix": "yes", "dane": "no", "mta_sts": "not-applicable"}),
        tlsa=["3 1 1 bb"]), dane="none", result="fail",
        findings=[finding("dane.no-match", "fail", "mx.miss.nl", ["dane"])]),
    domain("unsigned.nl", host("mx.unsigned.nl", spot("mx.unsigned.nl", dane="insecure"),
                               tlsa=["3 1 1 cc"], tlsa_status="insecure"),
           mx={"status": "insecure", "null_mx": False}),
    domain("sts.nl", host("mx.sts.nl"), host("mx.good.nl"), sts="partial", result="fail",
           mta_sts={"status": "valid", "mode": "enforce"},
           tlsrpt={"status": "valid", "rua": []},
           findings=[finding("sts.mx-uncovered", "fail", "mx.sts.nl", ["mta_sts"])]),
    domain("badsts.nl", host("mx.good.nl"), result="fail",
           mta_sts={"status": "invalid", "problem": "no mode"},
           findings=[finding("sts.policy-syntax", "fail", affects=["mta_sts"])]),
    domain("null.nl", result="nothing", opportunistic="none", pkix="none",
           mx={"status": "secure", "null_mx": True}, findings=[finding("dns.null-mx", "note")]),
    domain("nx.nl", result="fail", opportunistic="none", pkix="none",
           findings=[finding("dns.nxdomain", "fail")]),
    domain("plain.nl", host("mx.plain.nl", spot("mx.plain.nl", encrypted="no", **NO_CERTIFICATE)),
           opportunistic="clear", pkix="none", result="fail",
           findings=[finding("starttls.missing", "fail", "mx.plain.nl")]),
    domain("old.nl", host("mx.old.nl")),
    domain("dead.nl", host("mx.dead.nl", spot("mx.dead.nl", encrypted="unknown",
           **NO_CERTIFICATE)), opportunistic="unknown", pkix="unknown", result="inconclusive",
           findings=[finding("conn.timeout", "unknown", "mx.dead.nl")]),
    domain("expired.nl", host("mx.expired.nl", spot("mx.expired.nl", trusted="no",
                                                    days_left=-3)), pkix="none"),
    {"target": "not a name", "error": "not a name is not a domain", "result": "inconclusive"},
)  # fmt: skip

ADDRESSES = (
    *(address(name) for name in ("mx.good.nl", "mx.dane.nl", "mx.miss.nl", "mx.unsigned.nl")),
    address("mx.sts.nl", issuer=None),
    address("mx.shared.co.uk", not_after=DAY + timedelta(days=10, hours=2), names=["other.uk"]),
    address("mx.plain.nl", **NO_TLS, starttls="no"),
    address("mx.old.nl", tls_version="TLSv1"),
    address("mx.dead.nl", **NO_TLS, again=True, starttls="unknown", connect="no answer"),
    address("mx.expired.nl", not_after=DAY - timedelta(days=2, hours=1), issuer="Another CA"),
)

ASIDE = (
    {"event": "aside", "job": "resolve/0000007", "reason": "ValueError: <b>"},
    {"event": "aside", "job": "domains/0000008", "reason": "begun 3 times and never finished"},
    {"event": "retry", "job": "domains/0000008"},
    {"event": "done"},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write(tmp_path_factory.mktemp("known") / "it's", DOMAINS, ADDRESSES, ASIDE)
    write_queries(made)
    return made


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = write(tmp_path_factory.mktemp("empty"), (), ())
    write_queries(made)
    return made


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey all of whose facts that may be null are."""
    nothing = {"target": "a.nl", "hosts": [{"addresses": [{}]}, {}], "findings": [{}]}
    made = write(tmp_path_factory.mktemp("bare"), (nothing, {}), ({"round": 1}, {}))
    write_queries(made)
    return made


@pytest.mark.parametrize("name", queries())
def test_a_query_says_what_it_answers(name: str, folder: Path, empty: Path, bare: Path) -> None:
    query = queries()[name]
    assert query.question.endswith("?")
    for each in (folder, empty, bare):
        for row in answer(each, name):
            assert list(row) == list(query.columns)
    assert answer(folder, name) or name == "changed-domains"
    assert all(query.columns.values())


def test_there_are_twenty_questions_at_least() -> None:
    assert len(queries()) >= 20
    assert len({query.question for query in queries().values()}) == len(queries())


def test_what_is_not_known_is_counted_as_nothing_else(folder: Path, bare: Path) -> None:
    for row in (*answer(folder, "senders"), *answer(bare, "senders")):
        counts = [value for name, value in row.items() if name not in ("sender", "domains")]
        assert sum(counts) == row["domains"]
    assert column(answer(bare, "senders"), "not_known") == [2, 2, 2, 2]
    [row] = answer(bare, "adoption")[:1]
    groups = ("dnssec", "dane", "sts", "reports")
    assert [row[f"{group}_not_known"] for group in groups] == [row["domains"]] * 4
    assert column(answer(bare, "tls-versions"), "version") == ["not known"]


def test_delivery_by_kind_of_sender(folder: Path) -> None:
    found = {row["sender"]: told(row, "sender") for row in answer(folder, "senders")}
    apart = {"domains": 15, "no_mail_host": 1, "accepts_no_mail": 1}
    assert found == {
        "opportunistic": apart | {"delivers": 10, "in_clear": 1, "not_known": 2},
        "pkix": apart | {"delivers": 7, "refuses": 4, "not_known": 2},
        "dane": apart | {"delivers": 1, "refuses": 1, "nothing_published": 10, "not_known": 1},
        "mta_sts": apart | {"partly": 1, "nothing_published": 11, "not_known": 1},
    }


def test_what_is_not_known_and_why(folder: Path) -> None:
    assert [tuple(row.values()) for row in answer(folder, "unknown")] == [
        ("conn.timeout", 1, "dead.nl", "about conn.timeout"),
        ("not-checked", 1, "not a name", "not a name is not a domain"),
    ]


def test_what_was_set_aside_and_not_taken_up_again(folder: Path) -> None:
    assert [tuple(row.values()) for row in answer(folder, "set-aside")] == [
        ("resolve", "0000007", "2026-11-30T12:00:00Z", "ValueError: <b>")
    ]


def test_dane(folder: Path) -> None:
    assert answer(folder, "dane-undeliverable") == [
        {"domain": "miss.nl", "dane": "none", "opportunistic": "tls", "hosts": ["mx.miss.nl"],
         "findings": ["dane.no-match"]}
    ]  # fmt: skip
    assert answer(folder, "tlsa-mismatch") == [
        {"host": "mx.miss.nl", "port": 25, "ips": [ip_of("mx.miss.nl")], "domains": 1,
         "example": "miss.nl", "tlsa": ["3 1 1 bb"]}
    ]  # fmt: skip
    assert answer(folder, "tlsa-unsigned") == [
        {"host": "mx.unsigned.nl", "port": 25, "tlsa_status": "insecure", "domains": 1,
         "mx_unsigned": 1, "mx_not_known": 0, "example": "unsigned.nl"}
    ]  # fmt: skip


def test_mta_sts(folder: Path) -> None:
    assert answer(folder, "sts-enforce-uncovered") == [
        {"domain": "sts.nl", "hosts": ["mx.sts.nl"], "all_hosts": 2, "mta_sts": "partial"}
    ]
    assert answer(folder, "sts-broken") == [
        {"domain": "badsts.nl", "problem": "no mode", "findings": ["sts.policy-syntax"]}
    ]


def test_adoption_by_top_level_domain(folder: Path) -> None:
    found = {row["tld"]: told(row, "tld") for row in answer(folder, "adoption")}
    assert found == {
        "nl": {
            "domains": 10, "dnssec": 9, "dnssec_none": 1, "dane": 1, "dane_broken": 1,
            "dane_none": 8, "sts_enforce": 1, "sts_broken": 1, "sts_none": 8, "reports": 1,
            "reports_none": 9,
        },
        "uk": {"domains": 2, "dnssec": 2, "dane_none": 2, "sts_none": 2, "reports_none": 2},
        "(not a name)": {
            "domains": 1, "dnssec_not_known": 1, "dane_not_known": 1, "sts_not_known": 1,
            "reports_not_known": 1,
        },
    }  # fmt: skip


def test_what_stops_all_mail_is_no_fault_of_dane(tmp_path: Path) -> None:
    """Nor does a domain publish nothing of whose DNS there is no valid answer."""
    conflict = domain("conflict.nl", host("mx.good.nl"), dane="none", opportunistic="none")
    bogus = domain("bogus.nl", opportunistic="none", pkix="none", result="fail",
                   mx={"status": "bogus"})  # fmt: skip
    broken = domain("broken.nl", host("mx.good.nl", tlsa_status="bogus"), dane="none")
    made = write(tmp_path / "r", (conflict, bogus, broken), ())
    write_queries(made)
    [row] = answer(made, "adoption")
    counts = {name: value for name, value in row.items() if name.startswith("dane")}
    assert counts == {"dane": 0, "dane_broken": 1, "dane_none": 1, "dane_not_known": 1}
    [dane] = [row for row in answer(made, "senders") if row["sender"] == "dane"]
    assert (dane["refuses"], dane["nothing_published"], dane["not_known"]) == (2, 0, 1)


def test_certificates_that_end(folder: Path) -> None:
    [row] = answer(folder, "certificates-ending")
    assert (row["host"], row["days_left"], row["domains"], row["example"]) == (
        "mx.shared.co.uk", 10, 2, "a.co.uk",
    )  # fmt: skip
    found = {
        row["days_left"]: row["certificates"] for row in answer(folder, "certificates-days-left")
    }
    assert found == {"ended": 1, "7-13": 1, "60-89": 6}


def test_certificates_in_trouble(folder: Path) -> None:
    found = {row["issuer"]: told(row, "issuer") for row in answer(folder, "certificates-by-issuer")}
    assert found == {
        "Another CA": {"certificates": 1, "out_of_date": 1, "domains": 1},
        "A public CA": {"certificates": 6, "well": 5, "wrong_name": 1, "domains": 2},
        None: {"certificates": 1, "well": 1},
    }
    found = {row["hoster"]: told(row, "hoster") for row in answer(folder, "certificates-by-hoster")}
    assert found["shared.co.uk"] == {"hosts": 1, "broken": 1, "domains": 2}
    assert found["plain.nl"] == {"hosts": 1, "no_tls": 1}
    assert found["dead.nl"] == {"hosts": 1, "not_known": 1}
    assert found["good.nl"] == {"hosts": 1, "well": 1}
    [row] = answer(folder, "certificates-wrong-name")
    assert (row["host"], row["names"], row["domains"]) == ("mx.shared.co.uk", ["other.uk"], 2)


def test_hosts_without_tls_with_old_tls_and_without_an_answer(folder: Path) -> None:
    [plain] = answer(folder, "plain-only")
    assert (plain["host"], plain["plain"], plain["domains"]) == ("mx.plain.nl", 1, 1)
    [old] = answer(folder, "old-tls")
    assert (old["host"], old["version"], old["domains"]) == ("mx.old.nl", "TLSv1", 1)
    [dead] = answer(folder, "dead-hosts")
    assert (dead["host"], dead["why"], dead["no_other"]) == ("mx.dead.nl", ["no answer"], 1)
    found = {row["version"]: (row["addresses"], row["domains"])
             for row in answer(folder, "tls-versions")}  # fmt: skip
    assert found == {"TLSv1.3": (7, 9), "TLSv1": (1, 1), "no connection": (1, 1),
                     "no STARTTLS": (1, 1)}  # fmt: skip


def test_an_address_that_was_asked_again_counts_as_in_the_second_round(tmp_path: Path) -> None:
    late = address("mx.late.nl", **NO_TLS, again=True, starttls="unknown", place=0)
    again = address("mx.late.nl", round=2, place=0)
    made = write(tmp_path / "r", [domain("late.nl", host("mx.late.nl"))], [late, again])
    write_queries(made)
    assert [tuple(row.values()) for row in answer(made, "tls-versions")] == [("TLSv1.3", 1, 1)]
    assert answer(made, "dead-hosts") == []


def test_domains_without_mail(folder: Path) -> None:
    found = [(row["domain"], row["kind"], row["result"]) for row in answer(folder, "no-mail")]
    assert found == [("null.nl", "null-mx", "nothing"), ("nx.nl", "nxdomain", "fail")]


def test_hosts_that_many_share(folder: Path) -> None:
    first, second, *_ = answer(folder, "shared-hosts")
    assert (first["host"], first["domains"], first["only_host"]) == ("mx.good.nl", 3, 2)
    assert first["share"] == 0.25
    assert told(second, "port", "share") == {
        "host": "mx.shared.co.uk", "domains": 2, "only_host": 2, "addresses": 1, "tls": 1,
        "certificate_broken": 1, "dane": "none", "failing": 2,
    }  # fmt: skip


def test_changes_against_an_earlier_survey(tmp_path: Path) -> None:
    unlike = {"good.nl": {"result": "fail"}, "old.nl": {"result": "inconclusive"}}
    earlier = [row | unlike.get(str(row["target"]), {}) for row in DOMAINS[:-1]]
    then = write(tmp_path / "then's", [*earlier, domain("gone.nl")], ADDRESSES)
    now = write(tmp_path / "now", DOMAINS, ADDRESSES)
    write_queries(now, then)
    found = [
        (row["earlier"], row["now"], row["domains"])
        for row in answer(now, "changes")
        if row["what"] == "result" and row["earlier"] != row["now"]
    ]
    assert found == [
        ("fail", "ok", 1),
        ("inconclusive", "ok", 1),
        ("not listed", "inconclusive", 1),
        ("ok", "not listed", 1),
    ]
    assert [
        (row["domain"], row["earlier"], row["now"]) for row in answer(now, "changed-domains")
    ] == [
        ("not a name", None, "inconclusive"),
        ("good.nl", "fail", "ok"),
        ("old.nl", "inconclusive", "ok"),
        ("gone.nl", "ok", None),
    ]


def test_every_query_is_in_the_pages() -> None:
    page = (Path(__file__).parents[2] / "docs" / "survey.md").read_text(encoding="utf-8")
    assert set(re.findall(r"\| `([a-z-]+)\.sql` \|", page)) == set(queries())
