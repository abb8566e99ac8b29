import pytest

from web.forms import composed_query


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"q": "离休"}, "离休"),
        ({}, ""),
        ({"project": "离休", "min": "100", "max": "500"}, " 项目:离休 金额:100..500"),
        ({"q": "医保", "min": "100"}, "医保 金额>=100"),
        ({"max": "1.5亿"}, " 金额<=1.5亿"),
        ({"doc_no": "新医保发〔2023〕48号"}, " 文号:新医保发〔2023〕48号"),
        ({"agency": "昌吉 医保", "year": "2024"}, ' 单位:"昌吉 医保" 年度:2024'),
        ({"project": "  "}, ""),
    ],
)
def test_fields_become_the_query_language(arguments: dict[str, str], query: str) -> None:
    assert composed_query(arguments).strip() == query.strip()
