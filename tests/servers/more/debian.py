"""Servers of Debian, each configured as its package or its manual shows, as far as that goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from tests.servers import fetch, lab, unpacked
from tests.servers.more import installed
from tests.servers.more.brought import folder_of, packaged
from tests.servers.more.stand import (
    DOMAIN,
    HOSTNAME,
    IDLE,
    MINUTES,
    PASSWORD,
    RECIPIENT_LIMIT,
    SIZE_LIMIT,
    USER,
    Stand,
    over_tls,
)

NOBODY: Final = 65534


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files into a folder, and the folders they are in."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@contextmanager
def msmtpd() -> Iterator[Stand]:
    """Run msmtpd, which hands messages to a program and wants a login."""
    root = folder_of("msmtpd")
    with lab.home("msmtpd") as home:
        (port,) = lab.free_ports(1)
        command = (
            root / "usr/bin/msmtpd",
            f"--port={port}",
            "--command=sh -c 'cat >/dev/null' sink",
        )
        with lab.daemon(
            (*command, f"--auth={USER},echo {PASSWORD}"),
            ready=lambda: lab.first_line(port).startswith(b"220"),
            folder=home,
            env=unpacked.environment(unpacked.libraries(root)),
        ):
            yield Stand(
                port, f"msmtpd {packaged('msmtpd', 'msmtp-mta')}", for_senders=True, idle=MINUTES
            )


OPENSMTPD: Final = f"""\
pki {HOSTNAME} cert "{{home}}/server.pem"
pki {HOSTNAME} key "{{home}}/server.key"
table credentials {{{{ {USER} = "{{password}}" }}}}
table people {{{{ "{USER}@{DOMAIN}" = "nobody" }}}}
smtp max-message-size "{SIZE_LIMIT}"
smtp limit max-rcpt {RECIPIENT_LIMIT}
listen on {lab.HOST} port {{port}} hostname {HOSTNAME} {{tls}} pki {HOSTNAME} \\
    auth-optional <credentials>
action "drop" mda "/bin/true" virtual <people>
match from any for domain "{DOMAIN}" action "drop"
"""


@contextmanager
def opensmtpd(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run OpenSMTPD as an MX with STARTTLS, or TLS from the first octet, and AUTH inside it."""
    root = folder_of("opensmtpd")
    with lab.home("opensmtpd") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, HOSTNAME)
        hashed = "$6$rounds=5000$smtpprobelab$"  # replaced by `smtpctl encrypt` below
        tls = "smtps" if implicit_tls else "tls"
        text = OPENSMTPD.format(home=home, port=port, password=hashed, tls=tls)
        write(home / "etc", {"smtpd.conf": text})
        first = f"""
chgrp opensmtpq /usr/sbin/smtpctl
chmod 2755 /usr/sbin/smtpctl
password=$(smtpctl encrypt {PASSWORD})
sed -i "s|{hashed.replace("$", "[$]")}|$password|" /etc/smtpd.conf
mkdir -p /var/lib/opensmtpd/empty /var/spool/smtpd
chmod 711 /var/spool/smtpd
"""
        users = {"opensmtpd": 901, "opensmtpq": 902}
        listens = partial(lab.greets, port, implicit_tls=implicit_tls, within=10)
        with installed.running(
            root, home, ("smtpd", "-d"), port, users=users, first=first, ready=listens
        ):
            version = f"OpenSMTPD {packaged('opensmtpd', 'opensmtpd')}"
            stand = Stand(port, version, idle=MINUTES, ca_file=made.ca_file)
            yield over_tls(stand, implicit_tls)


SENDMAIL: Final = f"""\
divert(0)dnl
OSTYPE(`linux')dnl
define(`confDOMAIN_NAME', `{HOSTNAME}')dnl
define(`confMAX_MESSAGE_SIZE', `{SIZE_LIMIT}')dnl
define(`confMAX_RCPTS_PER_MESSAGE', `{RECIPIENT_LIMIT}')dnl
define(`confTO_COMMAND', `{IDLE}s')dnl
define(`confTO_IDENT', `0')dnl
define(`confCACERT_PATH', `/etc/mail/lab')dnl
define(`confCACERT', `/etc/mail/lab/ca.pem')dnl
define(`confSERVER_CERT', `/etc/mail/lab/server.pem')dnl
define(`confSERVER_KEY', `/etc/mail/lab/server.key')dnl
define(`confDELIVERY_MODE', `queueonly')dnl
define(`confAUTH_MECHANISMS', `PLAIN LOGIN')dnl
TRUST_AUTH_MECH(`PLAIN LOGIN')dnl
FEATURE(`nocanonify')dnl
FEATURE(`accept_unresolvable_domains')dnl
FEATURE(`no_default_msa')dnl
DAEMON_OPTIONS(`Family=inet, Name=MTA, Addr={lab.HOST}, Port={{port}}{{more}}')dnl
MAILER(`local')dnl
MAILER(`smtp')dnl
LOCAL_CONFIG
Cw{DOMAIN}
"""


