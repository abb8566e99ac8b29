"""A chart as a file: a drawing or its figures."""

from __future__ import annotations

import io

from flask import Response, render_template, request, send_file

from archive.overviews.charts import Chart, chart_csv, drawing
from web.file_names import fit_name

_CSV = "text/csv; charset=utf-8"


def chart_as_svg(chart: Chart, whose: str) -> Response:
    """The chart as an SVG file with its title, its unit and where it is from."""
    drawn = drawing(chart, "wide")
    source = f"{request.url_root.rstrip('/')}{request.path.rpartition('/charts/')[0]}"
    text = render_template("chart.svg", drawing=drawn, chart=chart, whose=whose, source=source)
    return Response(text, mimetype="image/svg+xml")


def chart_as_csv(chart: Chart, whose: str) -> Response:
    """The chart's figures, as printed and in yuan, with their permalinks."""
    data = chart_csv(chart, request.host_url.rstrip("/"))
    name = f"{whose}-{chart.title}.csv"
    return send_file(
        io.BytesIO(data), mimetype=_CSV, as_attachment=True, download_name=fit_name(name)
    )
