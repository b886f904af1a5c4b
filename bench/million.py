"""How fast a ledger of a million rows becomes the figures of all tables. Writes its part of docs/bench-build.md.

The rows are those of a made-up department with several units and every kind of money, each spread over the year in
amounts of its own (seeded). What comes out is compared with the account: a figure that differs ends the run. Refuses
to judge the times: the limit stands beside them.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from page import machine, put  # noqa: E402 - the path is set above
from tests.compiling.ledgers import HEAD, Writer  # noqa: E402

from juesuan.compiling.ledger import read_ledgers  # noqa: E402
from juesuan.compiling.totals import totals  # noqa: E402
from juesuan.generating import Generated, Shape, generate  # noqa: E402

SEED, ROWS, LIMIT = 5, 1_000_000, 5
SHEETS = (200_000,)
"""rows of the workbooks; a sheet holds 1,048,576"""
SHAPE = Shape(
    "national", 2024, units=4, government_funds=True, state_capital=True, carryover=True, superior=True,
    public_service=True, commercial=True, subordinate=True, other=True, upward=True, projects=5,
)  # fmt: skip
SUMMARIES = (
    "付办公用品款",
    "报销差旅费",
    "付物业管理费",
    "付印刷费",
    "发放工资",
    "缴纳社会保险费",
    "付维修（护）费",
    "付委托业务费",
)
WHOLE = ("年初余额", "年末余额", "年末结转", "弥补", "提取")
TEXT = """\
## 账簿 · Ledger

命令：`python bench/million.py --runs {runs} --rows {rows}`；种子 {seed}；{machine}。
一个部门 {units} 个单位、各种资金的预算会计分录（13 列），汇总成全部报表的数（元），并与编造的账目逐数核对（{figures} 个数，全部相等）。
单位秒，{runs} 次的中位数；处理器秒是各核之和，机器忙时只看它。要求：百万行 {limit} 秒以内（XLSX 一张表至多 1,048,576 行）。

*Entries of budgetary accounting in 元 → the figures of all tables, each compared with the made-up account. Seconds,
medians of {runs} runs; the last column is processor time over all cores, which counts where the machine is busy.
Wanted: a million rows within {limit} s.*

| 文件 | 行 | MB | 秒 | 处理器秒 |
| --- | ---: | ---: | ---: | ---: |
"""
Row = tuple[str, ...]


def spread(row: Row, parts: int, chance: random.Random) -> Iterator[Row]:
    """A row as so many, with the same sums; some of them reversals."""
    at = 11 if row[11] else 12
    cents = int(Decimal(row[at]) * 100)
    width = 2 * max(abs(cents) // parts, 1)
    left = cents
    for n in range(parts):
        part = left if n == parts - 1 else (chance.randrange(width) if n % 50 else -chance.randrange(width))
        left -= part
        date = f"{row[0][:4]}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        summary = f"{SUMMARIES[n % len(SUMMARIES)]}{n}"
        amount = f"{Decimal(part).scaleb(-2):.2f}"
        sides = (amount, "") if at == 11 else ("", amount)
        yield (date, f"{row[1]}-{n}", *row[2:5], summary, *row[6:11], *sides)


def ledger(account: Generated, rows: int) -> Iterator[Row]:
    """About so many rows: balances and transfers as they are, all else spread."""
    chance = random.Random(SEED)
    base = [row for unit in account.units for row in Writer(account, unit).rows()]
    whole = [row for row in base if row[3].startswith("8") or any(word in row[5] for word in WHOLE) or not row[5]]
    rest = [row for row in base if row not in whole]
    parts, more = divmod(rows - len(whole), len(rest))
    for n, row in enumerate(rest):
        yield from spread(row, parts + (n < more), chance)
    yield from whole


def write_csv(path: Path, rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEAD])
        csv.writer(stream).writerows(rows)


def write_xlsx(path: Path, rows: Iterator[Row]) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

    book = Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("明细账")
    sheet.write_row(0, 0, HEAD)
    for r, row in enumerate(rows, 1):
        for c, cell in enumerate(row):
            if c > 10 and cell:
                sheet.write_number(r, c, Decimal(cell))
            elif cell:
                sheet.write_string(r, c, cell)
    book.close()


def aggregated(path: Path, account: Generated) -> int:
    """The ledger's figures; how many were compared. Raises SystemExit where one differs."""
    units = {name: name for name in account.units}
    kinds = dict(zip(account.units, account.kinds, strict=True))
    found = totals(read_ledgers([str(path)], account.year, units).leaves, kinds).figures
    wrong = [key for key, value in found.items() if value != (account.facts[key].value if key in account.facts else 0)]
    if wrong:
        raise SystemExit(f"{path.name}: {len(wrong)} figures differ, the first: {wrong[0]}")
    return sum(key in account.facts for key in found)


def timed(step: Callable[[], int], runs: int) -> tuple[str, int]:
    """Seconds and processor seconds (medians), and what the step gave."""
    seconds, worked, found = [], [], 0
    for _ in range(runs):
        begun, before = time.perf_counter(), sum(os.times()[:2])
        found = step()
        seconds.append(time.perf_counter() - begun)
        worked.append(sum(os.times()[:2]) - before)
    return f"{median(seconds):.2f} | {median(worked):.2f}", found


def ledgers(account: Generated, rows: int, folder: Path) -> Iterator[tuple[str, int, Path]]:
    """(kind, rows, file), each written when it is its turn."""
    import duckdb  # noqa: PLC0415 - heavy

    text, parquet = folder / "ledger.csv", folder / "ledger.parquet"
    write_csv(text, ledger(account, rows))
    yield "CSV", rows, text
    duckdb.sql(f"copy (from read_csv('{text}', all_varchar=true)) to '{parquet}'")
    yield "Parquet", rows, parquet
    for number in SHEETS:
        if number <= rows:
            book = folder / f"ledger{number}.xlsx"
            write_xlsx(book, ledger(account, number))
            yield "XLSX", number, book


def main() -> None:
    """Writes the ledgers, measures, and puts the part into the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--rows", type=int, default=ROWS)
    chosen = parser.parse_args()
    account = generate(SEED, SHAPE)
    lines, figures = [], 0
    with tempfile.TemporaryDirectory() as name:
        for kind, rows, path in ledgers(account, chosen.rows, Path(name)):
            seconds, figures = timed(partial(aggregated, path, account), chosen.runs)
            lines.append(f"| {kind} | {rows:,} | {path.stat().st_size / 1e6:.0f} | {seconds} |\n")
            print(lines[-1], end="", flush=True)
    words = {"runs": chosen.runs, "rows": chosen.rows, "seed": SEED, "machine": machine(), "limit": LIMIT}
    put(TEXT.format(units=len(account.units), figures=figures, **words) + "".join(lines))


if __name__ == "__main__":
    main()
