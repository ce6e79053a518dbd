"""Every finding of `smtpprobe starttls` as a row: level, meaning, who is affected, fix, source.

Plain data without heavy imports: `smtpprobe explain FINDING-ID` prints it.
"""

from __future__ import annotations

from smtpprobe.named_tuple import NamedTuple
from smtpprobe.starttls.sender_kinds import (
    CERTIFICATES,
    DANE,
    EVERY,
    FAIL,
    NOTE,
    OPPORTUNISTIC,
    STS,
    UNKNOWN,
    VERIFYING,
    WARN,
)


class Row(NamedTuple):
    """One finding. `level` is the usual one; `levels` says where it differs, empty where never.

    `affects` are the kinds of sender whose delivery it touches, () for none. `todo` is whether
    `fix` asks for anything: of what may be meant so it says just that. `explains` is whether it
    can be why a sender does not deliver over TLS.
    """

    id: str
    level: str
    meaning: str
    affects: tuple[str, ...]
    fix: str
    reference: str
    levels: str = ""
    todo: bool = True
    explains: bool = True


WHO = {
    EVERY: "every sender",
    VERIFYING: "senders that verify certificates: PKIX required, DANE, MTA-STS",
    CERTIFICATES: "senders that require a public CA: PKIX required, MTA-STS",
    (DANE,): "DANE senders (Postfix with dane, Exchange Online)",
    (STS,): "MTA-STS senders (Gmail, Outlook.com)",
    (OPPORTUNISTIC,): "opportunistic senders (most senders)",
    (): "no sender; for information",
}
"""Kinds of sender in words."""

_NEEDED = "fail if a published policy or --level requires it, else warn"

_LOST = "fail if it stops a sender that a published policy or --level counts, else warn"

