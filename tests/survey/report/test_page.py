"""The page of a survey: whole, escaped, and honest about what is not known or not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from smtpprobe.cli.main import main
from smtpprobe.errors import UsageError
from smtpprobe.present.formats import page as style
from smtpprobe.survey.report.changes import Kind, changes_of, kind_of, kinds_of
from smtpprobe.survey.report.counted import figures
from smtpprobe.survey.report.page import survey_page
from smtpprobe.survey.report.write import write_report
from tests.html_pages import Page, complaints, strictly
from tests.survey.made import address, domain, finding, host, spot, synthetic, write
from tests.survey.test_queries import ADDRESSES, ASIDE, DOMAINS

HOSTILE = '</style><script>alert(1)</script>\x1b[2J\u202e" onload="x'


def shown(folder: Path, earlier: Path | None = None) -> Page:
    return strictly(survey_page(figures(folder, earlier)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("made") / "r", DOMAINS, ADDRESSES)


def test_the_page_has_every_plot_and_its_numbers(made: Path) -> None:
    text = survey_page(figures(made, made))
    for title in (
        "Results", "Who can deliver, by kind of sender", "DNSSEC, DANE, MTA-STS and TLS reports",
        "DANE per top-level domain", "TLS version", "Certificate trouble by issuer",
        "Days left of certificates", "Hosts that most domains share", "Domains that changed",
    ):  # fmt: skip
        figure = text.partition(f"<h3>{title}</h3>")[2].partition("</figure>")[0]
        assert 'role="img"' in figure, title
        assert "<table>" in figure, title
    assert text.count("<figure>") == text.count("<table>") - 1  # and what is not known


def test_what_is_not_known_is_named_with_each_share(made: Path) -> None:
    found = shown(made).text
    assert "Of 15 domains; 2 not known." in found
    assert "Of 13 domains that have a mail host, or may have." in found
    assert "PKIX required: only with a certificate that verifies 2 not known" in found
    assert "conn.timeout 1 (6.7%) dead.nl about conn.timeout" in found


def test_a_survey_that_is_not_finished_is_not_printed_as_whole(tmp_path: Path) -> None:
    begun = ({"event": "done"}, {"event": "begin", "job": "domains/0000001"})
    found = shown(write(tmp_path / "r", DOMAINS, ADDRESSES, begun)).text
    assert "NOT FINISHED" in found
    assert "15 domains with a verdict so far" in found
    assert "COMPLETE" not in found


def test_parts_that_were_set_aside_are_named(tmp_path: Path) -> None:
    found = shown(write(tmp_path / "r", DOMAINS, ADDRESSES, ASIDE)).text
    assert "INCOMPLETE 1 part set aside" in found
    assert "resolve/0000007 ValueError: <b>" in found
    assert "domains/0000008" not in found


@pytest.mark.parametrize(
    ("events", "word"),
    [((), "NOT FINISHED"), (({"event": "done"},), "NOTHING CHECKED")],
    ids=["begun", "an empty list"],
)
def test_a_survey_without_domains_has_a_page(
    events: tuple[dict[str, str], ...], word: str, tmp_path: Path
) -> None:
    folder = write(tmp_path / "r", (), (), events)
    write_report(folder, folder)
    assert word in strictly((folder / "report.html").read_text(encoding="utf-8")).text


def test_words_of_others_stay_text_wherever_they_are(tmp_path: Path) -> None:
    bad = finding(HOSTILE, "unknown", HOSTILE) | {"message": HOSTILE}
    one = domain(f"a.{HOSTILE}", host(HOSTILE, spot(HOSTILE)), findings=[bad])
    seen = address(HOSTILE, issuer=HOSTILE, tls_version=HOSTILE, subject=HOSTILE)
    aside = {"event": "aside", "job": HOSTILE, "reason": HOSTILE}
    events = ({"time": HOSTILE, "event": "done"}, aside)
    words = dict.fromkeys(("list", "client", "contact", "port", "family", "smtpprobe"), HOSTILE)
    folder = write(tmp_path / "r", [one], [seen], events, **words)
    then = write(tmp_path / "then", [one | {"result": HOSTILE, "tlsrpt": {"status": HOSTILE}}], [])
    made = survey_page(figures(folder, then))
    found = strictly(made)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", made)
    assert made.count("</style>") == 1
    assert found.text.count("<script>alert(1)</script>") > 10


def test_a_word_of_another_version_is_not_known(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", [domain("a.nl", result="splendid")], [])
    assert "Of 1 domain; 1 not known." in shown(folder).text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "no results of a survey"),
        ("{", "not the settings of a survey"),
        ("[1]", "not the settings of a survey"),
        ('{"schema": "smtpprobe/survey/2", "smtpprobe": "9.0"}', "results of schema smtpprobe/"),
    ],
    ids=["none", "cut off", "another file", "a newer schema"],
)
def test_results_that_cannot_be_read_are_told(
    text: str | None, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (tmp_path / "survey.json").write_text(text)
    assert main(["survey", "report", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert why in told
    assert "internal" not in told
    assert not (tmp_path / "report.html").exists()


def test_a_file_that_is_no_parquet_is_told(made: Path, tmp_path: Path) -> None:
    folder = write(tmp_path / "r", DOMAINS[:1], ())
    (folder / "domains" / "0000001.parquet").write_bytes(b"PAR1 and no more")
    with pytest.raises(UsageError, match="the results cannot be read"):
        write_report(folder)
    del made


def test_results_that_are_read_only_are_shown_elsewhere(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(made.rglob("*"))
    monkeypatch.setattr("os.access", lambda path, _mode: made not in (path, *Path(path).parents))
    assert main(["survey", "report", str(made)]) == 2
    assert "cannot write to" in (told := capsys.readouterr().err)
    assert "-o FILE" in told
    assert main(["survey", "report", str(made), "-o", str(tmp_path / "page.html")]) == 0
    strictly((tmp_path / "page.html").read_text(encoding="utf-8"))
    assert main(["survey", "report", str(made), "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")
    assert sorted(made.rglob("*")) == before


def test_the_folder_is_found_from_anywhere(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(made.parent)
    assert main(["survey", "report", made.name, "--against", f"./{made.name}"]) == 0
    assert capsys.readouterr() == ("", "")
    text = (made / "queries" / "changes.sql").read_text(encoding="utf-8")
    assert "SET VARIABLE earlier = '.';" in text
    assert not list((made / "work").iterdir())


def test_without_the_extra_it_says_what_to_install(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "duckdb" else name)
    assert main(["survey", "report", str(made)]) == 2
    assert "not installed: duckdb\n  install smtpprobe with its extra" in capsys.readouterr().err


@pytest.mark.parametrize("words", [(), ("a", "b")])
def test_one_folder_is_named(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["survey", "report", *words]) == 2
    assert "for example smtpprobe survey report results/" in capsys.readouterr().err


def test_a_survey_that_is_not_finished_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "r", DOMAINS[:1], (), ())
    assert main(["survey", "report", str(folder)]) == 0
    assert "the survey is not finished, as the page says" in capsys.readouterr().err
    assert main(["survey", "report", str(folder), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_a_line_of_the_log_that_was_cut_off_hides_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "r", DOMAINS, ADDRESSES, ASIDE)
    with (folder / "log.jsonl").open("a") as log:
        log.write('null\n{"event": "aside", "job": "domains/1", "rea')
    found = shown(folder).text
    assert "INCOMPLETE 1 part set aside" in found


def test_the_numbers_of_many_domains_are_apart(tmp_path: Path) -> None:
    text = survey_page(figures(synthetic(tmp_path / "r", 2500)))
    strictly(text)
    assert "Survey of 2,500 domains" in text


def test_html_tidy_has_nothing_to_say(made: Path, tmp_path: Path) -> None:
    assert complaints(tmp_path, [survey_page(figures(made, made))]) == ""


def test_the_settings_of_others_are_not_shown(made: Path) -> None:
    """The list may be in somebody's home; its name tells enough."""
    settings = json.loads((made / "survey.json").read_text())
    (made / "survey.json").write_text(json.dumps(settings | {"list": "/home/somebody/nl.txt"}))
    found = shown(made).text
    assert "list nl.txt" in found
    assert "somebody" not in found


