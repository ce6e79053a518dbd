"""Metrics in the text format of Prometheus, for node_exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from smtpprobe.present.escape import shown

_LABEL_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(slots=True)
class Gauge:
    """A metric that goes up and down; `samples` by labels, so that each is unique."""

    name: str
    help: str
    samples: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def set(self, value: str, **labels: str) -> None:
        """Set the sample of these labels."""
        self.samples[tuple(labels.items())] = value

    def lines(self) -> Iterator[str]:
        """Yield the lines of the metric; nothing without samples."""
        if self.samples:
            yield f"# HELP {self.name} {self.help}"
            yield f"# TYPE {self.name} gauge"
        for labels, value in self.samples.items():
            told = ",".join(f'{name}="{_label(text)}"' for name, text in labels)
            yield f"{self.name}{{{told}}} {value}"


def document(gauges: Iterable[Gauge]) -> str:
    """Return metrics as one text."""
    return "".join(f"{line}\n" for gauge in gauges for line in gauge.lines())


def _label(text: str) -> str:
    return shown(text).translate(_LABEL_ESCAPES)
