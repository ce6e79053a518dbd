"""What node_exporter's textfile collector asks of the `.prom` files in its folder, all together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prometheus_client.openmetrics.parser import (
    text_string_to_metric_families as openmetrics_families,
)
from prometheus_client.parser import text_string_to_metric_families

if TYPE_CHECKING:
    from prometheus_client import Metric

Series = tuple[str, tuple[tuple[str, str], ...]]


def collected(*files: str) -> dict[Series, float]:
    """Return the series of files that lie side by side, by name and sorted labels.

    What node_exporter 1.5 leaves out is an AssertionError here: a file that it cannot read or that
    has times in it, all but the first of a series that stands twice, in one file or in two, and all
    of a metric whose HELP or TYPE is another than in the file before. So are labels that differ.
    """
    found: dict[Series, float] = {}
    told: dict[str, tuple[str, str]] = {}
    labelled: dict[str, set[str]] = {}
    for text in files:
        assert text == "" or text.endswith("\n")
        seen = set()
        for family in text_string_to_metric_families(text):
            assert family.name not in seen, "the lines of a metric stand together"
            seen.add(family.name)
            assert family.documentation
            assert family.type == "gauge"
            words = (family.documentation, family.type)
            assert told.setdefault(family.name, words) == words
            for sample in family.samples:
                assert sample.timestamp is None, "which the collector refuses"
                names = set(sample.labels)
                assert labelled.setdefault(sample.name, names) == names
                key = (sample.name, tuple(sorted(sample.labels.items())))
                assert key not in found, "stands twice"
                found[key] = sample.value
    return found


def openmetrics(text: str) -> list[Metric]:
    """Return the metrics of a text in OpenMetrics; ValueError for what is none."""
    found: Iterable[Metric] = openmetrics_families(text)  # type: ignore[no-untyped-call]
    return list(found)


def samples_of(families: Iterable[Metric]) -> dict[Series, float]:
    """Return the samples of metrics, by name and sorted labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in families
        for sample in family.samples
    }
