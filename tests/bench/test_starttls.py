"""The measurement of `starttls` measures, on little."""

from __future__ import annotations

import dns.message
import dns.rcode

from tests.bench.dns_responder import reply
from tests.bench.pairs import Row
from tests.bench.starttls import Sizes, obstacle, rows
from tests.servers import lab


def test_each_goal_is_measured_by_real_handshakes() -> None:
    if reason := obstacle():
        lab.missing(reason)
    found = list(rows(Sizes(1, 12, 2, 1, 30, 4, 5, 20), old="HEAD"))
    cells = [row.cells for row in found]
    assert [True for _, _, theirs, *_ in cells if "one address" in theirs]
    assert [True for _, _, theirs, *_ in cells if "posttls-finger" in theirs]
    works = [work for work, *_ in cells]
    assert "starttls -i, 30 domains on 4 hosts" in works
    assert "... by bare asyncio, nothing verified" in works
    older = found[works.index("starttls -i, 20 domains with their DNS")]
    assert isinstance(older, Row)
    assert older.rival == "HEAD"
    assert older.theirs > 0


def test_the_dns_server_of_the_measurement_answers_by_name() -> None:
    def answers(name: str, kind: str) -> str:
        query = dns.message.make_query(name, kind, use_edns=0)
        found = dns.message.from_wire(reply(query.to_wire()))
        assert query.is_response(found)
        records = " ".join(str(record) for rrset in found.answer for record in rrset)
        return records or dns.rcode.to_text(found.rcode())

    assert answers("d7.h3.bench.test.", "MX") == "10 h3.bench.test."
    assert answers("h3.bench.test.", "A") == "198.18.0.4"
    assert answers("b.four.bench.test.", "A") == "192.0.2.3 192.0.2.4"
    assert answers("h3.bench.test.", "AAAA") == "NOERROR"
    assert answers("_mta-sts.x1.bench.test.", "TXT") == "NXDOMAIN"
