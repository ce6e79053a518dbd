"""Certificates on which senders differ, or that hold what some libraries cannot read: STRICT_KINDS.

One builder a kind, as in `certificate_kinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from tests.servers.certificate_kinds import Builder, Names
from tests.servers.certificates import (
    DAY,
    NOW,
    SHA1_WITH_RSA,
    SHA256_WITH_RSA,
    Authorities,
    Chain,
    Holder,
    Wish,
    authority,
    chain_of,
    issued,
    new_rsa_key,
    resigned,
    tagged,
    unknown_extension,
    usage,
)

PSS_WITH_SHA1: Final = bytes.fromhex("300d06092a864886f70d01010a3000")
"""RSASSA-PSS with all its defaults: SHA-1, MGF1 of SHA-1, 20 octets of salt (RFC 4055, 3.1)."""

NETSCAPE_TYPE: Final = x509.ObjectIdentifier("2.16.840.1.113730.1.1")
FOR_CLIENTS: Final = bytes.fromhex("03020780")
"""A Netscape certificate type of bit 0: SSL client."""

ELSEWHERE: Final = x509.NameConstraints([x509.DNSName("elsewhere.test")], None)
"""Below one domain only."""

STAMPS: Final = x509.ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2")
"""The list of signed certificate timestamps (RFC 6962, 3.3)."""


def key_usage(by: Authorities, names: Names) -> Chain:
    """Its key may sign documents only (content commitment): no TLS."""
    wanted = [usage("content_commitment")]
    return by.usual(Wish(names, key=new_rsa_key(), extensions=wanted))


def key_usage_good(by: Authorities, names: Names) -> Chain:
    """Its key may do what TLS needs."""
    return by.usual(Wish(names, extensions=[usage("digital_signature")]))


def netscape_client(by: Authorities, names: Names) -> Chain:
    """Netscape's old extension says that it is for clients."""
    old = x509.UnrecognizedExtension(NETSCAPE_TYPE, FOR_CLIENTS)
    return by.usual(Wish(names, extensions=[old]))


def any_purpose(by: Authorities, names: Names) -> Chain:
    """It is for any purpose, which does not say TLS servers."""
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])
    return by.usual(Wish(names, extensions=[purpose]))


def issuer_for_clients(by: Authorities, names: Names) -> Chain:
    """The authority that issued it may do so for clients."""
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    issuing = authority("smtpprobe lab client CA", by.root, also=[purpose])
    return chain_of(issued(Wish(names), issuing), issuing)


def issuer_key_usage(by: Authorities, names: Names) -> Chain:
    """The key of the authority that issued it must not sign certificates."""
    issuing = authority("smtpprobe lab CA that must not", by.root, also=[usage("crl_sign")])
    return chain_of(issued(Wish(names), issuing), issuing)


def issuer_expired(by: Authorities, names: Names) -> Chain:
    """The authority that issued it ended yesterday."""
    life = (NOW - 400 * DAY, NOW - DAY)
    issuing = authority("smtpprobe lab CA of yesterday", by.root, life=life)
    return chain_of(issued(Wish(names), issuing), issuing)


def lower_expired(by: Authorities, names: Names) -> Chain:
    """Of two authorities above it, the lower one ended yesterday."""
    life = (NOW - 400 * DAY, NOW - DAY)
    lower = authority("smtpprobe lab CA of yesterday", by.issuing, life=life)
    return chain_of(issued(Wish(names), lower), lower, by.issuing)


def issuer_constrained(by: Authorities, names: Names) -> Chain:
    """The authority that issued it may do so below another domain only."""
    issuing = authority("smtpprobe lab constrained CA", by.root, also=[ELSEWHERE])
    return chain_of(issued(Wish(names, subject=""), issuing), issuing)


def lower_constrained(by: Authorities, names: Names) -> Chain:
    """Of two authorities above it, the lower one may issue below another domain only."""
    lower = authority("smtpprobe lab constrained CA", by.issuing, also=[ELSEWHERE])
    return chain_of(issued(Wish(names, subject=""), lower), lower, by.issuing)


def lower_too_deep(by: Authorities, names: Names) -> Chain:
    """Of two authorities above it, the upper one may have none below it."""
    upper = authority("smtpprobe lab last CA", by.root, path_length=0)
    lower = authority("smtpprobe lab CA below the last", upper)
    return chain_of(issued(Wish(names), lower), lower, upper)


