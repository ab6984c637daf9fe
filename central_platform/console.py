"""The guides' page: which terminals ask for help, and two buttons; beside it, when things were made.

`python -m central_platform.console DIRECTORY` serves it.

It listens on this machine only, and knows no names: who may see it, and from where, is the business of the
hall's own web server before it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from html import escape
from pathlib import Path
from typing import Annotated, Literal

import uvicorn
from fastapi import FastAPI, Header
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from central_platform.calls import Calls, OpenCall
from central_platform.contract import Refusal
from central_platform.keys import BadDirectory
from central_platform.made_at import Made, newest
from central_platform.opening import Keyring
from central_platform.received_page import received_page
from central_platform.records import DATABASE
from central_platform.tables import open_database

REFRESH_S = 5
"""How often the page looks again by itself."""

SHOWN = 50
"""How many of the applications received last are shown with their times."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}

_STYLE = """
body { font: 24px/1.5 sans-serif; margin: 2em auto; max-width: 40em; color: #1b1f2a; background: #faf6ee }
li { list-style: none; background: #fff; border-left: 12px solid #b45f06; padding: 1em; margin: 1em 0 }
li.coming { border-color: #0f4457 } ul { padding: 0 } form { display: inline }
button { font: inherit; padding: .6em 1.4em; margin-right: 1em; min-width: 9em }
small { color: #33363f }
"""


def make_console(calls: Calls, received: Callable[[], list[Made]]) -> FastAPI:
    """Put the pages before `calls` and what was `received` last."""
    app = FastAPI(title="Guides", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/")
    def page() -> Response:
        return HTMLResponse(_page(calls.open_ones()), headers=_HEADERS)

    @app.get("/received")
    def times() -> Response:
        try:
            return HTMLResponse(received_page(received()), headers=_HEADERS)
        except Refusal as error:
            return PlainTextResponse(str(error), 503)

    @app.post("/calls/{call_id}/{state}")
    def touched(
        call_id: Annotated[str, InPath(pattern=r"^[0-9a-f-]{36}$")],
        state: Literal["coming", "done"],
        host: Annotated[str, Header()] = "",
        origin: Annotated[str | None, Header()] = None,
    ) -> Response:
        if origin is None or origin.partition("://")[2] != host:
            # A button on somebody else's page is no guide.
            return PlainTextResponse("not from this page", 403)
        calls.move(call_id, state)
        return RedirectResponse("/", 303)

    return app


def _page(calls: list[OpenCall]) -> str:
    count = f"({len(calls)}) " if calls else ""
    rows = "".join(_row(call) for call in calls)
    body = (
        f"<ul>{rows}</ul>"
        if calls
        else "<p>现在没有人请求帮助。<br><small>Nobody asks for help now.</small></p>"
    )
    return (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{count}求助 / Help</title>'
        f'<meta http-equiv="refresh" content="{REFRESH_S}">'
        '<meta name="viewport" content="width=device-width">'
        f"<style>{_STYLE}</style><h1>求助 <small>Help</small></h1>{body}"
        '<p><a href="/received">收件时间 / Times of what was received</a></p></html>'
    )


def _row(call: OpenCall) -> str:
    minutes = int(call.waited.total_seconds() // 60)
    name = escape(call.terminal)
    coming = "已有人前往 / A guide is coming" if call.coming else "等待中 / Waiting"
    go = "" if call.coming else _button(call, "coming", "我去 / I go")
    return (
        f"<li{' class=coming' if call.coming else ''}><strong>{name}</strong> 请求帮助 "
        f"<small>asks for help</small><br><small>{coming} · {minutes} 分钟 / min</small><br>"
        f"{go}{_button(call, 'done', '已处理 / Done')}</li>"
    )


def _button(call: OpenCall, state: str, words: str) -> str:
    return f'<form method="post" action="/calls/{call.call_id}/{state}"><button>{words}</button></form>'


def main() -> int:
    """Serve the page; one clear line and status 1 when that cannot be."""
    parser = argparse.ArgumentParser(prog="central_platform.console", description="The guides' page.")
    parser.add_argument("directory", type=Path, help='what "platform init" made')
    parser.add_argument("--port", type=int, default=8480)
    arguments = parser.parse_args()
    try:
        keyring = Keyring.load(arguments.directory)
    except BadDirectory as error:
        sys.stderr.write(f"console: {error}\n")
        return 1
    engine = open_database(arguments.directory / DATABASE)
    calls = Calls(engine, keyring, lambda: datetime.now(UTC))
    sys.stdout.write(f"guides' page at http://127.0.0.1:{arguments.port}/\n")
    sys.stdout.flush()
    uvicorn.run(
        make_console(calls, partial(newest, engine, keyring, SHOWN)),
        host="127.0.0.1",
        port=arguments.port,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
