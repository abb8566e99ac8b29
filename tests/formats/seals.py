"""The letters of a round seal, as seals print them over a table."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas


def letters_around(
    canvas: Canvas, letters: str, *, radius: float, first: float, step: float
) -> None:
    """Set letters upright on a circle around the origin, in the font of the canvas.

    ``radius`` is in points; the first letter stands ``first`` degrees to the left of the
    top, each other one ``step`` degrees further to the right.
    """
    for number, letter in enumerate(letters):
        canvas.saveState()
        canvas.rotate(first - step * number)
        canvas.drawCentredString(0, radius, letter)
        canvas.restoreState()
