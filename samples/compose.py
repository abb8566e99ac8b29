"""Facts of a disclosure -> its parts, in the order and wording of its kind."""

from __future__ import annotations

from archive.amounts import in_unit
from samples.facts import SampleDisclosure, SampleProject
from samples.parts import Head, Heading, Paragraph, Part, TablePart

MARK = "示例数据：机构为虚构，仅供演示"
CODE_HEADS = (Head("类"), Head("款"), Head("项"))


def compose(facts: SampleDisclosure) -> list[Part]:
    """The whole disclosure, budget or final accounts."""
    return Composer(facts).parts()


class Composer:
    """Composes one disclosure; every figure is computed from the facts."""

    def __init__(self, facts: SampleDisclosure) -> None:
        self.facts = facts
        self.final = facts.kind.endswith("决算")
        self.body = facts.kind[:2]
        self.verb = "决算" if self.final else "预算"
        self.year = f"{facts.year}年度" if self.final else f"{facts.year}年"

    def parts(self) -> list[Part]:
        """Cover, overview, tables, explanation, glossary and signature."""
        return [
            *self.cover(),
            *self.overview(),
            *self.tables(),
            *self.explanation(),
            *self.closing(),
        ]

    def cover(self) -> list[Part]:
        """The title and the mark that this is a sample."""
        return [
            Heading(0, f"{self.facts.agency}{self.year}{self.facts.kind}公开"),
            Paragraph(MARK),
        ]

    def overview(self) -> list[Part]:
        """Part one: duties and staff."""
        facts = self.facts
        return [
            Heading(1, f"第一部分 {facts.agency}概况"),
            Heading(2, "一、主要职能"),
            Paragraph(facts.duties),
            Heading(2, "二、机构设置及人员情况"),
            Paragraph(facts.staff),
        ]

    def tables(self) -> list[Part]:
        """Part two: the tables of the kind, the 政府性基金 table declared empty."""
        heading = Heading(1, f"第二部分 {self.year}{self.facts.kind}表")
        if self.final:
            return [
                heading,
                self.balance("收入支出决算总表", 1),
                self.by_function("支出决算表", 2),
                self.by_economy("一般公共预算财政拨款基本支出决算表", 3),
                self.three_public("财政拨款“三公”经费支出决算表", 4),
                self.empty("政府性基金预算财政拨款收入支出决算表", 5),
            ]
        return [
            heading,
            self.balance(f"{self.body}收支总体情况表", 1),
            self.income(f"{self.body}收入总体情况表", 2),
            self.by_function(f"{self.body}支出总体情况表", 3),
            self.appropriations("财政拨款收支预算总体情况表", 4),
            self.by_function("一般公共预算支出情况表", 5),
            self.by_economy("一般公共预算基本支出情况表", 6),
            self.by_project("一般公共预算项目支出情况表", 7),
            self.three_public("一般公共预算“三公”经费支出情况表", 8),
            self.empty("政府性基金预算支出情况表", 9),
        ]

    def caption(self, title: str, number: int) -> tuple[str, ...]:
        """What stands above a table."""
        who = "编制单位" if self.body == "单位" else "编制部门"
        return (f"表{number}", title, f"{who}：{self.facts.agency} 单位：{self.facts.unit}")

    def money(self, fen: int) -> str:
        """A figure as the table's unit prints it; nothing for nothing."""
        if fen == 0:
            return ""
        places = 2 if self.facts.unit == "万元" else 0
        whole = in_unit(fen, self.facts.unit).replace(",", "")
        number, _, decimals = whole.partition(".")
        if self.facts.unit == "元":
            number = f"{int(number):,}"
        return number + ("." + decimals.ljust(places, "0") if places else "")

    def code_cells(self, code: str) -> tuple[str, str, str]:
        """类, 款 and 项 of a functional code, in their columns."""
        return code[:3], code[3:5], code[5:7]

    def balance(self, title: str, number: int) -> TablePart:
        """The side-by-side table of income and expenditure."""
        facts = self.facts
        figure = f"{self.verb}数"
        classes = [code for code in facts.functional_codes() if len(code) == 3]
        incomes = [("财政拨款（补助）", facts.total), ("事业收入", 0), ("其他收入", 0)]
        rows = []
        for index in range(max(len(classes), len(incomes))):
            left = incomes[index] if index < len(incomes) else ("", 0)
            code = classes[index] if index < len(classes) else ""
            right = facts.of_basic(code) + facts.of_projects(code) if code else 0
            name = f"{code} {facts.names[code]}" if code else ""
            rows.append((left[0], self.money(left[1]), name, self.money(right)))
        rows.append(("收入总计", self.money(facts.total), "支出总计", self.money(facts.total)))
        header = (
            (Head("收入", 2), Head("支出", 2)),
            (Head("项目"), Head(figure), Head("功能分类"), Head(figure)),
        )
        return TablePart(self.caption(title, number), header, tuple(rows))

    def income(self, title: str, number: int) -> TablePart:
        """Income by functional code under stacked headers."""
        facts = self.facts
        header = (
            (
                Head("功能分类科目编码", 3),
                Head("功能分类科目名称", 1, 2),
                Head("总计", 1, 2),
                Head("财政拨款（补助）", 2),
                Head("单位资金", 1, 2),
            ),
            (*CODE_HEADS, Head("一般公共预算"), Head("政府性基金预算")),
        )
        rows = []
        for code in facts.functional_codes():
            amount = self.money(facts.of_basic(code) + facts.of_projects(code))
            rows.append((*self.code_cells(code), facts.names[code], amount, amount, "", ""))
        total = self.money(facts.total)
        rows.append(("", "", "", "合计", total, total, "", ""))
        return TablePart(self.caption(title, number), header, tuple(rows))

    def by_function(self, title: str, number: int) -> TablePart:
        """Expenditure by functional code, basic and project."""
        facts = self.facts
        header = (
            (
                Head("功能分类科目编码", 3),
                Head("功能分类科目名称", 1, 2),
                Head(f"支出{self.verb}", 3),
            ),
            (*CODE_HEADS, Head("合计"), Head("基本支出"), Head("项目支出")),
        )
        rows = []
        for code in facts.functional_codes():
            basic, projects = facts.of_basic(code), facts.of_projects(code)
            figures = [self.money(fen) for fen in (basic + projects, basic, projects)]
            rows.append((*self.code_cells(code), facts.names[code], *figures))
        totals = [self.money(fen) for fen in (facts.total, facts.basic_total, facts.project_total)]
        rows.append(("", "", "", "合计", *totals))
        return TablePart(self.caption(title, number), header, tuple(rows))

    def appropriations(self, title: str, number: int) -> TablePart:
        """The side-by-side table of fiscal appropriations."""
        facts = self.facts
        classes = [code for code in facts.functional_codes() if len(code) == 3]
        incomes = [
            ("财政拨款（补助）", facts.total),
            ("一般公共预算", facts.total),
            ("政府性基金预算", 0),
        ]
        rows = []
        for index in range(max(len(classes), len(incomes))):
            left = incomes[index] if index < len(incomes) else ("", 0)
            code = classes[index] if index < len(classes) else ""
            right = self.money(facts.of_basic(code) + facts.of_projects(code)) if code else ""
            name = f"{code} {facts.names[code]}" if code else ""
            rows.append((left[0], self.money(left[1]), name, right, right, ""))
        total = self.money(facts.total)
        rows.append(("收入总计", total, "支出总计", total, total, ""))
        header = (
            (Head("财政拨款收入", 2), Head("财政拨款支出", 4)),
            (
                Head("项目"),
                Head("合计"),
                Head("功能分类"),
                Head("合计"),
                Head("一般公共预算"),
                Head("政府性基金预算"),
            ),
        )
        return TablePart(self.caption(title, number), header, tuple(rows))

    def by_economy(self, title: str, number: int) -> TablePart:
        """Basic expenditure by economic code: 302 is public, all else personnel."""
        facts = self.facts
        header = (
            (
                Head("经济分类科目编码", 2),
                Head("经济分类科目名称", 1, 2),
                Head("一般公共预算基本支出", 3),
            ),
            (Head("类"), Head("款"), Head("合计"), Head("人员经费"), Head("公用经费")),
        )
        rows = []
        for code in facts.economic_codes():
            amount = self.money(facts.of_economic(code))
            figures = (amount, "", amount) if code.startswith("302") else (amount, amount, "")
            rows.append((code[:3], code[3:], facts.names[code], *figures))
        public = facts.of_economic("302")
        totals = (facts.basic_total, facts.basic_total - public, public)
        rows.append(("", "", "合计", *(self.money(fen) for fen in totals)))
        return TablePart(self.caption(title, number), header, tuple(rows))

    def by_project(self, title: str, number: int) -> TablePart:
        """Project expenditure by project and economic class."""
        facts = self.facts
        header = (
            (
                Head("科目编码", 3),
                Head("科目名称", 1, 2),
                Head("项目名称", 1, 2),
                Head("项目支出合计", 1, 2),
                Head("商品和服务支出", 1, 2),
                Head("对个人和家庭的补助", 1, 2),
                Head("资本性支出", 1, 2),
            ),
            CODE_HEADS,
        )
        rows = []
        for project in sorted(facts.projects, key=lambda project: project.code):
            figures = (project.amount, project.goods, project.support, project.capital)
            rows.append(
                (
                    *self.code_cells(project.code),
                    facts.names[project.code],
                    project.name,
                    *(self.money(fen) for fen in figures),
                )
            )
        totals = [
            sum(getattr(project, field) for project in facts.projects)
            for field in ("amount", "goods", "support", "capital")
        ]
        rows.append(("", "", "", "", "合计", *(self.money(fen) for fen in totals)))
        return TablePart(self.caption(title, number), header, tuple(rows))

    def three_public(self, title: str, number: int) -> TablePart:
        """The 三公 table: one row of figures under stacked headers."""
        facts = self.facts
        header = (
            (
                Head("合计", 1, 2),
                Head("因公出国（境）费", 1, 2),
                Head("公务用车购置及运行费", 3),
                Head("公务接待费", 1, 2),
            ),
            (Head("小计"), Head("公务用车购置费"), Head("公务用车运行费")),
        )
        figures = (facts.cars + facts.receptions, 0, facts.cars, 0, facts.cars, facts.receptions)
        row = tuple(self.money(fen) or "0" for fen in figures)
        return TablePart(self.caption(title, number), header, (row,))

    def empty(self, title: str, number: int) -> TablePart:
        """A table that is declared empty."""
        header = (
            (
                Head("功能分类科目编码", 3),
                Head("功能分类科目名称", 1, 2),
                Head("合计", 1, 2),
                Head("基本支出", 1, 2),
                Head("项目支出", 1, 2),
            ),
            CODE_HEADS,
        )
        note = f"备注：{self.facts.agency}{self.year}无政府性基金预算安排的支出，此表为空表。"
        return TablePart(self.caption(title, number), header, (), (note,))

    def explanation(self) -> list[Part]:
        """Part three: the explanations and the projects with their targets."""
        facts = self.facts
        who = f"{facts.agency}{self.year}"
        parts: list[Part] = [
            Heading(1, f"第三部分 {self.year}{facts.kind}情况说明"),
            Heading(2, f"一、关于{who}收支{self.verb}情况的总体说明"),
            Paragraph(f"{who}收支总{self.verb}{self.wan(facts.total)}。"),
            Heading(2, f"二、关于{who}支出{self.verb}情况说明"),
            Paragraph(
                f"基本支出{self.wan(facts.basic_total)}，项目支出{self.wan(facts.project_total)}。"
                f"支出{self.verb}比上年增加{self.wan(facts.change)}。"
            ),
            Heading(2, f"三、关于{who}一般公共预算项目支出情况说明"),
        ]
        for position, project in enumerate(facts.projects):
            parts += self.project("一二三四五"[position], project)
        parts.append(Heading(2, "四、预算绩效情况"))
        parts += [self.targets(project) for project in facts.projects]
        return parts

    def project(self, numeral: str, project: SampleProject) -> list[Part]:
        """One project's fields."""
        fields = [
            f"设立的政策依据：{project.basis}",
            f"{self.verb}安排规模：{self.wan(project.amount)}",
            f"项目承担单位：{self.facts.agency}",
            f"资金分配情况：{project.spent}",
            f"资金执行时间：{self.facts.year}年1月1日-{self.facts.year}年12月31日",
        ]
        if project.people:
            fields.append(f"补贴人数：{project.people}")
        heading = Heading(3, f"（{numeral}）项目名称：{project.name}")
        return [heading, *(Paragraph(field) for field in fields)]

    def targets(self, project: SampleProject) -> TablePart:
        """A project's 绩效目标表."""
        amount = in_unit(project.amount, "万元").replace(",", "")
        header = (
            (Head("预算单位"), Head(self.facts.agency, 4)),
            (Head("项目名称"), Head(project.name, 4)),
            (
                Head("项目资金（万元）"),
                Head("年度资金总额"),
                Head(amount),
                Head("其中：财政拨款"),
                Head(amount),
            ),
            (Head("项目总体目标"), Head(project.spent, 4)),
            tuple(
                Head(text) for text in ("一级指标", "二级指标", "三级指标", "指标值", "分值权重")
            ),
        )
        caption = ("项目支出绩效目标表", f"（{self.facts.year}年）")
        return TablePart(caption, header, project.indicators)

    def wan(self, fen: int) -> str:
        """An amount in the running text, always in 万元."""
        return in_unit(fen, "万元").replace(",", "") + "万元"

    def closing(self) -> list[Part]:
        """Part four and the signature."""
        return [
            Heading(1, "第四部分 名词解释"),
            Paragraph("一、基本支出：为保障机构正常运转、完成日常工作任务而发生的支出。"),
            Paragraph("二、项目支出：为完成特定工作任务，在基本支出之外发生的支出。"),
            Paragraph(self.facts.agency),
            Paragraph(self.facts.published),
        ]
