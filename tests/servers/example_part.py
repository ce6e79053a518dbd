"""example.org: one mail host that is right, and one that is wrong in many ways."""

from __future__ import annotations

from tests.servers.ground import Ground, Part
from tests.servers.policy_server import policy

POLICY = (
    "version: STSv1",
    "mode: enforce",
    "mx: mx1.example.org",
    "mx: *.backup.example.org",
    "max_age: 604800",
)


def example_part(ground: Ground) -> Part:
    """Return the domain of the sample report."""
    right = ground.chain("good", "mx1.example.org", "example.org", "mail.example.org")
    wrong = ground.chain("self-signed", "mx2.example.org")
    stale = ground.chain("self-signed", "mx2.example.org")
    next_ca = ground.chain("self-signed", "the next CA")
    zone = (
        "@ MX 10 mx1\n@ MX 20 mx2\n"
        + ground.both("mx1", 1)
        + ground.both("mx2", 2)
        + ground.a("mta-sts", 80)
        + '_mta-sts TXT "v=STSv1; id=20261101T0000"\n'
        + ground.tlsa("mx1", right.tlsa(3, 1, 1))
        + ground.tlsa("mx1", next_ca.tlsa(2, 1, 1))
        + ground.tlsa("mx2", stale.tlsa(3, 1, 1))
    )
    second = [ground.host(2, "mx2.example.org", wrong)]
    if address := ground.network.address6(2):
        second.append(type(second[0])(address, "mx2.example.org", ()))
    return Part(
        zones={"example.org": zone},
        postfix=[*ground.hosts(1, "mx1.example.org", right), *second],
        sites={"mta-sts.example.org": policy(*POLICY)},
        site_chains={"mta-sts.example.org": ground.chain("good", "mta-sts.example.org")},
    )