SASL: Final = """\
pwcheck_method: auxprop
auxprop_plugin: sasldb
mech_list: PLAIN LOGIN
sasldb_path: /etc/sasldb2
"""


@contextmanager
def sendmail(*, implicit_tls: bool = False) -> Iterator[Stand]:
    """Run Sendmail as an MX with STARTTLS, or TLS from the first octet."""
    root = folder_of("sendmail")
    with lab.home("sendmail") as home:
        (port,) = lab.free_ports(1)
        (home / "etc/mail/lab").mkdir(parents=True)
        made = lab.identity(home / "etc/mail/lab", HOSTNAME)
        more = ", M=s" if implicit_tls else ""
        write(home, {"sendmail.mc": SENDMAIL.format(port=port, more=more)})
        write(home / "etc/mail", {"aliases": f"{USER}: root\nstaff: root\n"})
        write(home / "etc/sasl2", {"Sendmail.conf": SASL})
        cf = "/usr/share/sendmail/cf"
        first = f"""
m4 -D_CF_DIR_={cf}/ {cf}/m4/cf.m4 {home}/sendmail.mc > /etc/mail/sendmail.cf
mkdir -p /var/spool/mqueue /var/run/sendmail
chmod 700 /var/spool/mqueue
/usr/libexec/sendmail/sendmail -bi > /dev/null
echo {PASSWORD} | saslpasswd2 -p -c -u {HOSTNAME} -f /etc/sasldb2 {USER}
"""
        users = {"smmta": 903, "smmsp": 904, USER: 905}
        command = ("/usr/libexec/sendmail/sendmail", "-bD")
        listens = partial(lab.greets, port, implicit_tls=implicit_tls, within=10)
        with installed.running(root, home, command, port, users=users, first=first, ready=listens):
            version = f"Sendmail {packaged('sendmail', 'sendmail-bin')}"
            yield over_tls(Stand(port, version, ca_file=made.ca_file), implicit_tls)


@contextmanager
def qpsmtpd() -> Iterator[Stand]:
    """Run qpsmtpd with the plugins of its package that ask nobody else, and a login."""
    root = folder_of("qpsmtpd")
    with lab.home("qpsmtpd") as home:
        (port,) = lab.free_ports(1)
        config = home / "etc/qpsmtpd"
        pair = lab.identity(home, HOSTNAME)
        pair.key_file.chmod(0o644)
        plugins = (
            "check_earlytalker\n",
            "count_unrecognized_commands 4\n",
            "noop_counter\nhelp\n",
            f"tls {pair.certificate_file} {pair.key_file} {pair.ca_file}\n",
            "check_relay\nrcpt_ok\nauth/auth_flat_file\nqueue/maildir /var/spool/qpsmtpd/mail\n",
        )
        write(
            config,
            {
                "plugins": "".join(plugins),
                "me": f"{HOSTNAME}\n",
                "rcpthosts": f"{DOMAIN}\n",
                "databytes": f"{SIZE_LIMIT}\n",
                "timeout": f"{IDLE}\n",
                "logging": "logging/warn 4\n",
                "flat_auth_pw": f"{USER}@{DOMAIN}:{PASSWORD}\n",
                "spool_dir": "/var/spool/qpsmtpd\n",
            },
        )
        first = """
mkdir -p /var/spool/qpsmtpd/mail
chown -R nobody /var/spool/qpsmtpd
chmod 700 /var/spool/qpsmtpd
"""
        command = ("qpsmtpd-forkserver", "-l", lab.HOST, "-p", str(port), "-u", "nobody", "-H")
        env = {"QPSMTPD_CONFIG": "/etc/qpsmtpd"}
        with installed.running(root, home, command, port, first=first, env=env):
            here = {r"AUTH(?: PLAIN| LOGIN| CRAM-MD5){3}": "AUTH PLAIN LOGIN CRAM-MD5"}  # any order
            version = f"qpsmtpd {packaged('qpsmtpd', 'qpsmtpd')}"
            yield Stand(port, version, login=f"{USER}@{DOMAIN}", ca_file=pair.ca_file, names=here)


CYRUS: Final = {
    "imapd.conf": f"""\
configdirectory: /var/lib/cyrus
partition-default: /var/spool/cyrus
servername: {HOSTNAME}
admins: cyrus
autocreate_post: yes
autocreate_quota: 100
maxmessagesize: {SIZE_LIMIT}
lmtp_over_quota_perm_failure: no
lmtpsocket: /var/lib/cyrus/socket/lmtp
tls_server_cert: {{home}}/server.pem
tls_server_key: {{home}}/server.key
duplicatesuppression: no
sievedir: /var/spool/sieve
proc_path: /var/lib/cyrus/proc
mboxname_lockpath: /var/lib/cyrus/lock
""",
    "cyrus.conf": f"""\
START {{{{
  recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -r"
}}}}
SERVICES {{{{
  lmtp cmd="/usr/lib/cyrus/bin/lmtpd -a" listen="{lab.HOST}:{{port}}" prefork=0
}}}}
""",
}


