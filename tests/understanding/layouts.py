"""Small tables in the layouts of many places, with the keys of some of their figures written by hand.

Each layout: the text (columns of a row separated by |), and figure → key for figures that stand there once.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Layout:
    name: str
    text: str
    keys: dict[str, str]

    @property
    def document(self) -> str:
        body = self.text.strip("\n").replace("|", "\t")
        return f"青原县档案馆\n2023 年度部门决算\n第二部分 青原县档案馆 2023 年度部门决算表\n{body}\n"


LAYOUTS = (
    Layout(
        "three code columns with two digits each, total in the legend row",
        """
支出决算表
公开03表
部门：青原县档案馆|||金额单位：万元
项目||||本年支出合计|基本支出|项目支出|上缴上级支出|经营支出|对附属单位补助支出
类|款|项|科目名称||||||
|||合计|310.15|200.05|95.10|5.00|6.00|4.00
201|||一般公共服务支出|290.11|190.01|85.10|5.00|6.00|4.00
|26||档案事务|290.12|190.02|85.10|5.00|6.00|4.00
||01|行政运行|190.03|190.03|||
||04|档案馆|100.09||85.09|5.01|6.01|4.01
""",
        {
            "310.15": "flow=expenditure",
            "290.12": "flow=expenditure function=20126",
            "100.09": "flow=expenditure function=2012604",
            "85.09": "flow=expenditure nature=project function=2012604",
            "5.01": "flow=expenditure nature=remitted_up function=2012604",
            "6.01": "flow=expenditure nature=commercial function=2012604",
            "4.01": "flow=expenditure nature=subsidy_down function=2012604",
        },
    ),
    Layout(
        "totals with three amounts, one fiscal line with 其中, parts of the distribution",
        """
收入支出决算总表
单位：万元
收入||||支出|||
项目|年初预算数|全年预算数|决算数|项目|年初预算数|全年预算数|决算数
一、财政拨款收入|90.00|91.00|92.00|一、一般公共服务支出|80.00|81.00|82.01
其中：政府性基金预算财政拨款|1.10|1.20|1.30|二、外交支出|||
二、上级补助收入|||2.50|八、社会保障和就业支出|9.10|9.20|9.30
用事业基金弥补收支差额|||3.30|结余分配|||1.70
上年结转和结余|||4.40|其中：提取职工福利基金|||1.60
||||年末结转和结余|||5.50
收入总计|||102.20|支出总计|||102.21
""",
        {
            "90.00": "basis=initial flow=income fund=fiscal",
            "91.00": "basis=full_year flow=income fund=fiscal",
            "92.00": "flow=income fund=fiscal",
            "1.30": "flow=income fund=government_funds",
            "2.50": "flow=income fund=superior",
            "82.01": "flow=expenditure function=201",
            "9.20": "basis=full_year flow=expenditure function=208",
            "3.30": "flow=surplus_used",
            "4.40": "flow=opening",
            "1.70": "flow=distributed",
            "1.60": "flow=distributed item=distributed/welfare",
            "5.50": "flow=closing",
            "102.20": "flow=total_in",
            "102.21": "flow=total_out",
        },
    ),
    Layout(
        "income with 其中 教育收费 and the fiscal funds apart",
        """
收入决算表
单位：万元
功能分类科目编码|科目名称|本年收入合计|财政拨款收入||上级补助收入|事业收入||经营收入|附属单位上缴收入|其他收入
|||小计|其中：政府性基金||小计|其中：教育收费|||
合计||60.00|10.00|1.00|2.00|30.00|29.00|5.00|6.00|7.00
205|教育支出|60.01|10.01|1.01|2.01|30.01|29.01|5.01|6.01|7.01
""",
        {
            "10.01": "flow=income fund=fiscal function=205",
            "1.01": "flow=income fund=government_funds function=205",
            "2.01": "flow=income fund=superior function=205",
            "30.01": "flow=income fund=public_service function=205",
            "29.01": "flow=income fund=public_service function=205 item=education_fees",
            "5.01": "flow=income fund=commercial function=205",
            "6.01": "flow=income fund=subordinate function=205",
            "7.01": "flow=income fund=other function=205",
        },
    ),
    Layout(
        "basic with columns for personnel and running costs",
        """
