"""What filtering services, appliances and blocklists mean by their replies."""

from __future__ import annotations

from smtpprobe.knowledge.providers.row import Entries, ProviderRow

_proofpoint = Entries("Proofpoint", "Proofpoint, IP-blocked FAQ, ipcheck.proofpoint.com")
_mimecast = Entries("Mimecast", "Mimecast, SMTP error codes help page")
_barracuda = Entries("Barracuda", "Barracuda Campus, Email Security Gateway; barracudacentral.org")
_cisco = Entries("Cisco", "Cisco Secure Email (IronPort AsyncOS) user guide, SMTP responses")
_trend = Entries("Trend Micro", "Trend Micro, Email Reputation Services FAQ")
_symantec = Entries("Symantec", "Broadcom, Email Security.cloud, SMTP errors")
_sophos = Entries("Sophos", "Sophos Email, documentation of SMTP replies")
_spamhaus = Entries("Spamhaus users", "Postfix, postconf(5) default_rbl_reply; Spamhaus, FAQ")
_greylist = Entries("blocklist users", "Postfix, postconf(5) default_rbl_reply; RFC 6647 2")
_surbl = Entries("URL list users", "surbl.org, uribl.com; RFC 5782 2")

LISTED = "550, 554, 553, 521, 571, 450, 451, 421, 470, 530, 541"
"""The codes that servers give to an address on a list."""
_BY_IP = "ip-blocked, your-ip, after-change"
_NOT_THE_RECIPIENT = "; this is not about the recipient"


def _list(
    users: str, source: str, pattern: str, meaning: str, steps: str, *, title: str = ""
) -> ProviderRow:
    """Return the row of a blocklist of addresses; `meaning` goes on what the server says of one."""
    entries = Entries(f"{users} users", f"Postfix, postconf(5) default_rbl_reply; {source}")
    told = f"the server says {{address}} {meaning}"
    return entries(LISTED, pattern, _BY_IP, told, steps, title=title)


