"""A list as text, CSV or Parquet gives the same entries, in partitions, with their numbers."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smtpprobe.errors import UsageError
from smtpprobe.survey.listing import Partition, partitions

NAMES = ["a.test", "b.test", "c.test", "d.test", "e.test"]


def texts(found: list[Partition]) -> list[list[str]]:
    return [[entry.text for entry in part.entries] for part in found]


def numbers(found: list[Partition]) -> list[int]:
    return [entry.number for part in found for entry in part.entries]


@pytest.fixture(params=["txt", "csv", "parquet"])
def listed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / f"domains.{request.param}"
    match request.param:
        case "txt":
            file.write_text("# a list\n" + "\n".join(NAMES) + "\n")
        case "csv":
            file.write_text("rank,domain\n" + "".join(f"1, {name} \n" for name in NAMES))
        case _:
            pq.write_table(pa.table({"domain": NAMES}), file)
    return file


def test_partitions_follow_the_list_and_the_last_may_be_short(listed: Path) -> None:
    found = list(partitions(str(listed), size=2))
    assert texts(found) == [NAMES[:2], NAMES[2:4], NAMES[4:]]
    assert [part.number for part in found] == [0, 1, 2]


def test_a_number_is_where_the_entry_is_in_its_file(listed: Path) -> None:
    first = 1 if listed.suffix == ".parquet" else 2
    assert numbers(list(partitions(str(listed)))) == list(range(first, first + 5))


def test_a_partition_of_other_entries_has_another_digest(tmp_path: Path) -> None:
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"
    one.write_text("a.test\nb.test\n")
    other.write_text("a.test\nB.test\n")
    digests = {next(partitions(str(path))).digest for path in (one, other)}
    assert len(digests) == 2


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_column_that_is_missing_is_named_with_those_that_exist(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"list.{kind}"
    if kind == "csv":
        file.write_text("name,rank\na.test,1\n")
    else:
        pq.write_table(pa.table({"name": ["a.test"], "rank": [1]}), file)
    with pytest.raises(UsageError, match="no column 'domain'") as raised:
        list(partitions(str(file)))
    assert "name, rank" in raised.value.hint
    assert texts(list(partitions(str(file), column="name"))) == [["a.test"]]


def test_a_file_that_is_not_parquet_is_a_usage_error(tmp_path: Path) -> None:
    file = tmp_path / "list.parquet"
    file.write_text("a.test\n")
    with pytest.raises(UsageError, match="not a Parquet file"):
        list(partitions(str(file)))


def test_a_line_without_end_costs_no_memory_and_hides_nothing(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(b"x" * 100_000 + b"\na.test\n")
    found = list(partitions(str(file)))
    assert numbers(found) == [1, 2]
    assert len(found[0].entries[0].text) <= 4096


@pytest.mark.parametrize("where", ["the names of the columns", "a row"])
def test_a_row_that_csv_cannot_read_is_named(where: str, tmp_path: Path) -> None:
    file = tmp_path / "domains.csv"
    head, rest = "domain,rank\n", f'"{"x" * 200_000}\n'
    file.write_text(rest if where != "a row" else f"{head}a.test,1\n{rest}")
    with pytest.raises(UsageError, match=r"domains.csv: the row that ends in line [13] cannot be"):
        list(partitions(str(file), column="domain"))