一般公共预算财政拨款基本支出决算表
单位：万元
经济分类科目编码|科目名称|合计|人员经费|公用经费
合计||50.00|40.00|10.00
301|工资福利支出|39.00|39.01|
30101|基本工资|20.00|20.01|
302|商品和服务支出|9.50||9.51
30201|办公费|4.50||4.51
303|对个人和家庭的补助|1.00|1.01|
""",
        {
            "50.00": "flow=expenditure fund=general_public nature=basic",
            "40.00": "flow=expenditure fund=general_public nature=basic economic=personnel",
            "10.00": "flow=expenditure fund=general_public nature=basic economic=running",
            "39.01": "flow=expenditure fund=general_public nature=basic economic=301",
            "9.51": "flow=expenditure fund=general_public nature=basic economic=302",
            "1.01": "flow=expenditure fund=general_public nature=basic economic=303",
            "4.51": "flow=expenditure fund=general_public nature=basic economic=30201",
        },
    ),
    Layout(
        "basic under the heads 人员经费 and 公用经费, names wrapped onto the next line",
        """
一般公共预算财政拨款基本支出决算明细表
公开06表
单位：万元
人员经费|||公用经费|||||
科目编码|科目名称|决算数|科目编码|科目名称|决算数|科目编码|科目名称|决算数
301|工资福利支出|61.00|302|商品和服务支出|12.00|310|资本性支出|3.00
30101|基本工资|31.00|30201|办公费|7.00|31002|办公设备购置|2.00
30108|机关事业单位基本养老|30.00|30239|其他交通费用|5.00|31007|信息网络及软件购置更|1.00
|保险缴费|||||| 新|
人员经费合计||61.01|公用经费合计|||||15.01
""",
        {
            "30.00": "flow=expenditure fund=general_public nature=basic economic=30108",
            "1.00": "flow=expenditure fund=general_public nature=basic economic=31007",
            "61.01": "flow=expenditure fund=general_public nature=basic economic=personnel",
            "15.01": "flow=expenditure fund=general_public nature=basic economic=running",
        },
    ),
    Layout(
        "“三公” down the rows, with counts",
        """
一般公共预算财政拨款“三公”经费支出决算表
单位：万元
项目|行次|年初预算数|全年预算数|决算数
一、“三公”经费支出|1|22.10|22.20|21.30
1.因公出国（境）费|2|3.10|3.20|3.30
2.公务用车购置及运行维护费|3|16.10|16.20|15.30
（1）公务用车购置费|4|9.10|9.20|9.30
（2）公务用车运行维护费|5|7.10|7.20|6.30
3.公务接待费|6|2.11|2.21|2.31
（1）国内接待费|7|||2.30
其中：外事接待费|8|||0.40
（2）国（境）外接待费|9|||0.01
二、相关统计数|10|||
1.因公出国（境）团组数（个）|11|||12
2.因公出国（境）人次数（人）|12|||23
3.公务用车购置数（辆）|13|||34
4.公务用车保有量（辆）|14|||45
5.国内公务接待批次（个）|15|||56
其中：外事接待批次（个）|16|||67
6.国内公务接待人次（人）|17|||78
其中：外事接待人次（人）|18|||89
7.国（境）外公务接待批次（个）|19|||91
8.国（境）外公务接待人次（人）|20|||92
三、机关运行经费|21|||33.00
（一）行政单位|22|||22.00
（二）参照公务员法管理事业单位|23|||11.00
四、会议费|24|||5.55
五、培训费|25|||6.66
""",
        {
            "22.20": "basis=full_year flow=expenditure fund=general_public item=three_public",
            "3.10": "basis=initial flow=expenditure fund=general_public item=three_public/overseas",
            "15.30": "flow=expenditure fund=general_public item=three_public/vehicles",
            "9.30": "flow=expenditure fund=general_public item=three_public/vehicles/purchase",
            "6.30": "flow=expenditure fund=general_public item=three_public/vehicles/running",
            "2.31": "flow=expenditure fund=general_public item=three_public/reception",
            "2.30": "flow=expenditure fund=general_public item=three_public/reception/domestic",
            "0.40": "flow=expenditure fund=general_public item=three_public/reception/domestic/foreign_guests",
            "0.01": "flow=expenditure fund=general_public item=three_public/reception/foreign",
            "12": "item=three_public/overseas/groups measure=count",
            "23": "item=three_public/overseas/persons measure=count",
            "34": "item=three_public/vehicles/purchase/bought measure=count",
            "45": "item=three_public/vehicles/running/held measure=count",
            "56": "item=three_public/reception/batches measure=count",
            "67": "item=three_public/reception/foreign_guests/batches measure=count",
            "78": "item=three_public/reception/persons measure=count",
            "89": "item=three_public/reception/foreign_guests/persons measure=count",
            "91": "item=three_public/reception/foreign/batches measure=count",
            "92": "item=three_public/reception/foreign/persons measure=count",
            "33.00": "flow=expenditure fund=general_public item=agency_running_costs",
            "22.00": "flow=expenditure fund=general_public item=agency_running_costs/administrative",
            "11.00": "flow=expenditure fund=general_public item=agency_running_costs/civil_service_like",
            "5.55": "flow=expenditure fund=general_public item=conferences",
            "6.66": "flow=expenditure fund=general_public item=training",
        },
    ),
    Layout(
        "“三公” with domestic and foreign reception and meetings across the columns",
        """
