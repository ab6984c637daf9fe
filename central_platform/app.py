"""The platform's HTTP: eight addresses, and every refusal in the contract's form."""

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
    Certificate,
    Downstream,
    DownstreamReport,
    EnvelopeKey,
    Kept,
    Problem,
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
from central_platform.tls import certificate_of

_UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"

ApplicationId = Annotated[str, Path(pattern=_UUID)]
CallId = Annotated[str, Path(pattern=_UUID)]
TerminalId = Annotated[str, Header(max_length=64)]
TerminalSignature = Annotated[str, Header(max_length=128)]
OriginSignature = Annotated[str, Header(max_length=128)]
Offset = Annotated[int, Query(ge=0)]
Length = Annotated[int, Query(ge=1)]
Nonce = Annotated[str, Query(pattern=r"^[0-9a-f]{32}$")]

AreaCode = Annotated[str, Query(pattern=r"^[0-9]{6}$")]
ContentHash = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]
PieceLength = Annotated[int, Query(ge=1, le=PIECE_BYTES)]

JSON_TYPE = "application/json"
_BYTES = "application/octet-stream"


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Say which refusals an address has."""
    return {status: {"model": Problem} for status in statuses}


def body_of(schema: str) -> dict[str, Any]:
    """Say which form the body of a request has."""
    content = {JSON_TYPE: {"schema": {"$ref": f"{schema}.schema.json"}}}
    return {"requestBody": {"required": True, "content": content}}


def make_app(platform: Platform, shared_data: SharedData) -> FastAPI:
    """Put HTTP before `platform` and `shared_data`."""
    app = FastAPI(title="Central platform", version="1", docs_url=None, redoc_url=None)

    @app.get("/v1/status", responses={200: {"model": Status}, **problems(422)})
    async def status(nonce: Nonce) -> Response:
        return Response(platform.status(nonce), media_type=JSON_TYPE)

    @app.get("/v1/envelope-key", responses={200: {"model": EnvelopeKey}})
    async def envelope_key() -> Response:
        return Response(platform.envelope_key(), media_type=JSON_TYPE)

    @app.put(
        "/v1/applications/{application_id}",
        responses={
            200: {"model": Receipt},
            201: {"model": Receipt},
            **problems(401, 409, 413, 422, 503),
        },
        openapi_extra=body_of("envelope"),
    )
    async def receive(
        request: Request,
        application_id: ApplicationId,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
        origin_signature: OriginSignature = "",
    ) -> Response:
        body = await limited(request)
        sender = application_id, terminal_id, terminal_signature
        received = await run_in_threadpool(platform.receive, *sender, body, origin_signature)
        return Response(received.receipt, 201 if received.new else 200, media_type=JSON_TYPE)

    @app.put(
        "/v1/applications/{application_id}/parts/{sha256}",
        responses={200: {"model": Upload}, **problems(401, 413, 422, 503)},
        openapi_extra={"requestBody": {"required": True, "content": {"application/octet-stream": {}}}},
    )
    async def take_chunk(
        request: Request,
        application_id: ApplicationId,
        sha256: ContentHash,
        offset: Offset,
        length: Length,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        chunk = await limited(request)
        taking = partial(platform.parts.take, sha256=sha256, offset=offset, length=length)
        answer = await run_in_threadpool(taking, application_id, terminal_id, terminal_signature, chunk)
        return Response(answer, media_type=JSON_TYPE)

    @app.get(
        "/v1/applications/{application_id}/case",
        responses={200: {"model": Case}, **problems(401, 404, 422)},
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
        return Response(answer, media_type=JSON_TYPE)

    @app.put(
        "/v1/applications/{application_id}/rating",
        responses={200: {"model": Kept}, **problems(401, 404, 413, 422, 503)},
        openapi_extra=body_of("rating"),
    )
    async def rate(
        request: Request,
        application_id: ApplicationId,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        body = await limited(request)
        keeping = partial(platform.followers.keep, "rating")
        kept = await run_in_threadpool(keeping, application_id, terminal_id, terminal_signature, body)
        return Response(kept, media_type=JSON_TYPE)

    @app.put(
        "/v1/applications/{application_id}/audit",
        responses={200: {"model": Kept}, **problems(401, 404, 413, 422, 503)},
        openapi_extra=body_of("audit"),
    )
    async def audit(
        request: Request,
        application_id: ApplicationId,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        body = await limited(request)
        keeping = partial(platform.followers.keep, "audit")
        kept = await run_in_threadpool(keeping, application_id, terminal_id, terminal_signature, body)
        return Response(kept, media_type=JSON_TYPE)

    @app.put(
        "/v1/calls/{call_id}",
        responses={200: {"model": CallState}, **problems(401, 413, 422, 503)},
        openapi_extra=body_of("call"),
    )
    async def call(
        request: Request, call_id: CallId, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        body = await limited(request)
        state = await run_in_threadpool(platform.calls.take, call_id, terminal_id, terminal_signature, body)
        return Response(state, media_type=JSON_TYPE)

    @app.post(
        "/v1/shared-data",
        responses={200: {"model": SealedAnswer}, **problems(401, 403, 413, 422, 503)},
        openapi_extra=body_of("sealed-question"),
    )
    async def tell(
        request: Request, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        body = await limited(request)
        answer = await run_in_threadpool(shared_data.answer, terminal_id, terminal_signature, body)
        return Response(answer, media_type=JSON_TYPE)

    @app.get("/v1/downstream", responses={200: {"model": Downstream}, **problems(401, 422)})
    async def downstream(
        nonce: Nonce, area_code: AreaCode, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        answer = await run_in_threadpool(
            platform.downstream.listed, terminal_id, terminal_signature, area_code, nonce
        )
        return Response(answer, media_type=JSON_TYPE)

    @app.put(
        "/v1/downstream",
        responses={200: {"model": DownstreamReport}, **problems(401, 413, 422, 503)},
        openapi_extra=body_of("downstream-report"),
    )
    async def downstream_report(
        request: Request, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        body = await limited(request)
        kept = await run_in_threadpool(platform.downstream.take_report, terminal_id, terminal_signature, body)
        return Response(kept, media_type=JSON_TYPE)

    @app.get(
        "/v1/downstream/{sha256}",
        response_class=Response,
        responses={200: {"content": {_BYTES: {}}}, **problems(401, 404, 422)},
    )
    async def downstream_piece(
        sha256: ContentHash,
        offset: Offset,
        length: PieceLength,
        terminal_id: TerminalId,
        terminal_signature: TerminalSignature,
    ) -> Response:
        piece = await run_in_threadpool(
            platform.downstream.piece, terminal_id, terminal_signature, sha256, offset, length
        )
        return Response(piece, media_type=_BYTES)

    @app.post(
        "/v1/certificate",
        responses={200: {"model": Certificate}, **problems(401, 413, 422, 503)},
        openapi_extra=body_of("certificate-request"),
    )
    async def renew(
        request: Request, terminal_id: TerminalId, terminal_signature: TerminalSignature
    ) -> Response:
        body = await limited(request)
        present = certificate_of(request.scope)
        answer = await run_in_threadpool(
            platform.renewing.answer, present, terminal_id, terminal_signature, body
        )
        return Response(answer, media_type=JSON_TYPE)

    answer_refusals(app)
    return app


def answer_refusals(app: FastAPI) -> None:
    """Give every refusal and every mistake of the caller the contract's form."""

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
        answer = _problem(request, error.status_code, "malformed", "no such address or method")
        answer.headers.update(error.headers or {})  # which methods there are
        return answer


def _problem(request: Request, status: int, reason: Reason, detail: str) -> JSONResponse:
    application_id = request.path_params.get("application_id")
    named = application_id[:64] if isinstance(application_id, str) else None
    problem = Problem(v=1, application_id=named, refused=reason, detail=detail[:400])
    return JSONResponse(problem.model_dump(), status)


async def limited(request: Request, limit: int = BODY_LIMIT) -> bytes:
    """Read a body of at most so many bytes. Raises `Refusal`."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            raise Refusal("too_large", f"more than {limit} bytes")
    return bytes(body)
