"""A real Postfix on loopback: one `master`, one port for each way a server may behave.

Mail for the lab's own domain is accepted, gets a queue id and is thrown away; nothing can leave
the machine, as the configuration holds no delivery agent but `discard`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from tests.servers import lab, unpacked
from tests.servers.network import Network
from tests.servers.server_log import KeepsLog

HOSTNAME: Final = "mx.lab.test"
DOMAIN: Final = "lab.test"

IMPATIENT_AFTER: Final = 2
"""Seconds of silence after which the impatient port says 421."""

ERROR_LIMIT: Final = 3
"""Errors after which the strict port says 421."""

SIZE_LIMIT: Final = 1_048_576


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of the lab's Postfix, each named after how it behaves."""

    smtp: int
    """A plain MX: STARTTLS offered, relaying refused with 554 5.7.1."""
    encrypted: int
    """Says 530 5.7.0 to MAIL until STARTTLS."""
    smtps: int
    """TLS from the first octet (port 465 style); AUTH, given somebody to ask about passwords."""
    submission: int
    """For senders (port 587 style): STARTTLS, then AUTH, then mail to anywhere."""
    lax: int
    """Announces AUTH without TLS, which it should not; STARTTLS is offered too."""
    impatient: int
    """Says 421 4.4.2 after IMPATIENT_AFTER seconds of silence."""
    strict: int
    """Says 421 4.7.0 after ERROR_LIMIT errors."""
    xclient: int
    """Announces and honours XCLIENT."""
    proxied: int
    """Expects a PROXY protocol header before it greets."""
    proxied_smtps: int
    """The same, in front of TLS from the first octet."""
    gated: int
    """postscreen: a two-line greeting with a pause in it; who talks first is refused."""
    asking: int
    """Asks for a client certificate."""
    demanding: int
    """Demands a client certificate inside TLS."""
    unencrypted: int
    """Does not list STARTTLS."""
    old: int
    """Knows no EHLO, only HELO."""
    choosy: int
    """Refuses EHLO and HELO with a name that is not fully qualified."""
    closed: int
    """Refuses EHLO and HELO whatever the name."""


MASTER: Final = """\
{smtp}       inet n - n - - smtpd -o syslog_name=postfix/smtp
{encrypted}  inet n - n - - smtpd -o syslog_name=postfix/encrypted
    -o smtpd_tls_security_level=encrypt
{smtps}      inet n - n - - smtpd -o syslog_name=postfix/smtps
    -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable={auth}
{submission} inet n - n - - smtpd -o syslog_name=postfix/submission
    -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable={auth}
    -o smtpd_client_restrictions=permit_sasl_authenticated,reject
{lax}        inet n - n - - smtpd -o syslog_name=postfix/lax
    -o smtpd_sasl_auth_enable={auth}
{impatient}  inet n - n - - smtpd -o syslog_name=postfix/impatient
    -o smtpd_timeout={impatient_after}s
{strict}     inet n - n - - smtpd -o syslog_name=postfix/strict
    -o smtpd_soft_error_limit={error_limit} -o smtpd_hard_error_limit={error_limit}
{xclient}    inet n - n - - smtpd -o syslog_name=postfix/xclient
    -o smtpd_authorized_xclient_hosts={host}
{proxied}    inet n - n - - smtpd -o syslog_name=postfix/proxied
    -o smtpd_upstream_proxy_protocol=haproxy
{proxied_smtps} inet n - n - - smtpd -o syslog_name=postfix/proxied-smtps
    -o smtpd_upstream_proxy_protocol=haproxy -o smtpd_tls_wrappermode=yes
{gated}      inet n - n - 1 postscreen -o syslog_name=postfix/gated
{asking}     inet n - n - - smtpd -o syslog_name=postfix/asking
    -o smtpd_tls_ask_ccert=yes
{demanding}  inet n - n - - smtpd -o syslog_name=postfix/demanding
    -o smtpd_tls_security_level=encrypt -o smtpd_tls_req_ccert=yes
{unencrypted} inet n - n - - smtpd -o syslog_name=postfix/unencrypted
    -o smtpd_discard_ehlo_keywords=starttls
{old}        inet n - n - - smtpd -o syslog_name=postfix/old
    -o {{ smtpd_command_filter = regexp:{{{{/^EHLO .*/ XXXX}}}} }}
{choosy}     inet n - n - - smtpd -o syslog_name=postfix/choosy
    -o smtpd_delay_reject=no -o smtpd_helo_restrictions=reject_non_fqdn_helo_hostname
{closed}     inet n - n - - smtpd -o syslog_name=postfix/closed
    -o smtpd_delay_reject=no -o smtpd_helo_restrictions=reject
smtpd        pass - - n - - smtpd -o syslog_name=postfix/gated
dnsblog      unix - - n - 0 dnsblog
tlsproxy     unix - - n - 0 tlsproxy
"""

