# Sourced by findings about Postfix: `with_postfix PACKAGE==VERSION ...` unpacks Debian's Postfix into
# $folder/root (nothing is installed), makes a configuration for posttls-finger and an environment with
# these Python packages. $folder is gone at the end.
with_postfix() {
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    mkdir -p "$folder/debs/partial" "$folder/root" "$folder/config"
    chmod 755 "$folder"
    apt-get -qq -y --no-install-recommends --download-only --reinstall \
        -o Dir::Cache::archives="$folder/debs" -o APT::Sandbox::User=root install postfix >"$folder/apt.log" 2>&1 ||
        { cat "$folder/apt.log"; exit 2; }
    for deb in "$folder"/debs/*.deb; do dpkg -x "$deb" "$folder/root"; done
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" --quiet --disable-pip-version-check install "$@" >"$folder/pip.log" 2>&1 ||
        { cat "$folder/pip.log"; exit 2; }
    cat >"$folder/config/main.cf" <<MAIN
compatibility_level = 3.6
shlib_directory = $folder/root/usr/lib/postfix
meta_directory = $folder/root/usr/share/postfix
inet_protocols = ipv4
MAIN
}
