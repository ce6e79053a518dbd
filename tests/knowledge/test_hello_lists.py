"""Lists of extensions and mechanisms are told whole, however long a real server's are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from smtpprobe.knowledge.annotate import annotate
from smtpprobe.knowledge.wording import LINE
from smtpprobe.present.annotation_json import annotation_object
from smtpprobe.present.session import SessionView
from smtpprobe.present.spans import text_of
from tests.knowledge.sessions import play

MECHANISMS = (
    "LOGIN PLAIN XOAUTH2 OAUTHBEARER CRAM-MD5 DIGEST-MD5 NTLM GSSAPI SCRAM-SHA-1 SCRAM-SHA-1-PLUS "
    "SCRAM-SHA-256 SCRAM-SHA-256-PLUS SCRAM-SHA-512 EXTERNAL PLAIN-CLIENTTOKEN"
)
LONG = f"""
220 mx
C: EHLO x
250-mx
250-SIZE 157286400
250-PIPELINING
250-DSN
250-ENHANCEDSTATUSCODES
250-8BITMIME
250-BINARYMIME
250-CHUNKING
250-AUTH {MECHANISMS}
250 SMTPUTF8
"""
NEW = f"""
220 mx
C: EHLO x
250-mx
250-VERYLONGKEYWORDONE
250-VERYLONGKEYWORDTWO
250-VERYLONGKEYWORDTHREE
250 STARTTLS
C: STARTTLS
220 go
TLS
C: EHLO x
250-mx
250-AUTH {MECHANISMS}
250-REQUIRETLS
250-LIMITS RCPTMAX=100 MAILMAX=1000
250 MT-PRIORITY STANAG4406
"""


def first_line(script: str) -> str:
    _, found = play(script)
    return text_of(SessionView(timings=False).explained(found[-1], SessionView().detail)[0])


def test_all_mechanisms_stand_in_brief() -> None:
    line = first_line(LONG)
    assert line.endswith(f"AUTH {MECHANISMS}")
    assert "..." not in line


def test_all_that_is_new_and_gone_since_tls_stands_in_brief() -> None:
    line = first_line(NEW)
    new = f"new since TLS: AUTH {MECHANISMS}, REQUIRETLS, LIMITS, MT-PRIORITY"
    assert f"{new}; no longer offered: " in line
    assert line.endswith("VERYLONGKEYWORDONE, VERYLONGKEYWORDTWO, VERYLONGKEYWORDTHREE, STARTTLS")


def test_the_json_has_all_of_it_too() -> None:
    _, found = play(LONG)
    assert str(annotation_object(annotate(found[-1]))["meaning"]).endswith(MECHANISMS)


def test_the_details_have_all_of_it_too() -> None:
    _, found = play(LONG)
    details = annotate(found[-1]).details
    assert all(len(line) <= LINE for line in details)
    assert f"AUTH {MECHANISMS}: ways to log in" in " ".join(line.strip() for line in details)


def test_an_endless_list_is_told_with_the_number_of_the_rest() -> None:
    many = " ".join(f"M{number}" for number in range(5000))
    line = first_line(f"220 mx\nC: EHLO x\n250-mx\n250 AUTH {many}")
    assert line.endswith(" and 4937 more")


WORDS = st.lists(st.text("ABCDEFGH-", min_size=1, max_size=60), max_size=40, unique=True)


@given(WORDS, WORDS)
def test_whatever_is_announced_is_told(keywords: list[str], values: list[str]) -> None:
    lines = [" ".join((f"K{word[1:]}", *values[:3])) for word in keywords]
    reply = "\n".join(f"250-{line}" for line in [f"AUTH {' '.join(values)}", *lines])
    _, found = play(f"220 mx\nC: EHLO x\n250-mx\n{reply}\n250 HELP")
    annotation = annotate(found[-1])
    assert len(annotation.meaning) <= LINE
    told = f"{annotation.meaning} {annotation.more}".split()
    assert set(values) <= set(told)
    details = " ".join(annotation.details).replace(":", "").split()
    assert {line.split()[0] for line in lines} <= set(details)