@contextmanager
def cyrus_lmtp() -> Iterator[Stand]:
    """Run Cyrus IMAP's LMTP server."""
    root = folder_of("cyrus")
    with lab.home("cyrus") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, HOSTNAME)
        made.key_file.chmod(0o644)
        write(
            home / "etc", {name: text.format(home=home, port=port) for name, text in CYRUS.items()}
        )
        first = """
mkdir -p /var/lib/cyrus /var/spool/cyrus /var/spool/sieve /run/cyrus
for one in db log msg proc lock ptclient quota socket user backup; do
    mkdir -p /var/lib/cyrus/$one
done
chown -R cyrus:mail /var/lib/cyrus /var/spool/cyrus /var/spool/sieve
"""
        command = ("/usr/lib/cyrus/bin/master", "-C", "/etc/imapd.conf", "-M", "/etc/cyrus.conf")
        with installed.running(root, home, command, port, users={"cyrus": 906}, first=first):
            version = f"Cyrus lmtpd {packaged('cyrus', 'cyrus-imapd')}"
            here = {
                r"-\d+-\d+-\d+-\d+>": "-1767225600-1-1-1>",
                r"Message size \(\d+\)": "Message size (10641)",
            }
            yield Stand(
                port, version, 24, lmtp=True, idle=MINUTES, ca_file=made.ca_file, names=here
            )


@contextmanager
def courier() -> Iterator[Stand]:
    """Run Courier's ESMTP server, with STARTTLS; its couriertcpd takes the connections."""
    root = folder_of("courier")
    with lab.home("courier") as home:
        (port,) = lab.free_ports(1)
        made = lab.identity(home, HOSTNAME)
        pair = home / "pair.pem"
        pair.write_text(made.key_file.read_text() + made.certificate_file.read_text())
        write(
            home / "etc/courier",
            {
                "me": f"{HOSTNAME}\n",
                "locals": f"{DOMAIN}\n",
                "esmtpacceptmailfor": f"{DOMAIN}\n",
                "sizelimit": f"{SIZE_LIMIT}\n",
                "bofh": f"maxrcpts {RECIPIENT_LIMIT} hard\nopt BOFHBADMIME=accept\n",
                "aliases/system": f"postmaster: {USER}\n",
                "authdaemonrc": 'authmodulelist="authuserdb"\ndaemons=1\n'
                "authdaemonvar=/run/courier/authdaemon\n",
                "userdb": f"{USER}\tuid=907|gid=907|home=/var/lib/courier/home"
                "|shell=/bin/sh|mail=/var/lib/courier/home/Maildir|systempw=HASHED\n",
            },
        )
        first = f"""
chown -R courier:courier /etc/courier /var/lib/courier {pair}
mkdir -p /var/lib/courier/tmp /var/lib/courier/msgs /var/lib/courier/msgq /run/courier
mkdir -p /var/lib/courier/track /var/lib/courier/filters /var/lib/courier/allfilters
chown -R courier:courier /var/lib/courier /run/courier
. /etc/courier/esmtpd
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export ESMTP_TLS COURIERTLS TLS_PROTOCOL ESMTP_BLOCKBACKSCATTER BOFHCHECKDNS=0
export TLS_CERTFILE={pair} TLS_DHPARAMS= BOFHCHECKHELO=0 HARDERRORS
export ESMTPAUTH="PLAIN LOGIN" ESMTPAUTH_TLS="PLAIN LOGIN"
sed -i "s|HASHED|$(perl -e 'print crypt("{PASSWORD}", "\\$6\\$lab")')|" /etc/courier/userdb
chmod 600 /etc/courier/userdb
makeuserdb
makealiases
mkdir -p /run/courier/authdaemon /var/lib/courier/home
maildirmake.courier /var/lib/courier/home/Maildir
chown -R courier:courier /var/lib/courier/home /run/courier
/usr/lib/courier/courier-authlib/authdaemond &
/usr/lib/courier/courier/courierd &
sleep 2
"""
        ident = ("-noidentlookup",) * (
            fetch.system_release() == "debian-12"
        )  # later it asks nobody
        command = (
            *("/usr/sbin/couriertcpd", "-address=127.0.0.1", "-nodnslookup", *ident),
            *("-user=courier", "-group=courier", str(port)),
            *("/usr/lib/courier/courier/modules/esmtp/courieresmtpd",),
        )
        with installed.running(root, home, command, port, users={"courier": 907}, first=first):
            version = f"Courier {packaged('courier', 'courier-mta')}"
            yield Stand(port, version, idle=MINUTES, ca_file=made.ca_file)
