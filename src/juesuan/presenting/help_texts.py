"""The help pages of the command line (命令说明): what each command is for, with examples that can be typed.

Refuses to list options: those are declared, with their own words, where they are parsed.
"""

EXIT_CODES = """\
退出码（取最高的一个）：
  0  没有达到 --fail-on 程度的问题
  1  有达到 --fail-on 程度的问题
  2  用法不对，或有文件读不了、不是决算（其余文件照查）
  3  某项检查出了程序故障"""

TOP = """\
部门决算公开：由工作簿编出整套决算；检查决算文本，读出每个数字，核对勾稽关系，指出哪里错、应是多少；写成网站。"""

TOP_EXAMPLES = """\
例：
  juesuan check 决算.txt                 检查一份决算，列出问题
  juesuan check 2024/*.txt --format json --output 结果.json
  juesuan explain 决算.txt:105           第 105 行的数字被理解成什么，受哪些勾稽关系约束
  juesuan read 决算.txt --format csv     把各张表存成 CSV
  juesuan accept 决算.txt a1b2c3 --why "批复如此"
  juesuan init 2024 --place liaoning     新建编制工作簿
  juesuan build 编制.xlsx                由填好的工作簿编出整套决算
  juesuan site 2024/ -o 网站             把一个文件夹的决算写成网站

每个命令的详细说明：juesuan check --help"""

CHECK = """\
检查一份或多份决算。每个问题写明位置、程度、印出的数 → 应有的数、依据和改法；
最后说明有多少数字得到核实，有多少检查通过、不符、未查。

程度：错误（一定有错） 警告（除非另有解释） 请说明（需要单位解释） 提示（尾差、格式等）"""

CHECK_EXAMPLES = f"""\
例：
  juesuan check 决算.txt
  juesuan check 决算.txt --coverage              连同未读的数字、未查的原因
  juesuan check 2024/ --output 问题.txt          整个文件夹（连同下级），逐份列出，结果写入文件
  juesuan check 2024/ --jobs 4                   同时查 4 份；一份坏了、太大、太慢，不影响其余
  juesuan check 决算.txt --format json           给程序用的数据，格式见 docs/check.schema.json
  juesuan check 决算.pdf --format html           网页：每个问题旁边是原文，写入 决算-检查结果.html
  juesuan check 2024/*.pdf --format html -o 结果 每份一页，结果/index.html 是总目
  juesuan check 2024/*.pdf --format xlsx         问题清单，可筛选、登记状态，写入 问题清单.xlsx
  juesuan check 决算.pdf --format docx           退给单位的审核意见单，写入 决算-审核意见单.docx
  juesuan check 2024/*.pdf --annotate 标注        副本上逐处标出，写入 标注/决算-标注.pdf；原件不动
  juesuan check 决算.txt --fail-on warning       有警告也以退出码 1 结束
  juesuan check 决算.txt --config 本局.toml      按本地规定检查，写法见 docs/configuration.md

{EXIT_CODES}"""

READ = """\
读出一份决算的数据：各张表，和每个数字的指标、金额、单位、位置。只读不查。"""

READ_EXAMPLES = """\
例：
  juesuan read 决算.txt                          JSON，显示在屏幕上
  juesuan read 决算.txt -o 数据                  JSON，存为 数据/决算.json
  juesuan read 决算.txt --format csv             每张表一个 CSV，存入当前目录下的 决算-tables/
  juesuan read 决算.txt --format csv -o 数据     存入 数据/
  juesuan read 2024/ -o 数据                     整个文件夹，逐份存入 数据/

CSV 为带 BOM 的 UTF-8，可直接用表格软件打开；facts.csv 是全部数字及其指标。

退出码：0 全部读出；2 用法不对，或有文件读不了、不是决算（其余文件照读）；3 出了程序故障"""

ACCEPT = """\
接受一个问题：看过了，不改，并记下理由。以后检查这份决算，它列在“已接受”里，不再计入问题数和退出码。

记在决算旁边的 FILE.accepted.toml 里，可以手工修改。按检查编号、指标和印出的数认定，插入、删去别处的行不影响；
数字一改，就重新列为问题。已经对不上任何问题的，检查时会指出。"""

ACCEPT_EXAMPLES = """\
例：
  juesuan accept 决算.txt a1b2c3 --why "批复如此，见批复第 3 页"
  juesuan accept 决算.txt SIGN-NEGATIVE:138 --why "收回以前年度支出，说明第五部分已写明"
  juesuan accept 决算.txt a1b2c3 --undo          撤销

问题的短名（如 a1b2c3）见 juesuan check 所列每个问题第一行的末尾。"""

EXPLAIN = """\
说明某一行的每个数字：被理解成什么指标，受哪些勾稽关系约束、结果如何，为什么没有检查。"""

EXPLAIN_EXAMPLES = """\
例：
  juesuan explain 决算.txt:105"""

INIT = """\
新建一个编制工作簿：部门信息、九张批复表、预算数、上年数、绩效等各张表，填好后用 juesuan build 编出整套决算。"""

INIT_EXAMPLES = """\
例：
  juesuan init 2024 --place liaoning --year 2024     空的工作簿，按辽宁的表样
  juesuan init 2025 --last-year 2024决算.pdf          填好单位、职责和上年数
  juesuan init 重做 --from 决算.txt                   由已有的决算填好全部
  juesuan init 试用 --example                         一个编造的例子，可以直接编
  juesuan init 2024 --template                        一个起步的 Word 模板，改成自己的样子"""

BUILD = """\
由填好的工作簿编出整套决算：说明、报表、附件。先核对，有错误就不定稿。

数的来源按权威：批复表（原样使用）、财决工作簿（--caijue）、账簿（--ledger）。有更权威的，其余只用来核对，差异列在最前。
财决工作簿的读取只用仿制的文件试过，请逐项核对。"""

BUILD_EXAMPLES = """\
例：
  juesuan build 某局2024年度决算编制.xlsx
  juesuan build 编制.xlsx --ledger 账簿.csv               没有批复表时由账簿汇总，有时用来核对
  juesuan build 编制.xlsx --template 本局模板.docx          按本单位的 Word 模板写，标记见 docs/template.md
  juesuan build 编制.xlsx --draft                         有问题也写出草稿
  juesuan build 编制.xlsx --approve 李四 --why "批复如此"

PDF 嵌入能自由使用的字体。本机没有仿宋的，用思源宋体代替；装上 Fandol 字体（TeX 自带），或把它所在的文件夹写进环境变量
JUESUAN_FONTS，就用仿宋。
"""

SITE = """\
把一个文件夹（连同下级）里的决算写成一个静态网站：部门和年度、查找、逐年对比、部门之间比较、下载原件和数据。
读得懂的文件都收：juesuan build 写出的文件夹、文本、PDF。读不了的列出名称和原因。

写出来的是普通文件，不用服务器，不联网，双击 index.html 就能看；地址由部门名称和年度决定，增减别的决算不会改变。
工作簿、自查表、检查结果、答复与批准和草稿不公开。"""

SITE_EXAMPLES = """\
例：
  juesuan site 2024/ -o 网站                     打开 网站/index.html
  juesuan site 决算/ -o 网站 --title 某区部门决算公开
  juesuan site 决算/ -o 网站 --jobs 4            用 4 个进程；重写以前的站点，多余的旧网页会删去

退出码：0 全部收录；2 用法不对，或有文件没有收录（其余照常写出）；3 出了程序故障"""
