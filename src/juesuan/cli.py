"""The command line (命令行): the commands of `juesuan`, their options, and what they print.

Everything heavy is imported only when a command needs it, so that help comes at once. Refuses to know anything of
accounts: it turns words into calls of the services, and results into text and exit codes.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace, _SubParsersAction
from collections.abc import Sequence
from typing import TYPE_CHECKING

from juesuan import __version__
from juesuan.commands.site import run_site, site_parser
from juesuan.model.system import said
from juesuan.presenting import help_texts as texts
from juesuan.presenting.screen import CRASHED, FOUND, REFUSED
from juesuan.presenting.screen import complain as _complain
from juesuan.presenting.screen import write as _write
from juesuan.presenting.usage import Parser
from juesuan.presenting.usage import config_option as _config_option
from juesuan.presenting.usage import jobs_option as _jobs_option

if TYPE_CHECKING:
    from pathlib import Path

    from juesuan.model.reports import Report


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    _speak_utf8()
    try:
        parser = _parser()
        chosen = parser.parse_args(arguments)
        if chosen.command is None:
            parser.print_help(sys.stderr)
            return REFUSED
        code = COMMANDS[chosen.command](chosen)
        sys.stdout.flush()
        return code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else REFUSED
    except KeyboardInterrupt:
        print("已中断", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # `juesuan check … | head` closed the pipe: nobody is left to write to
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _speak_utf8() -> None:
    """UTF-8 and plain line ends wherever the output goes, on Windows too; an odd file name never stops the output."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _parser() -> Parser:
    parser = Parser(prog="juesuan", usage="juesuan COMMAND …", description=texts.TOP, epilog=texts.TOP_EXAMPLES)
    commands = parser.add_subparsers(
        title="命令", metavar="COMMAND", prog="juesuan", dest="command", parser_class=Parser
    )
    parser.options().add_argument("--version", action="version", version=f"juesuan {__version__}", help="显示版本")
    check = commands.add_parser(
        "check",
        help="检查决算，列出问题",
        usage="juesuan check FILE... [选项]",
        description=texts.CHECK,
        epilog=texts.CHECK_EXAMPLES,
    )
    _check_options(check)
    read = commands.add_parser(
        "read",
        help="读出表格和数字",
        usage="juesuan read FILE [选项]",
        description=texts.READ,
        epilog=texts.READ_EXAMPLES,
    )
    read.add_argument_group("参数").add_argument("file", metavar="FILE", help="决算文件，或放决算的文件夹")
    options = read.options()
    options.add_argument("--format", choices=("json", "csv"), default="json", help="json（默认）或 csv")
    options.add_argument("-o", "--output", metavar="DIR", help="写入这个目录，没有就新建")
    _jobs_option(options)
    _config_option(options)
    _explain_parser(commands)
    _accept_parser(commands)
    _makers(commands)
    return parser


def _explain_parser(commands: _SubParsersAction[Parser]) -> None:
    explain = commands.add_parser(
        "explain",
        help="说明某一行的数字",
        usage="juesuan explain FILE:LINE",
        description=texts.EXPLAIN,
        epilog=texts.EXPLAIN_EXAMPLES,
    )
    explain.add_argument_group("参数").add_argument(
        "spot", metavar="FILE:LINE", help="如 决算.txt:105，或 决算.xlsx:表名!F9"
    )
    _config_option(explain.options())


def _makers(commands: _SubParsersAction[Parser]) -> None:
    """The commands that make something."""
    _init_parser(commands)
    _build_parser(commands)
    site_parser(commands)


