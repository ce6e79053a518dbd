#!/bin/sh
# SPF: what pyspf makes of a DNS error while it looks for the name of the client's address (ptr).
#
# Guess: the mechanism does not match and evaluation goes on, as RFC 7208 5.5 says of errors at the PTR
#   lookup and at the address lookups behind it, so that `ptr -all` ends in fail.
# Behaviour of pyspf 2.0.14: either error ends the evaluation in temperror. Receivers that defer on
#   temperror keep mail waiting for a name that only whoever runs the client's network can repair.
#
# The answers of DNS are made up in the process; nothing is asked.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyspf==2.0.14 dnspython==2.9.2
cat >"$folder/ask.py" <<'PYTHON'
import spf

ZONE = {
    ("a.example", "TXT"): [(b"v=spf1 ptr -all",)],
    ("7.2.0.192.in-addr.arpa", "PTR"): ["mail.a.example"],
    ("mail.a.example", "A"): ["198.51.100.1"],
}


def evaluated(failing: tuple[str, str] | None) -> str:
    def answer(name: str, kind: str, *_: object) -> list[object]:
        if (name, kind) == failing:
            raise spf.TempError("DNS SERVFAIL")
        return [((name, kind), record) for record in ZONE.get((name, kind), [])]

    spf.DNSLookup = answer
    return spf.check2(i="192.0.2.7", s="me@a.example", h="mail.a.example")[0]


print("no error:", evaluated(None))
print("error at the PTR lookup:", evaluated(("7.2.0.192.in-addr.arpa", "PTR")))
print("error at the address lookup:", evaluated(("mail.a.example", "A")))
PYTHON
seen=$("$folder/venv/bin/python" "$folder/ask.py")
expected="no error: fail
error at the PTR lookup: temperror
error at the address lookup: temperror"
echo "$seen"
[ "$seen" = "$expected" ]
