"""One Postfix that is most mail hosts of the lab; the recipient's domain decides what it refuses.

What a world of its own needs is a row of BY_RECIPIENT: an address or a domain, and the result of an
access table, which may be a restriction of Postfix, or a class of them in MAIN (access(5)).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.servers import lab, postfix
from tests.servers.certificates import Chain
from tests.servers.network import Network
from tests.why.lab import places

THERE: Final = "there.test"

BY_RECIPIENT: Final[Mapping[str, str]] = {
    "full@mailbox-full-for-now": "452 4.2.2 The mailbox is over its quota",
    "gone@mailbox-disabled": "550 5.2.1 The account is disabled",
    "mailbox-full": "ask_quota",
    "domain-over-quota": "452 4.2.2 The domain is over its storage quota",
    "anna@directory-edge": (
        "550 5.4.1 Access denied. [AM7EUR06FT034.eop-eur06.prod.protection.outlook.com]"
    ),
    "anna@group-internal-only": (
        "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; "
        "Delivery restriction check failed because the sender was not authenticated when sending "
        "to this group"
    ),
    "spf-two-records": "ask_spf",
    "greylisted": "ask_postgrey",
    "greylisted-waited": "ask_postgrey",
    "greylisted-unsaid": "ask_wordless",
    "postmaster@unknown-user-no-postmaster": "550 5.1.1 User unknown",
    "helo-not-qualified": "reject_non_fqdn_helo_hostname",
    "spf-fail": "ask_spf",
    "no-ptr": "reject_unknown_reverse_client_hostname",
    "ptr-unconfirmed": "reject_unknown_client_hostname",
    "helo-refused": "reject_unknown_helo_hostname",
    "ip-blocked-rcpt": "reject_rbl_client bl.test",
    "domain-blocked": "reject_rhsbl_sender dbl.test",
    "sender-domain-no-mx": "reject_unknown_sender_domain",
    "null-sender-refused": "no_null",
    "dead-mx-and-greylisting": "ask_postgrey",
    "anna@user-not-local": "551 5.1.6 User not local; please try <anna@elsewhere.test>",
    "nobody-and-no-bounces": "no_null",
    "anna@lookup-fails": "451 4.3.0 <anna@lookup-fails.there.test>: Temporary lookup failure",
}
"""What an access table says of an address or a domain below there.test."""

MAIN: Final = """
smtpd_peername_lookup = yes
maximal_idle = 10s
relay_domains = here.test, dmarc.here.test, no-bounces.here.test, {domains}
parent_domain_matches_subdomains =
relay_recipient_maps = regexp:{conf}/recipients
relocated_maps = texthash:{conf}/relocated
local_recipient_maps =
smtpd_recipient_restrictions = check_recipient_access texthash:{conf}/by-recipient
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_client_connection_count_limit = 0
anvil_rate_time_unit = 3600s
smtpd_restriction_classes = ask_quota, ask_postgrey, ask_wordless, ask_spf, no_null
ask_quota = check_policy_service unix:{quota}
ask_postgrey = check_policy_service unix:{postgrey}
ask_wordless = check_policy_service unix:{wordless}
ask_spf = check_policy_service unix:{spf}
no_null = check_sender_access texthash:{conf}/no-null
"""

RECIPIENTS: Final = r"""
/^(anna|full|gone|me|postmaster)@/ yes
/@catch-all\.there\.test$/ yes
"""

LISTENER: Final = """\
{address}:{port} inet n - n - - smtpd
    -o syslog_name=postfix/{name} -o myhostname={name}
    -o smtpd_tls_security_level={level} -o smtpd_tls_chain_files={files}
