"""The files of examples/monitoring: each is read by the program it is for, and tells the truth.

Alerts and dashboard are evaluated by promtool on what this program really writes, so that a metric
that is renamed is missed here and not by whoever is on call.
"""

from __future__ import annotations

import grp
import json
import os
import pwd
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from smtpprobe.cli.main_parser import main_parser
from smtpprobe.cli.starttls_parser import starttls_parser
from smtpprobe.exits import ExitStatus
from smtpprobe.protocol.phase import ReportPhase
from smtpprobe.protocol.target import Target, TargetKind
from smtpprobe.protocol.tls_facts import CertificateFacts, Shown, TlsFacts
from smtpprobe.script.reports.prometheus import prom_report
from smtpprobe.starttls.facts import Connect
from smtpprobe.starttls.reports.prometheus import prometheus_text
from tests.certificates import DAY, NOW, Entity
from tests.script.outcomes import report_of
from tests.servers import fetch, lab, unpacked
from tests.starttls.reports.test_views import sample
from tests.starttls.stage import address, facts, host, judged, session, unreached
from tests.textfile_collector import Series, collected

FOLDER = Path(__file__).parents[2] / "examples" / "monitoring"
ALERTS = FOLDER / "prometheus-alerts.yml"
DASHBOARD = json.loads((FOLDER / "grafana-dashboard.json").read_text(encoding="utf-8"))
LABELS = {"target", "host", "ip", "sender", "result", "id", "level"} | {
    *("file", "case", "phase", "line"),
}


