"""The report in all its forms, on one domain: an MX that is right, one that is wrong, IPv6."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prometheus_client.parser import text_string_to_metric_families

from smtpprobe.explainer.report.reference import finding_lines
from smtpprobe.policy.dane import Record
from smtpprobe.policy.dns_answer import Lookup, LookupEnd, Status, answered
from smtpprobe.present.folding import folded
from smtpprobe.present.json_text import json_text
from smtpprobe.present.spans import Span, text_of
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import Shown, TrustPath
from smtpprobe.starttls.facts import (
    YES,
    Because,
    Connect,
    Deep,
    Facts,
    Said,
    StsFacts,
    TlsaFacts,
    Upgrade,
    unknown,
)
from smtpprobe.starttls.finding_table import FINDINGS, ROWS, WHO
from smtpprobe.starttls.judge.judge import Report
from smtpprobe.starttls.reports.html import html_page
from smtpprobe.starttls.reports.json_report import report_object
from smtpprobe.starttls.reports.junit import junit_text
from smtpprobe.starttls.reports.nagios import nagios_text
from smtpprobe.starttls.reports.prometheus import openmetrics_text, prometheus_text
from smtpprobe.starttls.reports.text import report_lines
from tests.certificates import DAY, HOST, NOW, Entity
from tests.html_pages import complaints
from tests.html_pages import strictly as strictly_html
from tests.starttls.judge.test_findings import CASES
from tests.starttls.stage import (
    MIDDLE,
    POLICY,
    address,
    certificates,
    facts,
    fetched,
    host,
    in_clear,
    judged,
    mx,
    own_key,
    reports,
    session,
    sts,
    tlsa,
    unreached,
    words,
)
from tests.strict_json import octets_again, rows_of_arrow, rows_of_duckdb, strictly, texts_in
from tests.textfile_collector import collected, openmetrics, samples_of

MX1, MX2 = "mx1.example.org", "mx2.example.org"
RIGHT = Entity("right", MIDDLE, names=(MX1, "a.example.org"), ends=NOW + 61 * DAY)
WRONG = Entity("wrong", names=(MX2,), ends=NOW + 212 * DAY)
STALE = own_key(Entity("stale"))
SCHEMA = json.loads(
    (Path(__file__).parents[3] / "docs" / "schemas" / "starttls-1.json").read_text()
)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def sample() -> Facts:
    """The domain of the design: mx1 right over both families, mx2 wrong in each."""
    good = session(RIGHT, MIDDLE)
    bad = session(WRONG, path=TrustPath(18, "self-signed certificate"), version="TLSv1.2")
    spare = own_key(Entity("next"))
    first = host(
        address(tls=good), address("2001:db8::1", good), name=MX1, tlsa=tlsa(own_key(RIGHT), spare)
    )
    second = host(
        address("192.0.2.2", bad),
        in_clear("2001:db8::2"),
        name=MX2,
        tlsa=tlsa(STALE),
        preference=20,
    )
    body = POLICY.replace(b"mx.example.org", b"mx1.example.org\nmx: *.backup.example.org")
    return facts(first, second, sts=sts(fetch=fetched(body)), tlsrpt=reports(), seconds=3.9)


@pytest.fixture
def report() -> Report:
    return judged(sample())


def test_the_report_shows_who_can_deliver_and_why_not(report: Report) -> None:
    text = words(report_lines(report, 140))
    rows = text.splitlines()
    assert rows[0] == (
        "example.org   MX secure (AD, 127.0.0.1)   2 hosts, 4 addresses, 4 connections, 3.9 s"
    )
    assert rows[2].split() == [
        "WHO",
        "CAN",
        "DELIVER",
        "mx1",
        "v4",
        "mx1",
        "v6",
        "mx2",
        "v4",
        "mx2",
        "v6",
    ]
    cells = [" ".join(row.split(")")[1].split()) for row in rows[3:7]]
    assert cells[0].startswith("TLS TLS TLS CLEAR [")
    assert [cell[:10] for cell in cells[1:]] == ["yes yes NO"] * 3
    assert rows[7].startswith("Result: FAIL  some mail is sent unencrypted, or not at all")
    assert "mx1 only" in rows[7]
    assert "[2001:db8::1]:25   same as 192.0.2.1" in text
    assert "No STARTTLS in EHLO (192.0.2.2 offers it)" in text
    assert "Verified  TLSv1.3  TLS_AES_256_GCM_SHA384  x25519" in text
    assert "Untrusted TLSv1.2" in text
    assert f"publish _25._tcp.{MX2.replace('mx2', 'mx')} TLSA {own_key(WRONG)}" in text
    assert "mx2.example.org NOT covered [" in text
    assert rows[-2].endswith("exit 1")
    assert rows[-1].startswith("next: smtpprobe explain ")


def test_every_number_in_the_matrix_is_that_of_a_finding_below(report: Report) -> None:
    text = words(report_lines(report, 140))
    matrix, _, below = text.partition("Result:")
    numbers = {part.partition("]")[0] for part in matrix.split("[")[1:]}
    assert numbers
    for number in numbers:
        assert f"\n[{number}] F " in below


def test_a_narrow_terminal_gets_a_line_for_each_address(report: Report) -> None:
    rows = words(report_lines(report, 70)).splitlines()
    told = [row for row in rows if row.startswith("  mx")]
    assert told[0] == "  mx1 v4  opportunistic TLS   PKIX yes   DANE yes   MTA-STS yes"
    assert told[3].startswith("  mx2 v6  opportunistic CLEAR [")


@given(st.lists(st.text("ab -", max_size=60), min_size=1, max_size=4), st.integers(40, 90))
def test_folding_loses_no_word_and_keeps_to_the_width(texts: list[str], width: int) -> None:
    line = tuple(Span("", text) for text in texts)
    pieces = [text_of(piece) for piece in folded([line], width)]
    assert "".join(pieces).replace(" ", "") == "".join(texts).replace(" ", "")
    longest = max((len(word) for word in "".join(texts).split()), default=0)
    assert all(len(piece.rstrip()) <= max(width, width // 3 + longest) for piece in pieces)


def test_a_long_line_goes_on_under_its_beginning(report: Report) -> None:
    rows = words(report_lines(report, 80)).splitlines()
    assert max(map(len, rows)) <= 120  # a digest is never broken
    cert = next(n for n, row in enumerate(rows) if row.startswith("    Cert"))
    assert rows[cert + 1].startswith(" " * 15)


TEXT = st.text(max_size=30) | st.binary(max_size=30).map(
    lambda octets: octets.decode("utf-8", "surrogateescape")
)


def hostile(text: str, octets: bytes) -> Facts:
    """Everything that comes from outside is this text: of servers, certificates and DNS."""
    said, lines = Said(454, text), ("STARTTLS", text)
    shown = certificates(RIGHT)[0]._replace(
        subject=text, issuer=text, common_name=text, issuer_name=text, names=(text,)
    )
    good = session(certificates=Shown((shown,), TrustPath(18, text)))
    failed = session(ok=False, reason=text, certificates=Shown())
    refused = Upgrade(YES, said, surplus=octets, injection=unknown(Because.ENDED, text))
    deep = Deep((("TLSv1.2", unknown(Because.ENDED, text)),), stopped=text)
    first = host(
        address(tls=good, greeting=said, before=lines, after=(text,), ended=text, deep=deep),
        in_clear("192.0.2.2", greeting=said, before=lines, starttls=refused, retried=text),
        address("192.0.2.3", failed, hello=said),
        unreached(Connect.FAILED, "2001:db8::1", text),
        caa=answered(HOST, "CAA", Status.SECURE, (text,)),
        tlsa=TlsaFacts(HOST, Lookup(HOST, "TLSA", LookupEnd.BOGUS, detail=text)),
    )
    lost = host(lookups=(Lookup(MX2, "A", LookupEnd.BROKEN, detail=text),), name=MX2, addresses=())
    return facts(
        *(first, lost),
        sts=sts(
            text, fetch=fetched(content_type=text, location=text, reason=text, http_status=301)
        ),
        tlsrpt=reports(f"v=TLSRPTv1; rua={text}"),
        notes=(text,),
    )


@settings(max_examples=60, deadline=None)
@given(TEXT, st.binary(max_size=30))
def test_no_text_breaks_a_form(text: str, octets: bytes) -> None:
    found = judged(hostile(text, octets))
    made = strictly(json_text(report_object(found)))
    VALIDATOR.validate(made)
    assert octets_again(made["hosts"][0]["addresses"][0]["ehlo"]["after"][0]) == (
        text.encode("utf-8", "surrogateescape")
    )
    plugin, metrics = nagios_text([found])[0], prometheus_text([found])
    assert plugin.count("|") == 1
    assert list(text_string_to_metric_families(metrics))
    assert openmetrics(openmetrics_text([found]))
    ET.fromstring(junit_text([found]))
    strictly_html(html_page([found]))
    for form in (words(report_lines(found, 100)), html_page([found]), plugin, metrics):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", form)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "".join(texts_in(made)))


def test_every_field_has_one_type(tmp_path: Path) -> None:
    """Lists are loaded into columns; Arrow refuses a field that is now this and now that."""
    made = [report_object(judged(case.make(), **case.options)) for case in CASES]
    made += [report_object(judged(sample())), report_object(judged(hostile("x", b"y")))]
    for one in made:
        for answer in one["dns"].values():  # type: ignore[attr-defined]
            del answer["rrset"]  # a number and a name in one list, as it always was
    file = tmp_path / "all.jsonl"
    file.write_text("".join(json_text(one) + "\n" for one in made))
    assert len(rows_of_arrow(file)) == len(rows_of_duckdb(file)) == len(made)


def test_mx_records_stand_in_fields_of_their_own(report: Report) -> None:
    answer = strictly(json_text(report_object(report)))["dns"]["mx"]
    assert answer["rrset"] == [[10, MX1], [10, MX2]]
    assert answer["records"] == [{"preference": 10, "host": MX1}, {"preference": 10, "host": MX2}]
    digits = report_object(judged(facts(lookups=(mx("10 123"),))))
    assert digits["dns"]["mx"]["rrset"] == [[10, "123"]]  # type: ignore[index]


def test_what_a_server_says_cannot_drive_the_terminal() -> None:
    hostile = "\x1b[2J\x1b]0;owned\x07<script>alert(1)</script>"
    reply = address().starttls._replace(reply=Said(454, hostile), surplus=hostile.encode())
    upset = in_clear(starttls=reply, before=("STARTTLS", hostile), greeting=Said(220, hostile))
    found = judged(facts(host(upset, address("192.0.2.2", ended=hostile))))
    for text in (
        words(report_lines(found, 100)),
        html_page([found]),
        nagios_text([found])[0],
        prometheus_text([found]),
        junit_text([found]),
    ):
        assert "\x1b" not in text
        assert "\x07" not in text
    assert "<script" not in html_page([found])
    ET.fromstring(junit_text([found]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.id} {case.note}".strip())
def test_every_report_can_be_shown_and_has_the_documented_form(case: object) -> None:
    found = judged(case.make(), **case.options)  # type: ignore[attr-defined]
    assert words(report_lines(found, 100))
    strictly_html(html_page([found]))
    VALIDATOR.validate(json.loads(json.dumps(report_object(found))))


def test_json_tells_the_same_as_the_report(report: Report) -> None:
    found = json.loads(json.dumps(report_object(report)))
    assert (found["result"], found["exit_code"], found["connections"]) == ("fail", 1, 4)
    assert found["senders"] == {
        "opportunistic": "degraded",
        "pkix": "partial",
        "dane": "partial",
        "mta_sts": "partial",
    }
    first, second = found["hosts"]
    assert first["addresses"][0]["would_deliver"] == {
        "opportunistic": "tls",
        "pkix": "yes",
        "dane": "yes",
        "mta_sts": "yes",
    }
    assert first["addresses"][0]["dane"]["verdict"] == "match"
    assert second["addresses"][0]["dane"]["verdict"] == "no-match"
    assert second["addresses"][0]["certificate"]["pkix"]["verify_code"] == 18
    assert second["addresses"][1]["starttls"]["advertised"] == "no"
    assert first["sts_mx_match"] == MX1
    assert second["sts_mx_match"] == ""
    assert found["mta_sts"]["fetch"]["cert_days_left"] in (39, 40)


def test_unknown_is_never_told_without_its_reason() -> None:
    for found in (facts(host(unreached(Connect.TIMEOUT))), sample()):
        unreasoned(json.loads(json.dumps(report_object(judged(found)))))


def unreasoned(value: object) -> None:
    """Fail for a field that is unknown and does not say why."""
    if isinstance(value, list):
        for each in value:
            unreasoned(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if each == "unknown" and name not in ("level", *SENDER_FIELDS):
                assert value[f"{name}_reason"], name
            unreasoned(each)


SENDER_FIELDS = ("opportunistic", "pkix", "dane", "mta_sts")
"""Those of an address have `would_deliver_reason`, those of the target sum them up."""


def test_a_plugin_says_the_worst_first_with_its_own_codes(report: Report) -> None:
    text, code = nagios_text([judged(facts()), report])
    first, *rest = text.splitlines()
    assert code == 2
    assert first.startswith("STARTTLS CRITICAL - example.org: ")
    assert "'example.org days'=" in first
    assert "14:;0:" in first
    assert any(line.startswith("F dane.no-match ") for line in rest)
    assert nagios_text([judged(facts())])[1] == 0
    assert nagios_text([judged(facts(), warn_days=91)])[1] == 1
    assert nagios_text([judged(facts(host(unreached(Connect.TIMEOUT))))])[1] == 3
    assert nagios_text([])[1] == 3


def test_the_name_of_a_target_breaks_no_performance_data() -> None:
    odd = facts(target=Target(TargetKind.HOST, "a|'b=\udcff\n"))
    (first, *_) = nagios_text([judged(odd)])[0].splitlines()
    assert first.partition(" | ")[2].startswith("'[a/b\\xff\\x0a]'=")
    assert first.count("|") == 1


def test_metrics_have_a_type_and_a_value_for_each_sender(report: Report) -> None:
    text = prometheus_text([report])
    assert "# TYPE smtpprobe_starttls_sender gauge" in text
    assert 'host="mx2.example.org",ip="2001:db8::2",sender="opportunistic"} 0' in text
    assert 'smtpprobe_starttls_result{target="example.org",result="fail"} 1' in text
    assert text.count("# TYPE") == text.count("# HELP") == 5


def test_openmetrics_has_the_same_samples_with_units_and_an_end(report: Report) -> None:
    text = openmetrics_text([report])
    families = {family.name: family for family in openmetrics(text)}
    assert samples_of(families.values()) == collected(prometheus_text([report]))
    assert families["smtpprobe_starttls_certificate_days"].unit == "days"
    assert families["smtpprobe_starttls_seconds"].unit == "seconds"
    assert openmetrics_text([]) == "# EOF\n"


def test_metrics_of_any_targets_can_lie_side_by_side(report: Report) -> None:
    again = judged(facts())
    numeric = Target(TargetKind.ADDRESS, "192.0.2.1", 587)
    other = judged(facts(host(name=numeric.name), target=numeric))
    nothing = judged(facts(target=Target(TargetKind.DOMAIN, "other.example")))
    files = [prometheus_text(each) for each in ([report], [other, nothing], [])]
    assert all("target" in dict(labels) for _, labels in collected(*files))
    twice = collected(prometheus_text([report, again]))  # the same domain
    one = ("smtpprobe_starttls_seconds", (("target", "example.org"),))
    assert twice[one] == round(again.facts.seconds, 3)


def test_an_address_that_is_its_own_host_is_named_once() -> None:
    ip = "192.0.2.1"
    target = Target(TargetKind.ADDRESS, ip)
    plain, secure = (facts(host(each, name=ip), target=target) for each in (in_clear(), address()))
    found = judged(plain)
    assert any(one.host == one.ip == ip for one in found.findings)
    for form in (nagios_text([found])[0], junit_text([found])):
        assert ip in form
        assert f"{ip} {ip}" not in form
    page = strictly_html(html_page([judged(secure)]))
    assert re.search(f"Certificates as sent {ip} [A-Z]", page.text)


def test_junit_has_a_failure_for_each_finding_that_fails(report: Report) -> None:
    suite = ET.fromstring(junit_text([report])).find("testsuite")
    assert suite is not None
    fails = [one for one in report.findings if one.level.value == "fail"]
    assert int(suite.get("failures", "0")) == len(fails) == len(suite.findall(".//failure"))
    empty = ET.fromstring(junit_text([judged(facts())])).find("testsuite")
    assert empty is not None
    assert empty.get("tests") == "1"


def test_the_page_says_the_result_then_for_whom_then_why_then_the_evidence(report: Report) -> None:
    page = strictly_html(html_page([report]))
    told = (
        *("example.org FAIL some mail is sent unencrypted", "Who can deliver", "TLS at 3 of 4"),
        *("Findings 4 fail", "EHLO lacks STARTTLS", "Affects every sender", "Address by address"),
        *("mx2 v6", "Certificates as sent", "trusted root", "Evidence", "base mx.example.org"),
    )
    places = [page.text.find(each) for each in told]
    assert places == sorted(places)
    assert places[0] > 0
    kinds = len({(one.id, one.message, one.fix) for one in report.findings})
    assert sum(each.startswith("f") for each in page.ids) == kinds
    assert html_page([report]) == html_page([report])


def test_a_page_of_several_targets_begins_with_their_results(report: Report) -> None:
    page = strictly_html(html_page([judged(facts()), report]))
    assert "2 targets 1 OK, 1 FAIL" in page.text
    assert [each for each in page.anchors if each.startswith("t")][:2] == ["t1", "t2"]
    assert "t2f1" in page.anchors
    strictly_html(html_page([]))


def test_an_unknown_is_never_part_of_what_all_do() -> None:
    found = judged(facts(host(address(), unreached(Connect.TIMEOUT, "192.0.2.2"))))
    assert "TLS at 1 of 2 unknown at 1 of 2" in strictly_html(html_page([found])).text


def test_pages_are_valid_for_tidy(report: Report, tmp_path: Path) -> None:
    several = [html_page([judged(case.make(), **case.options) for case in CASES])]
    pages = [html_page(each) for each in ([report], [report, report], [judged(hostile("<&", b""))])]
    assert complaints(tmp_path, several + pages) == ""


def test_every_finding_can_be_explained() -> None:
    for row in ROWS:
        text = words(finding_lines(row))
        assert row.id in text
        assert row.fix in text
        assert WHO[row.affects] in text
    assert len(FINDINGS) == len(ROWS)


def test_who_may_issue_certificates_is_shown() -> None:
    caa = answered("example.org", "CAA", Status.SECURE, ('0 issue "ca.example"',))
    found = judged(facts(host(caa=caa)))
    assert '    CAA        0 issue "ca.example"  (at example.org)' in words(
        report_lines(found, 100)
    )
    made = json.loads(json.dumps(report_object(found)))
    VALIDATOR.validate(made)
    assert made["hosts"][0]["caa"]["name"] == "example.org"


def test_a_matching_record_of_an_insecure_answer_is_named_so() -> None:
    unsigned = host(address(), tlsa=tlsa(own_key(), status=Status.INSECURE))
    found = json.loads(json.dumps(report_object(judged(facts(unsigned)))))
    assert found["hosts"][0]["addresses"][0]["dane"]["verdict"] == "insecure"


@pytest.mark.parametrize("of", [b"key", b"k" * 32, b"k" * 64, b"certificate" * 100])
def test_published_records_are_shown_whole(of: bytes) -> None:
    record = Record(3, 1, 1, of)
    several = [Record(3, 1, 2, bytes([n]) * 64) for n in range(12)]
    met = judged(facts(host(address(), tlsa=tlsa(record, *several))))
    bare = judged(facts(host(in_clear(), tlsa=tlsa(record, *several))))
    silent = judged(facts(host(unreached(Connect.REFUSED), tlsa=tlsa(record, *several))))
    for found in (met, bare, silent):
        for form in (words(report_lines(found, 100)), html_page([found])):
            for each in (record, *several):
                assert each.data.hex() in form
            assert "base mx.example.org, secure" in form


def test_a_failed_lookup_of_mta_sts_is_not_numbered_as_that_of_another_name() -> None:
    dead = [
        Lookup(name, kind, LookupEnd.SERVFAIL)
        for name, kind in (("example.org", "MX"), ("_mta-sts.example.org", "TXT"))
    ]
    found = judged(facts()._replace(lookups=(dead[0],), hosts=(), sts=StsFacts(dead[1])))
    text = words(report_lines(found, 140))
    numbers = re.findall(r"^MTA-STS +unknown \[(\d)\]$", text, re.MULTILINE)
    assert numbers == ["2"]
    assert re.search(r"^\[2\] U dns.lookup-failed +_mta-sts\.example\.org TXT", text, re.MULTILINE)
    assert json.loads(json_text(report_object(found)))["mta_sts"]["status_reason"] == dead[1].reason
