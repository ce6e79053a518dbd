"""By which names a certificate is looked at."""

from __future__ import annotations

import pytest

from smtpprobe.protocol.tls_facts import CertificateFacts


@pytest.mark.parametrize(
    ("names", "common_names", "common_name", "presented"),
    [
        (("a.example",), ("b.example",), "b.example", ("a.example",)),
        ((), ("b.example", "c.example"), "c.example", ("b.example", "c.example")),
        ((), (), "c.example", ("c.example",)),
        ((), (), "", ()),
    ],
)
def test_common_names_count_for_want_of_dns_names(
    names: tuple[str, ...],
    common_names: tuple[str, ...],
    common_name: str,
    presented: tuple[str, ...],
) -> None:
    found = CertificateFacts(
        b"", "", names=names, common_names=common_names, common_name=common_name
    )
    assert found.presented == presented
