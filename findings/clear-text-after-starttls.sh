#!/bin/sh
# Captures: how tshark reads a TCP connection that goes on in clear after STARTTLS and its 220.
#
# Guess: the SMTP dissector hands everything after that 220 to the TLS dissector, as it announces, so
#   that a session written down decrypted on one connection shows nothing but TCP from there on.
# Behaviour of tshark 4.0.17 (Debian 12): it reads on as SMTP. The TLS dissector declines octets that
#   are no TLS record, and the port decides again: the second EHLO is a command like the first.
#
# A capture of one connection is written by hand and read offline; nothing is sent. The packages are
# unpacked, not installed.
# Seen: what stands in "expected" below; the script fails when something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/debs/partial" "$folder/root"
apt-get -qq -y --no-install-recommends --download-only --reinstall \
    -o Dir::Cache::archives="$folder/debs" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root \
    install tshark >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
for deb in "$folder"/debs/*.deb; do
    case $(basename "$deb") in
    libc6_* | libc-bin_* | libgcc-s1_*) ;;
    *) dpkg -x "$deb" "$folder/root" ;;
    esac
done
dpkg-deb -f "$(ls "$folder"/debs/tshark_*.deb)" Package Version
python3 - "$folder/one.pcap" <<'PYTHON'
import struct
import sys

TALK = [
    (0, b"220 server.test ESMTP\r\n"), (1, b"EHLO client.test\r\n"),
    (0, b"250-server.test\r\n250 STARTTLS\r\n"), (1, b"STARTTLS\r\n"), (0, b"220 2.0.0 go ahead\r\n"),
    (1, b"EHLO client.test\r\n"), (0, b"250 server.test\r\n"), (1, b"QUIT\r\n"), (0, b"221 2.0.0 Bye\r\n"),
]
ENDS = [(bytes([192, 0, 2, 2]), 25), (bytes([192, 0, 2, 1]), 40000)]
following = [1000, 2000]
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 101))
    packets = [(1, 0x02, b""), (0, 0x12, b""), (1, 0x10, b"")] + [(who, 0x18, said) for who, said in TALK]
    for number, (who, flags, octets) in enumerate(packets):
        (source, sport), (goal, dport) = ENDS[who], ENDS[1 - who]
        acknowledged = following[1 - who] if flags & 0x10 else 0
        tcp = struct.pack("!HHIIBBHHH", sport, dport, following[who], acknowledged, 80, flags, 65535, 0, 0)
        following[who] += len(octets) + (flags & 2) // 2
        ip = struct.pack("!BBHHHBBH", 0x45, 0, 40 + len(octets), 0, 0, 64, 6, 0) + source + goal
        packet = ip + tcp + octets
        file.write(struct.pack("<IIII", 1700000000 + number, 0, len(packet), len(packet)) + packet)
PYTHON
LD_LIBRARY_PATH=$(echo "$folder"/root/usr/lib/*-linux-gnu* | tr ' ' ':') \
    "$folder/root/usr/bin/tshark" -n -r "$folder/one.pcap" -Y smtp.req -T fields \
    -e frame.number -e smtp.command_line 2>/dev/null | tee "$folder/seen"
printf '%s\t%s\n' 5 'EHLO client.test\r\n' 7 'STARTTLS\r\n' 9 'EHLO client.test\r\n' 11 'QUIT\r\n' >"$folder/expected"
diff "$folder/expected" "$folder/seen" && echo "as expected"
