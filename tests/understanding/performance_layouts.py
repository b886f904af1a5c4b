"""Self-evaluation forms in the layouts of many places, with the keys of their figures written by hand.

Figures that stand in one form more than once are keyed as `figure@row` (the row's name as the reader calls it).
"""

from __future__ import annotations

from tests.understanding.layouts import Layout

_TREES = "project=县城绿化工程"
_PARK = "project=公园维护"
_BOOKS = "project=馆藏图书购置"

LAYOUTS = (
    Layout(
        "the form of the Ministry of Finance: heads with a row for each source of money, relation in the target",
        """
附件2
项目支出绩效自评表
（2023年度）
项目名称|县城绿化工程|||||||
主管部门|青原县林业局|||实施单位|青原县林场|||
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分|
|年度资金总额|100.00|120.50|110.25|10|91.49%|9.15|
|其中：当年财政拨款|80.00|90.50|85.25|—|94.20%|—|
|上年结转资金|15.00|20.00|20.00|—||—|
|其他资金|5.00|10.00|5.00|—||—|
年度总体目标|预期目标||||实际完成情况|||
|栽植行道树，提高县城绿化率。||||已栽植行道树 1050 株，成活率达标。|||
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|产出指标|数量指标|指标1：栽植行道树|≥1000株|1050株|15|14.9|
|||指标2：补植灌木|=300平方米|300平方米|16|13|
||质量指标|苗木成活率|≥90%|92.5%|11|10.5|
||时效指标|完成时限|2023年12月底前|2023年11月|8|7.5|
|效益指标|社会效益指标|居民出行环境|优良|优良|20|19|
||生态效益指标|绿化覆盖率|不低于38%|38.6%|12|12.5|
|满意度指标|服务对象满意度指标|居民满意度|90%以上|95%|9|8|
总分||||||100|94.55|
""",
        {
            "100.00": f"basis=initial flow=expenditure {_TREES}",
            "120.50": f"basis=full_year flow=expenditure {_TREES}",
            "110.25": f"flow=expenditure {_TREES}",
            "10": f"{_TREES} indicator=预算执行率 measure=weight",
            "91.49%": f"{_TREES} indicator=预算执行率 measure=actual",
            "9.15": f"{_TREES} indicator=预算执行率 measure=score",
            "80.00": f"basis=initial flow=expenditure {_TREES} indicator=当年财政拨款",
            "90.50": f"basis=full_year flow=expenditure {_TREES} indicator=当年财政拨款",
            "85.25": f"flow=expenditure {_TREES} indicator=当年财政拨款",
            "94.20%": f"{_TREES} indicator=当年财政拨款 measure=actual",
            "15.00": f"basis=initial flow=expenditure {_TREES} indicator=上年结转资金",
            "10.00": f"basis=full_year flow=expenditure {_TREES} indicator=其他资金",
            "≥1000株": f"{_TREES} indicator=栽植行道树 measure=target",
            "1050株": f"{_TREES} indicator=栽植行道树 measure=actual",
            "15": f"{_TREES} indicator=栽植行道树 measure=weight",
            "14.9": f"{_TREES} indicator=栽植行道树 measure=score",
            "=300平方米": f"{_TREES} indicator=补植灌木 measure=target",
            "16": f"{_TREES} indicator=补植灌木 measure=weight",
            "13": f"{_TREES} indicator=补植灌木 measure=score",
            "92.5%": f"{_TREES} indicator=苗木成活率 measure=actual",
            "10.5": f"{_TREES} indicator=苗木成活率 measure=score",
            "7.5": f"{_TREES} indicator=完成时限 measure=score",
            "20": f"{_TREES} indicator=居民出行环境 measure=weight",
            "19": f"{_TREES} indicator=居民出行环境 measure=score",
            "不低于38%": f"{_TREES} indicator=绿化覆盖率 measure=target",
            "90%以上": f"{_TREES} indicator=居民满意度 measure=target",
            "95%": f"{_TREES} indicator=居民满意度 measure=actual",
            "100": f"{_TREES} measure=weight",
            "94.55": f"{_TREES} measure=score",
        },
    ),
    Layout(
        "one label a row, marks in the head and behind the levels, letters of a merged label one below the other",
        """
项目支出绩效自评表
单位：元
项目名称：公园维护
主管部门：青原县城管局||||||||
资金情况（元）|年初预算数|500,000|全年预算数|480,000|全年执行数|432,000|执行率|90.0%
绩|一级指标|二级指标|三级指标|指标值|实际完成值|分值（90分）|得分（满分90分）|偏差原因分析及改进措施
效|产出指标（50分）|数量指标(21分)|维护公园|6个|7个|21|20.5|
指||时效指标|维修响应|≤24小时|12小时|29|28.5|
标|效益指标30分|社会效益指标|游客人次|≥30.5万人次|31.2万人次|31|27|客流恢复
|满意度指标（10）|服务对象满意度|游客满意度|≥85％|88％|9|8.5|
|合计|||||90|84.5|
填表人：某某|||联系电话：|8123456||||
""",
        {
            "500,000": f"basis=initial flow=expenditure {_PARK}",
            "480,000": f"basis=full_year flow=expenditure {_PARK}",
            "432,000": f"flow=expenditure {_PARK}",
            "90.0%": f"{_PARK} indicator=预算执行率 measure=actual",
            "产出指标（50分）": f"{_PARK} indicator=产出指标 measure=weight",
            "数量指标(21分)": f"{_PARK} indicator=数量指标 measure=weight",
            "效益指标30分": f"{_PARK} indicator=效益指标 measure=weight",
            "满意度指标（10）": f"{_PARK} indicator=满意度指标 measure=weight",
            "6个": f"{_PARK} indicator=维护公园 measure=target",
            "7个": f"{_PARK} indicator=维护公园 measure=actual",
            "≤24小时": f"{_PARK} indicator=维修响应 measure=target",
            "29": f"{_PARK} indicator=维修响应 measure=weight",
            "31.2万人次": f"{_PARK} indicator=游客人次 measure=actual",
            "≥85％": f"{_PARK} indicator=游客满意度 measure=target",
            "90": f"{_PARK} measure=weight",
            "84.5": f"{_PARK} measure=score",
        },
    ),
    Layout(
        "the whole department: two rows of heads, no project, money of its own",
        """
部门整体支出绩效自评表
（2023年度）
部门名称|青原县档案馆||||||||
部门资金（万元）|资金总额||年初预算数|全年预算数|全年执行数|分值|执行率|得分|
|||900.00|950.00|940.00|11|98.95%|9.9|
年度绩效指标|一级指标|二级指标|三级指标|年度指标值|||实际完成值|分值|自评得分
||||符号|值|单位|||
|产出指标|数量指标|接收档案|≥|8000|卷|8123卷|45|44
||质量指标|数字化合格率|≥|98|%|98.7%|14|13
|效益指标|社会效益|查档接待|≥|2000|人次|2010人次|30|29.5
自评总分||||||||100|96.4
""",
        {
            "900.00": "basis=initial flow=expenditure indicator=部门整体支出",
            "950.00": "basis=full_year flow=expenditure indicator=部门整体支出",
            "940.00": "flow=expenditure indicator=部门整体支出",
            "11": "indicator=预算执行率 measure=weight",
            "98.95%": "indicator=预算执行率 measure=actual",
            "9.9": "indicator=预算执行率 measure=score",
            "8000": "indicator=接收档案 measure=target",
            "8123卷": "indicator=接收档案 measure=actual",
            "45": "indicator=接收档案 measure=weight",
            "44": "indicator=接收档案 measure=score",
            "98": "indicator=数字化合格率 measure=target",
            "2010人次": "indicator=查档接待 measure=actual",
            "29.5": "indicator=查档接待 measure=score",
            "100": "measure=weight",
            "96.4": "measure=score",
        },
    ),
    Layout(
        "weights of every level before the weight of the indicator, the total first, the form going on overleaf",
        """
项目绩效自评表
项目名称|馆藏图书购置|||自评得分|97.5|||||
项目预算（万元）|预算数|60.00|执行数|59.40|||||
一级指标|权重|二级指标|权重|三级指标|权重|目标值|完成值|得分|备注
产出指标|60%|数量指标|35|购置图书|25|≥5000册|5120册|24|
||||期刊种类|15|≥120种|118种|14|停刊 2 种
||质量指标|27|图书合格率|26|100%|100%|26|
\f一级指标|权重|二级指标|权重|三级指标|权重|目标值|完成值|得分|备注
效益指标|40%|社会效益指标|28|借阅册次|21|≥3万册次|3.2万册次|20.5|
||满意度|13|读者满意度|12|≥90|93|13|
""",
        {
            "97.5": f"{_BOOKS} measure=score",
            "60.00": f"basis=budget flow=expenditure {_BOOKS}",
            "59.40": f"flow=expenditure {_BOOKS}",
            "25": f"{_BOOKS} indicator=购置图书 measure=weight",
            "≥5000册": f"{_BOOKS} indicator=购置图书 measure=target",
            "24": f"{_BOOKS} indicator=购置图书 measure=score",
            "118种": f"{_BOOKS} indicator=期刊种类 measure=actual",
            "21": f"{_BOOKS} indicator=借阅册次 measure=weight",
            "20.5": f"{_BOOKS} indicator=借阅册次 measure=score",
            "93": f"{_BOOKS} indicator=读者满意度 measure=actual",
            "12": f"{_BOOKS} indicator=读者满意度 measure=weight",
        },
    ),
)
