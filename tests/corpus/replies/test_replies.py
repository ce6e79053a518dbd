"""The corpus of replies is well formed, names nobody, and keeps its parts apart."""

from __future__ import annotations

import csv
import re
from collections import Counter
from hashlib import sha256
from ipaddress import ip_address, ip_network

import pytest

from smtpprobe.knowledge.annotation import Blame, Cause, Retry
from smtpprobe.knowledge.offline import explain_reply
from smtpprobe.knowledge.rules.unfold import unfold
from tests.corpus.replies import score
from tests.corpus.replies.agreement import Pair, counts, second_readings
from tests.corpus.replies.rows import FOLDER, HIDDEN, NEAREST, PARTS, rows
from tests.knowledge.pins.pinned import CONTEXTS

FRESH = ("fresh", "fresh-hold")
ALL = {part: rows(part) for part in PARTS}
EVERY = [row for part in PARTS for row in ALL[part]]

VOCABULARIES = {
    "cause": {cause.value for cause in Cause} | set(NEAREST),
    "blame": {blame.value for blame in Blame},
    "retry": {retry.value for retry in Retry},
    "hard": {"hard", "soft", "none"},
}
COMMANDS = {
    "CONNECT", "EHLO", "HELO", "STARTTLS", "AUTH", "AUTH-STEP", "MAIL", "RCPT", "DATA", "DATA-END",
    "BDAT", "RSET", "NOOP", "VRFY", "EXPN", "HELP", "ETRN", "QUIT", "UNKNOWN", "LOCAL",
}  # fmt: skip
EXAMPLE = re.compile(
    r"(?:.+\.)?(?:example(?:\.+(?:com|net|org|edu))?|localhost|invalid|test|domain)"
)
DOCUMENTED = [
    *map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "127.0.0.0/8"))
]
FOUND = ("http", "seen in ")
UNNAMED = "Unnamed in bounce lists"
"""What nobody knows the server of."""
NO_ADDRESSES = {"4.16.55.1", "4.1.1.1"}
"""Numbers of four parts that name no host: a place in Yahoo's code, a section of RFC 2821."""


@pytest.mark.parametrize("name", VOCABULARIES)
def test_readings_use_the_words_of_the_program(name: str) -> None:
    said = {word for row in EVERY for word in getattr(row, name)}
    assert said <= VOCABULARIES[name]


def test_each_finer_cause_has_its_nearest_in_the_words_of_the_program() -> None:
    assert frozenset().union(*NEAREST.values()) <= {cause.value for cause in Cause}
    assert any("policy" in row.cause for row in EVERY if "blocked-by-recipient" in row.cause)


def test_each_row_tells_what_was_answered_where_it_is_from_and_why() -> None:
    assert {row.command for row in EVERY} <= COMMANDS
    for row in EVERY:
        assert row.provider
        assert row.reply == row.reply.strip()
        assert row.why.endswith("."), row.id
        assert row.source in {"from memory", "composed"} or row.source.startswith(FOUND), row.id


def test_no_two_rows_share_an_id_or_a_reply() -> None:
    ids = Counter(row.id for row in EVERY)
    replies = Counter((row.command, row.reply.lower()) for row in EVERY)
    assert [*filter(lambda name: ids[name] > 1, ids)] == []
    assert [reply for reply, count in replies.items() if count > 1] == []


def test_no_provider_is_in_both_parts() -> None:
    tune, hold = ({row.provider.lower() for row in ALL[part]} for part in ("tune", "hold"))
    assert tune & hold == set()


def test_the_corpus_is_wide_and_its_hidden_part_is_too() -> None:
    real = [*ALL["tune"], *ALL["hold"]]
    assert len(real) >= 1500
    assert len({row.provider for row in real}) >= 60
    assert len({row.language for row in real}) >= 15
    assert 0.35 <= len(ALL["hold"]) / len(real) <= 0.5
    for part in ("tune", "hold"):
        assert len({row.provider for row in ALL[part]}) >= 25, part
        assert len({row.language for row in ALL[part]}) >= 15, part


@pytest.mark.parametrize(("parts", "least"), [(("odd", "odd-hold"), 250), (FRESH, 130)])
def test_composed_wordings_are_halved_by_a_hash_of_the_reply(
    parts: tuple[str, str], least: int
) -> None:
    for half, part in enumerate(parts):
        assert len(ALL[part]) >= least, part
        for row in ALL[part]:
            assert row.source == "composed", row.id
            assert int(sha256(row.reply.encode()).hexdigest()[6], 16) % 2 == half, row.id


