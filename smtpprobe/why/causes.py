"""The closed table of causes: what each says, who has to act, the exit code, what to do now.

Where a single reply shows it, the id is that of `knowledge` (Cause); otherwise it is the word of
the field. In texts `{recipient}`, `{sender}`, `{domain}`, `{sender_domain}`, `{host}`, `{ip}` (its
address), `{ours}` (the address we come from), `{lame}` (name servers), `{client}` (the name in
EHLO), `{reply}`, `{spf}` (a record that allows our address) and `{detail}` (what was found)
are filled in.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from smtpprobe.named_tuple import NamedTuple


class Who(Enum):
    """Who has to act; the value is the word in JSON."""

    SENDER = "sender"
    """Who writes, or runs the sending side."""
    RECIPIENT = "recipient"
    """The mailbox's owner, or the postmaster there."""
    NETWORK = "network"
    """Who runs what lies between."""
    NOBODY = "nobody"
    """There is nothing to do, or only to wait."""
    UNKNOWN = "unknown"
    """What was seen does not tell."""


S, R, N, NOBODY, UNKNOWN = Who


class Cause(NamedTuple):
    """A verdict.

    `exit` is 0 accepted, 1 not accepted however long one waits, 4 not now, or nobody can tell.
    `stays` means that a 4yz for it does not pass by waiting. `now` are the next steps, `source` is
    where the rule or the refusal is defined.
    """

    id: str
    who: Who
    exit: int
    title: str
    now: tuple[str, ...] = ()
    source: str = ""
    stays: bool = False


_SEND = "send the letter to their postmaster: the same command with --letter"
_ASK = "ask the recipient by another way (phone, another address)"

