"""The columns of the results as Parquet: schema `smtpprobe/survey/1`, described in docs/survey.md.

Every table is written with its schema, never one that a library guesses from the first rows: a
column that is null in all of them would lose its type. New columns may come within version 1. A
column that users see has its meaning beside it, which goes into the files and the page.
"""

from __future__ import annotations

import pyarrow as pa

SCHEMA = "smtpprobe/survey/1"

_TEXT, _YES = pa.string(), pa.string()
"""A three-valued fact is the word yes, no or unknown."""

_TEXTS, _TIME = pa.list_(_TEXT), pa.timestamp("ms", tz="UTC")

_MEANING = "smtpprobe.meaning"


def _told(name: str, kind: pa.DataType, meaning: str) -> pa.Field:
    return pa.field(name, kind, metadata={_MEANING: meaning})


def meaning_of(column: pa.Field) -> str:
    """Return what a column means; nothing for one that is internal."""
    found: bytes = (column.metadata or {}).get(_MEANING.encode(), b"")
    return found.decode()


def _senders(of_pkix: str) -> pa.DataType:
    """Return what each kind of sender does; the words are those of `smtpprobe starttls`."""
    of_opportunistic = (
        "`tls`, `clear`, `partial` (some), `no`, or `unknown`"
        if of_pkix == "yes"
        else "`tls`, `degraded` (TLS at some addresses), `clear`, `none`, or `unknown`"
    )
    others = f"`{of_pkix}`, `partial`, `{'no' if of_pkix == 'yes' else 'none'}`"
    published = f"{others}, `not-applicable` (nothing is published) or `unknown`"
    return pa.struct(
        [
            _told("opportunistic", _TEXT, f"uses TLS if it works: {of_opportunistic}"),
            _told(
                "pkix", _TEXT, f"sends only to a certificate it can verify: {others} or `unknown`"
            ),
            _told("dane", _TEXT, f"honours TLSA records: {published}"),
            _told("mta_sts", _TEXT, f"honours MTA-STS: {published}"),
        ]
    )


PLACE = pa.struct(
    [
        _told("ip", _TEXT, "IP address"),
        _told("port", pa.int32(), "port"),
        _told("implicit_tls", pa.bool_(), "TLS from the first octet, without STARTTLS"),
        _told("sni", _TEXT, "name sent in TLS (SNI); null: none"),
        _told(
            "second",
            pa.bool_(),
            "a host with TLSA records: a certificate of another key type was asked for too",
        ),
    ]
)
"""Where to dial, and the name to send (null: none); `second`: with its other certificate."""

_PLACE_SEEN = pa.struct([*PLACE, ("network", _TEXT), ("excluded", pa.bool_())])

RESOLVED = pa.schema(
    [
        ("number", pa.int64()),
        ("text", _TEXT),
        ("target", _TEXT),
        ("error", _TEXT),
        ("facts", pa.large_binary()),
        ("places", pa.list_(pa.list_(_PLACE_SEEN))),
    ]
)
"""What the first stage hands to the others; internal. `places` are those of each host."""

ASKED = pa.schema(
    [
        ("place", pa.int64()),
        *PLACE,
        ("network", _TEXT),
        ("lane", pa.int64()),
        ("chunk", pa.int64()),
    ]
)
"""The distinct places of all domains; internal."""

ADDRESSES = pa.schema(
    [
        _told("place", pa.int64(), "number of the address in this survey"),
        _told("round", pa.int8(), "1, or 2 where it was asked again"),
        _told("again", pa.bool_(), "it was refused for now, and is asked once more in round 2"),
        *PLACE,
        _told("network", _TEXT, "its IPv4 /24 or IPv6 /48"),
        _told("asked", _TIME, "when the connection began"),
        _told("connect", _TEXT, "`connected`, or how connecting ended: `connection refused`, ..."),
        _told("reason", _TEXT, "why it ended so, in words"),
        _told("connections", pa.int32(), "connections made"),
        _told("seconds", pa.float64(), "how long they took"),
        _told("greeting", _TEXT, "first reply of the server"),
        _told("ended", _TEXT, "reply or reason that ended the session early; empty: none"),
        _told("starttls", _YES, "whether EHLO lists STARTTLS: `yes`, `no` or `unknown`"),
        _told("starttls_reply", pa.int32(), "code of the reply to STARTTLS; null: it was not sent"),
        _told("ehlo", _TEXTS, "lines of the EHLO reply before TLS; null: no good reply"),
        _told("tls_ok", pa.bool_(), "whether the TLS handshake succeeded; null: there was none"),
        _told("tls_reason", _TEXT, "why it did not"),
        _told("tls_version", _TEXT, "`TLSv1.3`, `TLSv1.2`, `TLSv1.1`, `TLSv1`; empty: failed"),
        _told("cipher", _TEXT, "cipher suite"),
        _told("key_exchange", _TEXT, "key-exchange group; empty: not known"),
        _told("certificate_sha256", _TEXT, "SHA-256 of the server's certificate"),
        _told("subject", _TEXT, "its subject"),
        _told("issuer", _TEXT, "its issuer: the common name, else the whole name"),
        _told("names", _TEXTS, "its DNS names (SAN)"),
        _told("not_before", _TIME, "valid from"),
        _told("not_after", _TIME, "valid to"),
        _told("key", _TEXT, "key: `RSA 2048`, `EC secp256r1`"),
        _told("key_bits", pa.int32(), "its size"),
        _told("signature", _TEXT, "algorithm of its signature"),
        _told("chain_length", pa.int32(), "certificates sent"),
        _told("trusted", _YES, "whether they lead to a trusted root; names and dates are apart"),
        _told("trust_code", pa.int32(), "OpenSSL's code for that: 0 is trusted"),
        _told("trust_reason", _TEXT, "the same in OpenSSL's words"),
        _told("facts", pa.large_binary(), "everything that was seen, for the verdict; internal"),
    ]
)
"""What one place showed: a row each, however many domains lead there.

`again` rows were refused for now and asked a second time: the row of round 2 holds, where there is
one. `trusted` is about the path to a root, without names and dates.
"""

