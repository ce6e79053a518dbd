"""Dovecot 2.4, as in Debian 13: other names for most settings, blocks with names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.servers.dovecot_dialect import Dialect

CONFIGURATION: Final = """\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0

base_dir = {home}/run
state_dir = {home}/state
libexec_dir = {root}/usr/lib/dovecot
mail_plugin_dir = {root}/usr/lib/dovecot/modules
import_environment {{
  LD_LIBRARY_PATH = {library_path}
}}
instance_name = smtpprobe-lab
log_path = {home}/dovecot.log
listen = {host}
protocols {{
  lmtp = yes
}}
mail_driver = mbox
mail_path = {home}/mail/%{{user | username}}
mail_inbox_path = {home}/mail/%{{user | username}}/inbox
first_valid_uid = 1

ssl = yes
ssl_server_cert_file = {certificate_file}
ssl_server_key_file = {key_file}

auth_allow_cleartext = yes
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_username_format = %{{user | username | lower}}
auth_failure_delay = 0
passdb passwd-file {{
  passwd_file_path = {home}/users
  default_password_scheme = PLAIN
}}
userdb passwd-file {{
  passwd_file_path = {home}/users
  fields {{
    uid:default = dovecot
    gid:default = dovecot
    home:default = {home}/mail/%{{user | username}}
  }}
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
  mail_plugins {{
    quota = yes
  }}
}}
quota "User quota" {{
  quota_driver = count
  quota_storage_grace = 0  # else a mailbox may be 10 MB over
}}
"""


def reader(configuration: Path) -> list[str | Path]:
    """Return the words that have doveconf read all, once for every process."""
    return ["-c", configuration, "-C", "-F"]


DIALECT: Final = Dialect(CONFIGURATION, "userdb_quota_storage_size=10B", reader)
