"""JUnit XML, in the shape that Jenkins, GitLab and Ant's own schema all take.

What XML 1.0 cannot hold (section 2.2) is escaped as on screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from smtpprobe.present.escape import shown

_COUNTED = {"failure": "failures", "error": "errors", "skipped": "skipped"}
"""How a case can end other than well, and the attribute of a suite that counts it."""


def case(class_name: str, name: str, seconds: float | None = None) -> ET.Element:
    """Return a case that went well; `ends` says of one that it did not."""
    found = ET.Element("testcase", classname=shown(class_name), name=shown(name))
    if seconds is not None:
        found.set("time", _time(seconds))
    return found


def ends(one: ET.Element, tag: str, message: str, text: str = "", kind: str = "") -> None:
    """Have a case end as `failure`, `error` or `skipped`, with a line about it and a text.

    The text is taken as it is: it may be several lines, each escaped.
    """
    assert tag in _COUNTED, tag
    found = ET.SubElement(one, tag, type=kind) if kind else ET.SubElement(one, tag)
    found.set("message", shown(message))
    found.text = text or None


def suite(name: str, cases: Sequence[ET.Element], seconds: float) -> ET.Element:
    """Return a suite of cases with the attributes that every reader requires."""
    found = ET.Element("testsuite", name=shown(name), tests=str(len(cases)))
    for attribute, count in _counts(cases).items():
        if attribute != "errors":
            found.set(attribute, count)
    found.set("time", _time(seconds))
    found.extend(cases)
    return found


def whole_suite(
    name: str, cases: Sequence[ET.Element], seconds: float, out: str = ""
) -> ET.Element:
    """Return a suite with all its parts, in the one order that every schema takes.

    `out` is further output, in escaped lines.
    """
    found = ET.Element("testsuite", name=shown(name), package="smtpprobe", tests=str(len(cases)))
    for attribute, count in _counts(cases).items():
        found.set(attribute, count)
    found.set("time", _time(seconds))
    ET.SubElement(found, "properties")
    found.extend(cases)
    ET.SubElement(found, "system-out").text = out
    ET.SubElement(found, "system-err")
    return found


def document(suites: Iterable[ET.Element], name: str = "", seconds: float | None = None) -> str:
    """Return the document; with a name it has the totals of all suites."""
    root = ET.Element("testsuites", name=name) if name else ET.Element("testsuites")
    root.extend(suites)
    if name:
        for attribute in ("tests", "failures", "errors"):
            root.set(attribute, str(sum(int(one.get(attribute, "0")) for one in root)))
    if seconds is not None:
        root.set("time", _time(seconds))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _counts(cases: Iterable[ET.Element]) -> dict[str, str]:
    return {
        attribute: str(sum(one.find(tag) is not None for one in cases))
        for tag, attribute in _COUNTED.items()
    }


def _time(seconds: float) -> str:
    return f"{seconds:.3f}"
