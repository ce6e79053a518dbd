"""What is wrong with a local part."""

from __future__ import annotations

import pytest

from smtpprobe.why.local_part import objection


@pytest.mark.parametrize(
    "local", ["anna", "a.b+c", "O'Hara", "jürgen", '"a b"', '"a\\"b@c"', "a" * 64, "!#$%&'*+-/=?"]
)
def test_what_may_stand_before_the_at_sign_is_let_pass(local: str) -> None:
    assert objection(local) == ""


@pytest.mark.parametrize(
    ("local", "says"),
    [
        ("a..b", "a dot at an end"),
        (".a", "a dot at an end"),
        ("a.", "a dot at an end"),
        ("mailto:a", "':' has to be in quotation marks"),
        ("a(b)", "'(' has to be"),
        ("a" * 65, "65 octets"),
        ("ü" * 33, "66 octets"),
        ('a"b', "'\"' has to be"),
    ],
)
def test_what_may_not_is_named(local: str, says: str) -> None:
    assert says in objection(local)
