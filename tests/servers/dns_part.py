"""dns.test and its neighbours: a domain for each thing that may be said of mail hosts in DNS."""

from __future__ import annotations

from typing import Final

from tests.servers import dns_zone
from tests.servers.ground import Case, Ground, Part
from tests.servers.signed_zone import Signing

CASES: Final = (
    Case("nobody.dns.test", ("dns.nxdomain",)),
    Case("text.dns.test", ("dns.no-mail-host",)),
    Case("null.dns.test", ("dns.null-mx", "dns.null-mx-unneeded")),
    Case("null-with-address.dns.test", ("dns.null-mx",)),
    Case("conflict.dns.test", ("dns.null-mx-conflict",)),
    Case("implicit.dns.test", ("dns.implicit-mx",)),
    Case("to-alias.dns.test", ("dns.mx-cname",)),
    Case("to-address.dns.test", ("dns.mx-invalid", "dns.no-mail-host")),
    Case("to-nobody.dns.test", ("dns.mx-invalid", "dns.no-mail-host")),
    Case("to-localhost.dns.test", ("dns.mx-invalid", "dns.no-mail-host")),
    Case("only-loopback.dns.test", ("dns.mx-invalid", "dns.no-mail-host"), everywhere=False),
    Case("to-private.dns.test", ("dns.mx-invalid",)),
    Case("to-loopback.dns.test", ("dns.mx-invalid",)),
    Case("failing.dns.test", ("dns.lookup-failed",)),
    Case("unsigned.test", ("dns.mx-insecure",)),
    Case("late.test", ("dns.mx-bogus",)),
)

HOST: Final = 90
"""The number of the mail host's address."""

LINES: Final = """\
text               TXT "nothing to see here"
null               MX 0 .
null-with-address  MX 0 .
null-with-address  A {host}
conflict           MX 0 .
conflict           MX 10 mx
implicit           A {host}
mx                 A {host}
alias              CNAME mx
to-alias           MX 0 alias
to-address         MX 0 {host}.
to-nobody          MX 0 nobody
to-localhost       MX 0 localhost.
only-loopback      MX 0 loopback
to-private         MX 0 private
to-private         MX 10 mx
private            A 10.1.2.3
to-loopback        MX 0 loopback
to-loopback        MX 10 mx
loopback           A 127.0.0.1
"""


def dns_part(ground: Ground) -> Part:
    """Return the zones and the one mail host they need."""
    chain = ground.chain("good", "*.dns.test", "unsigned.test")
    host = ground.network.address(HOST)
    own_host = "@ MX 0 @\n" + ground.a("@", HOST)
    return Part(
        zones={
            "dns.test": LINES.format(host=host),
            "unsigned.test": own_host,
            "late.test": own_host,
        },
        signing={"unsigned.test": Signing.NONE, "late.test": Signing.EXPIRED},
        faults=dns_zone.Faults(servfail={"failing.dns.test/MX"}),
        postfix=[ground.host(HOST, "mx.dns.test", chain)],
    )
