"""The installed command in the lab: its report for people, for programs, and its exit status."""

from __future__ import annotations

import json
from typing import Any

from tests.servers.mail_world import MailWorld

MATRIX = """\
WHO CAN DELIVER                         mx1 v4  mx1 v6  mx2 v4  mx2 v6
  Opportunistic (most senders)          TLS     TLS     TLS     CLEAR [1]
  PKIX required (Postfix secure)        yes     yes     NO [2]  NO [1]
  DANE (Postfix dane, Exchange Online)  yes     yes     NO [3]  NO [1]
  MTA-STS enforce (Gmail, Outlook)      yes     yes     NO [4]  NO [1]
Result: FAIL  """


def test_the_sample_one_host_right_and_one_wrong(mail_network: MailWorld) -> None:
    done = mail_network.smtpprobe("starttls", "example.org")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("example.org   MX secure (AD, 127.0.0.1)   2 hosts, 4 addresses")
    assert MATRIX in done.stdout
    for line in (
        "  192.0.2.1:25       Verified  TLSv1.3",
        "  [2001:db8::1]:25   same as 192.0.2.1",
        "  192.0.2.2:25       Untrusted TLSv1.3",
        "  [2001:db8::2]:25   No STARTTLS in EHLO (192.0.2.2 offers it)",
        "MTA-STS        enforce, id 20261101T0000, max_age 604800, policy host certificate valid",
        "mx: mx1.example.org, *.backup.example.org    mx2.example.org NOT covered",
        "F starttls.missing     mx2 2001:db8::2: EHLO lacks STARTTLS",
        "F cert.untrusted       mx2 192.0.2.2: self-signed certificate",
        "F dane.no-match        mx2 192.0.2.2: ",
        "F sts.mx-uncovered     mx2: no mx in the policy matches mx2.example.org",
        "W conn.family-differs  mx2: STARTTLS is listed at 192.0.2.2, not at 2001:db8::2",
    ):
        assert line in done.stdout
    assert "4 fail, 1 warn, 3 notes.  exit 1\n" in done.stdout


def test_the_sample_as_json(mail_network: MailWorld) -> None:
    done = mail_network.smtpprobe("starttls", "--json", "example.org")
    report: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode, report["result"], report["exit_code"]) == (1, "fail", 1)
    assert report["senders"] == {
        "opportunistic": "degraded",
        "pkix": "partial",
        "dane": "partial",
        "mta_sts": "partial",
    }
    resolver = report["resolver"]
    assert (resolver["address"], resolver["trusted"]) == ("127.0.0.1", "loopback")
    assert [
        (address["ip"], address["dane"]["verdict"])
        for host in report["hosts"]
        for address in host["addresses"]
    ] == [
        ("192.0.2.1", "match"),
        ("2001:db8::1", "match"),
        ("192.0.2.2", "no-match"),
        ("2001:db8::2", "unknown"),
    ]


def test_active_tests_find_what_a_server_keeps(mail_network: MailWorld) -> None:
    done = mail_network.smtpprobe(
        *("starttls", "--active", "--jsonl", "injection.faults.test", "good.certs.test")
    )
    found = {
        report["target"]: {finding["id"] for finding in report["findings"]}
        for report in map(json.loads, done.stdout.splitlines())
    }
    assert {"starttls.injection", "starttls.state-kept"} <= found["injection.faults.test"]
    assert found["good.certs.test"] == {"sts.absent"}


ALIKE = {
    "wrong-name.certs.test": (1, "cert.name"),
    "refused-454.faults.test": (1, "starttls.refused"),
    "refused.faults.test": (4, "conn.refused"),
}
"""Three things that posttls-finger ends with 0 for, and what we say of each."""


def test_what_posttls_finger_does_not_tell_apart_we_do(mail_network: MailWorld) -> None:
    theirs = {target: mail_network.finger.judge(target, "secure").exit_status for target in ALIKE}
    assert theirs == dict.fromkeys(ALIKE, 0)
    done = mail_network.smtpprobe("starttls", "--jsonl", "--level", "pkix", *ALIKE)
    reports = {report["target"]: report for report in map(json.loads, done.stdout.splitlines())}
    assert {target: reports[target]["exit_code"] for target in ALIKE} == {
        target: status for target, (status, _) in ALIKE.items()
    }
    for target, (_, finding) in ALIKE.items():
        assert finding in [found["id"] for found in reports[target]["findings"]]
    assert done.returncode == 1
