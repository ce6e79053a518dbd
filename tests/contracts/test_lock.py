"""The lock holds all that is installed, for every Python, and nothing but releases and hashes."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.contracts.lock import BUILD, DEV, REPOSITORY, RUN, Pin, installed, locked, pins_of

if TYPE_CHECKING:
    from collections.abc import Iterable

PROJECT: Final[dict[str, Any]] = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())

PYTHONS: Final = [
    found[1]
    for classifier in PROJECT["project"]["classifiers"]
    if (found := re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", classifier))
]

HASH: Final = f"--hash=sha256:{'0' * 64}"


def environment(python: str, system: str) -> dict[str, str]:
    """Return the markers' values for CPython of a version on a system."""
    return {
        **{name: str(value) for name, value in default_environment().items()},
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "sys_platform": system,
        "platform_system": {"linux": "Linux", "darwin": "Darwin"}[system],
        "extra": "",
    }


ENVIRONMENTS: Final = [
    pytest.param(environment(python, system), id=f"{python}-{system}")
    for python in PYTHONS
    for system in ("linux", "darwin")
]


def asked(*names: str) -> list[Requirement]:
    """Return what pyproject.toml asks for: the dependencies, and groups beside them."""
    lists = {"run": PROJECT["project"]["dependencies"], **PROJECT["dependency-groups"]}
    return [Requirement(text) for name in names for text in lists[name]]


def in_force(name: str, where: dict[str, str]) -> dict[str, Pin]:
    """Return the pins of a lock that are for this environment, by name; there is one of each."""
    wanted = [pin for pin in locked(name) if pin.wanted(where)]
    found = {pin.name: pin for pin in wanted}
    assert len(found) == len(wanted)
    return found


def unmet(wanted: Iterable[Requirement], where: dict[str, str], pins: dict[str, Pin]) -> list[str]:
    """Return the requirements for this environment that no pin meets."""
    return [
        f"{each}, locked {pin.version if pin else 'nowhere'}"
        for each in wanted
        if each.marker is None or each.marker.evaluate(where)
        for pin in [pins.get(canonicalize_name(each.name))]
        if pin is None or not each.specifier.contains(pin.version, prereleases=True)
    ]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://index.test/simple",
        "--find-links /srv/wheels",
        "-e .",
        "pytest==9.2.0",
        f"pytest>=9 {HASH}",
        f"pytest @ https://index.test/pytest-9.2.0-py3-none-any.whl {HASH}",
        f"https://index.test/pytest-9.2.0-py3-none-any.whl {HASH}",
        f"./pytest-9.2.0-py3-none-any.whl {HASH}",
        "pytest==9.2.0 --hash=md5:00000000000000000000000000000000",
        f"pytest==9.2.0 {HASH} --index-url https://index.test/simple",
        f"pytest==9.2.0 ; python_version < '3.12' @ https://index.test {HASH}",
    ],
)
def test_a_line_that_is_no_release_with_hashes_is_refused(line: str) -> None:
    assert pins_of(f"# made\npip==26.0 {HASH}\n    # via x\n")
    with pytest.raises(ValueError, match="not a release with its hashes"):
        pins_of(f"pip==26.0 {HASH}\n{line}\n")


@pytest.mark.parametrize("name", [RUN, BUILD, DEV])
def test_a_lock_names_no_place_in_its_comments_either(name: str) -> None:
    text = (REPOSITORY / name).read_text()
    assert locked(name)
    assert re.findall(r"\S*(?:://|(?<![\w.])/|\.\./)\S*", text) == []


@pytest.mark.parametrize("where", ENVIRONMENTS)
@pytest.mark.parametrize(
    ("name", "lists"), [(RUN, ["run"]), (BUILD, ["build"]), (DEV, ["run", "build", "dev"])]
)
def test_a_lock_meets_all_that_pyproject_asks_for(
    name: str, lists: list[str], where: dict[str, str]
) -> None:
    assert unmet(asked(*lists), where, in_force(name, where)) == []


@pytest.mark.parametrize("where", ENVIRONMENTS)
@pytest.mark.parametrize("name", [RUN, BUILD, DEV])
def test_a_lock_meets_what_its_own_releases_ask_for(name: str, where: dict[str, str]) -> None:
    pins = in_force(name, where)
    here = installed()
    missing = {
        each: lacking
        for each, pin in pins.items()
        if here.get(each) == pin.version  # `make test-latest` may have a newer one
        for wanted in [map(Requirement, metadata.requires(each) or ())]
        if (lacking := unmet(wanted, where, pins))
    }
    assert missing == {}


@pytest.mark.parametrize("where", ENVIRONMENTS)
@pytest.mark.parametrize("name", [RUN, BUILD])
def test_what_is_run_is_what_is_tested(name: str, where: dict[str, str]) -> None:
    run, dev = in_force(name, where), in_force(DEV, where)
    found = {name: dev[name] for name in run}
    same = [(pin.version, pin.hashes) for pin in run.values()]
    assert [(pin.version, pin.hashes) for pin in found.values()] == same


def test_a_requirement_that_nothing_meets_is_found() -> None:
    where = environment("3.11", "linux")
    pins = in_force(DEV, where)
    wanted = [
        *(Requirement(text) for text in ("pytest>=9", "absent", "pytest<9")),
        *(
            Requirement(f"absent ; {marker}")
            for marker in ("python_version >= '3.12'", "extra == 'x'")
        ),
    ]
    assert unmet(wanted, where, pins) == [
        "absent, locked nowhere",
        f"pytest<9, locked {pins['pytest'].version}",
    ]


def test_the_build_group_has_what_the_build_asks_for() -> None:
    assert set(PROJECT["build-system"]["requires"]) <= set(PROJECT["dependency-groups"]["build"])


def test_the_pythons_of_the_lock_are_those_of_the_classifiers() -> None:
    assert PYTHONS == ["3.11", "3.12", "3.13", "3.14"]
    assert PROJECT["project"]["requires-python"] == f">={PYTHONS[0]}"