SERVICES: Final = """\
postlog      unix-dgram n - n - 1 postlogd
cleanup      unix n - n - 0 cleanup
qmgr         unix n - n 300 1 qmgr
rewrite      unix - - n - - trivial-rewrite
bounce       unix - - n - 0 bounce
defer        unix - - n - 0 bounce
trace        unix - - n - 0 bounce
verify       unix - - n - 1 verify
tlsmgr       unix - - n 1000? 1 tlsmgr
anvil        unix - - n - 1 anvil
scache       unix - - n - 1 scache
proxymap     unix - - n - - proxymap
flush        unix n - n 1000? 0 flush
showq        unix n - n - - showq
error        unix - - n - - error
retry        unix - - n - - error
discard      unix - - n - - discard
"""

MAIN: Final = """\
compatibility_level = 3.6
daemon_directory = {root}/usr/lib/postfix/sbin
command_directory = {root}/usr/sbin
shlib_directory = {root}/usr/lib/postfix
meta_directory = {root}/usr/share/postfix
queue_directory = {home}/queue
data_directory = {home}/data
maillog_file = {home}/mail.log
maillog_file_prefixes = {home}
mail_owner = postfix
setgid_group = postdrop
import_environment = MAIL_CONFIG LD_LIBRARY_PATH
export_environment = MAIL_CONFIG LD_LIBRARY_PATH TZ LANG=C

myhostname = {hostname}
mydomain = {domain}
myorigin = {domain}
mydestination = {domain}
mynetworks =
inet_interfaces = {interfaces}
inet_protocols = {protocols}
smtpd_peername_lookup = no
alias_maps =
alias_database =
local_recipient_maps = inline:{{ {recipients} }}
local_transport = discard
relay_transport = discard
virtual_transport = discard
default_transport = discard
message_size_limit = {size_limit}

smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions =
    check_recipient_access inline:{{ {refusals} }}
smtpd_error_sleep_time = 0
smtpd_client_connection_count_limit = 0
smtpd_client_port_logging = yes

smtpd_sasl_type = dovecot
smtpd_sasl_path = {auth_socket}
smtpd_sasl_security_options = noanonymous

smtpd_tls_security_level = may
smtpd_tls_chain_files = {chain_files}
smtpd_tls_loglevel = 1
smtpd_tls_received_header = yes
smtp_tls_security_level = none
tls_random_source = dev:/dev/urandom

postscreen_greet_wait = 1s
postscreen_greet_banner = {hostname} one moment, please
postscreen_greet_action = enforce
postscreen_access_list =
postscreen_cache_map =
"""

A_WHILE_AGO: Final = 1_000_000_000

RECIPIENTS: Final = ("postmaster", "alice", "bob", "full", "later")

REFUSALS: Final = {
    f"full@{DOMAIN}": "452 4.2.2 The mailbox is over its quota",
    f"later@{DOMAIN}": "450 4.7.1 Greylisted, please come back in 5 minutes",
}
"""Addresses of the lab's domain which no mail is taken for, and what is said about each."""

QUEUES: Final = (
    *("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming"),
    *("private", "saved", "trace"),
)


@dataclass(frozen=True, slots=True)
class Postfix(KeepsLog):
    """The running server, as a test sees it."""

    host: str
    ports: Ports
    hostname: str
    """The name it greets with, and one of those in its certificate."""
    domain: str
    """Mail for alice, bob and postmaster here is accepted; full and later get REFUSALS."""
    ca_file: Path
    log: Path
    pid: int


