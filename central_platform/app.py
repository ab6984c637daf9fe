"""The platform's HTTP: seven addresses, and every refusal in the contract's form."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from central_platform.contract import (
    BODY_LIMIT,
    STATUS_OF,
    CallState,
    Case,
    Downstream,
    EnvelopeKey,
    Problem,
    Rating,
    Reason,
    Receipt,
    Refusal,
    SealedAnswer,
    Status,
    Upload,
)
from central_platform.downstream import PIECE_BYTES
from central_platform.receiving import Platform
from central_platform.shared_data import SharedData

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

ApplicationId = Annotated[str, Path(pattern=_UUID)]
CallId = Annotated[str, Path(pattern=_UUID)]
TerminalId = Annotated[str, Header(max_length=64)]
TerminalSignature = Annotated[str, Header(max_length=128)]
OriginSignature = Annotated[str, Header(max_length=128)]
UploadNamed = Annotated[str, Header(pattern=r"^([0-9a-f]{64})?$")]
Digest = Annotated[str, Query(pattern=r"^[0-9a-f]{64}$")]
Bytes = Annotated[int, Query(ge=0)]
Nonce = Annotated[str, Query(pattern=r"^[0-9a-f]{32}$")]

AreaCode = Annotated[str, Query(pattern=r"^[0-9]{6}$")]
ContentHash = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
PieceLength = Annotated[int, Query(ge=1, le=PIECE_BYTES)]

_JSON = "application/json"
_BYTES = "application/octet-stream"


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


def _body(schema: str) -> dict[str, Any]:
    content = {_JSON: {"schema": {"$ref": f"{schema}.schema.json"}}}
    return {"requestBody": {"required": True, "content": content}}


def make_app(platform: Platform, shared_data: SharedData) -> FastAPI:
    """Put HTTP before `platform` and `shared_data`."""
    app = FastAPI(title="Central platform", version="1", docs_url=None, redoc_url=None)

    @app.get("/v1/status", responses={200: {"model": Status}, **_problems(422)})
    async def status(nonce: Nonce) -> Response:
        return Response(platform.status(nonce), media_type=_JSON)

    @app.get("/v1/envelope-key", responses={200: {"model": EnvelopeKey}})
    async def envelope_key() -> Response:
        return Response(platform.envelope_key(), media_type=_JSON)

    @app.put(
        "/v1/applications/{application_id}",
        responses={
            200: {"model": Receipt},
            201: {"model": Receipt},
            **_problems(401, 409, 413, 422, 503),
        },
        openapi_extra=_body("envelope"),
    )
    async def receive(
        request: Request,
        application_id: ApplicationId,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
        origin_signature: OriginSignature = "",
        upload: UploadNamed = "",
    ) -> Response:
        body = await _limited(request)
        sender = application_id, terminal_id, terminal_signature
        if upload:
            received = await run_in_threadpool(platform.receive_uploaded, *sender, upload, origin_signature)
        else:
            received = await run_in_threadpool(platform.receive, *sender, body, origin_signature)
        return Response(received.receipt, 201 if received.new else 200, media_type=_JSON)

    @app.put(
        "/v1/applications/{application_id}/upload",
        responses={200: {"model": Upload}, **_problems(401, 413, 422, 503)},
        openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
    )
    async def take_chunk(
        request: Request,
        application_id: ApplicationId,
        sha256: Digest,
        offset: Bytes,
        length: Bytes,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        chunk = await _limited(request)
        taking = partial(platform.uploads.take, sha256=sha256, offset=offset, length=length)
        answer = await run_in_threadpool(taking, application_id, terminal_id, terminal_signature, chunk)
        return Response(answer, media_type=_JSON)

    @app.get(
        "/v1/applications/{application_id}/case",
        responses={200: {"model": Case}, **_problems(401, 404, 422)},
    )
    async def case(
        application_id: ApplicationId,
        nonce: Nonce,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        answer = await run_in_threadpool(
            platform.cases.answer, application_id, terminal_id, terminal_signature, nonce
        )
        return Response(answer, media_type=_JSON)

    @app.put(
        "/v1/applications/{application_id}/rating",
        responses={200: {"model": Rating}, **_problems(401, 404, 413, 422, 503)},
        openapi_extra=_body("rating"),
    )
    async def rate(
        request: Request,
        application_id: ApplicationId,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        body = await _limited(request)
        kept = await run_in_threadpool(platform.rate, application_id, terminal_id, terminal_signature, body)
        return Response(kept, media_type=_JSON)

    @app.put(
        "/v1/calls/{call_id}",
        responses={200: {"model": CallState}, **_problems(401, 413, 422, 503)},
        openapi_extra=_body("call"),
    )
    async def call(
        request: Request, call_id: CallId, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        body = await _limited(request)
        state = await run_in_threadpool(platform.calls.take, call_id, terminal_id, terminal_signature, body)
        return Response(state, media_type=_JSON)

    @app.post(
        "/v1/shared-data",
        responses={200: {"model": SealedAnswer}, **_problems(401, 403, 413, 422, 503)},
        openapi_extra=_body("sealed-question"),
    )
    async def tell(
        request: Request, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        body = await _limited(request)
        answer = await run_in_threadpool(shared_data.answer, terminal_id, terminal_signature, body)
        return Response(answer, media_type=_JSON)

    @app.get("/v1/downstream", responses={200: {"model": Downstream}, **_problems(401, 422)})
    async def downstream(
        nonce: Nonce, area_code: AreaCode, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        answer = await run_in_threadpool(
            platform.downstream.listed, terminal_id, terminal_signature, area_code, nonce
        )
        return Response(answer, media_type=_JSON)

    @app.get(
        "/v1/downstream/{sha256}",
        response_class=Response,
        responses={200: {"content": {_BYTES: {}}}, **_problems(401, 404, 422)},
    )
    async def downstream_piece(
        sha256: ContentHash,
        offset: Bytes,
        length: PieceLength,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        piece = await run_in_threadpool(
            platform.downstream.piece, terminal_id, terminal_signature, sha256, offset, length
        )
        return Response(piece, media_type=_BYTES)

    @app.exception_handler(Refusal)
    async def refused(request: Request, refusal: Refusal) -> JSONResponse:
        return _problem(request, STATUS_OF.get(refusal.reason, 422), refusal.reason, refusal.detail)

    @app.exception_handler(ClientDisconnect)
    async def gone(request: Request, error: ClientDisconnect) -> Response:
        """A line that broke off is nothing to write home about; nobody reads this answer."""
        del request, error
        return Response(status_code=400)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        return _problem(request, 422, "malformed", where)

    @app.exception_handler(HTTPException)
    async def not_here(request: Request, error: HTTPException) -> JSONResponse:
        return _problem(request, error.status_code, "malformed", "no such address or method")

    return app


def _problem(request: Request, status: int, reason: Reason, detail: str) -> JSONResponse:
    application_id = request.path_params.get("application_id")
    named = application_id[:64] if isinstance(application_id, str) else None
    problem = Problem(v=1, application_id=named, refused=reason, detail=detail[:400])
    return JSONResponse(problem.model_dump(), status)


async def _limited(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > BODY_LIMIT:
            raise Refusal("too_large", f"more than {BODY_LIMIT} bytes")
    return bytes(body)
