"""The kinds of sender, and the levels of findings, by the words of the command line.

It imports nothing: `starttls --help` lists them.
"""

OPPORTUNISTIC, PKIX, DANE, STS = "opportunistic", "pkix", "dane", "sts"
"""The kinds of sender, as `--level` names them."""

EVERY = (OPPORTUNISTIC, PKIX, DANE, STS)
VERIFYING = (PKIX, DANE, STS)
CERTIFICATES = (PKIX, STS)

FAIL, WARN, NOTE, UNKNOWN = "fail", "warn", "note", "unknown"