def write_configuration(
    root: Path,
    home: Path,
    master: str,
    *,
    interfaces: str,
    protocols: str = "ipv4",
    chain_files: str = "",
    auth_socket: Path | None = None,
    more: str = "",
) -> None:
    """Write main.cf, and master.cf with the servers that listen, into the folder `conf`.

    In the chain files each key stands before its certificates. `more` are settings of main.cf in
    place of those here.
    """
    conf = home / "conf"
    conf.mkdir()
    shutil.copy(root / "usr/share/postfix/dynamicmaps.cf", conf)
    recipients = ", ".join(f"{name}=yes" for name in RECIPIENTS)
    refusals = ", ".join(f"{{ {address} = {reply} }}" for address, reply in REFUSALS.items())
    main = MAIN.format(
        root=root,
        home=home,
        interfaces=interfaces,
        protocols=protocols,
        hostname=HOSTNAME,
        domain=DOMAIN,
        recipients=recipients,
        refusals=refusals,
        size_limit=SIZE_LIMIT,
        auth_socket=auth_socket or "nobody",
        chain_files=chain_files,
    )
    (conf / "main.cf").write_text(each_once(main + more))
    (conf / "master.cf").write_text(master + SERVICES)
    for file in conf.iterdir():
        age(file)


def each_once(main: str) -> str:
    """Return main.cf with the last of the settings of each name only.

    Each program warns of a setting that is given twice when it begins, postlogd too, and its own
    warnings go through the socket that it is to read: it waits for itself when that is full.
    """
    settings = re.findall(r"(?m)^[^ \t\n].*\n(?:[ \t].*\n)*", main)
    return "".join({one.partition("=")[0].rstrip(): one for one in settings}.values())


def age(file: Path) -> None:
    """Have a file look old: Postfix reads a fresh one again and again until it is a second old."""
    os.utime(file, (A_WHILE_AGO, A_WHILE_AGO))


def listeners(ports: Ports, *, auth: bool) -> str:
    """Return the part of master.cf with one server for each way to behave."""
    return MASTER.format(
        **{f.name: f"{lab.HOST}:{getattr(ports, f.name)}" for f in fields(ports)},
        host=lab.HOST,
        impatient_after=IMPATIENT_AFTER,
        error_limit=ERROR_LIMIT,
        auth="yes" if auth else "no",
    )


def make_folders(home: Path) -> None:
    """Make the queue and data folders with the owners Postfix insists on."""
    queue, data = home / "queue", home / "data"
    for folder in (queue, data, queue / "pid", *(queue / name for name in QUEUES)):
        folder.mkdir(mode=0o700)
        shutil.chown(folder, user="postfix")
    for name in ("public", "maildrop"):
        (queue / name).mkdir()
        (queue / name).chmod(0o730 if name == "maildrop" else 0o710)
        shutil.chown(queue / name, user="postfix", group="postdrop")
    for folder in (queue, queue / "pid"):
        folder.chmod(0o755)
        shutil.chown(folder, user="root")


def libraries(root: Path) -> list[Path]:
    """Return the folders with the libraries of Postfix's programs."""
    return unpacked.libraries(root, "usr/lib/postfix")


def started(
    root: Path, home: Path, ready: Callable[[], bool], network: Network = lab.THIS_MACHINE
) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """Run the Postfix configured in a folder until the block ends."""
    make_folders(home)
    return lab.daemon(
        [root / "usr/lib/postfix/sbin/master", "-c", home / "conf", "-s"],
        ready=ready,
        folder=home,
        env=unpacked.environment(libraries(root)),
        network=network,
    )


@contextmanager
def once(root: Path, auth_socket: Path | None) -> Iterator[Postfix]:
    """Run Postfix on ports that were free a moment ago; StartError when they no longer are."""
    with lab.home("postfix") as home:
        ports = Ports(*lab.free_ports(len(fields(Ports))))
        certificate = lab.identity(home, HOSTNAME, "localhost", lab.HOST)
        write_configuration(
            root,
            home,
            listeners(ports, auth=auth_socket is not None),
            interfaces=lab.HOST,
            chain_files=f"{certificate.key_file}, {certificate.certificate_file}",
            auth_socket=auth_socket,
        )
        plain = (ports.smtp, ports.impatient, ports.strict)

        def ready() -> bool:
            return all(lab.first_line(port).startswith(b"220 ") for port in plain)

        with started(root, home, ready) as process:
            yield Postfix(
                host=lab.HOST,
                ports=ports,
                hostname=HOSTNAME,
                domain=DOMAIN,
                ca_file=certificate.ca_file,
                log=home / "mail.log",
                pid=process.pid,
            )


@contextmanager
def running(root: Path, auth_socket: Path | None = None) -> Iterator[Postfix]:
    """Run Postfix out of the folder it was unpacked in, until the block ends.

    AUTH is announced when there is a socket where Dovecot answers for passwords.
    """
    with lab.persistently(lambda: once(root, auth_socket)) as server:
        yield server
