"""Every finding of `smtpprobe starttls` as a row: level, meaning, who is affected, fix, source.

Plain data without imports of weight: `smtpprobe explain FINDING-ID` prints it.
"""

from __future__ import annotations

from typing import NamedTuple

OPPORTUNISTIC, PKIX, DANE, STS = "opportunistic", "pkix", "dane", "sts"
"""The kinds of sender, as `--level` names them."""

EVERY = (OPPORTUNISTIC, PKIX, DANE, STS)
VERIFYING = (PKIX, DANE, STS)
CERTIFICATES = (PKIX, STS)

FAIL, WARN, NOTE, UNKNOWN = "fail", "warn", "note", "unknown"


class Row(NamedTuple):
    """One finding. `level` is the usual one; `levels` says where it differs, empty where never.

    `affects` are the kinds of sender whose delivery it touches, () for none. `todo` tells whether
    `fix` asks for anything: of what may be meant so it says just that.
    """

    id: str
    level: str
    meaning: str
    affects: tuple[str, ...]
    fix: str
    reference: str
    levels: str = ""
    todo: bool = True


WHO = {
    EVERY: "every sender",
    VERIFYING: "senders that verify: PKIX required, DANE, MTA-STS",
    CERTIFICATES: "senders that verify by public roots: PKIX required, MTA-STS",
    (DANE,): "DANE senders (Postfix with dane, Exchange Online)",
    (STS,): "MTA-STS senders (Gmail, Outlook.com)",
    (OPPORTUNISTIC,): "opportunistic senders, which are most",
    (): "no delivery; it is worth knowing",
}
"""Kinds of sender in words."""

_NEEDED = "fail where a published policy or --level needs it, else warn"

_LOST = "fail where a sender of a published policy or of --level does not deliver for it, else warn"