def _init_parser(commands: _SubParsersAction[Parser]) -> None:
    init = commands.add_parser(
        "init",
        help="新建编制工作簿",
        usage="juesuan init DIR [选项]",
        description=texts.INIT,
        epilog=texts.INIT_EXAMPLES,
    )
    init.add_argument_group("参数").add_argument("dir", metavar="DIR", help="放在哪个目录，没有就新建")
    options = init.options()
    options.add_argument("--last-year", metavar="FILE", default="", help="上年度的决算，从中取上年数")
    source = options.add_mutually_exclusive_group()
    source.add_argument("--from", metavar="FILE", dest="source", default="", help="已有的决算（文本或 PDF），据此填好")
    source.add_argument("--example", action="store_true", help="填一个编造的例子")
    options.add_argument("--place", metavar="地区", default="", help="按哪里的表样，如 liaoning、shanghai，或地名")
    options.add_argument("--year", metavar="年度", default="", help="决算年度，如 2024")
    options.add_argument(
        "--template", action="store_true", help="不新建工作簿，给一个起步的 Word 模板，供 build --template 用"
    )


def _build_parser(commands: _SubParsersAction[Parser]) -> None:
    build = commands.add_parser(
        "build",
        help="由工作簿编出整套决算",
        usage="juesuan build WORKBOOK [选项]",
        description=texts.BUILD,
        epilog=texts.BUILD_EXAMPLES,
    )
    build.add_argument_group("参数").add_argument("workbook", metavar="WORKBOOK", help="填好的工作簿（.xlsx）")
    options = build.options()
    options.add_argument("-o", "--output", metavar="DIR", default="", help="写入这个目录，默认用工作簿的名称")
    options.add_argument("--place", metavar="地区", default="", help="按哪里的写法，默认按工作簿")
    options.add_argument(
        "--format",
        metavar="格式",
        default="pdf,docx,html,xlsx,text,data",
        help="pdf、docx、html、xlsx、text、data，逗号隔开",
    )
    options.add_argument(
        "--template", metavar="FILE", default="", help="单位自己的 Word 模板（.docx），标记见 docs/template.md"
    )
    options.add_argument("--unit", metavar="FILE", action="append", default=[], help="所属单位的工作簿，可多个，汇总用")
    options.add_argument("--caijue", metavar="FILE", default="", help="财决工作簿（.xlsx、.xls）")
    options.add_argument("--ledger", metavar="FILE", action="append", default=[], help="账簿，CSV、XLSX 或 Parquet")
    options.add_argument("--balanced", action="store_true", help="账簿的数作舍入调整，使各合计都相等")
    options.add_argument("--draft", action="store_true", help="有问题也写出，标明是草稿")
    options.add_argument("--approve", metavar="姓名", default="", help="由此人批准，有错误也定稿；不能是编制人")
    options.add_argument("--why", metavar="理由", default="", help="批准的理由")
    _config_option(options)


def _accept_parser(commands: _SubParsersAction[Parser]) -> None:
    accept = commands.add_parser(
        "accept",
        help="接受一个问题，并记下理由",
        usage="juesuan accept FILE FINDING --why 理由",
        description=texts.ACCEPT,
        epilog=texts.ACCEPT_EXAMPLES,
    )
    named = accept.add_argument_group("参数")
    named.add_argument("file", metavar="FILE", help="决算文本")
    named.add_argument("finding", metavar="FINDING", help="问题末尾的短名，如 a1b2c3；或 编号:行号")
    options = accept.options()
    action = options.add_mutually_exclusive_group(required=True)
    action.add_argument("--why", metavar="理由", help="为什么接受")
    action.add_argument("--undo", action="store_true", help="撤销接受")
    _config_option(options)


def _check_options(check: Parser) -> None:
    files = check.add_argument_group("参数")
    files.add_argument("files", nargs="+", metavar="FILE", help="决算文件或文件夹，可以多个，可用 *.pdf")
    options = check.options()
    options.add_argument(
        "--format",
        choices=("text", "json", "html", "xlsx", "docx"),
        default="text",
        help="text（默认）、json，或写成文件：html 网页、xlsx 问题清单、docx 审核意见单",
    )
    options.add_argument(
        "-o", "--output", metavar="PATH", help="结果写入这个文件，不显示在屏幕上；多份的网页、意见单为目录"
    )
    options.add_argument("--annotate", metavar="DIR", help="另存标注的 PDF 到这个目录：逐处标出，附批注；原件不动")
    options.add_argument("--coverage", action="store_true", help="列出未读的数字、另计的数字和未查的原因")
    options.add_argument(
        "--fail-on",
        choices=("error", "warning", "query", "never"),
        default="error",
        help="从哪种程度起退出码为 1：错误（默认）、警告、请说明、从不",
    )
    _jobs_option(options)
    _config_option(options)