def text_of(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


def ran(*words: str, **environment: str) -> str:
    """Return what a program says of an example; it has to be content."""
    done = subprocess.run(
        words,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | environment,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return said


def test_each_file_has_a_line_in_the_readme_and_no_other() -> None:
    named = re.findall(r"(?m)^\| `([^`]+)` \|", text_of("README.md"))
    assert sorted(named) == sorted(each.name for each in FOLDER.iterdir() if each.suffix != ".md")


# -- the command lines


def commands() -> Iterator[str]:
    """Yield every command line of this program in the examples."""
    for name in ("smtpprobe-starttls@.service", "smtpprobe-script@.service"):
        yield from re.findall(r"(?m)^ExecStart=(.+)$", text_of(name))
    values = {"$ARG1$": "example.org", "$ARG2$": "30,7", "$HOSTADDRESS$": "192.0.2.1"}
    scripts = {"$ARG1$": "relay.smtp", "$ARG2$": "5", "$ARG3$": "15"}
    for line in re.findall(r"(?m)^ *command_line +(.+)$", text_of("nagios.cfg")):
        wanted = values | (scripts if "--script" in line else {})
        for name, value in wanted.items():
            line = line.replace(name, value)  # noqa: PLW2901 - the macros of Nagios
        yield line
    yield "smtpprobe starttls --format nagios --cert-days 30,7 --level pkix --submission -- x.org"
    yield "smtpprobe --format nagios --script relay.smtp -w 5 -c 15 -- 192.0.2.1"
    for name in ("gitlab-ci.yml", "github-workflow.yml"):
        yield from re.findall(r"(?m)^ +- (?:run: )?(smtpprobe .+)$", text_of(name))


def test_each_command_line_is_one_that_this_program_takes() -> None:
    found = list(commands())
    assert len(found) == 10
    for line in found:
        program, *words = shlex.split(line.replace("%i", "example.org"))
        assert program in ("smtpprobe", "/usr/local/bin/smtpprobe")
        if words[0] == "starttls":
            assert starttls_parser().read(["--no-config", *words[1:]]).targets
        else:
            assert main_parser().read(["--no-config", *words]).script


def test_the_options_of_icinga_are_those_of_the_command_lines_above() -> None:
    text = text_of("icinga2.conf")
    told = set(re.findall(r'^    "(-[\w-]*)" =', text, flags=re.MULTILINE))
    assert told == {"--cert-days", "--level", "--submission", "--script", "-w", "-c", "--"}


def test_a_unit_is_not_failed_by_what_it_measures() -> None:
    measured = {ExitStatus.CHECK_FAILED, ExitStatus.CANNOT_TELL, ExitStatus.NOTHING_CHECKED}
    for name in ("smtpprobe-starttls@.service", "smtpprobe-script@.service"):
        codes = re.findall(r"(?m)^SuccessExitStatus=(.+)$", text_of(name))[0].split()
        assert {int(code) for code in codes} == measured


# -- the judges


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    root = lab.required("systemd")
    units = tmp_path / "etc/systemd/system"
    shutil.copytree(root / "usr/lib/systemd/system", tmp_path / "usr/lib/systemd/system")
    units.mkdir(parents=True)
    program = tmp_path / "usr/local/bin/smtpprobe"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for each in (*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")):
        shutil.copy(each, units)
    names = [
        f"smtpprobe-{kind}.{unit}"
        for kind in ("starttls@example.org", "script@relay")
        for unit in ("service", "timer")
    ]
    verify = [*lab.program("systemd"), "verify", "--man=no", f"--root={tmp_path}", *names]
    assert "smtpprobe" not in ran(*verify)
    broken = units / "smtpprobe-script@.service"
    broken.write_text(broken.read_text().replace("Type=oneshot", "Typ=oneshot"))
    told = subprocess.run(verify, check=False, capture_output=True, text=True, timeout=120).stderr
    assert "smtpprobe-script@.service" in told


NAGIOS = """\
cfg_file={folder}/world.cfg
cfg_file={example}
log_file={folder}/log
object_cache_file={folder}/objects
status_file={folder}/status
temp_path={folder}
temp_file={folder}/temp
check_result_path={folder}
lock_file={folder}/lock
command_file={folder}/command
nagios_user={user}
nagios_group={group}
illegal_macro_output_chars=`~$&|'"<>
"""

WORLD = """\
define timeperiod {
    timeperiod_name 24x7
    alias always
    monday 00:00-24:00
}
define command {
    command_name nothing
    command_line /bin/true
}
define contact {
    contact_name postmaster
    host_notification_period 24x7
    service_notification_period 24x7
    host_notification_commands nothing
    service_notification_commands nothing
}
define host {
    host_name mx1
    address 192.0.2.1
    max_check_attempts 3
    check_period 24x7
    notification_period 24x7
    contacts postmaster
}
"""


def test_nagios_takes_the_commands(tmp_path: Path) -> None:
    (tmp_path / "world.cfg").write_text(WORLD)
    main = tmp_path / "nagios.cfg"
    main.write_text(
        NAGIOS.format(
            folder=tmp_path, example=FOLDER / "nagios.cfg", user=os.getuid(), group=os.getgid()
        )
    )
    said = ran(*lab.program("nagios"), "-v", str(main))
    assert "Checked 2 services." in said
    assert "Checked 3 commands." in said
    assert re.search(r"Total Warnings: 0\nTotal Errors: +0\n", said)


ICINGA = """\
include <itl>
const NodeName = "here"
include "{example}"
object Host "mx1" {{
  check_command = "dummy"
  address = "192.0.2.1"
  vars.mail_domains = [ "example.org" ]
  vars.smtp_scripts = [ "/etc/smtpprobe/relay.smtp" ]
}}
"""


def test_icinga_takes_the_commands(tmp_path: Path) -> None:
    root = lab.required("icinga")
    main = tmp_path / "icinga2.conf"
    main.write_text(ICINGA.format(example=FOLDER / "icinga2.conf"))
    folders = [f"-D{name}={tmp_path}" for name in ("DataDir", "CacheDir", "LogDir", "InitRunDir")]
    include = str(root / "usr/share/icinga2/include")
    command = [*lab.program("icinga"), "daemon", "-C", "-c", str(main), "-I", include, *folders]
    user, group = pwd.getpwuid(os.geteuid()).pw_name, grp.getgrgid(os.getegid()).gr_name
    said = ran(*command, ICINGA2_USER=user, ICINGA2_GROUP=group)
    assert "Instantiated 2 Services." in said
    assert "warning/" not in said


@pytest.mark.parametrize(
    ("name", "schema"), [("github-workflow", "github-workflows"), ("gitlab-ci", "gitlab-ci")]
)
def test_what_ci_reads_keeps_to_its_schema(name: str, schema: str) -> None:
    assert yaml.safe_load(text_of(f"{name}.yml"))
    if reason := fetch.why_missing("check-jsonschema"):
        pytest.skip(reason)
    command = ["python", "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}"]
    more = ["--data-transform", "gitlab-ci"] if name == "gitlab-ci" else []
    where = str(fetch.root_of("check-jsonschema"))
    python = shutil.which("python3") or command[0]
    ran(python, *command[1:], *more, str(FOLDER / f"{name}.yml"), PYTHONPATH=where)


# -- what is asked of Prometheus


HOURS = 5
OURS = re.compile(r"\bsmtpprobe_\w+")


def bad_times() -> dict[Series, float]:
    """Return samples of everything going wrong, as this program writes them."""
    ending = session(Entity("ending", ends=NOW + 2 * DAY))
    unknown = facts(
        host(unreached(Connect.TIMEOUT)), target=Target(TargetKind.DOMAIN, "other.example")
    )
    soon = facts(host(address(tls=ending)), target=Target(TargetKind.DOMAIN, "soon.example"))
    return collected(prometheus_text([judged(each) for each in (sample(), unknown, soon)]))


async def bad_scripts() -> dict[Series, float]:
    report = await report_of("bad.smtp", "ok.smtp", "broken.smtp")
    (bad, *others) = report.runs
    leaf = CertificateFacts(b"", "", not_after=datetime(1970, 1, 4, tzinfo=UTC))
    case = bad.cases[0]._replace(  # type: ignore[union-attr]
        tls=TlsFacts(ok=True, certificates=Shown((leaf,))), phases={ReportPhase.GREETING: 12.0}
    )
    slow = bad._replace(cases=(case,))  # type: ignore[call-arg]
    return collected(prom_report(report._replace(runs=(slow, *others))))


STALE: Series = (
    "node_textfile_mtime_seconds",
    (("file", "/var/lib/prometheus/node-exporter/smtpprobe-starttls-example.org.prom"),),
)


def promtool(
    folder: Path, samples: dict[Series, float], asked: dict[str, list[dict[str, object]]]
) -> None:
    """Have promtool evaluate expressions after some hours of the same samples."""
    series = [
        {"series": f"{name}{_labels(labels)}", "values": f"{value:.6f}+0x{HOURS * 60 + 5}"}
        for (name, labels), value in samples.items()
    ]
    tests = [
        {"expr": expression, "eval_time": f"{HOURS}h", "exp_samples": wanted}
        for expression, wanted in asked.items()
    ]
    file = folder / "test.yml"
    test = {"interval": "1m", "input_series": series, "promql_expr_test": tests}
    whole = {"rule_files": [str(ALERTS)], "evaluation_interval": "1m", "tests": [test]}
    file.write_text(json.dumps(whole))
    ran(*lab.program("promtool"), "test", "rules", str(file))


def _labels(labels: tuple[tuple[str, str], ...]) -> str:
    return "{" + ",".join(f"{name}={json.dumps(value)}" for name, value in labels) + "}"


def alerts() -> list[dict[str, Any]]:
    return [
        rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]
    ]


def expressions() -> list[str]:
    """Return what the panels of the dashboard ask, with its variables filled in."""
    return [
        each["expr"].replace("$target", ".*")
        for panel in DASHBOARD["panels"]
        for each in panel["targets"]
    ]


def firing(*names: str) -> dict[str, list[dict[str, object]]]:
    """Return the question which alerts fire, with its answer."""
    wanted: list[dict[str, object]] = [
        {"labels": f'{{alertname="{name}"}}', "value": 1} for name in sorted(names)
    ]
    return {'group by (alertname) (ALERTS{alertstate="firing"})': wanted}


def test_the_alerts_are_valid() -> None:
    assert f"SUCCESS: {len(alerts())} rules found" in ran(
        *lab.program("promtool"), "check", "rules", str(ALERTS)
    )


async def test_when_all_goes_wrong_every_alert_fires_and_every_panel_shows_something(
    tmp_path: Path,
) -> None:
    samples = bad_times() | await bad_scripts() | {STALE: 0.0}
    one: list[dict[str, object]] = [{"labels": "{}", "value": 1}]
    shown = {f"count({each}) > bool 0": one for each in expressions()}
    promtool(tmp_path, samples, shown | firing(*(each["alert"] for each in alerts())))


async def test_when_all_is_well_no_alert_fires(tmp_path: Path) -> None:
    samples = collected(prometheus_text([judged(facts())]))
    samples |= collected(prom_report(await report_of("ok.smtp", "skip.smtp")))
    fresh = {(STALE[0], STALE[1]): HOURS * 3600.0 - 600}
    promtool(tmp_path, samples | fresh, firing())


async def test_only_metrics_and_labels_are_named_that_this_program_writes() -> None:
    written = {name for name, _ in bad_times() | await bad_scripts()}
    dashboard = json.dumps(DASHBOARD)
    asked = set(OURS.findall(" ".join(expressions())))
    assert asked == written
    assert set(OURS.findall(" ".join(each["expr"] for each in alerts()))) < written
    told = re.findall(r"\$labels\.(\w+)", ALERTS.read_text())
    told += re.findall(r"\{\{(\w+)\}\}", dashboard)
    assert set(told) <= LABELS


def test_the_dashboard_is_whole() -> None:
    panels = DASHBOARD["panels"]
    assert len({each["id"] for each in panels}) == len(panels)
    taken: set[tuple[int, int]] = set()
    for each in panels:
        place = each["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert not cells & taken, each["title"]
        assert max(x for x, _ in cells) < 24
        taken |= cells
        assert each["datasource"]["uid"] == "${datasource}"
    assert [each["name"] for each in DASHBOARD["templating"]["list"]] == ["datasource", "target"]


def test_the_judges_come_without_being_installed() -> None:
    for name in ("promtool", "systemd", "nagios", "icinga", "tidy"):
        assert fetch.BUNDLES[name].target == "servers"
        assert not fetch.BUNDLES[name].as_root
        assert unpacked.called(name) is None or fetch.is_ready(name)
