"""What is brought is the same on every machine of a release, and is found where it lies."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers import fetch, lab, unpacked

RELATIONS = """\
server
  PreDepends: init-tool
 |Depends: libone
  Depends: libtwo
  Depends: <virtual>
    libthree
  Recommends: libfour
    libseven
libone
  Depends: libc6
  Depends: libfive
init-tool
  Depends: libsix
"""


def test_relations_are_read_with_their_alternatives() -> None:
    found = fetch.depended_on("server", RELATIONS)
    assert found == ["init-tool", "libone", "libtwo", "<virtual>", "libthree"]
    assert fetch.depended_on("nobody", RELATIONS) == []


def apt(plan: str) -> Callable[..., str]:
    """Return what stands for apt: it plans an installation, and tells relations."""
    return lambda *words, **_: plan if words[0] == "apt-get" else RELATIONS


def test_libraries_are_brought_that_are_reached_through_libraries_and_that_apt_chose(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = ("libc6", "libsix", "init-tool", "libfive", "libone", "libseven", "server")
    monkeypatch.setattr(fetch, "run", apt("".join(f"Inst {name} (1.0 Debian)\n" for name in names)))
    assert fetch.planned(["server"], tmp_path) == ["libfive", "libone", "server"]


def test_apt_plans_as_if_nothing_were_installed(tmp_path: Path) -> None:
    lab.required("unbound")
    command = ("apt-get", "install", "-s", *fetch.on_an_empty_system(tmp_path), "libc6")
    assert "Inst libc6 " in fetch.run(*command)


def test_chromium_comes_only_with_its_own_target(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMTPPROBE_SERVER_CACHE", str(tmp_path))
    monkeypatch.setattr(fetch, "obstacle", lambda: None)
    assert fetch.of_target("test-browser") == ["chromium"]
    assert "postfix" in fetch.of_target("servers")
    assert "chromium" not in fetch.of_target("servers")
    assert str(fetch.why_missing("chromium")).endswith("run `make test-browser`")
    assert str(fetch.why_missing("fish")).endswith("run `make servers`")


def test_fonts_are_led_to_where_there_are_some(tmp_path: Path) -> None:
    assert unpacked.fonts(tmp_path) == {}
    (tmp_path / "usr/share/fonts").mkdir(parents=True)
    assert unpacked.fonts(tmp_path) == {"FONTCONFIG_SYSROOT": str(tmp_path)}


def test_what_lies_beside_usr_is_moved_to_where_a_merged_system_has_it(tmp_path: Path) -> None:
    for name in ("bin/ip", "lib/here/one.so", "usr/lib/here/two.so"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "lib/here/link.so").symlink_to("one.so")
    fetch.merge(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["usr"]
    assert (tmp_path / "usr/bin/ip").is_file()
    assert {path.name for path in (tmp_path / "usr/lib/here").iterdir()} == {
        *("one.so", "two.so", "link.so")
    }


def test_without_libraries_of_its_own_a_program_is_given_no_empty_path(tmp_path: Path) -> None:
    assert unpacked.libraries(tmp_path, "usr/lib/server") == []
    assert unpacked.path_to([]) == {}
    assert unpacked.environment([]) == {"PATH": unpacked.PATH}


def test_libraries_of_its_own_come_first(tmp_path: Path) -> None:
    own, common = tmp_path / "usr/lib/server", tmp_path / "usr/lib/m68k-linux-gnu"
    for folder in (own, common):
        folder.mkdir(parents=True)
    assert unpacked.libraries(tmp_path, "usr/lib/server", "usr/lib/none") == [own, common]
    assert unpacked.path_to([own, common]) == {"LD_LIBRARY_PATH": f"{own}:{common}"}


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("ip", "-V", "ip utility"),
        ("zsh", "--version", "zsh 5"),
        ("fish", "--version", "fish, version"),
        ("swaks", "--version", "swaks version"),
    ],
)
def test_a_brought_program_runs_where_it_lies(name: str, asked: str, said: str) -> None:
    command = lab.program(name)
    done = subprocess.run([*command, asked], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(said)


def test_what_was_brought_is_taken_though_the_machine_has_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    brought = lab.program("fish")
    (tmp_path / "fish").write_text("#!/bin/sh\n")
    (tmp_path / "fish").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert lab.program("fish") == brought


def test_the_machines_own_is_taken_only_where_nothing_can_be_brought(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMTPPROBE_SERVER_CACHE", str(tmp_path))
    (tmp_path / "fish").write_text("#!/bin/sh\n")
    (tmp_path / "fish").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(fetch, "obstacle", lambda: "no Debian")
    assert unpacked.called("fish") == [str(tmp_path / "fish")]
    assert unpacked.called("zsh") is None
    monkeypatch.setattr(fetch, "obstacle", lambda: None)
    assert unpacked.called("fish") is None


def test_a_changed_wish_is_fetched_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    lab.program("swaks")
    changed = fetch.Bundle(("swaks", "more"), fetch.BUNDLES["swaks"].proof, as_root=False)
    monkeypatch.setitem(fetch.BUNDLES, "swaks", changed)
    assert not fetch.is_ready("swaks")


@pytest.mark.parametrize("folder", ["usr/sbin", "usr/bin"])
def test_a_program_that_has_moved_between_bin_and_sbin_is_found(
    folder: str, tmp_path: Path
) -> None:
    for name in ("pflogsumm", "ip"):
        assert fetch.proof_in(tmp_path, fetch.BUNDLES[name]) is None
        program = tmp_path / folder / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.touch()
        assert fetch.proof_in(tmp_path, fetch.BUNDLES[name]) == program
    elsewhere = fetch.Bundle(("x",), "usr/lib/x/x")
    assert fetch.proof_in(tmp_path, elsewhere) is None


def test_servers_that_are_only_recorded_come_with_their_own_target() -> None:
    more = set(fetch.of_target(fetch.MORE))
    assert {"courier", "haraka", "aiosmtpd"} <= more
    assert not more & set(fetch.of_target("servers"))
    assert {fetch.BUNDLES[name].source for name in more} == set(fetch.SOURCES)


def test_a_package_of_npm_needs_npm_and_no_root(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert fetch.obstacle_of("haraka") == "npm is not on this machine"
    (tmp_path / "npm").write_text("#!/bin/sh\n")
    (tmp_path / "npm").chmod(0o755)
    assert fetch.obstacle_of("haraka") is None


def test_a_target_stands_for_all_that_it_brings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []
    monkeypatch.setenv("SMTPPROBE_SERVER_CACHE", str(tmp_path))
    monkeypatch.setattr(fetch, "obstacle", lambda: None)

    def noted(name: str, _: Path) -> str:
        asked.append(name)
        return f"{name}: ready"

    monkeypatch.setattr(fetch, "fetch", noted)
    assert fetch.main([fetch.MORE, "zsh"]) == 0
    assert sorted(asked) == sorted([*fetch.of_target(fetch.MORE), "zsh"])
    assert fetch.main(["no-such"]) == 2