ROWS = (
    Row("check.interrupted", UNKNOWN, "the check was interrupted; whatever it had not reached "
        "yet is unknown", (), "run it again; use a shorter --timeout if it is slow", "signal(7)"),
    Row("check.undecided", UNKNOWN, "no fault was found, but it is not certain that the senders "
        "that count can deliver over TLS", EVERY, "see what is unknown in the matrix; try again, "
        "or from another network", "RFC 3207 4", "fail if the senders that count get no TLS, "
        "else unknown"),
    # DNS
    Row("dns.nxdomain", FAIL, "the domain does not exist in DNS", EVERY, "check the spelling; "
        "register the domain or restore its delegation", "RFC 8020 2"),
    Row("dns.no-mail-host", FAIL, "the domain has no usable mail host: no MX record and no "
        "address (with --submission: no SRV record), or every host is an IP address instead of a "
        "name, has no address, or points back at the sender (localhost, loopback)", EVERY,
        "publish an MX record, or `MX 0 .` if the domain does not accept mail", "RFC 5321 5.1",
        "unknown if -4 or -6 excludes a family that may have addresses, else fail"),
    Row("dns.mx-insecure", NOTE, "the MX records are not signed: an attacker who forges DNS "
        "answers can redirect mail to other hosts", (), "sign the domain (DNSSEC)",
        "RFC 7672 2.2.1"),
    Row("dns.mx-bogus", FAIL, "DNSSEC validation fails: senders with a validating resolver get "
        "no answer and defer the mail", EVERY, "fix the zone's signatures or its DS record",
        "RFC 4035 5.5"),
    Row("dns.lookup-failed", UNKNOWN, "the DNS lookup failed, so what it would have returned is "
        "unknown", EVERY, "check the zone's name servers and the resolver", "RFC 5321 5.1"),
    Row("dns.mx-cname", WARN, "an MX record points to an alias (CNAME); some senders reject this",
        (), "point the MX at the canonical host name", "RFC 2181 10.3"),
    Row("dns.mx-invalid", WARN, "an MX record points to a host that mail cannot reach: an IP "
        "address instead of a name, localhost, a name without addresses, or a private address",
        EVERY, "point the MX at a host name with public addresses", "RFC 5321 5.1"),
    Row("dns.implicit-mx", NOTE, "there is no MX record; senders use the domain's own address", (),
        "publish an MX record", "RFC 5321 5.1"),
    Row("dns.null-mx", NOTE, "the domain does not accept mail (null MX)", (), "nothing, if this "
        "is intended", "RFC 7505 3", todo=False),
    Row("dns.null-mx-conflict", FAIL, "a null MX is published next to other MX records: senders "
        "may refuse to deliver at all", EVERY, "remove the null MX, or all other MX records",
        "RFC 7505 3"),
    Row("dns.null-mx-unneeded", NOTE, "a null MX on a name without addresses: mail to it fails "
        "anyway", (), "nothing", "RFC 7505 4", todo=False),
    Row("dns.tlsa-servfail", FAIL, "the TLSA lookup fails in a signed zone: DANE senders must "
        "not treat this as absence, so they defer the mail", (DANE,), "make the name servers "
        "answer TLSA queries, with a denial of existence if there are no records",
        "RFC 7672 2.1.2"),
    Row("dns.resolver-unvalidated", NOTE, "the resolver does not validate, or its AD bit is not "
        "trusted because it is not on this machine; DNSSEC status is unverified", (),
        "use a validating resolver on this machine, or --resolver with --trust-ad", "RFC 6840 5.7",
        "unknown if TLSA records exist or with --level dane, else note"),
    # Connection
    Row("conn.refused", WARN, "nothing listens on the port: connection refused", EVERY,
        "start the server, open the firewall, or remove the address", "RFC 5321 5.1",
        "unknown if no address of the target answers, else warn"),
    Row("conn.timeout", WARN, "no answer: packets are dropped, or the host is down", EVERY,
        "open the firewall or remove the address; many networks block outbound port 25, so try "
        "from another one", "RFC 5321 4.5.3.2", "unknown if no address of the target answers, "
        "else warn"),
    Row("conn.421", UNKNOWN, "the server replies 421 (service not available), twice", EVERY,
        "try later or from another address: this one may be rate-limited or blocked",
        "RFC 5321 3.8"),
    Row("conn.rejected", UNKNOWN, "the server rejects this client in its greeting or at EHLO; "
        "how it treats others is unknown", EVERY, "run the check from an address that the server "
        "accepts", "RFC 5321 3.1"),
    Row("conn.closed", UNKNOWN, "the server drops the connection in the middle of the session, "
        "without a reply", EVERY, "check the server's log for a crash, a filter or a connection "
        "limit; run the check again from another network", "RFC 5321 4.1.1.10"),
    Row("conn.failed", WARN, "cannot connect to the address: it is not reachable from here, or "
        "this machine does not allow it", EVERY, "correct the address; check this machine's "
        "routes and firewall", "RFC 5321 5.1", "unknown if no address of the target answers, "
        "else warn"),
    Row("conn.excluded", UNKNOWN, "the address is on the list of those that must not be "
        "contacted, so nothing was sent to it", EVERY, "nothing: the exclusion is deliberate",
        "RFC 5321 5.1", todo=False),
    Row("conn.not-smtp", FAIL, "the port does not speak SMTP", EVERY, "check the port, and any "
        "proxy or filter in front of the server", "RFC 5321 4.2"),
    Row("conn.tls-at-once", FAIL, "the port expects implicit TLS: it sends no greeting, but "
        "answers a TLS handshake; sending mail servers wait for a plaintext greeting", EVERY,
        "check it as smtps://HOST:PORT; if it is to receive mail, configure a plaintext greeting "
        "and STARTTLS", "RFC 8314 3.3"),
    Row("conn.unasked-reply", FAIL, "the server sends an unsolicited reply: senders match it to "
        "their next command, and every later reply to the wrong one", EVERY, "check the server's "
        "policy scripts and any proxy in front of it: it must send one greeting, and one reply "
        "per command", "RFC 5321 4.2"),
    Row("conn.family-differs", WARN, "IPv4 and IPv6 of a host differ in STARTTLS, TLS version or "
        "certificate: two machines, or a middlebox in one path", (), "configure both address "
        "families alike", "RFC 5321 5.1", explains=False),
    Row("conn.addresses-differ", WARN, "addresses of a host differ in STARTTLS, TLS version or "
        "certificate", (), "configure all addresses alike", "RFC 5321 5.1", explains=False),
    # STARTTLS
    Row("starttls.missing", FAIL, "EHLO does not list STARTTLS: mail goes there unencrypted, or "
        "not at all", EVERY, "enable TLS in the server; look for a firewall that strips STARTTLS "
        "(XXXXXXXA)", "RFC 3207 4"),
    Row("starttls.varies", FAIL, "STARTTLS is listed in some connections but not in others: "
        "different machines share the address, or a filter strips it at times", EVERY,
        "configure all machines behind the address alike; look for a filter", "RFC 3207 4"),
    Row("starttls.refused", FAIL, "STARTTLS is listed but refused: usually the server cannot "
        "read its certificate or key", EVERY, "check the server's log for a certificate or key "
        "that it cannot load", "RFC 3207 4"),
    Row("starttls.not-220", FAIL, "STARTTLS gets a 2yz reply other than 220, and TLS starts: "
        "Postfix continues, but senders that require 220 fall back to plaintext or give up", EVERY,
        "make the server reply 220; check any proxy or filter in front of it", "RFC 3207 4"),
    Row("starttls.surplus", FAIL, "the server sent plaintext after its 220: forged replies, or a "
        "broken middlebox", EVERY, "find what injects data into the connection; clients that "
        "keep it can be deceived", "RFC 3207 4.2"),
    Row("starttls.injection", FAIL, "the server keeps plaintext commands and runs them inside "
        "TLS: an attacker can inject commands into the session (CVE-2011-0411)", EVERY,
        "update the server; it must discard all input read before the handshake", "RFC 3207 4.2"),
    Row("starttls.pipelined-plain", WARN, "a command pipelined after STARTTLS was run without TLS",
        (), "update the server; it should discard whatever follows STARTTLS", "RFC 3207 4.2"),
    Row("starttls.still-offered", WARN, "STARTTLS is still listed inside TLS, which RFC 3207 "
        "forbids", (), "update or fix the server", "RFC 3207 4.2"),
    Row("starttls.auth-before-tls", WARN, "AUTH is offered without TLS: passwords can be read in "
        "transit", (), "offer AUTH inside TLS only (Postfix: smtpd_tls_auth_only = yes)",
        "RFC 4954 4"),
    Row("starttls.state-kept", WARN, "MAIL is accepted after the handshake without a new EHLO: "
        "the server keeps its state from before TLS", (), "update the server", "RFC 3207 4.2"),
    Row("starttls.works-unadvertised", NOTE, "STARTTLS works, but EHLO does not list it", (),
        "advertise it: senders do not try what is not listed", "RFC 3207 2"),
    Row("ehlo.bad-reply", FAIL, "EHLO gets an invalid reply: 354, or one that never ends; "
        "senders give up", EVERY, "check the server, and any proxy or filter in front of it",
        "RFC 5321 4.3.2"),
    Row("ehlo.xclient", WARN, "XCLIENT or XFORWARD is offered to unknown clients, which could "
        "forge the client address", (), "restrict it to your proxies "
        "(smtpd_authorized_xclient_hosts)", "Postfix XCLIENT_README"),
    Row("requiretls.cleartext", NOTE, "REQUIRETLS is listed before TLS, where it has no meaning",
        (), "advertise it only inside TLS", "RFC 8689 2"),
    # TLS
    Row("tls.handshake", FAIL, "the TLS handshake fails", EVERY, "offer TLS 1.2 or newer with a "
        "certificate that fits", "RFC 3207 4.1", "unknown if it was merely not finished within "
        "--timeout, else fail"),
    Row("tls.unusable", FAIL, "the handshake succeeds, but mail cannot be sent: EHLO inside TLS "
        "is refused, or gets no reply or an invalid one", EVERY, "check the server's log for "
        "what ends the session after the handshake; run `openssl s_client -starttls smtp` and "
        "type EHLO", "RFC 3207 4.2", "unknown if EHLO gets a temporary refusal (4yz) or no "
        "reply within --timeout, else fail"),
    Row("tls.client-cert-required", FAIL, "the server requires a client certificate, which mail "
        "senders do not have", EVERY, "request it without requiring it (Postfix: "
        "smtpd_tls_ask_ccert = yes instead of smtpd_tls_req_ccert), or not at all",
        "RFC 8446 4.4.2.4"),
    Row("tls.old-version", NOTE, "TLS 1.1 or older is accepted, or is the newest version "
        "offered, which senders that verify and those with OpenSSL's defaults refuse", VERIFYING,
        "offer TLS 1.2 and 1.3; keep older versions on port 25 only for old senders that would "
        "fall back to plaintext, and never for submission", "RFC 8997 3",
        f"fail for submission (465, 587); if it is the newest, {_LOST}; else note"),
    Row("tls.weak-cipher", WARN, "a weak cipher is accepted", (), "use AES-GCM and ChaCha20 with "
        "ECDHE", "RFC 9325 4.1"),
    Row("tls.weak-group", WARN, "a weak key-exchange group is accepted; senders with OpenSSL's "
        "defaults refuse DH below 2048 bits, senders that verify refuse it below 1024", VERIFYING,
        "use x25519 and P-256, and no small DH group", "RFC 9325 4.1", _LOST),
    Row("tls.weak-signature", WARN, "the server signs the handshake with SHA-1 or MD5, which "
        "senders that verify refuse, and those with OpenSSL's defaults", VERIFYING,
        "make it sign with SHA-256: update its TLS library or its list of signature algorithms",
        "RFC 9155 2", _LOST),
    Row("tls.no-ems", WARN, "TLS 1.2 without the extended master secret", (), "update the TLS "
        "library", "RFC 7627 5.4"),
    Row("tls.compression", WARN, "TLS compression is enabled (CRIME)", (), "turn it off",
        "RFC 9325 3.3"),
    Row("tls.insecure-renegotiation", FAIL, "no secure renegotiation: OpenSSL 3 aborts the "
        "handshake, so opportunistic senders fall back to plaintext and the others cannot "
        "deliver", EVERY, "update the server's TLS library, or enable secure renegotiation in it",
        "RFC 5746 3.6"),
    Row("tls.sni-differs", NOTE, "a different certificate is sent without SNI, or for another name",
        (), "nothing, if senders without SNI accept the one they get", "RFC 6066 3", todo=False),
    Row("tls.client-cert", NOTE, "the server requests a client certificate; some senders cannot "
        "handle that", (), "disable it unless you need it (smtpd_tls_ask_ccert)", "RFC 8446 4.3.2"),
    Row("tls.not-testable", NOTE, "something cannot be tested from here, so its result is unknown",
        (), "nothing; this is not a fault of the server", "RFC 9325 3.1", todo=False),
    # Certificate
    Row("cert.untrusted", WARN, "the certificate does not chain to a public CA: it is "
        "self-signed, its CA is unknown, or the chain is broken", CERTIFICATES,
        "get a certificate from a public CA", "RFC 8461 4.2", _NEEDED),
    Row("cert.unreadable", WARN, "a certificate, or part of it, cannot be parsed, so its content "
        "is unknown; senders may reject it", VERIFYING, "inspect it with openssl asn1parse; have "
        "it reissued", "RFC 5280 4.1", "unknown if a published policy, a 2 x x TLSA record or "
        "--level requires it; note if no sender looks at that part; else warn"),
    Row("cert.purpose", WARN, "the certificate, or that of a CA above it, is not valid for TLS "
        "servers", CERTIFICATES, "get a certificate with serverAuth in its extended key usage",
        "RFC 5280 4.2.1.12", _NEEDED),
    Row("cert.missing-intermediate", WARN, "the issuer is neither sent nor a trusted root: an "
        "intermediate certificate is missing, or senders do not know the CA", CERTIFICATES,
        "send the full chain (fullchain.pem instead of cert.pem); if the CA is private, get a "
        "certificate from a public CA or publish TLSA records", "RFC 8446 4.4.2", _NEEDED),
    Row("cert.expired", WARN, "a certificate has expired or is not valid yet", CERTIFICATES,
        "renew it and reload the server", "RFC 5280 4.1.2.5",
        f"{_NEEDED}; note if only a 3 x x TLSA record applies"),
    Row("cert.expiring", WARN, "the certificate expires soon", CERTIFICATES, "renew it; check "
        "why automatic renewal failed", "RFC 5280 4.1.2.5", "fail below the second number of "
        "--cert-days, else warn", explains=False),
    Row("cert.name", WARN, "the certificate does not match the name that senders look for",
        CERTIFICATES, "get a certificate with the MX host name as a DNS name (SAN)", "RFC 9525 6.3",
        _NEEDED),
    Row("cert.cn-only", WARN, "the name is only in the common name: Postfix and OpenSSL accept "
        "that, MTA-STS senders must not, and RFC 9525 no longer allows it", (STS,),
        "get a certificate with the name as a DNS name (SAN)", "RFC 9525 2", "fail if an "
        "MTA-STS policy or --level sts requires it, else warn"),
    Row("cert.order", NOTE, "the chain is out of order, or contains unneeded certificates", (),
        "send the server certificate first, then the issuer of each certificate", "RFC 8446 4.4.2",
        explains=False),
    Row("cert.weak-key", WARN, "the key is weak; senders with OpenSSL's defaults refuse RSA "
        "below 2048 bits when they verify", VERIFYING, "use RSA with 3072 bits, or P-256",
        "RFC 9325 4.2", _LOST),
    Row("cert.weak-sig", WARN, "the certificate is signed with SHA-1 or MD5, which senders that "
        "verify refuse", VERIFYING, "get a certificate signed with SHA-256", "RFC 9155 2", _LOST),
    Row("cert.must-staple", NOTE, "the certificate requires OCSP stapling, which few mail "
        "servers support", (), "get one without must-staple", "RFC 7633 4", explains=False),
    # DANE
    Row("dane.no-match", FAIL, "TLSA records are published, but none matches the certificate",
        (DANE,), "publish a record for the current key, or restore the old key", "RFC 7672 2.2"),
    Row("dane.agility-shadow", FAIL, "a stale record with a stronger digest overrides a matching "
        "one with a weaker digest", (DANE,), "remove the stale record", "RFC 7671 9"),
    Row("dane.second-cert", FAIL, "the server has certificates of two key types, but TLSA "
        "records match only one: DANE senders that get the other one cannot deliver", (DANE,),
        "publish a record for each key", "RFC 7672 2.2"),
    Row("dane.all-unusable", WARN, "no TLSA record is usable: TLS is mandatory, but the server "
        "is not authenticated", (DANE,), "publish 3 1 1 or 2 1 1 records", "RFC 7672 2.2"),
    Row("dane.too-many", FAIL, "a host has more than the 100 TLSA records that Postfix reads, in "
        "the changing order of the DNS answer", (DANE,), "keep only the records of the current "
        "and the next keys", "RFC 7671 8"),
    Row("dane.pkix-usage", WARN, "a TLSA record has usage 0 or 1, which SMTP does not support", (),
        "publish usage 3 or 2 instead", "RFC 7672 3.1.3"),
    Row("dane.ta-not-sent", FAIL, "a 2 x x record names a trust anchor that the server does not "
        "send", (DANE,), "include the trust anchor in the chain, or publish 3 1 1",
        "RFC 7672 3.1.2"),
    Row("dane.ta-name", FAIL, "the chain leads to the trust anchor of a 2 x x record, but the "
        "certificate is for another name", (DANE,), "get a certificate for the MX host name, or "
        "publish 3 1 1", "RFC 7672 3.2.2", "warn if it matches only the domain and the MX "
        "records are insecure, else fail"),
    Row("dane.no-rollover", NOTE, "there is only one TLSA record, and none for the next key", (),
        "also publish a record for the next key or for the issuing CA", "RFC 7671 8.1"),
    Row("dane.mx-insecure", WARN, "TLSA records are published, but the MX records are not "
        "signed: no protection against a forged MX", (DANE,), "sign the domain (DNSSEC)",
        "RFC 7672 2.2.1"),
    # MTA-STS
    Row("sts.absent", NOTE, "no MTA-STS policy is published", (), "publish a policy, starting in "
        "mode testing", "RFC 8461 3"),
    Row("sts.txt-multiple", FAIL, "there are several _mta-sts records: senders ignore them all",
        (STS,), "keep exactly one", "RFC 8461 3.1"),
    Row("sts.txt-syntax", FAIL, "the _mta-sts record is invalid", (STS,), 'publish TXT "v=STSv1; '
        'id=20260101T000000"', "RFC 8461 3.1", "warn if only some senders reject it, else fail"),
    Row("sts.txt-missing", WARN, "a policy file is served, but there is no _mta-sts record, so "
        "senders never fetch it", (STS,), 'publish TXT "v=STSv1; id=..." at _mta-sts',
        "RFC 8461 3.1"),
    Row("sts.fetch", FAIL, "the policy cannot be fetched", (STS,), "serve it over HTTPS with "
        "status 200", "RFC 8461 3.3", "unknown on timeout, warn if the policy may be truncated, "
        "else fail"),
    Row("sts.cert", FAIL, "the certificate of the policy host does not verify", (STS,),
        "get a certificate for mta-sts.DOMAIN and send the full chain", "RFC 8461 3.3"),
    Row("sts.redirect", FAIL, "the policy host sends a redirect, which senders must not follow",
        (STS,), "serve the policy at that URL itself", "RFC 8461 3.3"),
    Row("sts.type", FAIL, "the policy's media type is not text/plain", (STS,), "serve it as "
        "text/plain", "RFC 8461 3.2"),
    Row("sts.size", FAIL, "the policy is larger than 64 KiB", (STS,), "shorten it", "RFC 8461 3.3"),
    Row("sts.policy-syntax", FAIL, "the policy does not parse", (STS,), "provide version, mode, "
        "max_age and mx lines", "RFC 8461 3.2", "warn if senders interpret it differently, else "
        "fail"),
    Row("sts.mx-uncovered", FAIL, "no mx line of the policy matches an MX host: MTA-STS senders "
        "skip this host", (STS,), "add the host to the policy, then change the id", "RFC 8461 4.1",
        "warn in mode testing, else fail"),
    Row("sts.testing", NOTE, "the policy is in mode testing: failures are reported, but mail is "
        "still delivered", (), "switch to enforce once the reports are clean", "RFC 8461 5"),
    Row("sts.none", NOTE, "the policy is in mode none: MTA-STS is disabled", (),
        "nothing, if MTA-STS is being phased out", "RFC 8461 3.2", todo=False),
    Row("sts.max-age-short", WARN, "max_age is less than a day: the policy protects only for "
        "that long", (STS,), "use several weeks: max_age: 2419200", "RFC 8461 3.2"),
    Row("sts.id-unchanged", WARN, "the id is unchanged: senders do not fetch a changed policy",
        (STS,), "change the id whenever the policy changes", "RFC 8461 3.1"),
    Row("sts.dane-first", NOTE, "TLSA records are usable: DANE senders ignore MTA-STS", (),
        "nothing; keep both correct", "RFC 8461 2", todo=False),
    # TLSRPT and submission
    Row("tlsrpt.absent", NOTE, "DANE or MTA-STS is published, but TLS reports are not requested",
        (), 'publish _smtp._tls TXT "v=TLSRPTv1; rua=mailto:..."', "RFC 8460 3"),
    Row("tlsrpt.syntax", WARN, "the TLSRPT record is invalid", (), 'publish TXT "v=TLSRPTv1; '
        'rua=mailto:tls-reports@DOMAIN"', "RFC 8460 3"),
    Row("tlsrpt.multiple", WARN, "there are several TLSRPT records: senders ignore them all", (),
        "keep exactly one", "RFC 8460 3"),
    Row("submission.465-missing", NOTE, "port 587 works, but port 465 (implicit TLS) does not", (),
        "offer submissions on port 465 and publish it in SRV _submissions._tcp", "RFC 8314 3.3"),
    Row("submission.none", NOTE, "the domain does not offer submission (SRV target `.`)", (),
        "nothing, if this is intended", "RFC 6186 3.4", todo=False),
)  # fmt: skip

FINDINGS = {row.id: row for row in ROWS}
"""Every finding by its id."""


def same_family(text: str) -> tuple[str, ...]:
    """Return the ids that begin as an unknown one does: `tlsa.x` gives those of `tlsa`."""
    family = text.partition(".")[0]
    return tuple(name for name in FINDINGS if name.startswith(f"{family}."))
