"""The columns of the results as Parquet: schema `smtpprobe/survey/1`, described in docs/survey.md.

Every table is written with its schema, never one that a library guesses from the first rows: a
column that is null in all of them would lose its type. New columns may come within version 1.
"""

from __future__ import annotations

import pyarrow as pa

SCHEMA = "smtpprobe/survey/1"

_TEXT, _YES = pa.string(), pa.string()
"""A three-valued fact is the word yes, no or unknown."""

_TIME = pa.timestamp("ms", tz="UTC")

_SENDERS = pa.struct([(name, _TEXT) for name in ("opportunistic", "pkix", "dane", "mta_sts")])

PLACE = pa.struct(
    [
        ("ip", _TEXT),
        ("port", pa.int32()),
        ("implicit_tls", pa.bool_()),
        ("sni", _TEXT),
        ("second", pa.bool_()),
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
        *((field.name, field.type) for field in PLACE),
        ("network", _TEXT),
        ("lane", pa.int64()),
        ("chunk", pa.int64()),
    ]
)
"""The distinct places of all domains; internal."""

ADDRESSES = pa.schema(
    [
        ("place", pa.int64()),
        ("round", pa.int8()),
        ("again", pa.bool_()),
        ("ip", _TEXT),
        ("port", pa.int32()),
        ("implicit_tls", pa.bool_()),
        ("sni", _TEXT),
        ("second", pa.bool_()),
        ("network", _TEXT),
        ("asked", _TIME),
        ("connect", _TEXT),
        ("reason", _TEXT),
        ("connections", pa.int32()),
        ("seconds", pa.float64()),
        ("greeting", _TEXT),
        ("ended", _TEXT),
        ("starttls", _YES),
        ("starttls_reply", pa.int32()),
        ("ehlo", pa.list_(_TEXT)),
        ("tls_ok", pa.bool_()),
        ("tls_reason", _TEXT),
        ("tls_version", _TEXT),
        ("cipher", _TEXT),
        ("key_exchange", _TEXT),
        ("certificate_sha256", _TEXT),
        ("subject", _TEXT),
        ("issuer", _TEXT),
        ("names", pa.list_(_TEXT)),
        ("not_before", _TIME),
        ("not_after", _TIME),
        ("key", _TEXT),
        ("key_bits", pa.int32()),
        ("signature", _TEXT),
        ("chain_length", pa.int32()),
        ("trusted", _YES),
        ("trust_code", pa.int32()),
        ("trust_reason", _TEXT),
        ("facts", pa.large_binary()),
    ]
)
"""What one place showed: a row each, however many domains lead there.

`again` rows were refused for now and asked a second time: the row of round 2 holds, where there is
one. `trusted` is about the path to a root, without names and dates.
"""

DOMAINS = pa.schema(
    [
        ("number", pa.int64()),
        ("target", _TEXT),
        ("error", _TEXT),
        ("time", _TIME),
        ("result", _TEXT),
        ("exit_code", pa.int16()),
        ("senders", _SENDERS),
        (
            "mx",
            pa.struct(
                [
                    ("status", _TEXT),
                    ("null_mx", pa.bool_()),
                    ("implicit", pa.bool_()),
                    ("records", pa.list_(pa.struct([("preference", pa.int32()), ("host", _TEXT)]))),
                ]
            ),
        ),
        (
            "mta_sts",
            pa.struct(
                [
                    ("status", _TEXT),
                    ("mode", _TEXT),
                    ("max_age", pa.int64()),
                    ("id", _TEXT),
                    ("problem", _TEXT),
                ]
            ),
        ),
        ("tlsrpt", pa.struct([("status", _TEXT), ("rua", pa.list_(_TEXT))])),
        (
            "hosts",
            pa.list_(
                pa.struct(
                    [
                        ("name", _TEXT),
                        ("port", pa.int32()),
                        ("preference", pa.int32()),
                        ("address_status", _TEXT),
                        ("tlsa_status", _TEXT),
                        ("tlsa", pa.list_(_TEXT)),
                        (
                            "addresses",
                            pa.list_(
                                pa.struct(
                                    [
                                        *((field.name, field.type) for field in PLACE),
                                        ("encrypted", _YES),
                                        ("trusted", _YES),
                                        ("name_matches", _YES),
                                        ("dane", _TEXT),
                                        ("days_left", pa.int32()),
                                        ("senders", _SENDERS),
                                    ]
                                )
                            ),
                        ),
                    ]
                )
            ),
        ),
        (
            "findings",
            pa.list_(
                pa.struct(
                    [
                        ("id", _TEXT),
                        ("level", _TEXT),
                        ("host", _TEXT),
                        ("ip", _TEXT),
                        ("message", _TEXT),
                        ("affects", pa.list_(_TEXT)),
                    ]
                )
            ),
        ),
    ]
)
"""The verdict on one entry of the list, with what it rests on; addresses by their place only."""