ROWS: tuple[ProviderRow, ...] = (
    _proofpoint("550 5.7.0, 550 5.7.1, 554 5.7.0, 554 5.7.1, 550, 554",
                "proofpoint.com/dnsbl-lookup|ipcheck.proofpoint.com|proofpoint dynamic reputation",
                _BY_IP,
                "Proofpoint Dynamic Reputation blocks {address}; this is not about the recipient",
                "look at ipcheck.proofpoint.com and fill in its form"),
    _proofpoint("421, 451", "delayed by pdr", "rate-limited, your-ip, later-same",
                "Proofpoint delays your address; this ends on its own in minutes",
                "wait and send again; a ticket only if it lasts"),
    _mimecast("451", "internal resources are temporarily unavailable",
              "greylisted, nobody, later-same",
              "no server fault: Mimecast greylists, or doubts your address",
              "retry after 1 minute, for up to 12 hours"),
    _mimecast("451", "open relay not allowed", "relay-denied, you, after-change", "",
              "list the sending IP at Mimecast, or check the MX of {domain}"),
    _mimecast("451", "recipient temporarily unavailable", "server-error, their-server, later-same",
              "Mimecast cannot check the recipient now, or has seen too many bad attempts from you",
              "retry {when}", weak=True),
    _mimecast("550", "administrative prohibition envelope blocked",
              "sender-rejected, their-policy, after-change",
              "the recipient's rules block this sender, or SPF failed hard",
              "ask the recipient's administrator"),
    _mimecast("550", "header-based anti-spoofing", "sender-auth-failed, your-domain, after-change",
              "From: names the recipient's own domain, from outside",
              "have their administrator permit the sender; or another From:"),
    _mimecast("550", "spf sender invalid", "sender-auth-failed, your-domain, after-change",
              "SPF says that your address may not send for {sender_domain}",
              "send from a listed host, or list this one in SPF"),
    _mimecast("550", "invalid recipient", "unknown-recipient, recipient, after-change",
              "the directory of the domain has no such recipient", "check the address", weak=True),
    _mimecast("550", "local ct ip reputation", _BY_IP,
              "Mimecast blocks your address for its reputation", "Mimecast's sender feedback form"),
    _mimecast("553", "this route requires encryption", "tls-required, you, after-change",
              "the recipient's rules accept mail only over TLS",
              "STARTTLS, then EHLO again; MAIL again"),
    _mimecast("554", "maximum email size exceeded", "message-too-large, content, after-change",
              "the message is over the recipient's limit", "a smaller message"),
    _barracuda("554, 550", "blocked using barracuda reputation", _BY_IP,
               "Barracuda's reputation list has an address in this mail's path, mostly yours",
               "look up {address} at barracudacentral.org/lookups"),
    _barracuda("550", "permanent failure for one or more recipients (*:blocked",
               "policy, their-policy, after-change",
               "a rule of the recipient's Barracuda blocks you or the message, without a reason",
               "ask the recipient's administrator for the reason in its message log"),
    _barracuda("550, 554", "sender ip reverse lookup rejected|sender ip rdns",
               "no-reverse-dns, your-ip, after-change",
               "your address has no reverse name, or an unwanted one",
               "set a PTR and an address record that match"),
    _cisco("554", "poor reputation of a domain", "sender-rejected, your-domain, after-change",
           "a domain in the message or its envelope has a poor reputation at Cisco",
           "look at talosintelligence.com for the sender's domain and those of links",
           title="Sender's domain listed"),
    _cisco("554", "poor reputation", _BY_IP,
           "Cisco's sender reputation of your address is poor; this is not about the recipient",
           "look up your address at talosintelligence.com"),
    _cisco("452, 421", "too many recipients received this hour", "rate-limited, you, later-same",
           "too many recipients per hour from your address",
           "slow down; retry in an hour"),
    _cisco("550 5.1.0", "address rejected", "unknown-recipient, recipient, after-change",
           "the appliance's recipient table has no such address", "check the address", weak=True),
    _cisco("421", "exceeded allowable connection time", "timeout, you, immediately",
           "the connection has lasted too long", "reconnect now"),
    _cisco("421 4.4.5, 421", "too many connections from your host",
           "too-many-connections, you, later-same",
           "too many simultaneous connections from your address",
           "connect again {when}, with fewer connections"),
    _cisco("550 5.7.1", "spf unauthorized mail is prohibited",
           "sender-auth-failed, your-domain, after-change",
           "SPF says that your address may not send for {sender_domain}",
           "send from a listed host, or list this one in SPF"),
    _trend(LISTED, "trend micro*rbl|trend micro*reputation|blocked*trend micro|"
           "mail-abuse.com|mail-abuse.org", _BY_IP,
           "Trend Micro's reputation list has {address}; this is not about the recipient",
           "look up {address} at servicecentral.trendmicro.com"),
    _symantec("553, 550, 501, 554", "symanteccloud|messagelabs",
              "policy, their-policy, after-change",
              "refused by the recipient's Symantec service; the text names the rule",
              "look up the text at Broadcom's list of SMTP errors", wide=True),
    _sophos("550, 554", "sophos", "policy, their-policy, after-change",
            "refused by the recipient's Sophos filter; the text names the rule",
            "ask the recipient's administrator", wide=True),
    # Blocklists. First the answers that are not listings.
    _greylist("421, 450, 451", "client host [*] blocked using*greylist",
              "greylisted, nobody, later-same", "", ""),
    _spamhaus(LISTED, "error: open resolver|127.255.255.25",
              "server-error, their-server, after-change",
              "their resolver misreads an error answer as a listing; it does not prove one",
              "tell their postmaster to query the list through their own resolver",
              title="Blocklist misread"),
    _spamhaus(LISTED, "dbl.spamhaus|helo command*spamhaus|sender address*spamhaus",
              "sender-rejected, your-domain, after-change",
              "the server says that your sender's or EHLO domain is listed at Spamhaus",
              "look up the domain at check.spamhaus.org", title="Sender's domain listed"),
    _spamhaus(LISTED, "blocked using * pbl.spamhaus|spamhaus*pbl", _BY_IP,
              "the server says {address} is in a range that should not send directly (PBL)",
              "send through your provider's relay (587 and AUTH)"),
    _spamhaus(LISTED, "spamhaus", _BY_IP,
              "the server says {address} is listed at Spamhaus; this is not about the recipient",
              "look up {address} at check.spamhaus.org; PBL entry: use a smarthost"),
    _list("SpamCop", "spamcop.net/bl.shtml", "spamcop",
          f"is listed at SpamCop{_NOT_THE_RECIPIENT}",
          "look at spamcop.net/bl.shtml; it ends a day after the last report"),
    _list("Barracuda list", "barracudacentral.org", "barracudacentral",
          f"is listed by Barracuda{_NOT_THE_RECIPIENT}",
          "look up {address} at barracudacentral.org/lookups"),
    _list("UCEPROTECT", "uceprotect.net", "uceprotect",
          "or its network is listed at UCEPROTECT",
          "look at uceprotect.net; levels 2 and 3 are about your provider's network"),
    _list("SORBS", "SORBS, closed in 2024", "sorbs",
          "is listed at SORBS, which closed in 2024",
          "tell their postmaster to take the list out"),
    _list("PSBL", "psbl.org", "psbl.surriel|psbl.org",
          f"is listed at PSBL{_NOT_THE_RECIPIENT}",
          "look up {address} at psbl.org; anybody can delist there"),
    _list("Abusix", "lookup.abusix.com", "abusix",
          f"is listed at Abusix{_NOT_THE_RECIPIENT}",
          "look up {address} at lookup.abusix.com"),
    _list("SpamRATS", "spamrats.com", "spamrats",
          "is listed at SpamRATS, often for its reverse name",
          "set a PTR that names a mail server; then spamrats.com"),
    _list("Mailspike", "mailspike.org", "mailspike",
          f"is listed at Mailspike{_NOT_THE_RECIPIENT}",
          "look up {address} at mailspike.org"),
    _surbl(LISTED, "surbl|uribl", "spam-content, content, after-change",
           "a link in the message is on a list of spam domains",
           "take out the domain it names; check it at surbl.org and uribl.com"),
    _list("blocklist", "RFC 5782 2", "client host [*] blocked using",
          f"is on the list it names{_NOT_THE_RECIPIENT}",
          "dig {query}; see {link}; have {address} delisted there",
          title="Address listed"),
)  # fmt: skip
"""Services and appliances, then lists."""