"""


@dataclass(frozen=True, slots=True)
class Listener:
    """An address of this Postfix, its name and certificate, and its own settings of master.cf."""

    place: int | str
    """The number of its address, or an address of IPv6."""
    name: str
    chain: Chain | None = None
    own: Sequence[str] = ()
    level: str = "may"
    port: int = 25


def listeners(good: Chain, expired: Chain, self_signed: Chain, auth_socket: Path) -> list[Listener]:
    """Return every address of this Postfix."""
    login = (
        "smtpd_sasl_auth_enable=yes",
        f"smtpd_sasl_path={auth_socket}",
        "smtpd_client_restrictions=permit_sasl_authenticated,reject",
    )
    name = "mx.there.test"
    return [
        Listener(places.GOOD, name, good),
        *(Listener(number, name, good) for number in places.MORE_GOOD),
        Listener(places.PLAIN, name),
        Listener(places.EXPIRED, name, expired),
        Listener(places.SELF_SIGNED, name, self_signed),
        Listener(places.TLS_ONLY, name, good, level="encrypt"),
        Listener(places.CROWDED, name, good, ("smtpd_client_connection_count_limit=1",)),
        Listener(places.COUNTING, name, good, ("smtpd_client_recipient_rate_limit=1",)),
        Listener(
            places.NO_BOUNCES,
            "mx.no-bounces.here.test",
            good,
            ("smtpd_sender_restrictions=check_sender_access,texthash:{conf}/no-null",),
        ),
        Listener(places.GOOD_NAMELESS, name, good),
        Listener(places.GOOD_UNCONFIRMED, name, good),
        Listener(places.GOOD_PRIVATE, name, good),
        Listener(
            places.WITHOUT_PTR6,
            name,
            good,
            (
                "smtpd_client_restrictions=reject_unknown_reverse_client_hostname",
                "unknown_client_reject_code=550",
            ),
        ),
        Listener(places.TLS_AT_ONCE, name, good, ("smtpd_tls_wrappermode=yes",), "encrypt"),
        Listener(places.SOFT, name, good, ("soft_bounce=yes",)),
        Listener(
            places.SUBMISSION_465,
            "submission.here.test",
            good,
            (*login, "smtpd_tls_wrappermode=yes"),
            "encrypt",
            465,
        ),
        Listener(
            places.SUBMISSION_OWNED,
            "submission.here.test",
            good,
            (
                *login,
                "smtpd_sender_restrictions=reject_sender_login_mismatch",
                "smtpd_sender_login_maps=texthash:{conf}/logins",
            ),
            "encrypt",
            587,
        ),
        *(
            Listener(number, "submission.here.test", good, login, "encrypt", 587)
            for number in (places.SUBMISSION, places.CONTROL_BLOCKED)
        ),
    ]


def written(folder: Path, listener: Listener) -> str:
    """Write a listener's certificate into a folder; return its lines of master.cf."""
    place = listener.place
    file = folder / f"{listener.name}-{listener.port}-{str(place).replace(':', '-')}.pem"
    if listener.chain:
        listener.chain.write(file)
    lines = LISTENER.format(
        address=f"[{place}]" if isinstance(place, str) else places.address(place),
        port=listener.port,
        name=listener.name,
        level=listener.level if listener.chain else "none",
        files=file if listener.chain else "",
    )
    return lines + "".join(f"    -o {one.format(conf=folder / 'conf')}\n" for one in listener.own)


@contextmanager
def running(
    root: Path,
    found: Sequence[Listener],
    domains: Sequence[str],
    sockets: Mapping[str, Path],
    network: Network,
) -> Iterator[None]:
    """Run it until the block ends.

    `domains` are those it takes mail for, `sockets` where quota, postgrey and SPF answer.
    """
    with lab.home("postfix") as home:
        conf = home / "conf"
        master = "".join(written(home, listener) for listener in found)
        postfix.write_configuration(
            root,
            home,
            master,
            interfaces="all",
            protocols="all",
            more=MAIN.format(conf=conf, domains=", ".join(domains), **sockets),
        )
        for name, text in {
            "by-recipient": "".join(
                f"{key}.{THERE} {result}\n" for key, result in BY_RECIPIENT.items()
            ),
            "recipients": RECIPIENTS,
            "relocated": f"anna@recipient-moved.{THERE} anna@elsewhere.test\n",
            "logins": "me@here.test alice\nboss@here.test boss\n",
            "no-null": "<> 550 5.7.1 Bounces are not accepted\n",
        }.items():
            (conf / name).write_text(text)
            postfix.age(conf / name)

        def ready() -> bool:
            return lab.first_line(25, places.address(places.GOOD)).startswith(b"220 ")

        with postfix.started(root, home, ready, network):
            yield