财政拨款“三公”经费及会议费、培训费支出决算表
单位：万元
项目|合计|因公出国（境）费|公务用车购置及运行维护费|||公务接待费|||会议费|培训费
|||小计|公务用车购置费|公务用车运行维护费|小计|国内接待费|国（境）外接待费||
预算数|31.00|1.00|20.00|12.00|8.00|10.00|9.00|1.10|4.00|5.00
决算数|30.00|0.90|19.90|11.90|7.00|9.20|9.10|0.10|4.10|5.10
""",
        {
            "31.00": "basis=budget flow=expenditure fund=fiscal item=three_public",
            "9.10": "flow=expenditure fund=fiscal item=three_public/reception/domestic",
            "0.10": "flow=expenditure fund=fiscal item=three_public/reception/foreign",
            "4.10": "flow=expenditure fund=fiscal item=conferences",
            "5.10": "flow=expenditure fund=fiscal item=training",
        },
    ),
    Layout(
        "general public expenditure under 本年支出, continued after a form feed without heads",
        """
一般公共预算财政拨款支出决算表
金额单位：元
项目||本年支出||
功能分类科目编码|科目名称|小计|基本支出|项目支出
|栏次|1|2|3
|合计|1,000,000.10|600,000.10|400,000.00
201|一般公共服务支出|1,000,000.20|600,000.20|400,000.01
\f20126|档案事务|1,000,000.30|600,000.30|400,000.02
2012601|行政运行|600,000.40|600,000.50|
2012604|档案馆|400,000.03||400,000.04
注：本表反映部门本年度一般公共预算财政拨款支出情况。
""".replace("\\f", "\f"),
        {
            "1,000,000.10": "flow=expenditure fund=general_public",
            "1,000,000.30": "flow=expenditure fund=general_public function=20126",
            "600,000.50": "flow=expenditure fund=general_public nature=basic function=2012601",
            "400,000.04": "flow=expenditure fund=general_public nature=project function=2012604",
        },
    ),
    Layout(
        "fiscal with balances by fund on the right and expenditure by nature",
        """
财政拨款收入支出决算总表
单位：万元
收入||支出||||
项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
一、一般公共预算财政拨款|70.00|一、一般公共服务支出|68.00|68.01||
二、政府性基金预算财政拨款|8.00|十一、城乡社区支出|9.00||9.01|
三、国有资本经营预算财政拨款|2.00|二十一、国有资本经营预算支出|2.10|||2.11
本年收入合计|80.00|本年支出合计|79.10|68.02|9.02|2.12
年初财政拨款结转和结余|6.00|年末财政拨款结转和结余|6.90|3.90|2.60|0.40
一、一般公共预算财政拨款|1.90||||
二、政府性基金预算财政拨款|3.60||||
三、国有资本经营预算财政拨款|0.50||||
总计|86.00|总计|86.01|71.90|11.60|2.50
""",
        {
            "70.00": "flow=income fund=general_public",
            "8.00": "flow=income fund=government_funds",
            "2.00": "flow=income fund=state_capital",
            "6.00": "flow=opening fund=fiscal",
            "1.90": "flow=opening fund=general_public",
            "3.60": "flow=opening fund=government_funds",
            "0.50": "flow=opening fund=state_capital",
            "6.90": "flow=closing fund=fiscal",
            "2.60": "flow=closing fund=government_funds",
            "86.00": "flow=total_in fund=fiscal",
            "86.01": "flow=total_out fund=fiscal",
            "11.60": "flow=total_out fund=government_funds",
            "2.11": "flow=expenditure fund=state_capital function=223",
        },
    ),
    Layout(
        "totals by nature and economic class in a third block",
        """
