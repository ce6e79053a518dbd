#!/bin/sh
# DANE: the digest of a TLSA record 3 1 1, where a program takes the key out of a certificate by the
# Python package cryptography and writes it as SubjectPublicKeyInfo, as recipes have it.
#
# Guess: certificate.public_key().public_bytes(DER, SubjectPublicKeyInfo) gives the octets that stand
#   in the certificate, which is what selector 1 means (RFC 6698 2.1.2), for any key that it reads.
# Behaviour of cryptography 46.0.3: it writes the key anew. A key of RSASSA-PSS (RFC 4055) becomes one
#   of rsaEncryption, and a compressed point of an elliptic curve (RFC 5480 2.2) an uncompressed one; no
#   error, no warning. The digest is another one, and a record made of it matches nothing. For
#   rsaEncryption and for uncompressed points the octets are the same. OpenSSL keeps them in all cases.
#
# Needs openssl (seen with 3.0.19) and python3. Nothing listens, nothing is sent.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install cryptography==46.0.3 \
    >"$folder/pip.log" 2>&1 || { cat "$folder/pip.log"; exit 2; }

certificate() {
    openssl req -x509 -new -key "$folder/$1.key" -subj /CN=mx.example.org -days 30 \
        -out "$folder/$1.pem" 2>"$folder/openssl.log"
}
for kind in RSA RSA-PSS; do
    name=$(echo "$kind" | tr A-Z a-z)
    openssl genpkey -algorithm "$kind" -pkeyopt rsa_keygen_bits:2048 \
        -out "$folder/$name.key" 2>"$folder/openssl.log"
    certificate "$name"
done
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$folder/ec.key"
certificate ec
openssl ec -in "$folder/ec.key" -conv_form compressed -out "$folder/ec-compressed.key" \
    2>"$folder/openssl.log"
certificate ec-compressed

cat >"$folder/compare.py" <<'PYTHON'
import pathlib
import subprocess
import sys

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

for name in ('rsa', 'rsa-pss', 'ec', 'ec-compressed'):
    file = pathlib.Path(sys.argv[1], f'{name}.pem')
    certificate = x509.load_pem_x509_certificate(file.read_bytes())
    written = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    stands = written in certificate.public_bytes(Encoding.DER)
    pem = subprocess.run(['openssl', 'x509', '-in', file, '-pubkey', '-noout'],
                         capture_output=True, check=True).stdout
    kept = subprocess.run(['openssl', 'pkey', '-pubin', '-outform', 'DER'], input=pem,
                          capture_output=True, check=True).stdout
    whole = kept in certificate.public_bytes(Encoding.DER)
    print(f'{name}: cryptography {"the same" if stands else "written anew"}, '
          f'openssl {"the same" if whole else "written anew"}')
PYTHON
"$folder/venv/bin/python" "$folder/compare.py" "$folder" >"$folder/seen"
cat >"$folder/expected" <<'TEXT'
rsa: cryptography the same, openssl the same
rsa-pss: cryptography written anew, openssl the same
ec: cryptography the same, openssl the same
ec-compressed: cryptography written anew, openssl the same
TEXT
openssl version
diff "$folder/expected" "$folder/seen" && cat "$folder/seen"
