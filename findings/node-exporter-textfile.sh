#!/bin/sh
# Prometheus's node_exporter: what its textfile collector makes of .prom files that do not fit together.
#
# Guess: files in which a series stands twice, or whose HELP or TYPE of a metric differ, raise
#   node_textfile_scrape_error, which is what alerts on broken files ask for; or the newer file wins.
# Behaviour of prometheus-node-exporter 1.5.0 (Debian 12): the scrape answers 200, and the error metric
#   stays 0. The series of the file that is read first stay; a second one with the same labels, and
#   all of the metric in a file with another HELP or TYPE, are left out, told in the log only.
#
# On Debian; nothing is installed. Seen: what stands in "expected" below; the script fails when
# something else is seen.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && apt-get -qq download -o APT::Sandbox::User=root prometheus-node-exporter) \
    >"$folder/apt.log" 2>&1 || { cat "$folder/apt.log"; exit 2; }
mkdir "$folder/root" "$folder/files"
for deb in "$folder"/*.deb; do dpkg -x "$deb" "$folder/root"; done
file() {
    printf '# HELP %s %s\n# TYPE %s %s\n%s{target="%s"} %s\n' "$2" "$3" "$2" "$4" "$2" "$5" "$6" \
        >"$folder/files/$1.prom"
}
file a1 same help gauge mx1 1
file a2 same help gauge mx1 2
file b1 help "one text" gauge mx1 1
file b2 help "another text" gauge mx2 2
file c1 type help gauge mx1 1
file c2 type help counter mx2 2
file d1 alone help gauge mx1 1
cat >"$folder/expected" <<'EXPECTED'
200
alone{target="mx1"} 1
help{target="mx1"} 1
node_textfile_scrape_error 0
same{target="mx1"} 1
type{target="mx1"} 1
EXPECTED
python3 - "$folder" >"$folder/seen" <<'PYTHON'
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request

folder = pathlib.Path(sys.argv[1])
with socket.create_server(("127.0.0.1", 0)) as free:
    address = f"127.0.0.1:{free.getsockname()[1]}"
words = [
    folder / "root/usr/bin/prometheus-node-exporter",
    "--collector.disable-defaults", "--collector.textfile",
    f"--collector.textfile.directory={folder}/files", f"--web.listen-address={address}",
]
with (folder / "log").open("w") as log, subprocess.Popen(words, stdout=log, stderr=log) as server:
    try:
        for _ in range(100):
            try:
                answer = urllib.request.urlopen(f"http://{address}/metrics", timeout=5)
                break
            except OSError:
                time.sleep(0.1)
        text = answer.read().decode()
    finally:
        server.terminate()
print(answer.status)
wanted = r"(?:same|help|type|alone)\{.*|node_textfile_scrape_error .*"
print("\n".join(sorted(re.findall(f"^(?:{wanted})$", text, re.MULTILINE))))
PYTHON
"$folder/root/usr/bin/prometheus-node-exporter" --version 2>&1 | head -1
diff "$folder/expected" "$folder/seen" && echo "as found"
