from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.amounts import to_decimal
from indexer.readers.number_format import printed


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (35.06, "General", "35.06"),
        (0.1 + 0.2, "General", "0.3"),
        (1365.79, "General", "1365.79"),
        (35.0600000000001, "General", "35.06"),
        (1234567890.12, "General", "1234567890.12"),
        (1 / 3, "General", "0.333333333"),
        (10, "General", "10"),
        (10.0, "General", "10"),
        (1e-7, "General", "0.0000001"),
        (208, "@", "208"),
        (35, "0.00", "35.00"),
        (35.065, "0.00", "35.07"),
        (1.005, "0.00", "1.01"),
        (-0.001, "0.00", "0.00"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (1234567.5, "#,##0", "1,234,568"),
        (0, "#,##0.00", "0.00"),
        (0, "#", ""),
        (0.5, "#.##", ".5"),
        (5, "00", "05"),
        (1234.5, "#,##0.00_ ", "1,234.50"),
        (1234.5, "#,##0.00_);(#,##0.00)", "1,234.50"),
        (-1234.5, "#,##0.00_);(#,##0.00)", "(1,234.50)"),
        (-12.5, "0.00_ ;[Red]-0.00 ", "-12.50"),
        (-12.5, "0.00;[Red]0.00", "12.50"),
        (0, "0.00;-0.00;;@", ""),
        (5, ";;;", ""),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-3.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-3.50"),
        (0.7519, "0.00%", "75.19%"),
        (123456, '0!.0,"万"', "12.3万"),
        (1234567, "#,##0,", "1,235"),
        (5.5, '"约"0.0"元"', "约5.5元"),
        (1234.5, '[$¥-804]#,##0.00', "¥1,234.50"),
        (12000, '[>=10000]0!.0,"万";0', "12000"),
        (1.5, "# ?/?", "1.5"),
        (12345, "0.00E+00", "12345"),
        (7, "yyyy", "7"),
        (True, "General", "TRUE"),
        ("08", "0.00", "08"),
        (None, "0.00", ""),
        (datetime.datetime(2024, 2, 5), 'yyyy"年"m"月"d"日"', "2024年2月5日"),
        (datetime.datetime(2024, 2, 5), "[$-804]yyyy/mm/dd;@", "2024/02/05"),
        (datetime.datetime(2024, 2, 5, 9, 7), "yyyy-mm-dd hh:mm", "2024-02-05 09:07"),
        (datetime.date(2024, 2, 5), "General", "2024-02-05"),
        (datetime.datetime(2024, 2, 5), "General", "2024-02-05"),
        (datetime.time(9, 7), "hh:mm", "09:07:00"),
    ],
)  # fmt: skip
def test_values_print_as_excel_shows_them(value: object, code: str, text: str) -> None:
    assert printed(value, code) == text


@given(st.integers(-(10**12), 10**12))
def test_an_amount_in_fen_survives_the_float_and_the_format(fen: int) -> None:
    amount = Decimal(fen) / 100
    for code in ("General", "0.00", "#,##0.00", "#,##0.00_ ", "0.00_);(0.00)"):
        assert to_decimal(printed(float(amount), code)) == amount