ROWS: Final = (
    # it would be accepted
    Cause(
        "accepted",
        NOBODY,
        0,
        "{recipient} is accepted",
        (
            (
                "if mail still does not arrive, it is refused or filed away after DATA: "
                "give the sender's log with --log"
            ),
        ),
        "RFC 5321 4.2.5",
    ),
    Cause(
        "catch-all",
        NOBODY,
        0,
        "{recipient} is accepted, and so is one that was made up",
        ("ask the recipient whether it is there: acceptance says nothing about this mailbox",),
        "RFC 5321 3.3",
    ),
    # for now
    Cause(
        "greylisted",
        NOBODY,
        4,
        "{host} greylists: it refuses the first try and accepts a later one",
        (
            "wait; a mail server tries again on its own",
            "to see it: the same command with --wait 6m",
        ),
        "RFC 6647",
    ),
    Cause(
        "service-unavailable",
        NOBODY,
        4,
        "{host} says that it is too busy or down for now",
        ("wait and ask again; a mail server does so for days",),
        "RFC 5321 4.2.1",
    ),
    Cause(
        "too-many-connections",
        S,
        4,
        "{host} has too many connections from our address",
        (
            "see who else sends from {ours}: ss -tn 'dport = :25'",
            "limit them, in Postfix: default_destination_concurrency_limit = 2",
        ),
        "RFC 5321 4.5.4.1",
    ),
    Cause(
        "rate-limited",
        S,
        4,
        "{host} limits how much our address may send",
        (
            "send less at a time to {domain}; in Postfix: default_destination_rate_delay = 1s",
            "wait for the limit to pass",
        ),
        "RFC 3463 X.7.1",
    ),
    Cause(
        "refused-for-now",
        UNKNOWN,
        4,
        "{host} refuses for now, and does not say why",
        ("wait and ask again; a mail server does so for days", _SEND),
        "RFC 5321 4.2.1",
    ),
    # the recipient
    Cause(
        "unknown-recipient",
        S,
        1,
        "{recipient} does not exist at {host}",
        ("check the spelling of {recipient}", _ASK),
        "RFC 3463 X.1.1",
    ),
    Cause(
        "mailbox-full",
        R,
        1,
        "the mailbox of {recipient} is full",
        (_ASK + ": the mailbox has to be emptied",),
        "RFC 3463 X.2.2",
        stays=True,
    ),
    Cause(
        "domain-full",
        R,
        1,
        "no mailbox of {domain} that was tried has room left",
        ("{postmaster} makes room, or raises the quota", _ASK),
        "RFC 3463 X.2.2",
        stays=True,
    ),
    Cause(
        "mailbox-disabled",
        R,
        1,
        "the mailbox of {recipient} is disabled",
        (_ASK,),
        "RFC 3463 X.2.1",
    ),
    Cause(
        "recipient-moved",
        S,
        1,
        "{recipient} has moved to another address",
        ("write to the new address: {reply}",),
        "RFC 5321 3.4",
    ),
    Cause(
        "recipient-refused",
        R,
        1,
        "{host} refuses mail to {recipient}, and accepts other recipients",
        (_ASK + ": a rule for that mailbox refuses it", _SEND),
        "RFC 3463 X.7.1",
    ),
    Cause(
        "relay-denied",
        R,
        1,
        "{host} does not know {domain} as a local domain: it refuses to relay",
        (
            "{postmaster} adds the domain there, or corrects the MX record",
            "in Postfix: virtual_mailbox_domains or relay_domains; in Exim: local_domains",
        ),
        "RFC 5321 3.6.2",
    ),
    Cause(
        "no-mail-service",
        S,
        1,
        "{domain} declares that it does not accept mail (null MX)",
        ("there is no mailbox at {domain}: find another address",),
        "RFC 7505",
    ),
    # DNS of the recipient
    Cause(
        "unknown-domain",
        S,
        1,
        "{domain} does not exist",
        ("check the spelling of {domain}", "dig +short NS {domain}"),
        "RFC 5321 5.1",
    ),
    Cause(
        "no-mail-host",
        R,
        1,
        "{domain} exists, and has neither an MX record nor an address",
        ("the owner of {domain} adds an MX record: {domain}. MX 10 mx.{domain}.",),
        "RFC 5321 5.1",
    ),
    Cause(
        "mx-is-address",
        R,
        1,
        "the MX record of {domain} names an address instead of a host",
        (
            (
                "the owner of {domain} gives the address a name and lets the MX record name that: "
                "{domain}. MX 10 mx.{domain}."
            ),
        ),
        "RFC 5321 5.1",
    ),
    Cause(
        "mx-without-address",
        R,
        1,
        "no MX host of {domain} has an address",
        (
            "the owner of {domain} adds A or AAAA records for {host}, or corrects the MX record",
            "dig {host} A",
        ),
        "RFC 5321 5.1",
    ),
    Cause(
        "family-left-out",
        S,
        4,
        "no mail host has an IPv{family} address, and only those were looked up",
        ("omit -{family}",),
        "RFC 5321 5.1",
    ),
    Cause(
        "mx-leads-nowhere",
        R,
        1,
        "the MX hosts of {domain} have addresses that nobody outside reaches",
        ("the owner of {domain} corrects the addresses of {host}",),
        "RFC 6890",
    ),
    Cause(
        "dnssec-bogus",
        R,
        1,
        "DNSSEC validation of {detail} fails: validating senders get no answer",
        (
            "the owner of the zone signs it again, or has the DS record corrected",
            "delv @127.0.0.1 {question}",
        ),
        "RFC 4035 5",
    ),
    Cause(
        "dns-failure",
        R,
        4,
        "DNS gives no answer for {detail}",
        (
            "see which name servers fail: the same command with --other-resolver HOST",
            "ask the name servers of the zone: dig +trace {question}",
            "the owner of the zone has the name servers that its parent names serve it",
        ),
        "RFC 1912 2.8",
    ),
    Cause(
        "cname-loop",
        R,
        4,
        "in DNS, {loop} leads back to itself (CNAME)",
        (
            "the owner of the zone has one of these names lead to an address, or removes the CNAME",
            "see the records: dig {question}",
            _ASK,
        ),
        "RFC 1034 3.6.2",
    ),
    Cause(
        "lame-delegation",
        R,
        4,
        "no name server of the zone answers for {detail}: {lame}",
        (
            "the owner of the zone lets these servers serve it, or has the delegation corrected",
            "dig +trace {question}",
        ),
        "RFC 1912 2.8",
    ),
    Cause(
        "resolver-fails",
        S,
        4,
        "our resolver gives no answer for {detail}, and another one does",
        (
            "see what our resolver logs for it, and whether it reaches the name servers itself",
            "until then name another: --resolver HOST",
        ),
        "RFC 5321 5.1",
    ),
    Cause(
        "no-resolver",
        S,
        4,
        "our resolver does not answer: {detail}",
        (
            "check /etc/resolv.conf, or name another: --resolver HOST",
            "see whether this machine has a network at all: ip route",
        ),
        "RFC 5321 5.1",
    ),
    # the road
    Cause(
        "mx-unreachable",
        R,
        1,
        "no mail host of {domain} accepts connections",
        ("{postmaster} starts the mail server, or opens its port 25", _ASK),
        "RFC 5321 4.5.4.1",
    ),
    Cause(
        "pin-unreachable",
        S,
        4,
        "no connection to {ip} port {port}, the address given for {host} with --resolve",
        (
            "check the address: --resolve {host}:{port}:ADDR",
            "to connect to the addresses in DNS: the same command without --resolve",
        ),
        "RFC 5321 5.1",
    ),
    Cause(
        "no-route",
        N,
        4,
        "there is no route from here to {host}",
        (
            "see where it ends: ip route get {ip}",
            "send through a relay that has one: smtpprobe why {recipient} --via submission HOST",
        ),
        "RFC 1812 5.2.7.1",
    ),
    Cause(
        "own-side-fails",
        S,
        4,
        "no connection can be made from this machine: {detail}",
        ("put that right on this machine, and ask again",),
        "RFC 5321 4.5.4.1",
    ),
    Cause(
        "port-25-blocked",
        N,
        1,
        "outgoing port 25 is blocked",
        (
            "ask the hoster or provider to open outgoing TCP port 25",
            "until then use a relay: smtpprobe why {recipient} --via submission HOST",
        ),
        "RFC 5068 3.1",
    ),
    Cause(
        "no-connection",
        UNKNOWN,
        4,
        "no mail host of {domain} answers: it is down, or port 25 is blocked from here",
        ("compare with a host that is up: the same command with --control HOST",),
        "RFC 5321 4.5.4.1",
    ),
    Cause(
        "timeout",
        R,
        4,
        "{host} accepts the connection and then does not answer in time",
        ("be more patient: the same command with --timeout 5m (RFC 5321 4.5.3.2.1)", _SEND),
        "RFC 5321 4.5.3.2",
    ),
    Cause(
        "tarpit",
        R,
        4,
        "{host} keeps us waiting: a greeting that does not end",
        (
            "be more patient: the same command with --timeout 5m (RFC 5321 4.5.3.2.1)",
            "if {ours} is treated so alone, see a list: the same command with --dnsbl ZONE",
        ),
        "RFC 5321 4.5.3.2.1",
    ),
    Cause(
        "connection-dropped",
        UNKNOWN,
        4,
        "{host} closes the connection before it has answered",
        (
            "ask again in a few minutes",
            "see whether a list has {ours}: the same command with --dnsbl ZONE",
            _SEND,
        ),
        "RFC 5321 3.8",
    ),
    Cause(
        "not-smtp",
        R,
        4,
        "what answers at {host} does not speak SMTP: {detail}",
        (
            "{postmaster} puts a mail server there, or corrects the {record}",
            "{operator} says which port is the one for mail",
        ),
        "RFC 5321 3.1",
    ),
    Cause(
        "out-of-step",
        R,
        4,
        "the replies of {host} are out of step with the commands: {detail}",
        (
            (
                "{postmaster} looks for what replies twice: a filter or proxy in front of the "
                "mail server, or one of its rules"
            ),
            "see what comes, and when: smtpprobe {dial}",
        ),
        "RFC 5321 4.2",
    ),
    Cause(
        "tls-at-once",
        S,
        1,
        "{host} expects TLS from the first octet on port {port}",
        (
            "configure implicit TLS for this port (smtps), not STARTTLS",
            "smtpprobe why {recipient} --via submission smtps://{host}:{port}",
        ),
        "RFC 8314 3.3",
    ),
    Cause(
        "speaks-no-smtp",
        S,
        1,
        "what answers at {host} on port {port} does not know EHLO: {reply}",
        (
            "configure the port for submission, 587 or 465; this one may be for LMTP",
            "smtpprobe lmtp://{host}:{port}",
        ),
        "RFC 5321 4.1.1.1, RFC 2033 4.1",
    ),
    Cause(
        "tls-failed",
        R,
        1,
        "TLS with {host} on port {port} fails: {detail}",
        (
            "check the port: 465 is TLS from the first octet, 587 is STARTTLS",
            "look at the handshake: smtpprobe smtps://{host}:{port}",
        ),
        "RFC 8314 3.3",
    ),
    Cause(
        "wrong-port",
        S,
        1,
        "{host} does not accept connections on port {port}, and does on port {other_port}",
        (
            "configure port {other_port}: 465 is TLS from the first octet, 587 is STARTTLS",
            "smtpprobe why {recipient} --via submission {other_host}",
        ),
        "RFC 8314 3.3",
    ),
    Cause(
        "relay-unreachable",
        S,
        1,
        "the submission host {host} does not accept connections on port {port}",
        (
            "see whether the name and the port are those that its operator gives",
            "ask its operator to start the server, or to open the port",
        ),
        "RFC 6409 3.1",
    ),
    Cause(
        "relay-without-address",
        S,
        1,
        "the submission host {host} has no address in DNS",
        ("check its spelling in our configuration", "dig {host} A"),
        "RFC 6409 3.1",
    ),
    Cause(
        "smtp-inspection",
        N,
        1,
        "a firewall rewrites SMTP in front of {host} and hides STARTTLS",
        (
            (
                "whoever runs the firewall switches SMTP inspection off, on a Cisco ASA: "
                "no inspect esmtp"
            ),
            "it may be at either end: ask the postmaster there too",
        ),
        "RFC 3207 4",
    ),
    # the sending side
    Cause(
        "no-reverse-dns",
        S,
        1,
        "{host} refuses our address because it has no reverse DNS",
        (
            "the owner of {ours} adds a PTR record: {reverse}. PTR {client}.",
            "let the name lead back: {client}. A {ours}",
        ),
        "RFC 1912 2.1",
        stays=True,
    ),
    Cause(
        "reverse-dns-mismatch",
        S,
        1,
        "{host} refuses our address because the name in its PTR record does not lead back to it",
        (
            (
                "let the name lead to the address, or the PTR record name another: "
                "{reverse}. PTR {client}."
            ),
            "dig -x {ours}",
        ),
        "RFC 1912 2.1",
        stays=True,
    ),
    Cause(
        "helo-refused",
        S,
        1,
        "{host} refuses the name that we give in EHLO: {client}",
        (
            "give a name that resolves to {ours}; in Postfix: smtp_helo_name = FQDN",
            "try one: the same command with --ehlo FQDN",
        ),
        "RFC 5321 4.1.4",
        stays=True,
    ),
    Cause(
        "ip-blocked",
        S,
        1,
        "{host} blocks {ours}",
        (
            "see which list it is on and ask that list to remove it: {reply}",
            "the same command with --dnsbl ZONE",
            _SEND,
        ),
        "RFC 5782",
        stays=True,
    ),
    Cause(
        "client-refused",
        R,
        1,
        "{host} refuses our host for every sender and recipient, and gives no reason",
        (_SEND, "see whether a list has {ours}: the same command with --dnsbl ZONE"),
        "RFC 5321 3.1",
    ),
    Cause(
        "sender-rejected",
        R,
        1,
        "{host} refuses the sender {sender}, and accepts others",
        (_SEND, "until then write from another address"),
        "RFC 3463 X.1.8",
    ),
    Cause(
        "spf-fail",
        S,
        1,
        "SPF of {sender_domain} does not allow {ours} to send, and {host} refuses that",
        (
            "let the record allow the address: {sender_domain}. TXT {spf}",
            "send through the hosts that the record allows",
        ),
        "RFC 7208 8.4",
        stays=True,
    ),
    Cause(
        "spf-invalid",
        S,
        1,
        "the SPF record of {sender_domain} is in error, and {host} refuses that",
        ("correct it: {spf_error}", "dig +short TXT {sender_domain}"),
        "RFC 7208 8.7",
        stays=True,
    ),
    Cause(
        "spf-disputed",
        UNKNOWN,
        1,
        "{host} says that SPF of {sender_domain} does not allow us to send, and by DNS it does",
        (
            "if the record was changed lately, wait for its TTL to pass and ask again",
            "dig TXT {sender_domain}",
            _SEND,
        ),
        "RFC 7208 8.4",
    ),
    Cause(
        "dmarc-reject",
        S,
        1,
        "the DMARC policy of {author} has the message refused",
        (
            "sign with DKIM for {author}, or let SPF pass for it: one of them has to align",
            "see the key: the same command with --dkim-selector NAME",
        ),
        "RFC 9989 4.7",
    ),
    Cause(
        "domain-blocked",
        S,
        1,
        "{host} finds the domain of the sender, {sender_domain}, on a block list",
        ("ask the list to remove {sender_domain}: {reply}",),
        "RFC 5782 2.2",
    ),
    Cause(
        "sender-domain-no-mx",
        S,
        1,
        "{host} refuses the sender because {sender_domain} has no mail host for bounces",
        (
            "add an MX record: {sender_domain}. MX 10 mx.{sender_domain}.",
            "send from a domain that has one",
        ),
        "RFC 5321 4.5.5",
        stays=True,
    ),
    Cause(
        "sender-refuses-bounces",
        S,
        1,
        "{host} calls back at {sender_domain}, which refuses bounces (the null sender)",
        (
            "have it accept MAIL FROM:<> with RCPT TO:<{sender}>",
            "see what it says: smtpprobe why {sender} --from '<>'",
        ),
        "RFC 5321 4.5.5",
        stays=True,
    ),
    Cause(
        "null-sender-refused",
        R,
        1,
        "{host} refuses bounces: mail from the null sender (<>)",
        (_SEND, "RFC 5321 4.5.5 requires it to accept the null sender"),
        "RFC 5321 4.5.5",
    ),
    # logging in, TLS, what the server can
    Cause(
        "auth-required",
        S,
        1,
        "{host} requires a login",
        (
            "log in: the same command with --auth-user NAME; {operator} gives one",
            (
                "send through a submission host, which no {record} names: "
                "the same command with --via submission HOST --auth-user NAME"
            ),
        ),
        "RFC 4954 6",
    ),
    Cause(
        "login-refused",
        S,
        1,
        "{relay} does not accept the login",
        (
            "check the user name, often the whole address, and the password",
            "see whether the account wants an app password: {reply}",
        ),
        "RFC 4954 4",
    ),
    Cause(
        "login-unavailable",
        S,
        4,
        "{relay} cannot check the login for now",
        ("wait and ask again", "{operator} looks after what checks its passwords"),
        "RFC 4954 6",
        stays=True,
    ),
    Cause(
        "login-impossible",
        S,
        1,
        "no login is possible at {relay}: {login}",
        ("see what it offers: {starttls}", "choose a mechanism: --auth MECH"),
        "RFC 4954 4",
    ),
    Cause(
        "login-without-relay",
        S,
        1,
        "{relay} accepts the login, and does not relay to {recipient} for it",
        ("{operator} lets this user send to other domains", _SEND),
        "RFC 6409 4.3",
    ),
    Cause(
        "sender-not-allowed",
        S,
        1,
        "{relay} accepts the login, and does not let this user send as {sender}",
        (
            "send as an address of the user: --from ADDRESS",
            "{operator} lets the user send as {sender}, in Postfix: smtpd_sender_login_maps",
        ),
        "RFC 6409 6.1",
    ),
    Cause(
        "tls-required",
        S,
        1,
        "{host} requires TLS, and does not offer it to us",
        (_SEND,),
        "RFC 3207 4",
    ),
    Cause(
        "tls-unavailable",
        R,
        1,
        "the policy of {domain} demands TLS, and {host} does not offer STARTTLS",
        (
            "{postmaster} enables STARTTLS, or takes the policy back",
            "{starttls}",
        ),
        "RFC 8461 5",
    ),
    Cause(
        "starttls-broken",
        R,
        1,
        "{host} demands TLS, and its STARTTLS does not work",
        ("{postmaster} repairs it: {detail}", "{starttls}"),
        "RFC 3207 4",
    ),
    Cause(
        "certificate-expired",
        R,
        1,
        "the policy of {domain} demands a valid certificate, and that of {host} has expired",
        ("{postmaster} renews the certificate", "{starttls}"),
        "RFC 8461 4.2",
    ),
    Cause(
        "certificate-untrusted",
        R,
        1,
        "the policy of {domain} demands a trusted certificate, and that of {host} is not",
        (
            "{postmaster} installs a certificate of a public CA with its whole chain",
            "{starttls}",
        ),
        "RFC 8461 4.2",
    ),
    Cause(
        "certificate-name",
        R,
        1,
        "the policy of {domain} demands a certificate for {host}, and it is for another name",
        ("{postmaster} installs one for {host}", "{starttls}"),
        "RFC 8461 4.1",
    ),
    Cause(
        "policy-mx-mismatch",
        R,
        1,
        "the MTA-STS policy of {domain} does not name {host}",
        ("{postmaster} adds to the policy: mx: {host}",),
        "RFC 8461 4.1",
    ),
    Cause(
        "dane-mismatch",
        R,
        1,
        "the certificate of {host} does not match its TLSA records",
        (
            (
                "{postmaster} publishes the record of the certificate in use: "
                "smtpprobe starttls {domain} shows it"
            ),
        ),
        "RFC 7672 2.1",
    ),
    Cause(
        "tls-refused",
        R,
        1,
        "senders that go by the policy of {domain} do not deliver: {detail}",
        ("{starttls}",),
        "RFC 8461 5",
    ),
    Cause(
        "message-too-large",
        S,
        1,
        "a message of this size is too large for {host}",
        ("send less, or a link to it",),
        "RFC 1870 6.1",
    ),
    Cause(
        "smtputf8-unsupported",
        R,
        1,
        "{recipient} needs SMTPUTF8, and {host} does not offer it",
        (
            "{postmaster} enables it, in Postfix: smtputf8_enable = yes",
            "write to an ASCII address of the recipient",
        ),
        "RFC 6531 3.1",
    ),
    # what happens to the message behind the dialogue
    Cause(
        "loop-detected",
        R,
        1,
        "mail to {recipient} runs in a circle",
        ("the operator of the host that reports it corrects its routing: {reply}",),
        "RFC 5321 6.3",
    ),
    Cause(
        "spam-content",
        S,
        1,
        "the recipient is accepted, and the message was refused as spam",
        ("change the content, or ask to be let through: {reply}",),
        "RFC 3463 X.7.1",
    ),
    Cause(
        "content-rejected",
        S,
        1,
        "the recipient is accepted, and the message was refused",
        ("see what it objects to: {reply}",),
        "RFC 3463 X.6.0",
    ),
    Cause(
        "virus",
        S,
        1,
        "the recipient is accepted, and the message was refused for malware",
        ("see what it objects to: {reply}",),
        "RFC 3463 X.7.1",
    ),
    # nothing more can be said
    Cause(
        "storage-full",
        R,
        4,
        "{host} has no room to store mail",
        ("wait and ask again", _SEND),
        "RFC 3463 X.3.1",
    ),
    Cause(
        "bad-sequence",
        S,
        4,
        "{host} takes the command for one out of order",
        ("begin again: EHLO, MAIL, RCPT, DATA, each after the answer to the one before",),
        "RFC 5321 4.1.4",
    ),
    Cause("server-error", R, 4, "{host} has an internal error", (_SEND,), "RFC 5321 4.2.1"),
    Cause(
        "refused", UNKNOWN, 1, "{host} refuses, and does not say why", (_SEND,), "RFC 5321 4.2.1"
    ),
    Cause(
        "syntax-error",
        S,
        1,
        "{host} does not take {recipient} for an address",
        ("check the spelling of {recipient}",),
        "RFC 5321 4.1.2",
    ),
    Cause(
        "not-tried",
        UNKNOWN,
        4,
        "nothing fails before RCPT, which was not tried (--no-rcpt)",
        ("the same command without --no-rcpt",),
        "",
    ),
    Cause(
        "interrupted",
        UNKNOWN,
        4,
        "it was interrupted before the recipient was answered",
        ("the same command again",),
        "",
    ),
    Cause(
        "unknown",
        UNKNOWN,
        4,
        "what was seen does not tell",
        ("talk to it yourself: smtpprobe {at}", "give the sender's log with --log"),
        "",
    ),
)

BY_ID: Final = {row.id: row for row in ROWS}
