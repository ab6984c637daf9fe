"""The page of what was received last: when by our clock, and when it was made, as well as we can know."""

from __future__ import annotations

import math
from datetime import datetime
from html import escape

from central_platform.made_at import Made
from central_platform.receiving import CHINA_TIME

_STYLE = """
body { font: 20px/1.5 sans-serif; margin: 2em auto; max-width: 60em; color: #1b1f2a; background: #faf6ee }
table { border-collapse: collapse } small { color: #33363f }
td, th { text-align: left; padding: .4em .8em; border-bottom: 1px solid #33363f; vertical-align: top }
"""

_HEADS = ("申报号<br>Filing no.", "事项<br>Matter", "终端<br>Terminal", "收件<br>Received", "填写<br>Made")

_CLOCKS = {
    "platform": "时钟已与平台核对 / its clock was checked",
    "system": "时钟未核对 / its clock was not checked",
    "untrusted": "时钟不准 / its clock was wrong",
}


def received_page(made: list[Made]) -> str:
    """Every application a row, without anything of the person."""
    head = "".join(f"<th>{each}</th>" for each in _HEADS)
    rows = "".join(_row(each) for each in made)
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>收件时间 / Times</title>'
        f"<style>{_STYLE}</style><h1>收件时间 <small>Times</small></h1><table><tr>{head}</tr>{rows}</table>"
        '<p><a href="/">求助 / Help</a></p></html>'
    )


def _row(made: Made) -> str:
    said = f"终端说 / the terminal says {_time(made.said)}<br>{_CLOCKS[made.clock_trust]}"
    about_s = math.ceil(made.uncertainty.total_seconds())
    ours = "" if made.ours is None else f"{_time(made.ours)} ± {about_s} s<br>"
    cells = (made.filing_no, made.item, made.terminal, _time(made.received_at))
    shown = "".join(f"<td>{escape(each)}</td>" for each in cells)
    return f"<tr>{shown}<td>{ours}<small>{said}</small></td></tr>"


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(CHINA_TIME):%Y-%m-%d %H:%M:%S}"
