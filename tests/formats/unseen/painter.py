"""Made-up disclosures painted onto PDF pages, as the programs of publishers print them.

First a disclosure is laid out as marks (letters, strokes, fills) on pages; then the marks are
written in one of the ways in which real files hold them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.formats.seals import letters_around
from tests.formats.unseen.facts import Facts
from tests.formats.unseen.layout import Layout
from tests.formats.unseen.marks import (
    FONT,
    Fill,
    Letters,
    Press,
    Sheet,
    Stroke,
    font_of,
    of_one_script,
    width_of,
)


def printed(disclosure: Facts, press: Press) -> bytes:
    """The disclosure as a PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    return _written(Layout(press, disclosure.name).of(disclosure), press)


def _written(sheets: Sequence[Sheet], press: Press) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=press.page, invariant=1)
    for number, sheet in enumerate(sheets):
        _page(canvas, sheet, press, number)
    canvas.save()
    return buffer.getvalue()


def _page(canvas: Canvas, sheet: Sheet, press: Press, number: int) -> None:
    (dx, dy), (ox, oy) = press.crop, press.origin
    width, height = sheet.width + 2 * dx, sheet.height + 2 * dy
    canvas.setPageSize((width, height))  # of the page as it is shown: reportlab turns the box
    if press.form:
        canvas.beginForm(f"page{number}", 0, 0, width, height)
    canvas.saveState()
    canvas.translate(ox, oy)
    if press.rotate:
        canvas.setPageRotation(press.rotate)
        shift = {90: (width, 0), 180: (width, height), 270: (0, width)}[press.rotate]
        canvas.translate(*((height, 0) if press.rotate == 90 else shift))
        canvas.rotate(press.rotate)
    canvas.translate(dx, dy)
    if press.over == "level":
        _level_watermark(canvas, sheet)
    _marks(canvas, sheet, press)
    _over(canvas, sheet, press)
    canvas.restoreState()
    if press.form:
        canvas.endForm()
        canvas.saveState()
        canvas.doForm(f"page{number}")
        canvas.restoreState()
    if press.crop != (0.0, 0.0):
        canvas.setCropBox((dx, dy, width - dx, height - dy))
    canvas.showPage()


def _marks(canvas: Canvas, sheet: Sheet, press: Press) -> None:
    fills = [mark for mark in sheet.marks if isinstance(mark, Fill)]
    canvas.setFillColorRGB(0.85, 0.89, 0.95)
    for fill in fills:
        canvas.rect(
            fill.x0, sheet.height - fill.y1, fill.x1 - fill.x0, fill.y1 - fill.y0, stroke=0, fill=1
        )
    canvas.setFillColorRGB(0, 0, 0)
    for mark in sheet.marks:
        if isinstance(mark, Stroke) and not press.hidden:
            _stroke(canvas, mark, sheet.height, press)
    words = [mark for mark in sheet.marks if isinstance(mark, Letters)]
    for order, mark in enumerate(words):
        _letters(canvas, mark, sheet.height, press)
        if press.over == "between letters" and order % 9 == 4:
            _slanted_letter(canvas, mark, sheet.height, order)


def _stroke(canvas: Canvas, stroke: Stroke, height: float, press: Press) -> None:
    x0, x1 = stroke.x0, stroke.x1
    y0, y1 = height - stroke.y0, height - stroke.y1
    match press.rules:
        case "bars":
            canvas.rect(x0 - 0.24, y1 - 0.24, x1 - x0 + 0.48, y0 - y1 + 0.48, stroke=0, fill=1)
        case "dotted":
            canvas.setLineWidth(0.25)
            length = max(abs(x1 - x0), abs(y1 - y0))
            for step in range(int(length / 2.0) + 1):
                share, end = step * 2.0 / length, min(1.0, (step * 2.0 + 0.8) / length)
                canvas.line(
                    x0 + share * (x1 - x0),
                    y0 + share * (y1 - y0),
                    x0 + end * (x1 - x0),
                    y0 + end * (y1 - y0),
                )
        case _:
            canvas.setLineWidth(stroke.width)
            canvas.line(x0, y0, x1, y1)


def _letters(canvas: Canvas, mark: Letters, height: float, press: Press) -> None:
    y = height - mark.y
    if press.flipped:
        canvas.saveState()
        canvas.transform(1, 0, 0, -1, 0, height)
        canvas.transform(1, 0, 0, -1, 0, 2 * mark.y)
        y = mark.y
    x = mark.x
    if press.letters or press.latin:
        for run in _runs(mark.text, press):
            _show(canvas, Letters(x, y, run, mark.size), font_of(run, press), press)
            x += width_of(run, mark.size, press) + press.letters * mark.size * press.stretch / 100
    else:
        _show(canvas, Letters(x, y, mark.text, mark.size), FONT, press)
    if press.flipped:
        canvas.restoreState()


def _runs(text: str, press: Press) -> Iterator[str]:
    if press.letters:
        yield from text
        return
    yield from of_one_script(text)


def _show(canvas: Canvas, run: Letters, font: str, press: Press) -> None:
    """Write letters at their baseline, its y upwards."""
    if not run.text.strip() and press.letters:
        return
    said = canvas.beginText(run.x, run.y)
    said.setFont(font, run.size)
    if press.stretch != 100:
        said.setHorizScale(press.stretch)
    if press.hidden:
        said.setTextRenderMode(3)
    said.textOut(run.text)
    canvas.drawText(said)


def _slanted_letter(canvas: Canvas, mark: Letters, height: float, order: int) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0.8, 0.8, 0.8)
    canvas.translate(mark.x + 4, height - mark.y)
    canvas.rotate(45)
    canvas.setFont(FONT, 16)
    canvas.drawString(0, 0, "内部资料"[order % 4])
    canvas.restoreState()


def _level_watermark(canvas: Canvas, sheet: Sheet) -> None:
    canvas.saveState()
    canvas.setFillColorRGB(0.85, 0.85, 0.85)
    canvas.setFont(FONT, 54)
    for share in (0.35, 0.7):
        canvas.drawCentredString(sheet.width / 2, sheet.height * share, "仅供公开查阅")
    canvas.restoreState()


def _over(canvas: Canvas, sheet: Sheet, press: Press) -> None:
    canvas.saveState()
    if press.over == "slanted":
        canvas.setFillColorRGB(0.75, 0.75, 0.75)
        canvas.translate(sheet.width / 2, sheet.height / 2)
        canvas.rotate(45)
        canvas.setFont(FONT, 48)
        for shift in (-220, -70, 80, 230):
            canvas.drawCentredString(0, shift, "示例市财政局公开专用")
    elif press.over == "seal":
        canvas.setFillColorRGB(0.9, 0, 0)
        canvas.setStrokeColorRGB(0.9, 0, 0)
        canvas.translate(sheet.width * 0.62, sheet.height * 0.55)
        canvas.circle(0, 0, 60)
        canvas.setFont(FONT, 12)
        letters_around(canvas, "佛岗示例职业技术学校财务专用章", radius=44, first=140, step=20)
        canvas.setFont(FONT, 10)
        canvas.drawCentredString(0, -25, "财务专用章")
        canvas.setFont("Helvetica", 7)
        canvas.drawCentredString(0, -45, "4406000012345")
    canvas.restoreState()
