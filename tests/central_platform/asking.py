"""Whatever can be asked by the contract's file, right and wrong, and each answer held against that file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import parse_qs, urlsplit

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from requests import PreparedRequest, Session
from requests.auth import AuthBase
from schemathesis import APIOperation, Case, CheckFunction, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from central_platform.contract import DIRECTORY
from central_platform.suites import HPKE
from tests.offline_queue.samples import TERMINAL, envelope_kid, terminal_key

SEED: Final = 20261122
ONE_BY_ONE: Final = settings(
    database=None, deadline=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
)

Operation = APIOperation[Any, Any, Any, Any]
Question = Case[Any]
Send = Callable[[Question, AuthBase | None], Response]

Manner = Literal["as a stranger", "signed", "in its own name"]
"""As drawn; signed by an enrolled terminal; and naming that terminal and the address in the body, too."""

_CHECKS: Final[tuple[CheckFunction, ...]] = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    missing_required_header,
    unsupported_method,
)
_FORM_IS_ENOUGH: Final = frozenset(
    {
        "GET /v1/status",
        "GET /v1/envelope-key",
        "PUT /v1/applications/{application_id}/rating",
        "PUT /v1/calls/{call_id}",
    }
)
"""What is asked there in the right form is granted; elsewhere a ciphertext must open, too."""

_BAD_REQUEST: Final = 400
_TOO_LARGE: Final = 413
_LONGEST_CIPHERTEXT: Final = 256
"""What is drawn stays below it; the contract's own limit is a matter of `BODY_LIMIT`."""


class Signing(AuthBase):
    """An enrolled terminal's headers, signed over the bytes that really go out."""

    def __init__(self, terminal: Path) -> None:
        self._key = terminal_key(terminal)

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Terminal-Id"] = TERMINAL
        request.headers["Terminal-Signature"] = self._key.sign(_signed(request))
        return request


def _signed(request: PreparedRequest) -> bytes:
    url = urlsplit(request.url or "")

    def asked(name: str) -> str:
        return parse_qs(url.query).get(name, [""])[0]

    if url.path.endswith("/case"):
        return f"{url.path.split('/')[-2]}:{asked('nonce')}".encode()
    if request.method == "GET" and url.path == "/v1/downstream":
        return f"downstream:{asked('area_code')}:{asked('nonce')}".encode()
    if url.path.startswith("/v1/downstream/"):
        return f"{url.path.split('/')[-1]}:{asked('offset')}:{asked('length')}".encode()
    body = request.body or b""
    assert isinstance(body, str | bytes)
    return body.encode() if isinstance(body, str) else body


@dataclass
class Asker:
    """Asks by `send`, with an enrolled terminal's keys from `terminal`."""

    operations: tuple[Operation, ...]
    terminal: Path
    send: Send
    refusals: set[str] = field(default_factory=set)
    """Why something was refused, so far."""

    def everything(self, examples: int, every: int = 1) -> None:
        """Every so many of each address's boundaries, and so many drawn requests."""
        for operation in self.operations:
            for number, case in enumerate(islice(_boundaries(operation), None, None, every)):
                self.ask(case, get_args(Manner)[number % len(get_args(Manner))])
            if len(operation.body) or [*operation.iter_parameters()]:
                self._drawn(operation, examples)

    def _drawn(self, operation: Operation, examples: int) -> None:
        cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

        @seed(SEED)
        @settings(ONE_BY_ONE, max_examples=examples)
        @given(cases, st.sampled_from(get_args(Manner)))
        def ask(case: Question, manner: Manner) -> None:
            self.ask(case, manner)

        ask()

    def ask(self, case: Question, manner: Manner) -> Response:
        """Ask once. Raises `FailureGroup` for an answer that the contract does not foresee."""
        signing = None
        if manner != "as a stranger" and not _wrong(case, ParameterLocation.HEADER):
            signing = Signing(self.terminal)
        checks = list(_CHECKS)
        if manner == "in its own name":
            self._name(case)
            checks += [positive_data_acceptance] if case.operation.label in _FORM_IS_ENOUGH else []
        answer = self.send(case, signing)
        case.validate_response(answer, checks=checks)
        if answer.status_code >= _BAD_REQUEST:
            self.refusals.add(answer.json()["refused"])
        return answer

    def _name(self, case: Question) -> None:
        """Let the body say who asks, and for what, as the address does."""
        if _wrong(case, ParameterLocation.PATH) or not isinstance(case.body, dict):
            return
        address = dict(case.path_parameters)
        named = {**address, "id": address.get("application_id"), "terminal": TERMINAL}
        named |= {"kid": envelope_kid(self.terminal), "suite": HPKE}
        case.body = {
            name: named.get(name) or value if isinstance(value, str) else value
            for name, value in case.body.items()
        }


def _wrong(case: Question, where: ParameterLocation) -> bool:
    return case.meta is not None and case.meta.is_negative_at(where)


def _boundaries(operation: Operation) -> Iterator[Question]:
    generation = operation.schema.config.generation_for(operation=operation)
    for mode in GenerationMode:
        yield from operation.schema.iter_coverage_cases(
            operation, generation_modes=[mode], generation_config=generation
        )


def drawable(copy: Path) -> Path:
    """A copy of the contract in which ciphertexts are short enough to be drawn."""
    shutil.copytree(DIRECTORY, copy)
    envelope = copy / "envelope.schema.json"
    schema = json.loads(envelope.read_text("utf-8"))
    schema["properties"]["ciphertext"]["maxLength"] = _LONGEST_CIPHERTEXT
    envelope.write_text(json.dumps(schema), "utf-8")
    return copy


def operations(api: Path) -> tuple[Operation, ...]:
    """The addresses of an OpenAPI file."""
    contract = schemathesis.openapi.from_path(api)
    refusals = contract.config.checks.negative_data_rejection
    refusals.expected_statuses = [*refusals.expected_statuses, str(_TOO_LARGE)]
    return tuple(
        contract[path][method] for path, methods in contract.raw_schema["paths"].items() for method in methods
    )


def over_tls(session: Session, terminal: Path, port: int) -> Send:
    """Ask a running platform, with the terminal's certificate."""
    session.trust_env = False
    session.cert = str(terminal / "client.pem"), str(terminal / "client.key")
    authority = str(terminal / "ca.pem")

    def send(case: Question, signing: AuthBase | None) -> Response:
        url = f"https://127.0.0.1:{port}"
        return case.call(base_url=url, session=session, verify=authority, auth=signing)

    return send