def lower_not_ca(by: Authorities, names: Names) -> Chain:
    """A server's certificate issued it; the authority above that is sent."""
    no_ca = x509.BasicConstraints(ca=False, path_length=None)
    server = issued(Wish(["server.test"], extensions=[no_ca]), by.issuing)
    return chain_of(issued(Wish(names), server), server, by.issuing)


def unknown_critical(by: Authorities, names: Names) -> Chain:
    """It holds an extension that must be understood, and that nobody knows."""
    return by.usual(Wish(names, extensions=[unknown_extension()]))


def issuer_unknown_critical(by: Authorities, names: Names) -> Chain:
    """The authority that issued it has an extension that must be understood, and nobody does."""
    issuing = authority("smtpprobe lab critical CA", by.root, also=[unknown_extension()])
    return chain_of(issued(Wish(names), issuing), issuing)


def pss_sha1(by: Authorities, names: Names) -> Chain:
    """Its signature is RSASSA-PSS, with SHA-1 as the standard has it for want of other words."""
    issuing = authority("smtpprobe lab PSS CA", by.root, key=new_rsa_key())
    leaf = issued(Wish(names), issuing)
    assert isinstance(issuing.key, rsa.RSAPrivateKey)
    body = leaf.certificate.tbs_certificate_bytes
    old = tagged(0x30, SHA256_WITH_RSA + b"\5\0")
    assert body.count(old) == 1
    assert len(old) == len(PSS_WITH_SHA1)
    body = body.replace(old, PSS_WITH_SHA1)
    salted = padding.PSS(padding.MGF1(hashes.SHA1()), 20)
    signature = issuing.key.sign(body, salted, hashes.SHA1())
    parts = body + PSS_WITH_SHA1 + tagged(0x03, b"\0" + signature)
    return chain_of(Holder(tagged(0x30, parts), leaf.key), issuing)


def sha1_issuer(by: Authorities, names: Names) -> Chain:
    """The certificate of the authority that issued it is signed with SHA-1."""
    upper = authority("smtpprobe lab RSA CA", by.root, key=new_rsa_key())
    issuing = authority("smtpprobe lab CA by SHA-1", upper)
    issuing = resigned(issuing, upper.key, SHA256_WITH_RSA, SHA1_WITH_RSA)
    return chain_of(issued(Wish(names), issuing), issuing, upper)


def rsa_1024_issuer(by: Authorities, names: Names) -> Chain:
    """The key of the authority that issued it is too short."""
    issuing = authority("smtpprobe lab short CA", by.root, key=new_rsa_key(1024))
    return chain_of(issued(Wish(names), issuing), issuing)


def cn_beside_names(by: Authorities, names: Names) -> Chain:
    """The name is in the common name; the alternative names are of somebody else."""
    return by.usual(Wish(["elsewhere.test"], subject=names[0]))


def cn_beside_mail(by: Authorities, names: Names) -> Chain:
    """The name is in the common name; the one alternative name is a mail address."""
    mail = x509.SubjectAlternativeName([x509.RFC822Name("hostmaster@elsewhere.test")])
    return by.usual(Wish(subject=names[0], extensions=[mail]))


def cn_wildcard(by: Authorities, names: Names) -> Chain:
    """The common name alone, with a star for the first label."""
    return by.usual(Wish(subject=f"*.{names[0].partition('.')[2]}"))


def cn_of_many(by: Authorities, names: Names) -> Chain:
    """Two common names, no alternative names: the last is the right one."""
    many = [x509.NameAttribute(NameOID.COMMON_NAME, each) for each in ("elsewhere.test", names[0])]
    return by.usual(Wish(subject=x509.Name(many)))


def wildcard_in_label(by: Authorities, names: Names) -> Chain:
    """A star for a part of the first label."""
    first, _, rest = names[0].partition(".")
    return by.usual(Wish([f"{first[:2]}*.{rest}"], subject=""))


def wildcard_deep(by: Authorities, names: Names) -> Chain:
    """A star for the second label."""
    first, _, rest = names[0].partition(".")
    return by.usual(Wish([f"{first}.*.{rest.partition('.')[2]}"], subject=""))


def wildcard_of_all(by: Authorities, names: Names) -> Chain:
    """A star right below the top."""
    return by.usual(Wish([f"*.{names[0].rpartition('.')[2]}"], subject=""))


