"""What the command line says (命令行的话): exit codes, complaints, and results on the screen or in a file.

Refuses to raise: what cannot be written is complained of, and False is the answer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from juesuan.model.system import said

FOUND, REFUSED, CRASHED = 1, 2, 3
"""exit codes; the highest that applies, 0 where none does"""


def say(words: str) -> None:
    """One line beside the results."""
    print(words, file=sys.stderr)


def complain(words: str) -> bool:
    """Why something is not done; always False."""
    print(f"juesuan：{words}", file=sys.stderr)
    return False


def write(pieces: Iterator[str], output: str | None) -> bool:
    """To the screen as it comes, or to a file as a whole. False where the file cannot be written."""
    from pathlib import Path  # noqa: PLC0415 - `juesuan --help` must start at once

    from juesuan.presenting.files import write_whole  # noqa: PLC0415 - as above

    if not output:
        for piece in pieces:
            sys.stdout.write(piece)
            sys.stdout.flush()
        return True
    try:
        write_whole(Path(output), pieces)
    except OSError as why:
        return complain(f"写不了 {output}（{said(why)}），请检查目录是否存在、有无权限")
    print(f"结果已写入 {output}", file=sys.stderr)
    return True
