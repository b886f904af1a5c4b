"""Lines of the contents: their page numbers are no figures, however long the line and whatever its words."""

from __future__ import annotations

import pytest

from juesuan.documents.text import read_text
from juesuan.understanding import interpret

ACCOUNT = """\
某市某局2024年度部门决算

目录
第一部分 部门概况........................................1
一、主要职能............................................1
第二部分 情况说明........................................2
{line}
五、项目支出绩效自评表（信息化专项经费）........................31

\f第一部分 部门概况
一、主要职能
负责全市有关工作。
第二部分 情况说明
一、收入支出决算总体情况说明
2024年度收入总计10.00万元。
"""


@pytest.mark.parametrize(
    "line",
    [
        "四、项目支出绩效自评表（用于社会福利的彩票公益金专项经费）....................................30",
        "四、项目支出预算绩效自评表（国有企业退休人员社会化管理补助专项经费）30",
        "四、项目支出绩效自评表（国有企业退休人员社会化管理补助经费和历史遗留问题专项经费） 30",
    ],
)
def test_a_long_line(line: str) -> None:
    report = interpret(read_text(ACCOUNT.format(line=line).encode("utf-8"), "a.txt"))
    assert [unread.quote for unread in report.unread] == []
    assert [fact.amount.show() for fact in report.facts] == ["10.00"]
