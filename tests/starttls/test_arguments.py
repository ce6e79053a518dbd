"""The words of `smtpprobe starttls`: what they mean, and what is said of meaningless ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from smtpprobe.cli.launch import settings_of
from smtpprobe.cli.option_types import days
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.errors import UsageError
from smtpprobe.settings.defaults import DEFAULTS
from smtpprobe.settings.option_limits import CERTIFICATE_DAYS, POLICY_SECONDS, REPLY_SECONDS
from smtpprobe.starttls.arguments import Arguments, read_day, read_pins, read_words

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def read(*words: str, **environment: str) -> Arguments:
    parsed = starttls_parser().read(["--no-config", *words])
    settings = settings_of(parsed)
    return read_words(parsed, environment, client=lambda: "me.example", settings=settings)


def test_the_defaults_are_those_of_the_help() -> None:
    words = read("example.org")
    assert [str(target) for target in words.targets] == ["example.org"]
    assert (words.form.value, words.output, words.bulk, words.html) == ("text", None, None, None)
    how = words.gathering
    limits = (how.connect_limit, how.reply_limit, how.greeting_limit)
    assert limits == (DEFAULTS["connect_timeout"], REPLY_SECONDS, DEFAULTS["greeting_timeout"])
    assert (how.retry_wait, how.active, how.deep, how.sni) == (5.0, False, False, None)
    assert (words.judging.warn_days, words.judging.fail_days) == CERTIFICATE_DAYS


def test_one_limit_stands_for_all() -> None:
    how = read("--timeout", "5s", "example.org").gathering
    assert (how.connect_limit, how.reply_limit, how.greeting_limit) == (5.0, 5.0, 5.0)
    assert (how.policy_limit, how.lookup_limit) == (5.0, 5.0)


def test_a_long_limit_does_not_lengthen_the_policy_fetch() -> None:
    how = read("--timeout", "5m", "example.org").gathering
    assert (how.greeting_limit, how.policy_limit) == (300.0, POLICY_SECONDS)


def test_the_name_sent_is_also_the_one_that_counts_and_may_be_none() -> None:
    words = read("--sni", "mx.example", "[192.0.2.1]")
    assert (words.gathering.sni, words.judging.sni) == ("mx.example", "mx.example")
    assert read("--sni", "none", "[192.0.2.1]").gathering.sni == ""


def test_names_in_unicode_become_a_labels() -> None:
    assert read("--match", "bücher.example", "example.org").judging.match == (
        "xn--bcher-kva.example",
    )


def test_the_key_log_may_come_from_the_environment() -> None:
    assert read("example.org", SSLKEYLOGFILE="/tmp/keys").gathering.keylog == "/tmp/keys"
    how = read("--keylog", "mine", "example.org", SSLKEYLOGFILE="/tmp/keys").gathering
    assert how.keylog == "mine"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("+30d", NOW + timedelta(days=30)),
        ("+12h", NOW + timedelta(hours=12)),
        ("+2w", NOW + timedelta(weeks=2)),
        ("2026-12-31", datetime(2026, 12, 31, tzinfo=UTC)),
        ("2026-12-31T10:00:00Z", datetime(2026, 12, 31, 10, tzinfo=UTC)),
    ],
)
def test_a_day_is_ahead_or_a_date(text: str, day: datetime) -> None:
    assert read_day(text, NOW) == day


def test_addresses_are_pinned_by_name_and_port() -> None:
    assert read_pins(["MX.example:25:192.0.2.1", "mta-sts.example:443:[2001:db8::1]"]) == {
        ("mx.example", 25): "192.0.2.1",
        ("mta-sts.example", 443): "2001:db8::1",
    }
    assert days("30,7") == days(" 30 , 7") == (30, 7)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "no target given"),
        (["exa mple.org"], "is not a host or domain"),
        (["x" * 300 + ".org"], "is not a host or domain"),
        (["x" * 64 + ".org"], "longer than 63 octets"),
        (["lmtp://host"], "starttls checks SMTP over TCP only"),
        (["unix:/run/x"], "starttls checks SMTP over TCP only"),
        (["--submission", "[mx.example]"], "is not a domain"),
        (["--submission", "--port", "587", "a.example"], "cannot be used together"),
        (["--port", "0", "a.example"], "must be a number from 1 to 65535"),
        (["-4", "[::1]"], "excluded by -4"),
        (["-6", "192.0.2.1"], "excluded by -6"),
        (["--at", "tomorrow", "a.example"], "not +DAYS or a date"),
        (["--at", "2026-99-99", "a.example"], "not +DAYS or a date"),
        (["--cert-days", "7", "a.example"], "not W,C in days"),
        (["--cert-days", "7,14", "a.example"], "not W,C in days"),
        (["--resolve", "mx.example:25", "a.example"], "not NAME:PORT:ADDR"),
        (["--resolve", "mx.example:25:name", "a.example"], "not NAME:PORT:ADDR"),
        (["--resolve", "mx.example:²:192.0.2.1", "a.example"], "not NAME:PORT:ADDR"),
        (["--ca-file", "/missing.pem", "a.example"], "cannot read"),
        (["--ca-file", __file__, "a.example"], "contains no PEM certificates"),
        (["--timeout", "soon", "a.example"], "--timeout: 'soon' is not a duration"),
        (["--bind", "mx.example", "a.example"], "is not an address"),
        (["--resume", "a.example"], "--resume is only for lists"),
        (["--jobs", "4", "a.example"], "--jobs is only for lists"),
        (["-i", "list", "a.example"], "targets are given twice"),
        (["--deep-connections", "40", "a.example"], "--deep-connections needs --deep"),
        (["--deep", "--deep-connections", "0", "a.example"], "not a number from 1 to 500"),
        (["-i", "list", "--format", "nagios"], "-i writes JSON lines"),
        (["-i", "list", "--html", "x.html"], "--html does not work with a list"),
        (["--pem", "a.example"], "--pem needs JSON output"),
        (["--pem", "--format", "nagios", "a.example"], "--pem needs JSON output"),
        (["-i", "list", "--active"], "--active would test every server"),
        (["-i", "list", "--resume", "--restart", "-o", "x"], "cannot be used together"),
        (["-i", "list", "--resume"], "--resume needs a list in a file and -o"),
        (["-i", "-", "--resume", "-o", "x"], "--resume needs a list in a file and -o"),
        (["-i", "list", "--jobs", "0"], "not a number from 1 to 256"),
        (["-i", "list", "--jobs", "1000"], "not a number from 1 to 256"),
    ],
)
def test_words_that_mean_nothing_are_told(words: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(*words)
    assert said in caught.value.message


def test_a_list_may_be_tested_actively_where_that_is_meant(tmp_path: Path) -> None:
    words = read("-i", str(tmp_path), "--active", "--yes-active", "--deep", "--per-host", "5")
    assert words.bulk is not None
    assert (words.gathering.active, words.bulk.per_host, words.bulk.jobs) == (True, 1, 16)
    assert words.gathering.retry_wait == 30.0


def test_the_help_teaches() -> None:
    text = starttls_parser().help_page()
    for taught in ("example.org", "--submission", "exit codes:", "--resume", "limits:", "DANE"):
        assert taught in text


@pytest.mark.parametrize(
    ("words", "targets", "port"),
    [
        (["mx.example", "587"], ["[mx.example]:587"], None),
        (["a.example", "587", "b.example"], ["[a.example]:587", "b.example"], None),
        (["--server", "mx.example"], ["[mx.example]"], None),
        (["-s", "mx.example", "-p", "587"], ["[mx.example]:587"], None),
        (["-p", "587", "example.org"], ["example.org"], 587),
    ],
)
def test_a_number_behind_a_target_is_its_port_and_a_server_is_a_host(
    words: list[str], targets: list[str], port: int | None
) -> None:
    found = read(*words)
    assert [str(target) for target in found.targets] == targets
    assert found.gathering.port == port