收入支出决算总表
单位：万元
收入||支出||||
项目（按收入来源）|决算数|项目（按功能分类）|决算数|项目（按支出性质）|决算数
一、一般公共预算财政拨款收入|50.00|一、一般公共服务支出|40.00|一、基本支出|30.00
二、事业收入|6.10|四、公共安全支出|2.20|人员经费|22.00
三、经营收入|7.10|五、教育支出|3.20|日常公用经费|8.00
四、附属单位上缴收入|8.10|六、科学技术支出|4.20|二、项目支出|11.00
五、其他收入|9.10|||三、上缴上级支出|12.00
||||四、经营支出|13.00
||||五、对附属单位补助支出|14.00
本年收入合计|80.30|本年支出合计|80.20||
""",
        {
            "50.00": "flow=income fund=general_public",
            "6.10": "flow=income fund=public_service",
            "7.10": "flow=income fund=commercial",
            "8.10": "flow=income fund=subordinate",
            "9.10": "flow=income fund=other",
            "2.20": "flow=expenditure function=204",
            "4.20": "flow=expenditure function=206",
            "30.00": "flow=expenditure nature=basic",
            "22.00": "flow=expenditure nature=basic economic=personnel",
            "8.00": "flow=expenditure nature=basic economic=running",
            "11.00": "flow=expenditure nature=project",
            "12.00": "flow=expenditure nature=remitted_up",
            "13.00": "flow=expenditure nature=commercial",
            "14.00": "flow=expenditure nature=subsidy_down",
            "80.20": "flow=expenditure",
        },
    ),
    Layout(
        "totals with 教育收费 and every part of the distribution",
        """
收入支出决算总表
单位：万元
收入||支出|
项目|决算数|项目|决算数
五、事业收入|66.00|结余分配|15.10
其中：教育收费|61.00|提取专用结余|5.10
||缴纳所得税|4.10
||转入事业基金|3.10
||其他结余分配|2.10
""",
        {
            "66.00": "flow=income fund=public_service",
            "61.00": "flow=income fund=public_service item=education_fees",
            "15.10": "flow=distributed",
            "5.10": "flow=distributed item=distributed/special",
            "4.10": "flow=distributed item=distributed/tax",
            "3.10": "flow=distributed item=distributed/fund",
            "2.10": "flow=distributed item=distributed/other",
        },
    ),
    Layout(
        "income with the three funds apart",
        """
收入决算表
单位：万元
功能分类科目编码|科目名称|本年收入合计|财政拨款收入|||其他收入
|||一般公共预算|政府性基金预算|国有资本经营预算|
合计||60.00|10.00|20.00|29.00|1.00
""",
        {
            "10.00": "flow=income fund=general_public",
            "20.00": "flow=income fund=government_funds",
            "29.00": "flow=income fund=state_capital",
        },
    ),
    Layout(
        "fiscal by nature below the functions",
        """
财政拨款收入支出决算总表
单位：万元
收入||支出||||
项目|决算数|项目|合计|一般公共预算财政拨款|政府性基金预算财政拨款|国有资本经营预算财政拨款
一、一般公共预算财政拨款|70.00|一、基本支出|60.00|60.01||
||人员经费|50.00|50.01||
||日常公用经费|10.00|10.01||
||二、项目支出|12.00|11.00|1.00|
""",
        {
            "60.01": "flow=expenditure fund=general_public nature=basic",
            "50.01": "flow=expenditure fund=general_public nature=basic economic=personnel",
            "10.00": "flow=expenditure fund=fiscal nature=basic economic=running",
            "11.00": "flow=expenditure fund=general_public nature=project",
        },
    ),
    *(
        Layout(
            f"{title} with personnel and running costs",
            f"""
{title}
单位：万元
项目||年初结转和结余|本年收入|本年支出|||||年末结转和结余
科目编码|科目名称|||小计|基本支出|||项目支出|
|||||小计|人员经费|公用经费||
合计||1.10|2.10|9.00|6.00|4.00|2.00|3.00|1.20
""",
            {
                "1.10": f"flow=opening fund={fund}",
                "2.10": f"flow=income fund={fund}",
                "9.00": f"flow=expenditure fund={fund}",
                "6.00": f"flow=expenditure fund={fund} nature=basic",
                "4.00": f"flow=expenditure fund={fund} nature=basic economic=personnel",
                "2.00": f"flow=expenditure fund={fund} nature=basic economic=running",
                "3.00": f"flow=expenditure fund={fund} nature=project",
                "1.20": f"flow=closing fund={fund}",
            },
        )
        for title, fund in (
            ("一般公共预算财政拨款收入支出决算表", "general_public"),
            ("政府性基金预算财政拨款收入支出决算表", "government_funds"),
            ("国有资本经营预算财政拨款收入支出决算表", "state_capital"),
        )
    ),
    Layout(
        "expenditure with personnel and running costs",
        """
支出决算总表
单位：万元
科目编码|科目名称|本年支出合计|基本支出|||项目支出
|||小计|人员经费|公用经费|
合计||9.00|6.00|4.00|2.00|3.00
""",
        {
            "4.00": "flow=expenditure nature=basic economic=personnel",
            "2.00": "flow=expenditure nature=basic economic=running",
            "3.00": "flow=expenditure nature=project",
        },
    ),
)
