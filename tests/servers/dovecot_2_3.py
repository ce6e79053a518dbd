"""Dovecot 2.3, as in Debian 12."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.servers.dovecot_dialect import Dialect

CONFIGURATION: Final = """\
base_dir = {home}/run
state_dir = {home}/state
libexec_dir = {root}/usr/lib/dovecot
mail_plugin_dir = {root}/usr/lib/dovecot/modules
import_environment = LD_LIBRARY_PATH={library_path}
instance_name = smtpprobe-lab
log_path = {home}/dovecot.log
listen = {host}
protocols = lmtp
mail_location = mbox:{home}/mail/%n:INBOX={home}/mail/%n/inbox
first_valid_uid = 1

ssl = yes
ssl_cert = <{certificate_file}
ssl_key = <{key_file}

disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_username_format = %Ln
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = passwd-file
  args = {home}/users
  default_fields = uid=dovecot gid=dovecot home={home}/mail/%n
}}

service config {{
  executable = {home}/bin/config
}}
service auth {{
  unix_listener auth-client {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{  # no waiting after a wrong password
    mode = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    port = {port}
  }}
  unix_listener lmtp {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@{domain}
  hostname = {hostname}
  mail_plugins = quota
}}
plugin {{
  quota = count:User quota
  quota_vsizes = yes
}}
"""


def reader(configuration: Path) -> list[str | Path]:
    """Return the words that have doveconf read only what `master` needs."""
    return ["-f", "service=master", "-c", configuration, "-m", "master", "-p", "-e"]


DIALECT: Final = Dialect(CONFIGURATION, "userdb_quota_rule=*:bytes=10", reader)