def test_replies_found_in_public_are_halved_by_provider() -> None:
    open_half, hidden = ALL["wild"], ALL["wild-hold"]
    assert len(open_half) + len(hidden) >= 500
    named = [{row.provider for row in half} - {UNNAMED} for half in (open_half, hidden)]
    assert named[0] & named[1] == set()
    held = {row.provider.lower() for row in ALL["hold"]}
    assert {name.lower() for name in named[0]} & held == set()
    assert all(row.source.startswith(FOUND) for row in (*open_half, *hidden))
    for half, rows_of in enumerate((open_half, hidden)):
        for row in rows_of:
            if row.provider == UNNAMED:
                folded = row.reply.replace("\n", "\\n")
                assert int(sha256(folded.encode()).hexdigest()[6], 16) % 2 == half, row.id


def test_replies_name_nobody() -> None:
    for row in EVERY:
        for domain in re.findall(r"[\w.+-]@([\w.-]*\w)", row.reply):
            assert EXAMPLE.fullmatch(domain.lower()), (row.id, domain)


def test_replies_hold_no_address_of_a_host_but_those_of_documentation() -> None:
    for row in EVERY:
        for number in re.findall(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]?\d)", row.reply):
            address = number not in NO_ADDRESSES and ip_address(number)
            assert not address or any(address in net for net in DOCUMENTED), (row.id, number)


def test_a_code_of_success_is_never_read_as_a_refusal_to_give_up() -> None:
    for row in EVERY:
        assert ("none" in row.hard) == (row.reply[0] in "23" and row.reply[:3].isdigit()), row.id


def test_a_second_reader_read_every_hidden_reply() -> None:
    read = [(one.part, one.id) for one in second_readings()]
    assert sorted(read) == sorted((part, row.id) for part in HIDDEN for row in ALL[part])
    assert {cause for one in second_readings() for cause in one.cause.split("|")} <= VOCABULARIES[
        "cause"
    ]


def test_a_label_that_the_second_reader_changed_has_a_reason_and_is_another() -> None:
    now = {row.id: row.cause for row in EVERY}
    for one in second_readings():
        assert bool(one.was) == one.because.endswith("."), one.id
        if one.was:
            assert frozenset(one.was.split("|")) != now[one.id], one.id
            assert now[one.id] & frozenset(one.cause.split("|")), one.id


def test_readers_agree_where_the_likeliest_cause_of_one_is_among_those_of_the_other() -> None:
    full, policy = frozenset({"mailbox-full"}), frozenset({"policy", "sender-rejected"})
    found = [
        Pair(full, ("mailbox-full",)),
        Pair(full, ("policy", "mailbox-full")),
        Pair(full, ("unknown",)),
        Pair(policy, ("blocked-by-recipient",)),
    ]
    assert counts(found) == {"meet": (3, 4), "first": (2, 4), "alone": (1, 3), "same": (1, 4)}


def common() -> list[tuple[str, str, frozenset[str]]]:
    """Return command, reply and causes of the refusals in common words."""
    with (FOLDER / "common.tsv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
        assert next(lines) == ["command", "reply", "cause"]
        found = [(command, reply, cause.split("|")) for command, reply, cause in lines]
    return [
        (command, reply, frozenset(causes).union(*(NEAREST.get(one, ()) for one in causes)))
        for command, reply, causes in found
    ]


def test_refusals_in_common_words_are_read() -> None:
    told = [
        (reply, causes, explain_reply(unfold(reply.replace("\\n", "\n")), CONTEXTS.get(command)))
        for command, reply, causes in common()
    ]
    wrong = [
        f"{reply}: {one.cause.value}, not {'|'.join(sorted(causes))}"
        for reply, causes, one in told
        if one.cause.value not in {*causes, Cause.UNKNOWN.value}
    ]
    unread = sum(
        one.cause is Cause.UNKNOWN and Cause.UNKNOWN.value not in causes for _, causes, one in told
    )
    assert len(told) >= 570
    assert len(wrong) <= 0.02 * len(told), "\n".join(wrong)
    assert unread <= 0.03 * len(told)


def test_an_answer_is_right_wrong_or_unknown() -> None:
    row = ALL["tune"][0]._replace(cause=frozenset({"mailbox-full", "policy"}))
    for cause, verdict in (("policy", "right"), ("unknown", "unknown"), ("virus", "wrong")):
        assert score.judge(row, {"cause": cause}).verdict == verdict
    assert score.judge(row, {}).verdict == "unknown"


def test_what_falls_short_of_a_bound_is_named() -> None:
    row = ALL["tune"][0]._replace(cause=frozenset({"policy"}))
    right = score.judge(row, {"cause": "policy", "basis": "standard"})
    wrong = score.judge(row, {"cause": "virus", "basis": "likely"})
    assert score.short_of([right]) == []
    short = [line.split(":")[0] for line in score.short_of([right, wrong])]
    assert short == ["right", "likely", "wrong"]