def _check(chosen: Namespace) -> int:
    from juesuan.commands.check import run

    return run(chosen)


def _read(chosen: Namespace) -> int:
    from pathlib import Path

    from juesuan.app import Crashed, Refused, read_file
    from juesuan.presenting.json_read import read_json

    if Path(chosen.file).is_dir():
        return _read_folder(chosen)
    try:
        report = read_file(chosen.file, chosen.config)
    except Refused as why:
        _complain(f"{chosen.file}：{why}")
        return CRASHED if isinstance(why, Crashed) else REFUSED
    stem = Path(chosen.file).stem
    if chosen.format == "json" and not chosen.output:
        sys.stdout.write(read_json(report))
        return 0
    folder = Path(chosen.output or f"{stem}-tables")
    return 0 if _write_read(report, chosen.format, folder, stem) else REFUSED


def _write_read(report: Report, kind: str, folder: Path, stem: str) -> bool:
    """The data of one account as files. False where they cannot be written."""
    from juesuan.presenting.csv_tables import write_csv
    from juesuan.presenting.json_read import read_json

    try:
        if kind == "json":
            folder.mkdir(parents=True, exist_ok=True)
            return _write(iter([read_json(report)]), str(folder / f"{stem}.json"))
        written = write_csv(report, folder)
    except OSError as why:
        return _complain(f"写不了 {folder}（{said(why)}），请检查路径和权限")
    print(f"已写入 {folder}{os.sep}：{'、'.join(path.name for path in written)}", file=sys.stderr)
    return True


def _read_folder(chosen: Namespace) -> int:
    """Every file of a folder, each into its place below the output; what cannot be read is named, the others go on."""
    from pathlib import Path

    from juesuan.app import Crashed, Refused, read_files

    if not chosen.output:
        _complain("读整个文件夹，要用 -o 写明存到哪个目录")
        return REFUSED
    from juesuan.presenting.progress import ProgressLine

    line = ProgressLine()
    read = refused = 0
    code = 0
    for file, report in read_files([chosen.file], line.show, chosen.config, chosen.jobs):
        line.clear()
        if isinstance(report, Refused):
            _complain(f"{file}：{report}")
            code = max(code, CRASHED if isinstance(report, Crashed) else REFUSED)
            refused += 1
            continue
        name = Path(file).relative_to(chosen.file) if file != chosen.file else Path(file)
        folder = Path(chosen.output) / name.parent / ("" if chosen.format == "json" else f"{name.name}-tables")
        # with its ending: a.pdf and a.txt are two accounts
        if not _write_read(report, chosen.format, folder, name.name):
            return REFUSED
        read += 1
    print(f"共 {read + refused} 份：读出 {read}，未能读取 {refused}", file=sys.stderr)
    return code


def _explain(chosen: Namespace) -> int:
    from juesuan.app import Refused, explain
    from juesuan.presenting.explained import explained_text
    from juesuan.presenting.widths import style_for

    file, colon, line = chosen.spot.replace("：", ":").rpartition(":")
    if not colon or not file or not ("!" in line or (line.isdecimal() and int(line) > 0)):
        _complain(f"要写成 文件:行号，如 决算.txt:105，或 决算.xlsx:表名!F9；写的是“{chosen.spot}”")
        return REFUSED
    try:
        explained = explain(file, line if "!" in line else int(line), chosen.config)
    except Refused as why:
        _complain(f"{file}：{why}")
        return REFUSED
    style = style_for(sys.stdout)
    sys.stdout.writelines(f"{text}\n" for text in explained_text(explained, style))
    return CRASHED if explained.crashes else 0