@pytest.mark.parametrize(
    ("what", "earlier", "now", "kind"),
    [
        ("result", "fail", "ok", Kind.BETTER),
        ("result", "inconclusive", "ok", Kind.UNKNOWN),
        ("result", "ok", "inconclusive", Kind.UNKNOWN),
        ("result", "ok", "nothing", Kind.OTHER),
        ("opportunistic", "tls", "clear", Kind.WORSE),
        ("dane", "not-applicable", "all", Kind.BETTER),
        ("dane", "not-applicable", "none", Kind.WORSE),
        ("mta_sts", "absent", "testing", Kind.BETTER),
        ("mta_sts", "absent", "none", Kind.OTHER),
        ("tlsrpt", "unknown", "unknown", Kind.UNKNOWN),
        ("tlsrpt", "valid", "valid", Kind.SAME),
        ("pkix", "not listed", "all", Kind.NEW),
        ("pkix", "all", "not listed", Kind.GONE),
        ("something", "a", "b", Kind.OTHER),
    ],
)
def test_what_a_change_is(what: str, earlier: str, now: str, kind: Kind) -> None:
    assert kind_of(what, earlier, now) is kind
    row = {"what": what, "earlier": earlier, "now": now, "domains": 3, "example": "a"}
    assert kinds_of([row])[what] == {kind: 3}
    left_out = kind in (Kind.SAME, Kind.NEW, Kind.GONE) or earlier == now
    assert changes_of([row]) == ([] if left_out else [row])


def test_every_mark_has_its_colour(made: Path) -> None:
    text = survey_page(figures(made))
    marks = set(re.findall('class="(m-[a-z-]+)"', text))
    assert marks
    assert all(f"rect.{mark}" in style._STYLE for mark in marks)
