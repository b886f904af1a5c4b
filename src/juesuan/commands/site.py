"""The command `juesuan site` (建站命令): its options, its call, what it says. Refuses to know anything of accounts."""

from __future__ import annotations

import sys
from argparse import Namespace, _SubParsersAction

from juesuan.presenting import help_texts as texts
from juesuan.presenting.screen import CRASHED
from juesuan.presenting.usage import Parser, config_option, jobs_option

LEFT_OUT = 2
"""the exit code where a file is not on the site, or there is no site"""


def site_parser(commands: _SubParsersAction[Parser]) -> None:
    """Adds the command to the others."""
    site = commands.add_parser(
        "site",
        help="把一个文件夹的决算写成网站",
        usage="juesuan site DIR -o OUT [选项]",
        description=texts.SITE,
        epilog=texts.SITE_EXAMPLES,
    )
    site.add_argument_group("参数").add_argument("dir", metavar="DIR", help="放决算的文件夹，连同下级")
    options = site.options()
    options.add_argument("-o", "--output", metavar="OUT", required=True, help="写入这个目录：空的，或以前写的站点")
    options.add_argument("--title", metavar="标题", default="部门决算公开", help="首页的标题，默认“部门决算公开”")
    jobs_option(options)
    config_option(options)


def run_site(chosen: Namespace) -> int:
    """Makes the site and tells of it: the exit code."""
    from juesuan.app import Refused, check_config
    from juesuan.presenting.progress import ProgressLine
    from juesuan.presenting.site_told import site_text
    from juesuan.services.sites import Wanted, make_site

    line = ProgressLine(bar=True)
    try:
        if chosen.config:
            check_config(chosen.config)
        wanted = Wanted(chosen.dir, chosen.output, chosen.title, chosen.config, chosen.jobs)
        written = make_site(wanted, line.show)
    except Refused as why:
        line.clear()
        sys.stderr.write(f"juesuan：{chosen.dir}：{why}\n")
        return LEFT_OUT
    line.clear()
    sys.stdout.writelines(f"{text}\n" for text in site_text(written.site, chosen.output, written.files, written.size))
    if any(one.crashed for one in written.site.left_out):
        return CRASHED
    return LEFT_OUT if written.site.left_out else 0
