"""One Exim that is the mail hosts whose refusals Postfix would not give, or not in these words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.servers import exim, lab
from tests.servers.certificates import Chain
from tests.servers.network import Network
from tests.why.lab import places

NUMBERS: Final = (
    places.EXIM,
    places.EXIM_LISTED,
    places.EXIM_SLOW,
    places.EXIM_BROKEN_TLS,
    places.EXIM_BROKEN_TLS_HARMLESS,
    places.EXIM_CLOSED,
    places.EXIM_LIAR,
    places.EXIM_PRIVATE,
)

BROKEN_TLS: Final = (places.EXIM_BROKEN_TLS, places.EXIM_BROKEN_TLS_HARMLESS)

OWN: Final = """\
disable_ipv6 = true
smtputf8_advertise_hosts =
acl_smtp_connect = connect
acl_smtp_mail = mail
acl_smtp_rcpt = rcpt
{more}

begin acl
connect:
  deny    condition = ${{if eq{{$received_ip_address}}{{@EXIM_LISTED@}}}}
          dnslists = bl.test
          message = $sender_host_address is listed at $dnslist_domain
  accept  condition = ${{if eq{{$received_ip_address}}{{@EXIM_SLOW@}}}}
          delay = 3s
  accept

mail:
  deny    condition = ${{if eq{{$received_ip_address}}{{@EXIM_BROKEN_TLS@}}}}
          !encrypted = *
          message = 530 5.7.0 Must issue a STARTTLS command first
  accept

rcpt:
  deny    domains = backup-mx-relay-denied.there.test : mx-of-two-minds.there.test
          message = relay not permitted
  deny    recipients = board@recipient-refused.there.test
          message = 5.7.1 Access denied
  deny    condition = ${{if eq{{$received_ip_address}}{{@EXIM_CLOSED@}}}}
          message = 5.7.1 Access denied
  deny    condition = ${{if eq{{$received_ip_address}}{{@EXIM_LIAR@}}}}
          message = 5.1.1 User unknown
  deny    domains = sender-refused.there.test
          senders = me@here.test
          message = 5.7.1 Access denied
  deny    domains = sender-refused-as-unknown.there.test
          senders = me@here.test
          message = 5.1.1 User unknown
  deny    domains = spf-fail-unsaid.there.test
          senders = *@spf-fail.here.test
          message = 5.7.1 Rejected by policy
  deny    domains = usuario-desconocido.there.test
          local_parts = anna
          message = Usuario desconocido
  deny    domains = bounces-asked.there.test
          senders = *@no-bounces.here.test
          message = 5.7.1 Access denied
  deny    domains = gmail-unauthenticated.there.test
          senders = *@spf-fail.here.test
          message = 5.7.26 This mail has been blocked because the sender is unauthenticated. \\
                    Gmail requires all senders to authenticate with either SPF or DKIM. \\
                    Authentication results: DKIM = did not pass SPF [spf-fail.here.test] with \\
                    ip: [192.0.2.1] = did not pass
  deny    domains = plus-sender-refused.there.test
          senders = ^[^@]*[+]
          message = 553 5.1.7 <$sender_address>: Sender address rejected: invalid characters
  deny    domains = own-domain-from-outside.there.test
          senders = *@own-domain-from-outside.there.test
          message = 5.7.1 <$sender_address>: Sender address rejected: not logged in
  deny    domains = ip-blocked-postmaster-spared.there.test
          local_parts = !postmaster
          dnslists = bl.test
          message = 5.7.1 $sender_host_address is listed at $dnslist_domain
  deny    domains = behind-nat-refused.there.test
          message = 5.7.25 Client host rejected: your address has no reverse DNS (PTR)
  deny    domains = sender-refuses-bounces.there.test
          !verify = sender/callout=5s,defer_ok
  accept

begin routers
out:
  driver = dnslookup
  domains = *.here.test : here.test
  transport = out
  self = send
  no_more
@DISCARDING@
begin transports
out:
  driver = smtp
  hosts_try_fastopen =
"""
"""Behind what every configuration begins with."""


def configuration() -> str:
    """Return Exim's configuration, with names of the run in braces."""
    text = (exim.GROUND + OWN).replace("@DISCARDING@", exim.DISCARDING)
    for name in ("EXIM_LISTED", "EXIM_SLOW", "EXIM_BROKEN_TLS", "EXIM_CLOSED", "EXIM_LIAR"):
        text = text.replace(f"@{name}@", places.address(getattr(places, name)))
    return text


@contextmanager
def running(root: Path, chain: Chain, network: Network) -> Iterator[None]:
    """Run it until the block ends; where it has no certificate, STARTTLS gets 454."""
    with lab.home("exim") as home:
        for number in NUMBERS:
            if number not in BROKEN_TLS:
                exim.give_away(chain.write(home / f"{places.address(number)}.pem"))

        def ready() -> bool:
            return lab.first_line(25, places.address(places.EXIM)).startswith(b"220 ")

        file = f"{home}/$received_ip_address.pem"
        with exim.started(
            root,
            home,
            ready,
            network,
            hostname="exim.there.test",
            interfaces="; ".join(map(places.address, NUMBERS)),
            port=25,
            certificate_file=file,
            key_file=file,
            configuration=configuration(),
        ):
            yield
