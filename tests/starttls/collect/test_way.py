"""Every connection of a check goes the way that was given, and none past it."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.net.connect import Endpoint
from smtpprobe.net.dns.dnssec import Questioner, Servers
from smtpprobe.policy.dns_answer import Lookup, answered
from smtpprobe.policy.mta_sts import FetchEnd
from smtpprobe.sandbox.faults import Hang
from smtpprobe.sandbox.network import network
from smtpprobe.starttls.collect.active import probe_actively
from smtpprobe.starttls.collect.address import Place, collect_address
from smtpprobe.starttls.collect.deep import probe_deeply
from smtpprobe.starttls.collect.limits import Limits
from smtpprobe.starttls.collect.second_chain import second_chain
from smtpprobe.starttls.collect.shared import Shared
from smtpprobe.starttls.collect.sts import collect_sts
from smtpprobe.starttls.facts import Connect
from tests.net.stage import server_side, trusted_file
from tests.net.test_https import ASKED
from tests.net.test_https import WHOLE as POLICY
from tests.starttls.dialogues import gathering, good

HERE = "127.0.0.9"
"""Nothing listens there: who goes past the way reaches nobody, and is missing in the count."""
BIND = ("198.51.100.9", 0)


async def test_sessions_active_probes_and_hellos_by_hand_go_the_way_that_was_given() -> None:
    async with network({(HERE, 25): good(server_side("mx.example.org"))}) as made:
        how = gathering(connector=made, bind=BIND, reply_limit=1.0, listen=0.1, deep_connections=9)
        place = Place(HERE, 25, sni="mx.example.org", second=True)
        facts = await collect_address(place, how)
        assert facts.connect is Connect.OK
        assert facts.tls is not None
        assert facts.tls.ok
        facts = await second_chain(facts, place, how)
        facts = await probe_actively(facts, place, how)
        facts = await probe_deeply(facts, place, how)
        assert facts.deep is not None
        assert dict(facts.deep.versions)["TLSv1.2"].yes
        assert len(made.asked) == facts.connections > 5
        assert set(made.asked) == {Endpoint(HERE, 25, BIND, how.connect_limit)}


class Answers(Questioner):
    """Knows the record of a policy, and where its host is."""

    def __init__(self) -> None:
        super().__init__(Servers(("127.0.0.1",)))

    async def ask(self, name: str, kind: str) -> Lookup:
        known = {"TXT": ("v=STSv1; id=1",), "A": (HERE,)}
        return answered(name, kind, records=known.get(kind, ()))


async def test_so_does_the_fetch_of_a_policy(tmp_path: Path) -> None:
    script = [*ASKED, POLICY, Hang()]
    async with network({(HERE, 443): script}) as made:
        how = gathering(connector=made, ca_file=trusted_file(tmp_path))
        found = await collect_sts("example.org", Shared(how, Answers(), Limits()))
    assert found.fetch is not None
    assert found.fetch.end is FetchEnd.ANSWERED
    assert [(to.address, to.port) for to in made.asked] == [(HERE, 443)]
