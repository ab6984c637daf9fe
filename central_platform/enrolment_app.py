"""The HTTP of enrolment: three addresses on a port of their own, for callers without a certificate."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from central_platform.app import JSON_TYPE, answer_refusals, body_of, limited, problems
from central_platform.contract import Authority, Confirmed, Enrolled
from central_platform.enrolment import Enrolment

ENROLMENT_LIMIT = 16 * 1024
"""Bytes; nothing that is asked here is longer."""


def make_enrolment_app(enrolment: Enrolment) -> FastAPI:
    """Put HTTP before `enrolment`."""
    app = FastAPI(title="Enrolment", version="1", docs_url=None, redoc_url=None)

    @app.get("/v1/authority", responses={200: {"model": Authority}})
    async def authority() -> Response:
        return Response(enrolment.authority(), media_type=JSON_TYPE)

    @app.post(
        "/v1/enrolment",
        responses={200: {"model": Enrolled}, **problems(401, 403, 413, 422, 503)},
        openapi_extra=body_of("enrolment"),
    )
    async def enrol(request: Request) -> Response:
        body = await limited(request, ENROLMENT_LIMIT)
        return Response(await run_in_threadpool(enrolment.enrol, body), media_type=JSON_TYPE)

    @app.post(
        "/v1/enrolment/confirmation",
        responses={200: {"model": Confirmed}, **problems(403, 413, 422, 503)},
        openapi_extra=body_of("enrolment-confirmation"),
    )
    async def confirm(request: Request) -> Response:
        body = await limited(request, ENROLMENT_LIMIT)
        return Response(await run_in_threadpool(enrolment.confirm, body), media_type=JSON_TYPE)

    answer_refusals(app)
    return app
