"""Writes docs/starttls.md from the tables of the program: `python -m tests.docs.starttls`."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.starttls.facts import Because
from smtpprobe.starttls.finding_table import ROWS, WHO, Row
from smtpprobe.starttls.reports.text import SENDERS

PAGE = Path(__file__).parents[2] / "docs" / "starttls.md"

HEAD = """\
# `smtpprobe starttls`: senders, findings, JSON

Generated from the program's tables by `python -m tests.docs.starttls`; a test checks that it is
current. `smtpprobe explain dane.no-match` shows a single finding.

## Senders

"""

SENDER_TEXTS = {
    "opportunistic": "uses TLS if it works, with any certificate; otherwise it sends in the clear.",
    "pkix": "sends only over TLS, to a certificate from a public CA that names the MX host: "
    "Postfix at `verify`, and at `secure` with `match=hostname` (by default it looks for the "
    "domain).",
    "dane": "uses TLSA records protected by DNSSEC (RFC 7672); otherwise like the first.",
    "sts": "uses the policy of the domain (RFC 8461); in modes other than enforce like the first.",
}

FINDING_HEAD = """
## Findings

F fail, W warn, N note, U unknown: a required fact could not be determined. A failing finding, or
with `--fail-on warn` a warning, makes the exit code 1; otherwise an unknown one makes it 4. With
`--level`, findings that do not affect that kind of sender never fail.

| finding | level | means | who is affected | what to do | source |
|---|---|---|---|---|---|
"""

REASON_HEAD = """
## Why a fact can be unknown

Unknown is never shown as no. In JSON the reason is in `<field>_reason`, next to the field.

"""

TAIL = """
## JSON

`--json` writes one object, or an array for several targets; `--jsonl` and lists write one object
per line. The schema is [schemas/starttls-1.json](schemas/starttls-1.json), and `schema` is
`smtpprobe/starttls/1`. Version 1 may gain new fields; a changed meaning makes version 2. A field
that can be unknown is `yes`, `no` or `unknown` (`resolver.validating`); one that is always known is
`true` or `false` (`interrupted`, `tls.ok`); one that comes from DNS is omitted if the lookup failed
(`null_mx`). An unknown EHLO list is null, with the reason in `before_reason` or `after_reason`; an
empty list means that nothing is listed. `tls.ok` is about the handshake, `tls.usable` about EHLO
inside TLS. In `would_deliver`, `partial` means that some such senders deliver to the address and
some do not. With `--deep`, `tls.classes` shows which kinds of suites and groups are accepted,
`tls.complete` whether every test was made and answered, and `tls.not_asked` which were not.
`result` is `ok`, `fail`, `inconclusive` or `nothing`. Lists add `seq`, the line number; a line that
is not a target has only `error`.

For each certificate, `chain` (as sent) and `verified_chain` (the path to a trusted root; empty if
there is none) have `serial`, `cert_sha256`, `cert_sha1`, `common_name`, `san` and `san_by_type`,
`key_type`, `key_bits`, `signature_hash`, `key_usage`, `extended_key_usage`, `ca`, `ocsp_urls`,
`issuer_urls`, `crl_urls`, `must_staple`, `sct_count`, and with `--pem` the certificate itself as
`pem`. A number, text or list that cannot be parsed is null, with the reason in `<field>_reason`; it
is never omitted, so that each field has one type. Null without a reason means that the certificate
does not contain it. `affects` of a finding lists the kinds of sender affected, `who` says the same
in words. `smtpprobe` is the version of the program.

JSON is UTF-8 in any locale. In data from the server (`greeting`, `ended`, `text`, `ehlo`,
`surplus_after_220`, names in certificates, TXT and CAA records, HTTP fields), `\\xNN` represents
one octet that is not valid UTF-8 or belongs to a control character. TAB is kept, as is LF between
the lines of a reply. A backslash that would look like such an escape is `\\x5c`; other backslashes
are kept. No octet is lost: decode each `\\xNN` and read the rest as UTF-8. Sentences (`message`,
`fix`, `*_reason`) are for people: they have the same escapes, but plain backslashes.

Strict readers work. DuckDB: `select * from read_json('results.jsonl')`. Arrow requires one type per
field, and `dns.mx.rrset` has rows of a number and a name, so give it a schema:
`pyarrow.json.read_json(file, parse_options=ParseOptions(explicit_schema=schema,
unexpected_field_behavior="ignore"))`; the same records are in `dns.mx.records`, with one type per
field.
"""


def page() -> str:
    """Return the page as it should be."""
    senders = "".join(
        f"- **{name}** (`--level {sender.value}`) {SENDER_TEXTS[sender.value]}\n"
        for sender, name in SENDERS.items()
    )
    findings = "".join(map(_row, ROWS))
    reasons = "".join(f"- {because.value}\n" for because in Because)
    return HEAD + senders + FINDING_HEAD + findings + REASON_HEAD + reasons + TAIL


def _row(row: Row) -> str:
    cells = (
        f"`{row.id}`",
        row.levels or row.level,
        row.meaning,
        WHO[row.affects],
        row.fix,
        row.reference,
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
