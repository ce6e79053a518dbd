"""What each version of Dovecot has of its own: how it is told the same things.

2.3 is that of Debian 12, 2.4 that of Debian 13: other names for most settings, blocks with names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass(frozen=True, slots=True)
class Dialect:
    """The configuration language of a version, and how its reader is called."""

    version: str
    """The first two numbers."""
    settings: Mapping[str, str]
    """What stands for each `@name@` of COMMON, with names of the lab in braces."""
    few_octets: str
    """What stands behind a user in the file of passwords whose mailbox holds ten octets."""
    reader: Callable[[Path], Sequence[str | Path]]
    """The words for doveconf that read a file and run the program behind them with it."""

    @property
    def configuration(self) -> str:
        """What stands in dovecot.conf, with names of the lab in braces."""
        text = COMMON
        for name, words in self.settings.items():
            text = text.replace(f"@{name}@\n", words)
        return text


COMMON: Final = """\
@versions@
base_dir = {home}/run
state_dir = {home}/state
libexec_dir = {root}/usr/lib/dovecot
mail_plugin_dir = {root}/usr/lib/dovecot/modules
@environment@
instance_name = smtpprobe-lab
log_path = {home}/dovecot.log
listen = {host}
@mail@
first_valid_uid = 1

ssl = yes
@certificate@

@in_clear@
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
@user_names@
auth_failure_delay = 0
@users@

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
@plugins@
}}
@quota@
"""

DOVECOT_2_3: Final = Dialect(
    "2.3",
    {
        "versions": "",
        "environment": "import_environment = LD_LIBRARY_PATH={library_path}\n",
        "mail": """\
protocols = lmtp
mail_location = mbox:{home}/mail/%n:INBOX={home}/mail/%n/inbox
""",
        "certificate": """\
ssl_cert = <{certificate_file}
ssl_key = <{key_file}
""",
        "in_clear": "disable_plaintext_auth = no\n",
        "user_names": "auth_username_format = %Ln\n",
        "users": """\
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {home}/users
}}
userdb {{
  driver = passwd-file
  args = {home}/users
  default_fields = uid=dovecot gid=dovecot home={home}/mail/%n
}}
""",
        "plugins": "  mail_plugins = quota\n",
        "quota": """\
plugin {{
  quota = count:User quota
  quota_vsizes = yes
}}
""",
    },
    "userdb_quota_rule=*:bytes=10",
    # only what `master` needs is read
    lambda configuration: (
        *("-f", "service=master", "-c", configuration),
        *("-m", "master", "-p", "-e"),
    ),
)

DOVECOT_2_4: Final = Dialect(
    "2.4",
    {
        "versions": """\
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0

""",
        "environment": """\
import_environment {{
  LD_LIBRARY_PATH = {library_path}
}}
""",
        "mail": """\
protocols {{
  lmtp = yes
}}
mail_driver = mbox
mail_path = {home}/mail/%{{user | username}}
mail_inbox_path = {home}/mail/%{{user | username}}/inbox
""",
        "certificate": """\
ssl_server_cert_file = {certificate_file}
ssl_server_key_file = {key_file}
""",
        "in_clear": "auth_allow_cleartext = yes\n",
        "user_names": "auth_username_format = %{{user | username | lower}}\n",
        "users": """\
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
""",
        "plugins": """\
  mail_plugins {{
    quota = yes
  }}
""",
        "quota": """\
quota "User quota" {{
  quota_driver = count
  quota_storage_grace = 0  # else a mailbox may be 10 MB over
}}
""",
    },
    "userdb_quota_storage_size=10B",
    # all is read, once for every process
    lambda configuration: ("-c", configuration, "-C", "-F"),
)

DIALECTS: Final = {one.version: one for one in (DOVECOT_2_3, DOVECOT_2_4)}