def _accept(chosen: Namespace) -> int:
    from juesuan.app import Refused, accept, take_back

    if not chosen.undo and not chosen.why.strip():
        _complain("--why 后面要写明接受的理由")
        return REFUSED
    try:
        if chosen.undo:
            for why in take_back(chosen.file, chosen.finding, chosen.config):
                print(f"已撤销接受（理由曾是：{why}）")
            return 0
        finding, path = accept(chosen.file, chosen.finding, chosen.why.strip(), chosen.config)
    except Refused as why:
        _complain(f"{chosen.file}：{why}")
        return REFUSED
    except OSError as why:
        _complain(f"写不了 {chosen.file}.accepted.toml（{said(why)}），请检查权限")
        return REFUSED
    where = finding.places[0].where if finding.places else chosen.file
    print(f"已接受 {where} {finding.check}，记入 {path}")
    return 0


def _init_template(directory: str) -> int:
    """A template for a bureau to begin with, in that folder."""
    from juesuan.documents.template_starter import save_starter

    try:
        path = save_starter(directory)
    except FileExistsError as why:
        _complain(f"已经有 {why}，不覆盖；请换一个目录，或先改名")
        return REFUSED
    except OSError as why:
        _complain(f"写不了 {directory}（{said(why)}），请检查路径和权限")
        return REFUSED
    print(f"已新建 {path}\n在 Word 里改好后运行：juesuan build 编制工作簿.xlsx --template {path}")
    return 0


def _init(chosen: Namespace) -> int:
    from juesuan.app import Refused, prepare_workbook
    from juesuan.services.preparing import Wanted

    if chosen.template:
        if chosen.source or chosen.example or chosen.last_year:
            _complain("--template 只给一个 Word 模板，不能和 --from、--example、--last-year 一起写")
            return REFUSED
        return _init_template(chosen.dir)
    wanted = Wanted(chosen.source, chosen.last_year, chosen.example, chosen.place, chosen.year)
    if chosen.year and not (chosen.year.isdecimal() and len(chosen.year) == 4):
        _complain(f"--year 要写四位数字，如 2024；写的是“{chosen.year}”")
        return REFUSED
    try:
        path, told = prepare_workbook(chosen.dir, wanted)
    except Refused as why:
        _complain(str(why))
        return REFUSED
    print("\n".join((f"已新建 {path}", *told, f"填好后运行：juesuan build {path}")))
    return 0


def _build(chosen: Namespace) -> int:
    from juesuan.app import Refused, build
    from juesuan.services.loading import FORMATS, Build, Sources

    approve, why = chosen.approve.strip(), chosen.why.strip()
    if (chosen.approve and not approve) or bool(approve) != bool(why):
        _complain("--approve 和 --why 要一起写：谁批准（姓名），为什么")
        return REFUSED
    formats = tuple(filter(None, (one.strip().lower() for one in chosen.format.replace("，", ",").split(","))))
    if not formats:
        _complain(f"--format 后面没有写格式，可以写：{'、'.join(FORMATS)}")
        return REFUSED
    if wrong := [one for one in formats if one not in FORMATS]:
        _complain(f"--format 没有“{wrong[0]}”，可以写：{'、'.join(FORMATS)}")
        return REFUSED
    try:
        sources = Sources(tuple(chosen.unit), chosen.caijue, tuple(chosen.ledger), chosen.balanced)
        approval = {"draft": chosen.draft, "approve": approve, "why": why}
        wanted = Build(
            chosen.output,
            chosen.place,
            formats,
            sources,
            **approval,
            config=chosen.config or "",
            template=chosen.template,
        )
        built, written = build(chosen.workbook, wanted)
    except Refused as why:
        _complain(f"{why.file or chosen.workbook}：{why}")
        return REFUSED
    from juesuan.presenting.built import built_text

    if built.told is not None:
        lines = built_text(built.checked, built.told, chosen.draft, written)
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return 0 if built.final or chosen.draft else FOUND


COMMANDS = {
    "check": _check,
    "read": _read,
    "explain": _explain,
    "accept": _accept,
    "init": _init,
    "build": _build,
    "site": run_site,
}