def latin1_in_aia(by: Authorities, names: Names) -> Chain:
    """The address of its issuer's certificate holds an octet that is no ASCII."""
    where = x509.UniformResourceIdentifier("http://ca.test/caf-.crt")
    access = x509.AuthorityInformationAccess(
        [x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, where)]
    )
    leaf = issued(Wish(names, extensions=[access]), by.issuing)
    return chain_of(resigned(leaf, by.issuing.key, b"/caf-.", b"/caf\xe9."), by.issuing)


def latin1_in_mail(by: Authorities, names: Names) -> Chain:
    """Beside the name stands a mail address with an octet that is no ASCII."""
    return by.usual_but(_with_mail(names), b"jos-@", b"jos\xe9@")


def latin1_in_other_name(by: Authorities, _names: Names) -> Chain:
    """For somebody else; beside the name stands a mail address with an octet that is no ASCII."""
    return by.usual_but(_with_mail(["elsewhere.test"]), b"jos-@", b"jos\xe9@")


def latin1_in_name(by: Authorities, names: Names) -> Chain:
    """Beside the name stands another one with an octet that is no ASCII."""
    return by.usual_but(Wish([*names, "caf-.test"]), b"caf-.test", b"caf\xe9.test")


def latin1_name(by: Authorities, names: Names) -> Chain:
    """The only alternative name holds an octet that is no ASCII; the common name is right."""
    return by.usual_but(Wish(["caf-.test"], subject=names[0]), b"caf-.test", b"caf\xe9.test")


def _with_mail(names: Names) -> Wish:
    entries = [*map(x509.DNSName, names), x509.RFC822Name("jos-@elsewhere.test")]
    return Wish(subject=names[0], extensions=[x509.SubjectAlternativeName(entries)])


def garbled_stamps(by: Authorities, names: Names) -> Chain:
    """Its list of timestamps is garbled."""
    stamps = x509.UnrecognizedExtension(STAMPS, b"\x04\x05\0\xffxyz")
    return by.usual(Wish(names, extensions=[stamps]))


def garbled_constraints(by: Authorities, names: Names) -> Chain:
    """Its basic constraints are garbled."""
    oid = x509.ObjectIdentifier("2.5.29.19")
    return by.usual(Wish(names, extensions=[x509.UnrecognizedExtension(oid, b"\x30\x03\x01\x01")]))


def garbled_purpose(by: Authorities, names: Names) -> Chain:
    """Its extended key usage is garbled."""
    oid = x509.ObjectIdentifier("2.5.29.37")
    return by.usual(Wish(names, extensions=[x509.UnrecognizedExtension(oid, b"\x30\x03\x06\x05")]))


def garbled_usage(by: Authorities, names: Names) -> Chain:
    """Its key usage is garbled."""
    oid = x509.ObjectIdentifier("2.5.29.15")
    return by.usual(Wish(names, extensions=[x509.UnrecognizedExtension(oid, b"\x30\x03\x06\x05")]))


def garbled_names(by: Authorities, names: Names) -> Chain:
    """Its alternative names are garbled; the common name is right."""
    oid = x509.ObjectIdentifier("2.5.29.17")
    garbled = x509.UnrecognizedExtension(oid, b"\x30\x05\x82\x09abc")
    return by.usual(Wish(subject=names[0], extensions=[garbled]))


STRICT_KINDS: Final[Mapping[str, Builder]] = {
    builder.__name__.replace("_", "-"): builder
    for builder in (
        *(key_usage, key_usage_good, netscape_client, any_purpose, issuer_for_clients),
        *(issuer_key_usage, issuer_expired, lower_expired, issuer_constrained, lower_constrained),
        *(lower_too_deep, lower_not_ca, unknown_critical, issuer_unknown_critical),
        *(pss_sha1, sha1_issuer, rsa_1024_issuer, cn_beside_names, cn_beside_mail, cn_wildcard),
        *(cn_of_many, wildcard_in_label, wildcard_deep, wildcard_of_all, latin1_in_aia),
        *(latin1_in_mail, latin1_in_other_name, latin1_in_name, latin1_name, garbled_stamps),
        *(garbled_constraints, garbled_purpose, garbled_usage, garbled_names),
    )
}
"""Every kind by its name: `key-usage` is what `key_usage` builds."""
