"""The page as Chromium shows it, wide and as wide as a telephone: `make test-browser`."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Callable
from functools import partial
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from smtpprobe.policy.dane import Record
from smtpprobe.policy.dns_answer import Status, answered
from smtpprobe.protocol.tls_facts import Shown, TrustPath
from smtpprobe.script.reports.html import html_report
from smtpprobe.starttls.facts import YES, Facts, Said, Upgrade
from smtpprobe.starttls.reports.html import html_page
from smtpprobe.survey.report.counted import figures
from smtpprobe.survey.report.page import survey_page
from tests.certificates import Entity
from tests.script.outcomes import EVERYTHING, report_of
from tests.servers import lab
from tests.starttls.reports.test_views import sample
from tests.starttls.stage import (
    POLICY,
    address,
    certificates,
    facts,
    fetched,
    host,
    in_clear,
    judged,
    mx,
    reports,
    session,
    sts,
    tlsa,
)
from tests.survey import made
from tests.survey.test_queries import ADDRESSES, ASIDE, DOMAINS

pytestmark = pytest.mark.browser

LABEL = "m" * 63
LONG_HOST = f"{LABEL}.{LABEL}.{LABEL}.{'x' * 56}.test"
"""A name as long as a name can be (RFC 1035 2.3.4)."""


def wordy() -> Facts:
    """A domain all of whose words are as long as they come, at more addresses than fit in a row."""
    assert len(LONG_HOST) == 253
    reply = Said(554, "x" * 500)
    wrong = session(
        Entity("y" * 60, names=(LONG_HOST[:60], "*.example.org")),
        path=TrustPath(18, "self-signed certificate"),
    )
    named = certificates(Entity("wrong"))[0]._replace(
        subject=f"CN={LONG_HOST}", common_name=LONG_HOST, issuer_name=LONG_HOST, names=(LONG_HOST,)
    )
    renamed = session(certificates=Shown((named, named), TrustPath(20, "z" * 200)))
    refused = Upgrade(YES, reply, surplus=b"s" * 80)
    first = host(
        *(address(f"192.0.2.{n}", wrong) for n in range(1, 9)),
        *(
            address(f"2001:db8:1234:5678:9abc:def0:1234:{n:x}", renamed)
            for n in range(0x1000, 0x1004)
        ),
        in_clear("192.0.2.99", starttls=refused, before=("STARTTLS", "E" * 500)),
        name=LONG_HOST,
        tlsa=tlsa(Record(3, 1, 1, bytes(32)), Record(3, 0, 0, bytes(range(256)) * 4)),
        caa=answered(LONG_HOST, "CAA", Status.SECURE, (f'0 issue "{"c" * 300}"',)),
    )
    domain = mx(f"10 {LONG_HOST}")._replace(aliases=(LONG_HOST,))
    policy = POLICY.replace(b"mx.example.org", LONG_HOST.encode())
    return facts(
        first,
        lookups=(domain,),
        sts=sts(fetch=fetched(policy)),
        tlsrpt=reports(f"v=TLSRPTv1; rua=https://{LONG_HOST}/{'r' * 200}"),
    )


def dumped(page: Path, profile: Path, *options: str) -> str:
    """Return the page as the browser has it when its scripts have run."""
    done = subprocess.run(
        [
            *lab.program("chromium"),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *(
                "--no-first-run",
                f"--user-data-dir={profile}",
                *options,
                "--dump-dom",
                page.as_uri(),
            ),
        ],
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return done.stdout


def test_a_browser_shows_matrix_chain_and_findings(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html_page([judged(sample())]), encoding="utf-8")
    found = dumped(page, tmp_path / "profile")
    assert "<title>STARTTLS report: example.org</title>" in found
    for shown in ("Who can deliver", "mx1 v4", "CLEAR", 'class="chain"', "dane.no-match"):
        assert shown in found


async def test_a_browser_shows_the_page_of_a_script(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(html_report(await report_of("cases.smtp")), encoding="utf-8")
    found = await asyncio.to_thread(dumped, page, tmp_path / "profile")
    for shown in ("open relay", "What went wrong", "RCPT refused", "= meaning: "):
        assert shown in found


def of_survey(*, wordy: bool) -> str:
    """Return the page of a survey, all of whose names may be as long as they come."""
    name = LONG_HOST if wordy else "mx.example.nl"
    one = made.domain(f"a.{name}", made.host(name), findings=[made.finding("x", "unknown", name)])
    seen = made.address(name, issuer=name, tls_version=name[:60])
    rows = (*DOMAINS, *([one] * 3))
    with TemporaryDirectory() as folder:
        now = made.write(Path(folder) / "now", rows, (*ADDRESSES, seen), ASIDE, list=name)
        then = made.write(Path(folder) / "then", [row | {"result": "ok"} for row in rows], ())
        return survey_page(figures(now, then))


def test_a_browser_shows_the_page_of_a_survey_with_its_plots(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(of_survey(wordy=False), encoding="utf-8")
    found = dumped(page, tmp_path / "profile")
    assert "<title>INCOMPLETE: Survey of 18 domains</title>" in found
    for shown in (
        "Who can deliver, by kind of sender",
        "Hosts that most domains share",
        "m-unknown",
    ):
        assert shown in found


PAINTED = """\
<script>
addEventListener("load", () => {
  const page = document.getElementById("page").contentDocument;
  const bars = [...page.querySelectorAll(".bars svg")];
  const empty = bars.filter((one) => one.getBoundingClientRect().width < 200);
  const parts = [...page.querySelectorAll(".bars rect")];
  const fills = new Set(parts.map((one) => page.defaultView.getComputedStyle(one).fill));
  const lost = parts.filter((one) => one.getBoundingClientRect().width <= 0);
  const texts = [...page.querySelectorAll("figure text")];
  const back = page.defaultView.getComputedStyle(page.body).backgroundColor;
  const dark = back.match(/[0-9]+/)[0] < 128 ? "dark" : "light";
  document.title = [dark, bars.length > 20, empty.length, lost.length, fills.size >= 5,
    texts.length > 10].join(" ");
});
</script>
"""
"""Tells the mode, and whether bars have their width, their colours and their shares."""


@pytest.mark.parametrize(("setting", "mode"), [("0", "dark"), ("1", "light")])
def test_the_plots_of_a_survey_are_painted_in_both_modes(
    setting: str, mode: str, tmp_path: Path
) -> None:
    inner = escape(of_survey(wordy=False))
    page = tmp_path / "frame.html"
    frame = f'<iframe id="page" width="390" height="2000" srcdoc="{inner}"></iframe>'
    head = '<!DOCTYPE html>\n<meta name="color-scheme" content="light dark"><title></title>\n'
    page.write_text(f"{head}{PAINTED}{frame}", encoding="utf-8")
    preferred = f"--blink-settings=preferredColorScheme={setting}"
    title = re.search("<title>(.*?)</title>", dumped(page, tmp_path / "profile", preferred))
    assert title is not None
    assert title[1] == f"{mode} true 0 0 true true"


MEASURE = """\
<script>
addEventListener("load", () => {
  const page = document.getElementById("page").contentDocument;
  page.querySelectorAll("details").forEach((one) => { one.open = true; });
  const wide = [...page.querySelectorAll("*")].filter(
    (one) => one.tagName != "PRE" && one.clientWidth && one.scrollWidth > one.clientWidth
  );
  const told = wide.map((one) => one.tagName + " " + one.scrollWidth + ">" + one.clientWidth);
  document.title = page.documentElement.clientWidth + ": " + told.join(", ");
});
</script>
"""
"""Names what is wider than its place, in the page that stands in a frame.

