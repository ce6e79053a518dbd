"""Whatever DNS, servers and logs say, and whenever it is cut: a verdict, plain text, valid JSON.

No control character and no direction mark reaches a reader, and nobody has to read a megabyte.
"""

from __future__ import annotations

import asyncio
import json
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

import jsonschema
import pytest

from smtpprobe.policy.dns_answer import Lookup
from smtpprobe.sandbox.faults import Script
from smtpprobe.sandbox.network import SILENCE, Where, network
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.options import Gathering
from smtpprobe.why.collect.allowance import AT_A_TIME, IN_ALL
from smtpprobe.why.collect.notes import Notes
from smtpprobe.why.collect.run import gather
from smtpprobe.why.collect.tools import Tools
from smtpprobe.why.diagnose.diagnose import diagnose
from smtpprobe.why.facts import Known
from smtpprobe.why.reports.json_report import json_report
from smtpprobe.why.reports.letter import letter
from smtpprobe.why.reports.lines import fact_lines, trial_lines, verdict_lines
from tests.why.collect.peer import ASKED, HERE, Peer, one_host, sought
from tests.why.collect.stage import MadeUp, Zone

SCHEMA = Path(__file__).parents[2] / "docs/schemas/why-1.json"
VALIDATOR: Final = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))

EVIL: Final = "\x1b[2J\u202e\u2066evil\x07\r\nSubject: y\x9b31m"
MX: Where = ("198.51.100.1", 25)
NO = b"550 5.7.1 no\r\n"
ASKING = replace(
    ASKED,
    public_address="203.0.113.7",
    lists=("bl.test",),
    selectors=("s1",),
    author="author.test",
    bounces=True,
)
PTR: Final = "7.113.0.203.in-addr.arpa"

ZONES: dict[str, Callable[[], Zone]] = {
    "escapes": lambda: {
        **one_host(),
        "here.test": {
            "MX": (f"10 mx{EVIL}.here.test",),
            "TXT": (f"v=spf1 exp={EVIL} include:{EVIL}.test a:{EVIL} -all",),
        },
        "_dmarc.author.test": {"TXT": (f"v=DMARC1; p=reject; rua=mailto:{EVIL}",)},
        "s1._domainkey.author.test": {"TXT": (f"v=DKIM1; p={EVIL}",)},
        PTR: {"PTR": (f"{EVIL}.test.",)},
        "7.113.0.203.bl.test": {"A": ("127.0.0.2",), "TXT": (EVIL,)},
        "2.0.0.127.bl.test": {"A": ("127.0.0.2",)},
    },
    "giants": lambda: {
        **one_host(),
        "here.test": {
            "MX": tuple(f"{n} mx{n}.here.test" for n in range(1000)),
            "TXT": (f"v=spf1 {' '.join(f'ip4:10.1.{n % 250}.0/24' for n in range(4000))} -all",),
        },
        PTR: {"PTR": tuple(f"{'a' * 60}.{n}.test." for n in range(1000))},
        "_dmarc.author.test": {"TXT": ("v=DMARC1; p=reject; " + "x" * 60_000,)},
    },
    "an SPF loop": lambda: {
        **one_host(),
        "here.test": {"TXT": ("v=spf1 include:here.test redirect=here.test",)},
    },
    "many MX": lambda: {
        **HERE,
        "there.test": {"MX": tuple(f"{n} mx{n}.there.test" for n in range(200))},
        **{
            f"mx{n}.there.test": {"A": tuple(f"198.51.{n}.{m}" for m in range(100))}
            for n in range(200)
        },
    },
    "an MX of escapes": lambda: {
        "there.test": {"MX": (f"10 {EVIL}.there.test",)},
        f"{EVIL}.there.test": {"A": ("198.51.100.1",)},
    },
}


def assert_readable(known: Known) -> None:
    """See that everything that is shown of what is known can be read, and is not too long."""
    verdict = diagnose(known)
    lines = [line for one in known.facts for line in fact_lines(one)]
    lines += [line for one in known.trials for line in trial_lines(one, known)]
    lines += verdict_lines(verdict, known)
    report = json_report(known, verdict)
    VALIDATOR.validate(json.loads(report))
    text = "\n".join("".join(span.text for span in line) for line in lines)
    for shown in (text, report, letter(known, verdict.title)):
        hidden = {sign for sign in shown if unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")}
        assert hidden <= {"\n"}
        assert len(shown) < 64 * 1024
    assert not [line for line in text.splitlines() if len(line) > 10_000]


@pytest.mark.parametrize("name", ZONES)
async def test_what_dns_says_is_shown_without_its_signs_and_in_bounds(name: str) -> None:
    known, net = await sought({MX: [Peer({b"RCPT TO:<anna": NO})]}, ZONES[name](), ASKING)
    assert_readable(known)
    assert len(net.servers) < 20
    assert known.connections < 20


async def test_where_there_are_more_addresses_than_are_asked_their_number_is_told() -> None:
    known, _ = await sought({}, ZONES["many MX"](), ASKING)
    assert any("addresses of its mail hosts were not asked" in one
               for one in diagnose(known).still_open)  # fmt: skip


@pytest.mark.parametrize(
    "reply",
    [
        b"550 5.7.1 \x1b[2J\xe2\x80\xaeevil\x07\r\n",
        b"550-" + b"x" * 900 + b"\r\n550 y\r\n",
        b"550 \xff\xfe\x9b31m\r\n",
        b"250 \x1b]0;x\x07\r\n",
    ],
    ids=["escapes", "long", "no text", "accepted"],
)
async def test_what_a_server_says_is_shown_without_its_signs(reply: bytes) -> None:
    greeting = b"220 \x1b[31mhi\xe2\x80\xae\r\n"
    known, _ = await sought({MX: [Peer({b"RCPT": reply}, greeting=greeting)]}, None, ASKING)
    assert_readable(known)


class Slow(MadeUp):
    """DNS that takes half a second for each answer."""

    async def ask(self, name: str, kind: str) -> Lookup:
        await asyncio.sleep(0.5)
        return await super().ask(name, kind)


@pytest.mark.parametrize("tenths", range(1, 100, 7))
async def test_whenever_it_is_cut_there_is_a_verdict_and_a_report(
    tenths: int, tmp_path: Path
) -> None:
    log = tmp_path / "mail.log"
    log.write_text(f"Nov 30 10:00:00 a postfix/smtp[1]: AB: to=<anna@there.test>, {EVIL.strip()}")
    zone: Zone = {
        **HERE,
        "there.test": {"MX": ("10 mx.there.test", "20 mx2.there.test")},
        "mx.there.test": {"A": ("198.51.100.1",)},
        "mx2.there.test": {"A": ("198.51.100.2",)},
    }
    slow: Script = [Peer({b"RCPT": NO}, after=0.4)]
    places: dict[Where, Script | int] = {
        MX: slow,
        ("198.51.100.2", 25): SILENCE,
        ("192.0.2.9", 25): slow,
    }
    async with network(places) as net:
        shared = Slow(zone, Gathering("out.here.test", connector=net, connect_limit=3.0))
        shared.limits = Limits(AT_A_TIME, 0.0, IN_ALL)
        notes = Notes(Known(replace(ASKING, log=(str(log),))))
        task = asyncio.ensure_future(gather(notes, Tools(shared)))
        with suppress(asyncio.CancelledError, TimeoutError):
            await asyncio.wait_for(task, tenths / 10)
        assert_readable(notes.known)
        assert notes.known.interrupted or task.done()
