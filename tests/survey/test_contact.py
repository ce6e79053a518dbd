"""Whoever finds a survey in a log can reach those who run it."""

from __future__ import annotations

import pytest

from smtpprobe.errors import UsageError
from smtpprobe.survey.contact import check_contact


@pytest.mark.parametrize(
    ("contact", "client"),
    [
        ("abuse@example.org", "scan.example.org"),
        ("abuse@scan.example.org", "scan.example.org"),
        ("https://www.example.org/scan", "scan.example.org"),
        ("https://scan.example.org/", "scan.example.org"),
        ("abuse@example.org", "example.org"),
    ],
)
def test_a_contact_at_the_domain_of_the_ehlo_name_is_found(contact: str, client: str) -> None:
    assert check_contact(contact, client) == contact


@pytest.mark.parametrize(
    ("contact", "client", "why"),
    [
        (None, "scan.example.org", "needs --contact"),
        ("", "scan.example.org", "needs --contact"),
        ("abuse@example.org", "localhost", "fully qualified"),
        ("abuse@example.org", "[192.0.2.1]", "fully qualified"),
        ("abuse", "scan.example.org", "not a mail address"),
        ("ftp://example.org/", "scan.example.org", "not a mail address"),
        ("@example.org", "scan.example.org", "not a mail address"),
        ("abuse@example.net", "scan.example.org", "not at the domain"),
        ("abuse@notexample.org", "scan.example.org", "not at the domain"),
        ("abuse@other.org", "example.org", "not at the domain"),
    ],
)
def test_without_one_that_is_found_nothing_begins(
    contact: str | None, client: str, why: str
) -> None:
    with pytest.raises(UsageError, match=why):
        check_contact(contact, client)