ROWS = (
    Row("check.interrupted", UNKNOWN, "the check was interrupted: what it had not reached by "
        "then is unknown", (), "run it again; --timeout shortens what it waits for", "signal(7)"),
    Row("check.undecided", UNKNOWN, "no rule found a fault, and yet it is not known that the "
        "senders that count deliver over TLS", EVERY, "look at the matrix for what is "
        "unknown there; try again, or from another network", "RFC 3207 4",
        "fail where the senders that count have no TLS, else unknown"),
    # DNS
    Row("dns.nxdomain", FAIL, "the domain does not exist in DNS", EVERY,
        "check the spelling; register the domain or restore its delegation", "RFC 8020 2"),
    Row("dns.no-mail-host", FAIL, "the domain has no mail host: no MX record and no address, or "
        "with --submission no SRV record; or every host named is an address in place of a name, "
        "has no address, or means whoever asks (localhost, loopback)", EVERY,
        "publish an MX record; publish `MX 0 .` if the domain takes no mail", "RFC 5321 5.1",
        "unknown where -4 or -6 leaves out a family that may have addresses, else fail"),
    Row("dns.mx-insecure", NOTE, "the MX records are not protected by DNSSEC, so whoever can forge "
        "DNS answers can name other mail hosts", (), "sign the domain (DNSSEC)", "RFC 7672 2.2.1"),
    Row("dns.mx-bogus", FAIL, "an answer fails DNSSEC validation: senders behind validating "
        "resolvers get nothing and defer", EVERY,
        "repair the signatures or the DS record of the zone", "RFC 4035 5.5"),
    Row("dns.lookup-failed", UNKNOWN, "DNS gave no answer, so nothing can be said about what it "
        "would name", EVERY, "look at the name servers of the zone and at the resolver asked",
        "RFC 5321 5.1"),
    Row("dns.mx-cname", WARN, "an MX record points to an alias (CNAME); some senders refuse that",
        (), "point the MX at the name that holds the address", "RFC 2181 10.3"),
    Row("dns.mx-invalid", WARN, "an MX record points to something no mail can reach: an address "
        "instead of a name, localhost, a name without addresses, or an address of a private range",
        EVERY,
        "let the MX name a host with public addresses", "RFC 5321 5.1"),
    Row("dns.implicit-mx", NOTE, "there is no MX record; senders use the address of the domain "
        "itself", (), "publish an MX record that names the host", "RFC 5321 5.1"),
    Row("dns.null-mx", NOTE, "the domain says that it takes no mail (null MX)", (),
        "nothing, if that is meant", "RFC 7505 3", todo=False),
    Row("dns.null-mx-conflict", FAIL, "a null MX stands beside other MX records: senders may "
        "refuse to deliver at all", EVERY, "remove either the null MX or the others",
        "RFC 7505 3"),
    Row("dns.null-mx-unneeded", NOTE, "a null MX on a name without address: mail for it fails "
        "anyway", (), "nothing needs to be done", "RFC 7505 4", todo=False),
    Row("dns.tlsa-servfail", FAIL, "the TLSA lookup fails in a signed zone: DANE senders must not "
        "take that for absence, and defer", (DANE,),
        "let the name servers answer TLSA queries, with a proof of absence if there are none",
        "RFC 7672 2.1.2"),
    Row("dns.resolver-unvalidated", NOTE, "the resolver does not validate, or its word is not "
        "trusted because it is not on this machine; DNSSEC stays unverified", (),
        "ask a validating resolver on loopback, or name one with --resolver and --trust-ad",
        "RFC 6840 5.7", "unknown where TLSA records exist or with --level dane, else note"),
    # Connection
    Row("conn.refused", WARN, "nobody listens there: the connection is refused", EVERY,
        "start the server, open the firewall, or remove the address", "RFC 5321 5.1",
        "unknown where no address of the target answers, else warn"),
    Row("conn.timeout", WARN, "no answer: packets are dropped, or the host is down", EVERY,
        "open the firewall or remove the address; many networks block port 25 outwards, so try "
        "from another one", "RFC 5321 4.5.3.2",
        "unknown where no address of the target answers, else warn"),
    Row("conn.421", UNKNOWN, "the server says 421 (service not available), the second time too",
        EVERY, "try later, or from another address: it may limit or distrust this one",
        "RFC 5321 3.8"),
    Row("conn.rejected", UNKNOWN, "the server refuses this client in its greeting or at EHLO; what "
        "it does for others is unknown", EVERY,
        "run the check from an address that the server accepts", "RFC 5321 3.1"),
    Row("conn.closed", UNKNOWN, "the server closes the connection in the middle of the session, "
        "without a reply", EVERY, "look into its log for a crash, a filter or a limit on clients; "
        "run the check again from another network", "RFC 5321 4.1.1.10"),
    Row("conn.failed", WARN, "the address cannot even be dialled: it is none to be reached from "
        "here, or this machine does not allow it", EVERY, "correct the address; look at the routes "
        "and the firewall of this machine", "RFC 5321 5.1",
        "unknown where no address of the target answers, else warn"),
    Row("conn.not-smtp", FAIL, "what answers is not SMTP", EVERY,
        "check the port, or what stands in front of the server", "RFC 5321 4.2"),
    Row("conn.tls-at-once", FAIL, "the port speaks TLS at once: it does not greet, and answers a "
        "TLS handshake; mail servers that send wait for a greeting in clear", EVERY,
        "check it as smtps://HOST:PORT; where mail comes in, let the server greet in clear and "
        "offer STARTTLS", "RFC 8314 3.3"),
    Row("conn.unasked-reply", FAIL, "the server sends a reply that nobody asked for: senders take "
        "it for the answer to their next command, and each that follows for that to another", EVERY,
        "look at what stands in front of the server, and at its scripts: a greeting is one reply, "
        "and so is the answer to each command", "RFC 5321 4.2"),
    Row("conn.family-differs", WARN, "IPv4 and IPv6 of one host differ in STARTTLS, version or "
        "certificate: two machines, or a middlebox in one way", (),
        "give both families the same configuration", "RFC 5321 5.1"),
    Row("conn.addresses-differ", WARN, "addresses of one host differ in STARTTLS, version or "
        "certificate", (), "give all addresses the same configuration", "RFC 5321 5.1"),
    # STARTTLS
    Row("starttls.missing", FAIL, "EHLO does not list STARTTLS: mail goes there in clear, or not "
        "at all", EVERY, "turn TLS on in the server; look for a firewall that strips STARTTLS "
        "(XXXXXXXA)", "RFC 3207 4"),
    Row("starttls.varies", FAIL, "STARTTLS is listed in one connection and not in another: "
        "machines behind one address that differ, or a filter that strips it now and then", EVERY,
        "give all machines behind the address the same configuration; look for a filter",
        "RFC 3207 4"),
    Row("starttls.refused", FAIL, "STARTTLS is listed, yet refused: usually the server cannot read "
        "its certificate or key", EVERY, "look into the server's log for the certificate or key it "
        "cannot load", "RFC 3207 4"),
    Row("starttls.not-220", FAIL, "STARTTLS is answered by another 2yz than 220, and TLS begins: "
        "Postfix goes on, senders that wait for 220 go on in clear or give up", EVERY,
        "let the server answer 220; look at what stands in front of it", "RFC 3207 4"),
    Row("starttls.surplus", FAIL, "plaintext came from the server after its 220: forged replies, "
        "or a broken middlebox", EVERY, "find what writes into the connection; a client that keeps "
        "it can be deceived", "RFC 3207 4.2"),
    Row("starttls.injection", FAIL, "the server keeps plaintext commands and answers them inside "
        "TLS: an attacker can put commands into the session (CVE-2011-0411)", EVERY,
        "update the server; it must drop what it read before the handshake", "RFC 3207 4.2"),
    Row("starttls.pipelined-plain", WARN, "a command sent right behind STARTTLS was run in clear",
        (), "update the server; it should drop what stands behind STARTTLS", "RFC 3207 4.2"),
    Row("starttls.still-offered", WARN, "STARTTLS is listed inside TLS, which must not be", (),
        "update or correct the server", "RFC 3207 4.2"),
    Row("starttls.auth-before-tls", WARN, "AUTH is offered in clear: passwords can be read on the "
        "way", (), "offer AUTH inside TLS only (Postfix: smtpd_tls_auth_only = yes)",
        "RFC 4954 4"),
    Row("starttls.state-kept", WARN, "MAIL is accepted after the handshake without a new EHLO: the "
        "server keeps what it knew from before", (), "update the server", "RFC 3207 4.2"),
    Row("starttls.works-unadvertised", NOTE, "STARTTLS works though EHLO does not list it", (),
        "list it: senders do not try what is not listed", "RFC 3207 2"),
    Row("ehlo.bad-reply", FAIL, "EHLO gets an answer that it cannot have: 354, or one without an "
        "end; senders give up", EVERY, "look at the server, and at what stands in front of it",
        "RFC 5321 4.3.2"),
    Row("ehlo.xclient", WARN, "XCLIENT or XFORWARD is offered to a stranger, who could forge the "
        "client's address", (), "limit it to proxies of your own "
        "(smtpd_authorized_xclient_hosts)", "Postfix XCLIENT_README"),
    Row("requiretls.cleartext", NOTE, "REQUIRETLS is listed before TLS, where it means nothing",
        (), "list it inside TLS only", "RFC 8689 2"),
    # TLS
    Row("tls.handshake", FAIL, "the TLS handshake fails", EVERY,
        "offer TLS 1.2 or newer with a certificate that fits", "RFC 3207 4.1",
        "unknown where it is only not done in the time that --timeout leaves, else fail"),
    Row("tls.unusable", FAIL, "TLS works, and mail cannot follow: EHLO inside it is refused, "
        "gets no answer or one that it cannot have", EVERY, "look into the "
        "server's log for what ends the session behind the handshake; run "
        "`openssl s_client -starttls smtp` and type EHLO", "RFC 3207 4.2",
        "unknown where EHLO is refused for now (4yz), or not answered in the time that --timeout "
        "leaves, else fail"),
    Row("tls.client-cert-required", FAIL, "the server goes on only with clients that show a "
        "certificate of their own; senders of mail have none", EVERY,
        "ask for it without demanding it (Postfix: smtpd_tls_ask_ccert = yes in place of "
        "smtpd_tls_req_ccert), or not at all", "RFC 8446 4.4.2.4"),
    Row("tls.old-version", NOTE, "TLS 1.1 or older is accepted, or is the newest there is, which "
        "senders that verify refuse, and those with OpenSSL's defaults", VERIFYING,
        "offer TLS 1.2 and 1.3; leave older ones on at port 25 only while old senders would go "
        "back to clear text, and off for submission", "RFC 8997 3",
        f"fail for submission (465, 587); where it is the newest {_LOST}; else note"),
    Row("tls.weak-cipher", WARN, "a cipher is accepted that is rated bad", (),
        "offer AES-GCM and ChaCha20 with ECDHE", "RFC 9325 4.1"),
    Row("tls.weak-group", WARN, "a key-exchange group is accepted that is rated bad; DH below 2048 "
        "bits is refused by senders with OpenSSL's defaults, below 1024 by all that verify",
        VERIFYING, "offer x25519 and P-256; no small DH group", "RFC 9325 4.1", _LOST),
    Row("tls.weak-signature", WARN, "the server signs the handshake with SHA-1 or MD5, which "
        "senders that verify refuse, and those with OpenSSL's defaults", VERIFYING,
        "let it sign with SHA-256: update its TLS library, or its list of signature algorithms",
        "RFC 9155 2", _LOST),
    Row("tls.no-ems", WARN, "TLS 1.2 without the extended master secret", (),
        "update the TLS library", "RFC 7627 5.4"),
    Row("tls.compression", WARN, "TLS compression is on (CRIME)", (), "turn it off",
        "RFC 9325 3.3"),
    Row("tls.insecure-renegotiation", FAIL, "no secure renegotiation: OpenSSL 3 ends the "
        "handshake, so opportunistic senders go on in clear, and the others do not deliver", EVERY,
        "update the server's TLS library, or turn safe renegotiation on in it", "RFC 5746 3.6"),
    Row("tls.sni-differs", NOTE, "another certificate is shown without SNI, or for another name",
        (), "nothing, if senders without SNI get one that they accept", "RFC 6066 3", todo=False),
    Row("tls.client-cert", NOTE, "the server asks for a client certificate; some senders stumble "
        "over that", (), "turn it off where nothing needs it (smtpd_tls_ask_ccert)",
        "RFC 8446 4.3.2"),
    Row("tls.not-testable", NOTE, "something cannot be tested from here, so its result is unknown",
        (), "nothing is known to be wrong", "RFC 9325 3.1", todo=False),
    # Certificate
    Row("cert.untrusted", WARN, "the certificate leads to no public root: self-signed, an unknown "
        "authority, or a broken path", CERTIFICATES, "get a certificate of a public authority",
        "RFC 8461 4.2", _NEEDED),
    Row("cert.unreadable", WARN, "a certificate, or a part of it, cannot be read, so nothing is "
        "said of what stands there; senders may refuse it", VERIFYING,
        "look at it with openssl asn1parse; have it issued anew", "RFC 5280 4.1",
        "unknown where a published policy, a 2 x x TLSA record or --level needs it; note where no "
        "sender looks at that part; else warn"),
    Row("cert.purpose", WARN, "the certificate, or that of an authority above it, is not meant for "
        "TLS servers", CERTIFICATES, "get a certificate with serverAuth in extended key usage",
        "RFC 5280 4.2.1.12", _NEEDED),
    Row("cert.missing-intermediate", WARN, "the authority that issued the certificate is not sent, "
        "and is no trusted root: an intermediate certificate is missing, or senders do not know "
        "the authority", CERTIFICATES, "send the whole chain (fullchain.pem in place of cert.pem); "
        "if the authority is a private one, get a certificate of a public one, or publish TLSA "
        "records", "RFC 8446 4.4.2", _NEEDED),
    Row("cert.expired", WARN, "a certificate has expired or is not valid yet", CERTIFICATES,
        "renew it, and have the server load the new one", "RFC 5280 4.1.2.5",
        f"{_NEEDED}; note where only a 3 x x TLSA record judges"),
    Row("cert.expiring", WARN, "the certificate expires soon", CERTIFICATES,
        "renew it; look why it was not renewed by itself", "RFC 5280 4.1.2.5",
        "fail below the second number of --cert-days, else warn"),
    Row("cert.name", WARN, "the certificate is not for the name the sender looks for", CERTIFICATES,
        "get a certificate with the MX host name as a DNS name (SAN)", "RFC 9525 6.3", _NEEDED),
    Row("cert.cn-only", WARN, "the name stands only in the common name: Postfix and OpenSSL take "
        "that, MTA-STS senders must not, and RFC 9525 no longer does", (STS,),
        "get a certificate with the name as a DNS name (SAN)", "RFC 9525 2",
        "fail where an MTA-STS policy or --level sts needs it, else warn"),
    Row("cert.order", NOTE, "the chain is out of order, or holds certificates that nobody needs",
        (), "send the server's certificate, then each one's issuer", "RFC 8446 4.4.2"),
    Row("cert.weak-key", WARN, "the key is rated bad; senders with OpenSSL's defaults refuse RSA "
        "below 2048 bits where they verify", VERIFYING,
        "use RSA of 3072 bits or P-256", "RFC 9325 4.2", _LOST),
    Row("cert.weak-sig", WARN, "the certificate is signed with SHA-1 or MD5, which senders that "
        "verify refuse", VERIFYING,
        "get a certificate signed with SHA-256", "RFC 9155 2", _LOST),
    Row("cert.must-staple", NOTE, "the certificate demands an OCSP staple, which mail servers "
        "hardly send", (), "get one without must-staple", "RFC 7633 4"),
    # DANE
    Row("dane.no-match", FAIL, "TLSA records are published, and none matches the certificate",
        (DANE,), "publish a record for the key in use, or restore the old key", "RFC 7672 2.2"),
    Row("dane.agility-shadow", FAIL, "a stale record with a stronger digest hides a matching "
        "one with a weaker digest", (DANE,), "remove the stale record", "RFC 7671 9"),
    Row("dane.second-cert", FAIL, "the server has certificates of two key types, and TLSA "
        "records match only one of them: DANE senders that get the other one do not deliver",
        (DANE,), "publish a record for each key", "RFC 7672 2.2"),
    Row("dane.all-unusable", WARN, "no TLSA record can be used: TLS is mandatory, but nothing is "
        "authenticated", (DANE,), "publish 3 1 1 or 2 1 1 records", "RFC 7672 2.2"),
    Row("dane.too-many", FAIL, "a host has more TLSA records than Postfix reads: 100, in the order "
        "of the answer, which changes", (DANE,), "leave the records of the keys in use, and of the "
        "next ones", "RFC 7671 8"),
    Row("dane.pkix-usage", WARN, "a TLSA record has usage 0 or 1, which is not for SMTP", (),
        "publish usage 3 or 2 instead", "RFC 7672 3.1.3"),
    Row("dane.ta-not-sent", FAIL, "a 2 x x record names a trust anchor that the server does not "
        "send", (DANE,), "send the trust anchor in the chain, or publish 3 1 1", "RFC 7672 3.1.2"),
    Row("dane.ta-name", FAIL, "the chain leads to the trust anchor of a 2 x x record, but the "
        "certificate is for another name", (DANE,),
        "get a certificate for the MX host name, or publish 3 1 1", "RFC 7672 3.2.2",
        "warn where only the domain of MX records that are not secure fits, else fail"),
    Row("dane.no-rollover", NOTE, "there is a single TLSA record: no spare for the next key", (),
        "publish the record of the next key, or of the issuing authority, beside it",
        "RFC 7671 8.1"),
    Row("dane.mx-insecure", WARN, "TLSA records are published, but the MX records are not secure: "
        "no protection against a forged MX", (DANE,), "sign the domain (DNSSEC)",
        "RFC 7672 2.2.1"),
    # MTA-STS
    Row("sts.absent", NOTE, "there is no MTA-STS", (),
        "publish a policy, first in mode testing", "RFC 8461 3"),
    Row("sts.txt-multiple", FAIL, "there are several _mta-sts records: none counts", (STS,),
        "leave exactly one", "RFC 8461 3.1"),
    Row("sts.txt-syntax", FAIL, "the _mta-sts record is not valid, or means to be one and is none",
        (STS,), 'publish TXT "v=STSv1; id=20260101T000000"', "RFC 8461 3.1",
        "warn where only some senders refuse it, else fail"),
    Row("sts.txt-missing", WARN, "a policy file is served, but there is no _mta-sts record, so "
        "nobody looks for it", (STS,), 'publish TXT "v=STSv1; id=..." at _mta-sts', "RFC 8461 3.1"),
    Row("sts.fetch", FAIL, "the policy cannot be fetched", (STS,),
        "serve it with status 200 over HTTPS", "RFC 8461 3.3",
        "unknown where no answer came in time, warn where its end is not sure, else fail"),
    Row("sts.cert", FAIL, "the certificate of the policy host does not verify", (STS,),
        "get a certificate for mta-sts.DOMAIN, and send the whole chain", "RFC 8461 3.3"),
    Row("sts.redirect", FAIL, "the policy host redirects, which senders must not follow", (STS,),
        "serve the file at that address itself", "RFC 8461 3.3"),
    Row("sts.type", FAIL, "the policy has another media type than text/plain", (STS,),
        "serve it as text/plain", "RFC 8461 3.2"),
    Row("sts.size", FAIL, "the policy is larger than 64 KiB", (STS,), "shorten it",
        "RFC 8461 3.3"),
    Row("sts.policy-syntax", FAIL, "the policy does not parse", (STS,),
        "write version, mode, max_age and mx lines", "RFC 8461 3.2",
        "warn where senders read it in different ways, else fail"),
    Row("sts.mx-uncovered", FAIL, "no mx line of the policy covers an MX host: MTA-STS senders "
        "skip it", (STS,), "add the host to the policy, then change the id", "RFC 8461 4.1",
        "warn in mode testing, else fail"),
    Row("sts.testing", NOTE, "the policy is in mode testing: failures are reported, mail goes on",
        (), "change to enforce when the reports are clean", "RFC 8461 5"),
    Row("sts.none", NOTE, "the policy is in mode none: as if there were none", (),
        "nothing, if MTA-STS is being taken back", "RFC 8461 3.2", todo=False),
    Row("sts.max-age-short", WARN, "max_age is below a day: an attacker has to hold out only that "
        "long", (STS,), "use weeks: max_age: 2419200", "RFC 8461 3.2"),
    Row("sts.id-unchanged", WARN, "the id is the one seen before: senders do not fetch a changed "
        "policy", (STS,), "change the id whenever the policy changes", "RFC 8461 3.1"),
    Row("sts.dane-first", NOTE, "usable TLSA records: DANE senders do not ask MTA-STS", (),
        "nothing; keep both right", "RFC 8461 2", todo=False),
    # TLSRPT and submission
    Row("tlsrpt.absent", NOTE, "DANE or MTA-STS is published, and no reports are asked for", (),
        'publish _smtp._tls TXT "v=TLSRPTv1; rua=mailto:..."', "RFC 8460 3"),
    Row("tlsrpt.syntax", WARN, "the TLSRPT record is not valid, or means to be one and is none", (),
        'publish TXT "v=TLSRPTv1; rua=mailto:tls-reports@DOMAIN"', "RFC 8460 3"),
    Row("tlsrpt.multiple", WARN, "there are several TLSRPT records: none counts", (),
        "leave exactly one", "RFC 8460 3"),
    Row("submission.465-missing", NOTE, "587 works, but there is no implicit TLS on 465", (),
        "offer submissions on 465 and name it in SRV _submissions._tcp", "RFC 8314 3.3"),
    Row("submission.none", NOTE, "the domain says that it offers no submission", (),
        "nothing, if that is meant", "RFC 6186 3.4", todo=False),
)  # fmt: skip

FINDINGS = {row.id: row for row in ROWS}
"""Every finding by its id."""


def same_family(text: str) -> tuple[str, ...]:
    """Return the ids that begin as an unknown one does: `tlsa.x` gives those of `tlsa`."""
    family = text.partition(".")[0]
    return tuple(name for name in FINDINGS if name.startswith(f"{family}."))