The block of a failure is left out: its columns are kept, and it is scrolled by itself.
"""


def of_domain(make: Callable[[], Facts]) -> Callable[[], str]:
    return lambda: html_page([judged(make())])


def of_scripts() -> str:
    return html_report(asyncio.run(report_of(*EVERYTHING)))


@pytest.mark.parametrize(
    ("make", "width"),
    [
        (of_domain(sample), 390),
        (of_domain(wordy), 390),
        (of_domain(sample), 1100),
        (of_domain(wordy), 1100),
        (of_scripts, 390),
        (of_scripts, 1100),
        (partial(of_survey, wordy=False), 390),
        (partial(of_survey, wordy=True), 390),
        (partial(of_survey, wordy=False), 1100),
        (partial(of_survey, wordy=True), 1100),
    ],
    ids=[
        *("telephone", "telephone, long words", "desk", "desk, long words"),
        *("telephone, scripts", "desk, scripts"),
        *("telephone, survey", "telephone, survey, long words"),
        *("desk, survey", "desk, survey, long words"),
    ],
)
def test_nothing_has_to_be_scrolled_sideways(
    make: Callable[[], str], width: int, tmp_path: Path
) -> None:
    inner = escape(make())
    frame = f'<iframe id="page" width="{width}" height="2000" style="border: 0"'
    page = tmp_path / "frame.html"
    page.write_text(
        f'<!DOCTYPE html>\n<title></title>\n{MEASURE}{frame} srcdoc="{inner}"></iframe>',
        encoding="utf-8",
    )
    title = re.search("<title>(.*?)</title>", dumped(page, tmp_path / "profile"))
    assert title is not None
    assert re.fullmatch("[0-9]+: ", title[1]), title[1]


LOOK = """\
<script>
addEventListener("load", () => {
  const page = document.getElementById("page").contentDocument;
  const skip = page.querySelector(".skip");
  const before = skip.getBoundingClientRect().right > 0;
  skip.focus();
  const after = skip.getBoundingClientRect().left >= 0;
  const back = page.defaultView.getComputedStyle(page.body).backgroundColor;
  document.title = [before, after, back.match(/[0-9]+/)[0] < 128 ? "dark" : "light"].join(" ");
});
</script>
"""
"""Tells whether the link to the result is seen before it has the focus and then, and the mode."""


@pytest.mark.parametrize(("setting", "mode"), [("0", "dark"), ("1", "light")])
def test_the_mode_is_the_readers_and_the_keyboard_finds_the_result(
    setting: str, mode: str, tmp_path: Path
) -> None:
    inner = escape(html_page([judged(sample())]))
    page = tmp_path / "frame.html"
    frame = f'<iframe id="page" width="1000" height="2000" srcdoc="{inner}"></iframe>'
    head = '<!DOCTYPE html>\n<meta name="color-scheme" content="light dark"><title></title>\n'
    page.write_text(f"{head}{LOOK}{frame}", encoding="utf-8")
    preferred = f"--blink-settings=preferredColorScheme={setting}"
    title = re.search("<title>(.*?)</title>", dumped(page, tmp_path / "profile", preferred))
    assert title is not None
    assert title[1] == f"false true {mode}"
