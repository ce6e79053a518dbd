from __future__ import annotations

import idna
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.policy.addresses import is_address
from smtpprobe.policy.certificate_names import a_labels, matches, name_matches


@pytest.mark.parametrize(
    ("reference", "pattern"),
    [
        ("mx.example.org", "mx.example.org"),
        ("MX.Example.ORG", "mx.example.org"),
        ("mx.example.org.", "mx.example.org"),
        ("mx.example.org", "*.example.org"),
        ("xn--bcher-kva.example.org", "*.example.org"),
        ("mx_1.example.org", "mx_1.example.org"),
        ("localhost", "localhost"),
    ],
)
def test_a_name_is_covered(reference: str, pattern: str) -> None:
    assert name_matches(reference, pattern)


@pytest.mark.parametrize(
    ("reference", "pattern"),
    [
        ("example.org", "*.example.org"),
        ("a.mx.example.org", "*.example.org"),
        ("mx.example.org", "m*.example.org"),
        ("mx.example.org", "*x.example.org"),
        ("mx.example.org", "mx.*.org"),
        ("mx.example.org", "*.*.org"),
        ("mx.example.org", "*"),
        ("example.org", "*.org"),
        ("mx.example.org", "mx.example.org."),
        ("mx.example.org", ""),
        ("", ""),
        ("mx..example.org", "mx..example.org"),
        ("-mx.example.org", "-mx.example.org"),
        ("mx.example.org", "mx.example.org\x00.evil.example"),
        ("*.example.org", "*.example.org\n"),
    ],
)
def test_a_name_is_not_covered(reference: str, pattern: str) -> None:
    assert not name_matches(reference, pattern)


def test_an_address_matches_addresses_in_any_spelling_and_never_names() -> None:
    assert matches("2001:db8::1", [], ["2001:0db8:0:0::1"])
    assert matches("192.0.2.1", [], ["192.0.2.1"])
    assert not matches("192.0.2.1", ["192.0.2.1", "*.0.2.1"], [])
    assert not matches("192.0.2.1", [], ["192.0.2.2", "nonsense"])


def test_a_name_never_matches_addresses() -> None:
    assert not matches("mx.example.org", [], ["192.0.2.1"])
    assert is_address("::1")
    assert not is_address("mx.example.org")


LETTERS = st.characters(categories=("Ll", "Lo", "Mn", "Nd"), max_codepoint=0x9FFF)


@given(st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=3))
def test_a_u_label_becomes_what_the_library_for_idna_makes_of_it(labels: list[str]) -> None:
    name = ".".join(labels)
    try:
        wanted = idna.encode(name).decode("ascii")
    except idna.IDNAError:
        return
    assert a_labels(name) == wanted


def test_case_width_and_other_dots_do_not_matter_to_a_u_label() -> None:
    assert a_labels("MX.B\u00dcCHER\u3002example") == "mx.xn--bcher-kva.example"
    assert a_labels("mx.\uff42u\u0308cher.example") == "mx.xn--bcher-kva.example"


@pytest.mark.parametrize("name", ["mx.example.org", "Mx.\u2603.example", "a\u202eb.example", "a b"])
def test_what_is_no_u_label_stays(name: str) -> None:
    assert a_labels(name).lower() == name.lower()


def test_a_name_is_covered_by_one_of_several_and_by_none_where_none_is_its_own() -> None:
    assert matches("mx.example.org", ["a.example.net", "*.example.org"], [])
    assert matches("mx.example.org", ["a.example.net"], []) is False
