"""docs/survey.md is what the schema says."""

from __future__ import annotations

import pyarrow as pa
import pytest

from smtpprobe.survey.schema import ADDRESSES, DOMAINS, meaning_of
from tests.docs import survey


def test_the_page_of_the_results_is_current() -> None:
    assert survey.PAGE.read_text(encoding="utf-8") == survey.page(), "python -m tests.docs.survey"


@pytest.mark.parametrize("schema", [ADDRESSES, DOMAINS], ids=["addresses", "domains"])
def test_every_column_says_what_it_means(schema: pa.Schema) -> None:
    def without(columns: pa.Schema | pa.StructType) -> list[str]:
        found = []
        for column in columns:
            inner = column.type.value_type if pa.types.is_list(column.type) else column.type
            found += [column.name] if not meaning_of(column) else []
            found += without(inner) if pa.types.is_struct(inner) else []
        return found

    assert without(schema) == []
