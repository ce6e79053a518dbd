"""Real servers that users log in to, each with mechanisms of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import trustme

from tests.servers import dovecot as lab_dovecot
from tests.servers import exim as lab_exim
from tests.servers import lab, unpacked
from tests.servers import postfix as lab_postfix

USER: Final = "alice"
PASSWORD: Final = lab_dovecot.PASSWORDS[USER]
TOKEN: Final = "a token of alice's"


@dataclass(frozen=True, slots=True)
class LoginServer:
    """A server that waits for logins inside TLS; `certificate` is one of a client that it knows."""

    name: str
    port: int
    user: str
    certificate: Path | None = None
    key: Path | None = None
    clear: bool = False


# -- Postfix with Cyrus SASL

CYRUS: Final = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {home}/sasldb2
mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256
log_level: 1
"""

MASTER: Final = """\
{port} inet n - n - - smtpd -o syslog_name=postfix/cyrus
    -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
    -o smtpd_sasl_type=cyrus -o smtpd_sasl_path=smtpd -o cyrus_sasl_config_path={home}/conf/sasl
    -o smtpd_sasl_local_domain={domain}
"""


@contextmanager
def postfix_with_cyrus() -> Iterator[LoginServer]:
    """Run Postfix that asks Cyrus SASL, whose passwords stand in a sasldb."""
    root, sasl = lab.required("postfix"), lab.required("sasl")
    with lab.persistently(lambda: _postfix_once(root, sasl)) as server:
        yield server


@contextmanager
def _postfix_once(root: Path, sasl: Path) -> Iterator[LoginServer]:
    with lab.home("cyrus") as home:
        (port,) = lab.free_ports(1)
        certificate = lab.identity(home, lab_postfix.HOSTNAME, "localhost", lab.HOST)
        plugins = next(sasl.glob("usr/lib/*-linux-gnu*/sasl2"))
        shutil.copytree(plugins, home / "plugins")
        more = {"SASL_PATH": str(home / "plugins")}
        _set_password(sasl, home, more)
        kept = f"MAIL_CONFIG LD_LIBRARY_PATH SASL_PATH={home}/plugins"
        lab_postfix.write_configuration(
            root,
            home,
            MASTER.format(port=port, home=home, domain=lab_postfix.DOMAIN),
            interfaces=lab.HOST,
            chain_files=f"{certificate.key_file}, {certificate.certificate_file}",
            more=f"import_environment = {kept}\nexport_environment = {kept} TZ LANG=C\n",
        )
        # Debian's Postfix looks beside main.cf, whatever cyrus_sasl_config_path says
        (home / "conf" / "sasl").mkdir()
        (home / "conf" / "sasl" / "smtpd.conf").write_text(CYRUS.format(home=home))

        def ready() -> bool:
            return lab.first_line(port).startswith(b"220 ")

        with lab_postfix.started(root, home, ready):
            yield LoginServer("Postfix with Cyrus SASL", port, f"{USER}@{lab_postfix.DOMAIN}")


def _set_password(sasl: Path, home: Path, more: dict[str, str]) -> None:
    program = next(sasl.glob("usr/sbin/saslpasswd2"))
    database = home / "sasldb2"
    subprocess.run(
        [program, "-p", "-c", "-f", database, "-u", lab_postfix.DOMAIN, USER],
        input=PASSWORD.encode(),
        env=unpacked.environment(unpacked.libraries(sasl)) | more,
        check=True,
        capture_output=True,
        timeout=60,
    )
    shutil.chown(database, user="postfix")


# -- Dovecot's submission server

SUBMISSION: Final = {
    "2.3": """\
protocols = lmtp submission
auth_mechanisms = plain login scram-sha-256 oauthbearer xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {file}
}}
""",
    "2.4": """\
protocols {{
  submission = yes
}}
auth_mechanisms = plain login scram-sha-256 scram-sha-256-plus oauthbearer xoauth2
oauth2 {{
  introspection_mode = auth
  introspection_url = http://{host}:{http}/
  username_attribute = email
}}
passdb oauth2 {{
  mechanisms_filter = xoauth2 oauthbearer
}}
""",
}
"""What each version of Dovecot is told."""

OAUTH2: Final = """\
tokeninfo_url = http://{host}:{http}/?access_token=
introspection_mode = auth
introspection_url = http://{host}:{http}/
username_attribute = email
debug = yes
"""

LISTENER: Final = """\
submission_relay_host = {host}
submission_relay_port = 9
service submission-login {{
  chroot =
  inet_listener submission {{
    port = {port}
  }}
}}
hostname = mx.lab.test
"""


class Tokens(BaseHTTPRequestHandler):
    """Says whose a token is, as an OAuth server does when it is asked (RFC 7662)."""

    def do_GET(self) -> None:
        """Answer for the token in the address, or in the header."""
        given = unquote(self.path.partition("=")[2]) or self.headers.get("Authorization", "")
        good = given.removeprefix("Bearer ") == TOKEN
        body = json.dumps({"email": USER, "active": True, "username": USER}).encode()
        self.send_response(200 if good else 401)
        self.send_header("Content-Length", str(len(body) if good else 0))
        self.end_headers()
        self.wfile.write(body if good else b"")

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def token_server() -> Iterator[int]:
    """Run a server that knows TOKEN; yields its port."""
    with ThreadingHTTPServer((lab.HOST, 0), Tokens) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def dovecot_submission() -> Iterator[LoginServer]:
    """Run Dovecot's submission server; nothing leaves it, as there is nobody to relay to."""
    root = lab.required("dovecot-submission")
    with token_server() as http, lab.home("oauth") as home:
        (port,) = lab.free_ports(1)
        where = {"host": lab.HOST, "http": http, "port": port, "file": home / "oauth2.conf"}
        (home / "oauth2.conf").write_text(OAUTH2.format(**where))
        with lab_dovecot.running(
            root, lambda version: (SUBMISSION[version] + LISTENER).format(**where)
        ):
            yield LoginServer("Dovecot submission", port, USER)


# -- Exim

AUTHENTICATORS: Final = """\
tls_try_verify_hosts = *
tls_verify_certificates = {ca_file}
auth_advertise_hosts = *

begin authenticators
cram:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = ${{if eq{{$auth1}}{{{user}}}{{{password}}}fail}}
  server_set_id = $auth1
certificate:
  driver = external
  public_name = EXTERNAL
  server_param2 = ${{certextract{{subj_altname,mail,>:}}{{$tls_in_peercert}}}}
  server_condition = ${{if inlist{{$auth1}}{{$auth2}}}}
  server_set_id = $auth1
  server_advertise_condition = ${{if eq{{$tls_in_certificate_verified}}{{1}}}}
"""


@contextmanager
def exim() -> Iterator[LoginServer]:
    """Run Exim that knows a password by CRAM-MD5, and clients by their certificates."""
    root = lab.required("exim")
    with lab.home("clients") as home:
        authority = trustme.CA(organization_name="smtpprobe test lab for clients")
        authority.cert_pem.write_to_path(str(home / "ca.pem"))
        issued = authority.issue_cert(f"{USER}@{lab_exim.DOMAIN}")
        issued.cert_chain_pems[0].write_to_path(str(home / "client.pem"))
        issued.private_key_pem.write_to_path(str(home / "client.key"))
        (home / "client.key").chmod(0o600)
        more = AUTHENTICATORS.format(ca_file=home / "ca.pem", user=USER, password=PASSWORD)
        with lab_exim.running(root, more) as server:
            yield LoginServer(
                "Exim", server.port, USER, home / "client.pem", home / "client.key", clear=True
            )
