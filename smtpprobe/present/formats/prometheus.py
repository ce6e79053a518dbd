"""Metrics for Prometheus: its text format, and OpenMetrics 1.0, which has units and an end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smtpprobe.present.escape import shown

_LABEL_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(slots=True)
class Gauge:
    """A metric that goes up and down; `samples` by labels, so that each is unique.

    `unit` is that of OpenMetrics: a word that the name ends in, or empty.
    """

    name: str
    help: str
    unit: str = ""
    samples: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def set(self, value: str, **labels: str) -> None:
        """Set the sample of these labels."""
        self.samples[tuple(labels.items())] = value

    def lines(self, *, units: bool = False) -> Iterator[str]:
        """Yield the lines of the metric; nothing without samples. `units` adds the unit's."""
        if self.samples:
            yield f"# HELP {self.name} {self.help}"
            yield f"# TYPE {self.name} gauge"
        if self.samples and units and self.unit:
            yield f"# UNIT {self.name} {self.unit}"
        for labels, value in self.samples.items():
            told = ",".join(f'{name}="{_label(text)}"' for name, text in labels)
            yield f"{self.name}{{{told}}} {value}"


def document(gauges: Iterable[Gauge]) -> str:
    """Return metrics as one text in Prometheus' own format."""
    return "".join(f"{line}\n" for gauge in gauges for line in gauge.lines())


def openmetrics(gauges: Iterable[Gauge]) -> str:
    """Return metrics as one text of OpenMetrics: the same samples, with units and an end."""
    lines = (f"{line}\n" for gauge in gauges for line in gauge.lines(units=True))
    return "".join((*lines, "# EOF\n"))


def _label(text: str) -> str:
    return shown(text).translate(_LABEL_ESCAPES)
