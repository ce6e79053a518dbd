"""MTA-STS records and policies (RFC 8461), as senders read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.mta_sts import (
    Mode,
    Policy,
    Txt,
    is_text_plain,
    mx_matches,
    policy_url,
    read_policy,
    read_txt,
)
from tests.policy.slips import SLIPS, slipped

POLICY = b"""version: STSv1
mode: enforce
mx: mx1.example.org
mx: *.backup.example.org
max_age: 604800
"""


def test_one_valid_record_gives_an_id() -> None:
    found = read_txt(["v=spf1 -all", "v=STSv1; id=20260101T0000;"])
    assert (found.count, found.policy_id, found.problem) == (1, "20260101T0000", "")


def test_unknown_fields_are_legal() -> None:
    assert read_txt(["v=STSv1; id=1; colour=red"]).policy_id == "1"


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ("v=STSv1;", "there is no id"),
        ("v=STSv1; id=2026-01-01", "the id '2026-01-01' is not 1 to 32 letters and digits"),
        (f"v=STSv1; id={'x' * 33}", "is not 1 to 32 letters and digits"),
        ("v=STSv1; id", "the field 'id' is not name=value"),
        ("v=STSv1; id=1; ;x=1", "the field '' is not name=value (column 16)"),
        ("v=STSv1; id:1", "(column 10): use '=' instead of ':'"),
        (
            "v=STSv1; id = 1",
            "the field 'id = 1' is not name=value (column 10): no space is allowed",
        ),
        ("v=STSv1; id= 1", "no space is allowed next to '='"),
        ("v=STSv1; id=1 x=2", "the id '1 x=2' is not 1 to 32 letters and digits"),
        ("v=STSv1; id=1; x=a b", "must not contain spaces"),
        ("v=STSv1; id=1; x=a =b", "must not contain spaces"),
        ("v=STSv1; id=1; x=a=b", "the field 'x=a=b' is not name=value (column 16)"),
        ("v=STSv1; ID=1", "there is no id=; 'ID' is different, as names are case-sensitive"),
        ('v=STSv1; id="1"', "the id '\"1\"' is not 1 to 32 letters and digits"),
        ("v=STSv1; id=1\xff", "the id '1\udcff' is not 1 to 32 letters and digits"),
    ],
)
def test_a_record_that_is_wrong_says_how(record: str, problem: str) -> None:
    found = read_txt([record])
    assert found.policy_id == ""
    assert problem in found.problem


def test_several_records_are_as_good_as_none() -> None:
    found = read_txt(["v=STSv1; id=1", "v=STSv1; id=2"])
    assert (found.count, found.policy_id) == (2, "")
    assert found.problem == "2 records: none of them counts"


OTHERS = (
    *("v=STSv12; id=1", "v=STSv2; id=1", "v=spf1 -all", "v=DMARC1; p=none", ""),
    *(
        "v=TLSRPTv1; rua=mailto:a@b.c",
        "v=STSv2",
        "mail hosts v1",
        "google-site-verification=STS1-hosts1",
        "MS=mSTS1234",
    ),
)


@pytest.mark.parametrize("record", OTHERS)
def test_other_versions_and_other_records_are_not_counted(record: str) -> None:
    assert read_txt([record]) == Txt(0)
    valid = read_txt([record, "v=STSv1; id=1"])
    assert (valid.count, valid.policy_id, valid.problem) == (1, "1", "")
    assert bool(valid.warning) is record.startswith("v=STSv1")


NEARLY = (
    ("v=stsv1; id=1", "column 3 has 's', not 'S'; upper and lower case count"),
    ("V=STSv1; id=1", "column 1 has 'V', not 'v'; upper and lower case count"),
    (" v=STSv1; id=1", "column 1 has a blank, not 'v'"),
    ("v = STSv1; id=1", "column 2 has a blank, not '='"),
    ("v=STS v1; id=1", "column 6 has a blank, not 'v'"),
    ("v=STSv1, id=1", "column 8 has ',', not ';'"),
    ("v=STSv1 id=1", "column 8 has a blank, not ';'"),
    ("v=STSv1id=1", "column 8 has 'i', not ';'"),
    ("v=STSv1", "column 8 has nothing, not ';'"),
    ("v=STSv1\\; id=1", "column 8 has a backslash, which is part of the text, not ';'"),
    ('"v=STSv1; id=1"', "column 1 has a quotation mark, which is part of the text, not 'v'"),
    ("\xef\xbb\xbfv=STSv1; id=1", "column 1 has a byte order mark, not 'v'"),
    ("\xe2\x80\x9cv=STSv1; id=1", "column 1 has '\u201c', not 'v'"),
    ("v=STSv1\xc2\xa0; id=1", "column 8 has '\xa0', not ';'"),
    ("v:STSv1; id=1", "column 2 has ':', not '='"),
    ("STSv1; id=1", "column 1 has 'S', not 'v'"),
    ("v=STS1; id=1", "column 6 has '1', not 'v'"),
    ("version=STSv1; id=1", "column 2 has 'e', not '='"),
    ("id=1; v=STSv1", "column 1 has 'i', not 'v'"),
    ("id=20260101", "column 1 has 'i', not 'v'"),
)


@pytest.mark.parametrize(("record", "where"), NEARLY)
def test_a_record_that_means_to_be_one_is_told_with_the_place_where_it_goes_wrong(
    record: str, where: str
) -> None:
    found = read_txt(["v=spf1 -all", record])
    assert (found.count, found.policy_id) == (0, "")
    assert found.problem == f"it must begin with 'v=STSv1;', but {where}"
    assert found.record == record.encode("latin-1").decode("utf-8")


def test_beside_a_valid_record_one_that_only_means_to_be_one_does_not_count() -> None:
    found = read_txt(["v=stsv1; id=2", "v=STSv1; id=1"])
    assert (found.count, found.policy_id, found.problem) == (1, "1", "")
    assert found.warning == "there is also 'v=stsv1; id=2': it does not count"


@pytest.mark.parametrize("other", ["v=STSv12; id=2", "v=STSv1, id=2", "v=STSv1 id=2"])
def test_what_begins_like_a_record_hides_the_valid_one_from_some_senders(other: str) -> None:
    found = read_txt([other, "v=STSv1; id=1"])
    assert (found.count, found.policy_id, found.problem) == (1, "1", "")
    assert (
        found.warning
        == f"there is also '{other}': some senders count it as well and then ignore both"
    )


VALID = "v=STSv1; id=20260101"


@given(st.integers(0, len("v=STSv1;") - 1), st.sampled_from(SLIPS))
def test_a_slip_in_the_beginning_of_a_record_never_makes_it_absent(at: int, slip: str) -> None:
    changed = slipped(VALID, at, slip)
    found = read_txt([changed])
    assert found.policy_id or found.problem
    assert found.record == changed


def test_of_a_field_that_stands_twice_the_first_counts() -> None:
    found = read_txt(["v=STSv1; id=1; id=2"])
    assert (found.policy_id, found.problem) == ("1", "")
    assert found.warning == "id= is set twice: the first one counts, but some senders use the last"


def test_a_blank_before_the_first_semicolon_is_doubtful() -> None:
    found = read_txt(["v=STSv1 ; id=1"])
    assert found.policy_id == "1"
    assert "6285" in found.warning


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_policy_is_read_with_both_line_ends(ending: bytes) -> None:
    policy = read_policy(POLICY.replace(b"\n", ending)).policy
    assert policy is not None
    assert (policy.mode, policy.max_age) == (Mode.ENFORCE, 604800)
    assert policy.mx == ("mx1.example.org", "*.backup.example.org")


def test_the_last_line_need_not_end_and_unknown_keys_are_passed_over() -> None:
    body = b"version: STSv1\nmode: none\nfuture: yes\nmode: enforce\nmax_age: 0"
    policy = read_policy(body).policy
    assert policy is not None
    assert (policy.mode, policy.max_age, policy.mx) == (Mode.NONE, 0, ())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ((b"STSv1", b"STSv2"), "version: 'STSv2' is not STSv1"),
        ((b"version: STSv1\n", b""), "there is no version line"),
        ((b"enforce", b"strict"), "mode: 'strict' is not enforce, testing or none"),
        ((b"604800", b"a week"), "max_age: 'a week' is not 1 to 10 digits"),
        ((b"604800", b"99999999999"), "is not 1 to 10 digits"),
        ((b"mx1.example.org", b".example.org"), "mx: '.example.org' is neither"),
        ((b"mx1.example.org", b"mx1.example.org, mx2.example.org"), "is neither"),
        ((b"mx1.example.org", b"m*.example.org"), "is neither"),
        ((b"mx1.example.org", "mx.☃.example.org".encode()), "is neither"),
        ((b"mx1.example.org", "mx.a\u202eb.example.org".encode()), "is neither"),
        ((b"mx1.example.org", b"\xff"), "it is not valid UTF-8 (octet 34)"),
        ((b"version", b"\xef\xbb\xbfversion"), "it begins with a byte order mark"),
        ((b"\n", b"\r"), "its lines end with a bare CR"),
        ((b"max_age", b"max-age"), "there is no max_age line (max_age: 1 to 10 digits); 'max-age'"),
        ((b"mode", b"Mode"), "; 'Mode' is a different key"),
        (
            (b"mx:", b"MX:"),
            "there is no mx line (mx: a host name or *.name); 'MX' is a different key",
        ),
        ((b"mode: ", b" mode: "), "line 2 is not `key: value`: 'mode: enforce'"),
        ((b"enforce", b"Enforce"), "mode: 'Enforce' is not enforce, testing or none"),
        ((b"mode: enforce", b"<html>"), "line 2 is not `key: value`: '<html>'"),
        ((b"mx: mx1.example.org\nmx: *.backup.example.org\n", b""), "there is no mx line"),
    ],
)
def test_a_policy_that_is_wrong_says_how(change: tuple[bytes, bytes], problem: str) -> None:
    found = read_policy(POLICY.replace(*change))
    assert found.policy is None
    assert problem in found.problem


@pytest.mark.parametrize(
    ("change", "remark"),
    [
        ((b"version:", b"version :"), "line 1: space before the colon: some senders skip the line"),
        ((b"mx: *", b"mx\t: *"), "line 4: space before the colon: some senders skip the line"),
        (
            (b"mode: enforce\n", b"mode: enforce\nmode: none\n"),
            "line 3: mode is already set in line 2",
        ),
        ((b"max_age", b"max_age: 86400\nmax_age"), "line 6: max_age is already set in line 5"),
        ((b"mode", b"future:\nmode"), "line 2: future has no value: some senders drop the policy"),
        ((b"mode", b"note: caf\xc3\xa9\nmode"), "line 2: note is not ASCII: some senders drop the"),
        ((b"mode", b"MODE: testing\nmode"), "line 2: 'MODE' is not a policy key and is ignored"),
        ((b"mx1.example.org", b"mx1.example.org."), "mx: 'mx1.example.org.' ends with a dot"),
        (
            (b"mx1.example.org", b"192.0.2.1"),
            "mx: '192.0.2.1' is an IP address, which never matches",
        ),
        ((b"604800", b"31557601"), "max_age 31557601 is over 31557600, a year: some senders use"),
        ((b"604800", b"9999999999"), "max_age 9999999999 is over 31557600, a year: some senders"),
        (
            (b"mx1.example.org", "mx.exämple.org".encode()),
            "mx: 'mx.exämple.org' must be written mx.xn--exmple-cua.org: many senders compare it",
        ),
    ],
)
def test_what_senders_read_in_different_ways_is_remarked(
    change: tuple[bytes, bytes], remark: str
) -> None:
    found = read_policy(POLICY.replace(*change))
    assert found.policy is not None
    assert [one[: len(remark)] for one in found.remarks] == [remark]


def test_of_a_duplicate_field_the_first_counts() -> None:
    found = read_policy(POLICY.replace(b"mode: enforce\n", b"mode: testing\nmode: enforce\n"))
    assert found.policy is not None
    assert found.policy.mode is Mode.TESTING


def test_in_a_usual_policy_nothing_is_remarked() -> None:
    body = POLICY + b"\r\nfuture_key: a value: with  colons\r\n\r\n"
    assert read_policy(body).remarks == ()


def test_remarks_on_a_policy_and_doubts_about_a_record_are_bounded() -> None:
    found = read_policy(POLICY + b"x:\n" * 20000)
    assert found.policy is not None
    assert len(found.remarks) == 11
    assert found.remarks[-1] == "and 39989 more remarks"
    assert len(read_policy(b"x : 1\n" * 10000 + b"!").remarks) == 11
    names = ";".join(f"a{n % 9000}=1" for n in range(18000))
    assert len(read_txt([f"v=STSv1;id=1;{names}"]).warning) < 300


def test_what_was_odd_before_a_policy_goes_wrong_is_told_too() -> None:
    found = read_policy(b"version : STSv1\nmode : strict\n")
    assert found.policy is None
    assert len(found.remarks) == 2


@pytest.mark.parametrize(
    ("host", "pattern", "covered"),
    [
        ("mx.xn--exmple-cua.org", "mx.exämple.org", True),
        ("mx.xn--exmple-cua.org", "*.EXÄMPLE.org.", True),
        ("xn--strae-oqa.example", "straße.example", True),
        ("mx1.example.org", "mx1.example.org.", True),
        ("mx1.example.org", "mx1.example.org", True),
        ("MX1.Example.ORG.", "mx1.example.org", True),
        ("a.example.org", "*.example.org", True),
        ("a.b.example.org", "*.example.org", False),
        ("example.org", "*.example.org", False),
        ("mx.test", "*.test", True),
        ("mx1.example.net", "mx1.example.org", False),
        ("_mx.example.org", "*.example.org", True),
    ],
)
def test_a_star_stands_for_exactly_one_label(host: str, pattern: str, covered: bool) -> None:
    assert mx_matches(host, pattern) is covered


@given(st.binary(max_size=300))
def test_reading_never_fails(body: bytes) -> None:
    found = read_policy(body)
    assert (found.policy is None) == bool(found.problem)
    read_txt([body.decode("latin-1"), "v=STSv1;" + body.decode("latin-1")])


def test_the_media_type_may_have_parameters() -> None:
    assert is_text_plain("Text/Plain; charset=utf-8")
    assert not is_text_plain("text/html")
    assert not is_text_plain(None)
    assert policy_url("example.org") == "https://mta-sts.example.org/.well-known/mta-sts.txt"


@pytest.mark.parametrize("label", ["a", "de", "io", "xn", "a-b", "1", "a" * 62, "a" * 63])
@pytest.mark.parametrize("pattern", ["mx.example.{}", "*.{}", "{}.example.org", "*.{}.example"])
def test_a_label_of_any_legal_length_is_a_name_at_every_place(label: str, pattern: str) -> None:
    named = pattern.format(label)
    read = read_policy(f"version: STSv1\nmode: enforce\nmax_age: 1\nmx: {named}\n".encode())
    assert read.policy is not None, read.problem
    assert read.policy.mx == (named,)


@pytest.mark.parametrize("label", ["", "-", "-a", "a-", "a" * 64, "a_b", "*"])
@pytest.mark.parametrize("pattern", ["mx.example.{}.org", "*.{}.org", "{}.example.org"])
def test_what_can_be_no_label_makes_no_pattern_but_for_the_first_star(
    label: str, pattern: str
) -> None:
    named = pattern.format(label)
    read = read_policy(f"version: STSv1\nmode: enforce\nmax_age: 1\nmx: {named}\n".encode())
    assert (read.policy is None) is not named.startswith("*.example"), named


def test_blank_lines_are_passed_over_and_what_follows_them_counts() -> None:
    read = read_policy(POLICY.replace(b"\n", b"\n \t\n\r\n"))
    assert read.policy == read_policy(POLICY).policy
    assert (read.problem, read.remarks) == ("", ())


def test_a_last_remark_too_many_is_counted_and_none_is_made_up() -> None:
    body = POLICY + b"".join(b"x%d:\n" % number for number in range(10))
    assert len(read_policy(body).remarks) == 10
    assert read_policy(body + b"x10:\n").remarks[-1] == "and 1 more remark"


@pytest.mark.parametrize(
    ("modes", "some"),
    [
        (("enforce",), False),
        (("enforce", "testing"), False),
        (("testing",), False),
        (("testing", "none"), False),
        (("testing", "enforce"), True),
        (("none", "testing", "enforce"), True),
    ],
)
def test_a_mode_behind_the_first_enforces_for_some_senders(
    modes: tuple[str, ...], some: bool
) -> None:
    lines = "".join(f"mode: {one}\n" for one in modes).encode()
    policy = read_policy(POLICY.replace(b"mode: enforce\n", lines)).policy
    assert policy is not None
    assert (policy.mode.value, policy.enforced_by_some) == (modes[0], some)


@pytest.mark.parametrize(
    ("mx", "pattern", "for_some"),
    [
        (("mx.example.org",), "mx.example.org", False),
        (("mx.example.org.",), "mx.example.org.", True),
        (("mx.example.org.", "*.example.org"), "mx.example.org.", False),
        (("other.example.", "mx.example.org"), "mx.example.org", False),
        (("other.example.",), "", False),
    ],
)
def test_a_pattern_with_a_final_dot_covers_only_for_some_unless_another_covers_too(
    mx: tuple[str, ...], pattern: str, for_some: bool
) -> None:
    policy = Policy(Mode.ENFORCE, 604800, mx)
    assert policy.covers("mx.example.org") == pattern
    assert policy.covers_for_some("mx.example.org") is for_some


def test_a_record_without_an_id_has_no_near_one_made_up() -> None:
    assert read_txt(["v=STSv1; colour=red"]).problem == "there is no id="


def test_a_star_stands_for_a_label_that_is_there() -> None:
    assert not mx_matches(".test", "*.test")
    assert not mx_matches("mx", "*.")


def test_a_body_of_one_line_is_not_blamed_for_a_carriage_return_that_it_does_not_have() -> None:
    assert read_policy(b"not found").problem == "line 1 is not `key: value`: 'not found'"
    assert "bare CR" in read_policy(b"version: STSv1\rmode: none").problem
