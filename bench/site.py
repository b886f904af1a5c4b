"""How long a site of many accounts takes, how large it is, how much memory it needs. Writes docs/bench-site.md.

The accounts are made up (bench/site_accounts.py) and written as text first; that is not measured. No machine is named.
Refuses to judge: the figures stand beside what they are about.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import tempfile
import time
from pathlib import Path

from site_accounts import write_accounts

from juesuan.services.sites import Wanted, Written, make_site

PAGE = Path(__file__).parents[1] / "docs" / "bench-site.md"
HEAD = """\
# 整站发布的速度 · Bench: a site

命令：`python bench/site.py --departments {departments} --years {years} --seed {seed}`；{python}，{system}，{cores} 核，{jobs} 个进程。
编造的 {count:,} 份决算（文本），逐份读、核对、写网页；编造它们的时间不计。

*Made-up accounts as text: each is read, checked and written. CPU seconds are those of all processes together.*

| 量 | 值 |
| --- | ---: |
"""


def measured(wanted: Wanted) -> tuple[Written, float, float]:
    """The site, how long it took, and how much work it was, in seconds."""
    begun, spent = time.perf_counter(), worked()
    written = make_site(wanted)
    return written, time.perf_counter() - begun, worked() - spent


def worked() -> float:
    """CPU seconds of this process and of the workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def megabytes(who: int) -> int:
    """The most memory that this process, or one of its workers, ever held."""
    return resource.getrusage(who).ru_maxrss >> 10


def rows(written: Written, seconds: float, cpu: float, output: Path) -> list[tuple[str, str]]:
    """What was measured."""
    accounts = len(written.site.accounts)
    home, search = (output / "index.html").stat().st_size, (output / "data" / "search-0.js").stat().st_size
    figures = max(path.stat().st_size for path in (output / "data").glob("figures-*.js"))
    return [
        ("决算 accounts", f"{accounts:,}"),
        ("部门 departments", f"{len(written.site.departments):,}"),
        ("没有收录 left out", f"{len(written.site.left_out):,}"),
        ("时间 time（秒 s）", f"{seconds:.0f}"),
        ("处理器时间 CPU（秒 s）", f"{cpu:.0f}"),
        ("处理器时间，每份 CPU, each（毫秒 ms）", f"{cpu * 1000 / max(accounts, 1):.0f}"),
        ("文件 files", f"{written.files:,}"),
        ("大小 size（MB）", f"{written.size / 1_000_000:.0f}"),
        ("每份 each（KB）", f"{written.size / 1000 / max(accounts, 1):.0f}"),
        ("首页 first page（KB）", f"{home / 1000:.0f}"),
        ("查找用的数据 search data（KB）", f"{search / 1000:.0f}"),
        ("比较用的数据，一年 comparison data, a year（KB）", f"{figures / 1000:.0f}"),
        ("内存，主进程 memory, main（MB）", f"{megabytes(resource.RUSAGE_SELF):,}"),
        ("内存，一个工作进程 memory, a worker（MB）", f"{megabytes(resource.RUSAGE_CHILDREN):,}"),
    ]


def main() -> None:
    """Makes the accounts and the site, and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departments", type=int, default=250)
    parser.add_argument("--years", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=None)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        count = write_accounts(Path(folder, "in"), chosen.departments, chosen.years, chosen.seed)
        output = Path(folder, "out")
        wanted = Wanted(f"{folder}/in", str(output), jobs=chosen.jobs)
        found = rows(*measured(wanted), output)
    head = HEAD.format(
        departments=chosen.departments,
        years=chosen.years,
        seed=chosen.seed,
        count=count,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=f"{platform.system()} {platform.machine()}",
        cores=os.cpu_count(),
        jobs=chosen.jobs or os.cpu_count(),
    )
    text = head + "".join(f"| {name} | {value} |\n" for name, value in found)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
