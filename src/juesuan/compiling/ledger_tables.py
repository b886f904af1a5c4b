"""Ledger files (账簿文件): CSV, XLSX, XLS or Parquet → one table in DuckDB with columns of known names, all of it text.

The head is the first row in which enough columns are recognised; titles above it do no harm. Refuses a file without
the columns that are needed.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from juesuan.compiling.errors import NoLedgerColumn
from juesuan.compiling.ledger_words import column_word, columns_of
from juesuan.documents.errors import Unsuited
from juesuan.documents.xlsx import shown

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COLUMNS = (
    *("date", "voucher", "unit", "account", "account_name", "summary", "function", "economic"),
    *("fund", "nature", "project", "debit", "credit", "amount", "direction"),
)
_SNIFFED = 30
_SAMPLE = 1 << 16
_DECIMALS = 4
_XLSX = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class LedgerTable:
    """One ledger as the table `raw` of a connection: `COLUMNS`, and `line`, the row's number in the file."""

    def __init__(self, file: str, keep: tempfile.TemporaryDirectory[str]) -> None:
        self.file, self.keep = file, keep
        self.path = Path(file)
        if not self.path.is_file():
            raise Unsuited(file, "需要账簿：CSV、XLSX 或 Parquet 文件", missing=True)

    def load(self, connection: DuckDBPyConnection) -> set[str]:
        """Makes the view; the names of the columns that the ledger has. Raises NoLedgerColumn."""
        with self.path.open("rb") as stream:
            start = stream.read(4)
        if start == b"PAR1":
            return self._parquet(connection)
        path = self._from_workbook() if start in _XLSX else self._utf8()
        head, found = self._head(path)
        names = {f"column{at:0{_digits(self.width)}}": role for role, at in found.items()}
        columns = "{" + ", ".join(f"'column{n:0{_digits(self.width)}}': 'VARCHAR'" for n in range(self.width)) + "}"
        source = (
            f"read_csv('{_quoted(path)}', header=false, skip={head + 1}, columns={columns}, delim='{self.mark}', "
            "quote='\"', null_padding=true, strict_mode=false, auto_detect=false)"
        )
        self._view(connection, source, {role: name for name, role in names.items()}, head + 1)
        return set(found)

    def _view(self, connection: DuckDBPyConnection, source: str, names: dict[str, str], above: int) -> None:
        picked = ", ".join(
            f"nullif(trim(\"{names[role]}\"), '') as {role}" if role in names else f"cast(null as varchar) as {role}"
            for role in COLUMNS
        )
        connection.execute(f"create temp table raw as select {picked} from {source}")
        # rows keep the order of the file: rowid counts them from 0
        connection.execute(f"create temp view numbered as select *, rowid + 1 + {above} as line from raw")

    def _parquet(self, connection: DuckDBPyConnection) -> set[str]:
        source = f"read_parquet('{_quoted(self.path)}')"
        heads = [row[0] for row in connection.execute(f"describe select * from {source}").fetchall()]
        found = self._needed(columns_of(heads), heads)
        cast = ", ".join(f'cast("{heads[at]}" as varchar) as {role}' for role, at in found.items())
        self._view(connection, f"(select {cast} from {source})", {role: role for role in found}, 0)
        return set(found)

    def _needed(self, found: dict[str, int], heads: Sequence[str]) -> dict[str, int]:
        names = [head for head in heads if head]
        if not {"debit", "credit", "amount"} & set(found):
            raise NoLedgerColumn(self.file, column_word("amount"), names)
        if "account" not in found and "function" not in found:
            raise NoLedgerColumn(self.file, column_word("account"), names)
        return found

    def _head(self, path: Path) -> tuple[int, dict[str, int]]:
        """The number of the head's row from 0, and where the columns are."""
        with path.open(encoding="utf-8-sig", newline="") as stream:
            text = stream.read(_SAMPLE)
        self.mark = max(",\t;", key=text.count)
        rows = [
            row for _, row in zip(range(_SNIFFED), csv.reader(io.StringIO(text), delimiter=self.mark), strict=False)
        ]
        best = max(range(len(rows)), key=lambda n: (len(columns_of(rows[n])), -n), default=0)
        heads = rows[best] if rows else []
        self.width = len(heads)
        return best, self._needed(columns_of(heads), heads)

    def _utf8(self) -> Path:
        """The file itself where it is UTF-8, else a copy that is."""
        with self.path.open("rb") as stream:
            sample = stream.read(_SAMPLE)
        try:
            sample.decode("utf-8", "strict")
        except UnicodeDecodeError as why:
            if why.start < len(sample) - 4:
                copy = Path(self.keep.name) / "ledger.csv"
                encoding = "utf-16" if sample[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"
                with self.path.open(encoding=encoding, newline="") as old, copy.open("w", encoding="utf-8") as new:
                    new.writelines(old)
                return copy
        return self.path

    def _from_workbook(self) -> Path:
        """The first sheet as CSV."""
        copy = Path(self.keep.name) / "ledger.csv"
        with copy.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(self._sheet())
        return copy

    def _sheet(self) -> Iterator[list[str]]:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - heavy

        with CalamineWorkbook.from_path(str(self.path)) as book:
            sheet = book.get_sheet_by_index(0)
            for row in sheet.to_python(skip_empty_area=False):
                yield [value if isinstance(value, str) else _cell(value) for value in row]


def _cell(value: object) -> str:
    """What a cell shows; figures of up to four decimals without the detour over their exact value."""
    if isinstance(value, float):
        text = repr(value)
        whole, _, decimals = text.partition(".")
        if decimals.isdigit() and len(decimals) <= _DECIMALS:
            return text if decimals != "0" else whole
    return shown(value)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _digits(width: int) -> int:
    return len(str(max(width - 1, 0)))