_RECORDS = pa.list_(
    pa.struct(
        [
            _told("preference", pa.int32(), "lowest first"),
            _told("host", _TEXT, "host; `.` is a null MX"),
        ]
    )
)

_MX = pa.struct(
    [
        _told(
            "status",
            _TEXT,
            "DNSSEC: `secure`, `insecure` (not signed), `unverified` (the resolver does not "
            "validate), `bogus`; or no answer: `error`, `timeout`, `interrupted`",
        ),
        _told("null_mx", pa.bool_(), "it accepts no mail (RFC 7505); null: no answer"),
        _told("implicit", pa.bool_(), "no MX record, so its own address is used; null: no answer"),
        _told("records", _RECORDS, "MX records"),
    ]
)

_STS = pa.struct(
    [
        _told("status", _TEXT, "`valid`, `invalid`, `absent`, `unknown` or `not-applicable`"),
        _told("mode", _TEXT, "`enforce`, `testing` or `none`; null unless valid"),
        _told("max_age", pa.int64(), "seconds for which senders keep the policy"),
        _told("id", _TEXT, "id of the record"),
        _told("problem", _TEXT, "what is wrong with the record or the policy"),
    ]
)

_TLSRPT = pa.struct(
    [
        _told("status", _TEXT, "`valid`, `invalid`, `absent`, `unknown` or `not-applicable`"),
        _told("rua", _TEXTS, "where reports go"),
    ]
)

_AT = pa.struct(
    [
        *PLACE,
        _told("encrypted", _YES, "whether TLS works there: `yes`, `no` or `unknown`"),
        _told("trusted", _YES, "whether the certificate verifies, dates included; null: none came"),
        _told("name_matches", _YES, "whether it is for this host; null: none came"),
        _told(
            "dane",
            _TEXT,
            "`match`, `no-match`, `unusable`, `none` (no TLSA records), `insecure` (not signed), "
            "`error` or `unknown`",
        ),
        _told("days_left", pa.int32(), "days until it ends, on the day of the survey"),
        _told("senders", _senders("yes"), "whether each kind of sender delivers there"),
    ]
)

_HOST = pa.struct(
    [
        _told("name", _TEXT, "name of the host"),
        _told("port", pa.int32(), "port"),
        _told("preference", pa.int32(), "its preference"),
        _told("address_status", _TEXT, "DNSSEC of its addresses; words as in `mx.status`"),
        _told("tlsa_status", _TEXT, "DNSSEC of its TLSA records; null: not looked up"),
        _told("tlsa", _TEXTS, "TLSA records: usage, selector, matching type, data"),
        _told("addresses", pa.list_(_AT), "what each address comes to, for this domain"),
    ]
)

_FINDING = pa.struct(
    [
        _told("id", _TEXT, "id, as in the [table of findings](starttls.md)"),
        _told("level", _TEXT, "`fail`, `warn`, `note` or `unknown`"),
        _told("host", _TEXT, "host it is about; empty: the domain"),
        _told("ip", _TEXT, "address it is about; empty: the host or the domain"),
        _told("message", _TEXT, "in words"),
        _told("affects", _TEXTS, "kinds of sender affected, by the names in `senders`"),
    ]
)

DOMAINS = pa.schema(
    [
        _told("number", pa.int64(), "line or row of the list, from 1"),
        _told("target", _TEXT, "domain"),
        _told("error", _TEXT, "why the entry was not checked; null: it was"),
        _told("time", _TIME, "when DNS was asked; null: not checked"),
        _told("result", _TEXT, "`ok`, `fail`, `inconclusive` or `nothing` (it accepts no mail)"),
        _told("exit_code", pa.int16(), "exit code of `smtpprobe starttls` for it"),
        _told("senders", _senders("all"), "how far each kind of sender gets; null: not checked"),
        _told("mx", _MX, "the MX lookup"),
        _told("mta_sts", _STS, "MTA-STS"),
        _told("tlsrpt", _TLSRPT, "TLS reporting"),
        _told("hosts", pa.list_(_HOST), "its mail hosts"),
        _told("findings", pa.list_(_FINDING), "findings, the gravest first"),
    ]
)
"""The verdict on one entry of the list, with what it rests on; addresses by their place only."""
