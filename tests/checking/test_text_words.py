"""Words of reasons and of listed items: what is a stock phrase, and when two names are one."""

from __future__ import annotations

import pytest

from juesuan.checking.listed import _extends, folded
from juesuan.knowledge.hierarchy import word
from juesuan.knowledge.reasons import is_stock, limit, speaks_of_transfer, topic_of, topics
from juesuan.knowledge.text_sums import text_sums
from juesuan.model.keys import Key
from juesuan.model.settings import NO_SETTINGS, Settings

STOCK = """
压减经费支出
严格落实过紧日子要求,压减经费支出等原因
牢固树立过紧日子思想,厉行勤俭节约、反对铺张浪费
进一步落实厉行节约有关规定,严控经费支出
认真贯彻中央八项规定及其实施细则精神,严格控制"三公"经费支出
根据实际情况相应调整
项目经费收入支出增加
财政拨款收入减少
部分项目经费调减
年中追加预算
据实列支
根据工作需要
加强预算管理,压缩各项开支
"""
SPECIFIC = """
人员变动及工资调整
退休人员增加
单位2024年新成立,人员变动,按实际支出
根据工作需要,年中新增"艺起TOP周周有戏"活动经费
2025年有公务接待事务发生,厉行节俭使用公务接待费
公务接待减少
公务用车运行维护费用的降低
工资福利待遇提升,人员经费相应增加
部分公车用车运行费从省级专项资金中支出
年中追加了绩效工资
上年结转资金在本年使用
局机关压减会议和印刷,办公费支出减少
一是压减经费支出;二是新建了档案库房
"""


@pytest.mark.parametrize("reason", STOCK.split())
def test_stock_phrases(reason: str) -> None:
    assert is_stock(reason)


@pytest.mark.parametrize("reason", SPECIFIC.split())
def test_what_names_a_thing_is_no_stock_phrase(reason: str) -> None:
    assert not is_stock(reason)


def test_nothing_is_no_stock_phrase() -> None:
    assert not is_stock("")


def test_the_limit_is_thirty_percent_unless_set() -> None:
    assert limit(NO_SETTINGS) == 30
    assert limit(Settings(rules={"reason": 20})) == 20  # type: ignore[dict-item]


def test_topics_are_told_by_key_and_words() -> None:
    housing = topic_of(Key(function="2210201"))
    reception = topic_of(Key(item="three_public/reception"))
    assert housing is not None
    assert reception is not None
    assert housing.words.search("公积金基数上调")
    assert reception.only.search("接待批次减少")
    assert topic_of(Key(function="2010301")) is None
    assert all(topic.only.pattern and (topic.items or topic.functions) for topic in topics())


def test_a_transfer_may_name_another_item() -> None:
    assert speaks_of_transfer("产业扶持资金调整至文化产业发展专项支出")
    assert not speaks_of_transfer("退休人员增加")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("维修费", "维修（护）费", True),
        ("养老保险缴费", "机关事业单位基本养老保险缴费", True),
        ("养老保险费", "机关事业单位基本养老保险缴费", True),
        ("津补贴", "津贴补贴", True),
        ("职工医疗保险缴费", "职工基本医疗保险缴费", True),
        ("医疗费", "公务员医疗保险缴费", False),
        ("公务员医疗保险缴费", "公务员医疗补助缴费", False),
        ("商品和服务支出", "其他商品和服务支出", False),
        ("水费", "电费", False),
    ],
)
def test_names_that_leave_words_out(one: str, other: str, same: bool) -> None:
    assert _extends(folded(one), folded(other)) is same


def test_every_item_of_a_sum_has_a_word() -> None:
    items = {term.item for known in text_sums() for term in (*known.left, *known.right)}
    assert [item for item in sorted(items) if word("item", item) == item] == []


def test_every_sum_belongs_to_a_check_and_closes_with_one_of_its_parts() -> None:
    for known in text_sums():
        assert known.check.startswith("TEXT-")
        assert not known.closed or known.closed in {term.item for term in known.right}
