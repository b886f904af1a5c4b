"""Rules of self-evaluation forms: what footnotes say, what is known of places, and the words of the forms."""

from __future__ import annotations

from decimal import Decimal

import pytest

from juesuan.knowledge.performance import (
    full_mark,
    funding_of,
    has_reason,
    has_remedy,
    kind_of,
    level_mark,
    relation_of,
    role_of,
    rules_for,
    unit_word,
)

WEIGHTS = (
    "备注: 1. 对于设置成本指标的项目,成本指标20%、产出指标40%、效益指标20%、满意度指标10%"
    "(其余10%的分值权重为预算执行率指标,下同);对于未设置成本指标的项目,产出指标50%、效益指标30%、满意度指标10%;"
    "对于不需要设置满意度指标的项目,其效益指标分值权重相应可上调10%。"
)
XIGANG = (
    WEIGHTS,
    "2. 对于目标偏差超过30%的指标(包含未达标和超标),需要逐条分析原因,提出改进措施。",
    "3. 预算执行率=预算执行数/全年预算数×100%。",
)


def bands(**weights: int) -> dict[str, Decimal]:
    return {kind: Decimal(weight) for kind, weight in weights.items()}


def test_the_footnote_of_xigang() -> None:
    rules = rules_for(XIGANG, "", "2024")
    assert rules.with_cost == bands(cost=20, output=40, benefit=20, satisfaction=10, execution=10)
    assert rules.without_cost == bands(output=50, benefit=30, satisfaction=10, execution=10)
    assert rules.deviation == 30
    assert rules.weights_stated
    assert rules.deviation_stated


@pytest.mark.parametrize(
    "note",
    [
        "注：原则上一级指标权重统一设置为：预算执行率10%、产出指标50%、效益指标30%、服务对象满意度指标10%。",
        "说明：产出指标 50 分，效益指标 30 分，满意度指标 10 分，预算资金执行率 10 分。",
        "1.产出指标权重为50%，效益指标权重为30%，满意度指标权重为10%，预算执行率权重为10%。",
    ],
)
def test_other_footnotes(note: str) -> None:
    rules = rules_for([note], "", "2018")
    assert rules.without_cost == bands(output=50, benefit=30, satisfaction=10, execution=10)
    assert rules.with_cost is None
    assert rules.basis == "本表附注"


def test_a_footnote_that_does_not_sum_to_100_is_no_rule() -> None:
    rules = rules_for(["注：产出指标 50%，效益指标 30%，满意度指标 30%。"], "", "2018")
    assert (rules.with_cost, rules.without_cost) == (None, None)


def test_a_formula_is_no_weight() -> None:
    assert not rules_for(["3. 预算执行率=预算执行数/全年预算数×100%。"], "", "2024").weights_stated


@pytest.mark.parametrize(
    ("note", "limit"),
    [
        ("偏差率超过±20%的指标，请说明原因。", 20),
        ("偏离度在 30% 以上的，应分析原因。", 30),
        ("对于目标偏差大于 15% 的指标，需要说明。", 15),
        ("请填写偏差原因。", None),
    ],
)
def test_limits_of_deviation(note: str, limit: int | None) -> None:
    rules = rules_for([note], "", "2024")
    assert rules.deviation == limit
    assert rules.deviation_stated == (limit is not None)


def test_what_is_known_without_a_footnote() -> None:
    assert rules_for([], "", "2019").without_cost is None
    assert rules_for([], "", "?").without_cost is None
    assert rules_for([], "", "2020").basis == "财预〔2020〕10号"
    assert rules_for([], "", "2020").with_cost is None
    assert rules_for([], "江苏", "2024").basis == "财预〔2021〕101号"
    assert rules_for([], "江苏", "2024").deviation is None
    assert rules_for([], "辽宁", "2024").deviation == 30
    assert not rules_for([], "辽宁", "2024").deviation_stated


def test_heads() -> None:
    assert role_of("分值（90分）") == "weight"
    assert full_mark("分值（90分）") == 90
    assert full_mark("得分（满分100分）") == 100
    assert full_mark("分值") is None
    assert role_of("全年执行数（B）") == "final"
    assert role_of("执行率（B/A）") == "rate"
    assert role_of("得 分") == "score"
    assert role_of("偏差原因分析及改进措施") == "reason"
    assert role_of("年度总体目标") == ""


def test_levels() -> None:
    assert level_mark("产出指标（50分）") == ("产出指标", "50")
    assert level_mark("效益指标30分") == ("效益指标", "30")
    assert level_mark("时效指标") == ("时效指标", "")
    assert kind_of("服务对象满意度指标") == "satisfaction"
    assert kind_of("", "社会效益指标") == "benefit"
    assert kind_of("管理指标") == ""


def test_relations() -> None:
    assert relation_of("≥90%") == "≥"
    assert relation_of("90%以上") == "≥"
    assert relation_of("不超过 5 个工作日") == "≤"
    assert relation_of("12月底前") == "≤"
    assert relation_of("＝100") == "="
    assert relation_of("大于等于3") == "≥"
    assert relation_of("大于3") == ">"
    assert relation_of("优良") == ""
    assert relation_of("95%") == ""


def test_units() -> None:
    assert unit_word("个工作日以内") == "工作日"
    assert unit_word("％") == "%"
    assert unit_word("日") == unit_word("天")
    assert unit_word("%（已完成）") == "%"
    assert unit_word("篇报告均已按期完成并印发") == "?"


def test_reasons() -> None:
    assert not has_reason("无")
    assert not has_reason("—")
    assert has_reason("人员外出")
    assert has_remedy("下一年按实际对象数编制目标")
    assert not has_remedy("外出务工人员未到检")


def test_money() -> None:
    assert funding_of("年度资金总额") == "total"
    assert funding_of("其中：当年财政拨款") == "当年财政拨款"
    assert funding_of("联系电话") == ""
