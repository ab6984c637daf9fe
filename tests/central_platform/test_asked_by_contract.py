"""Whoever asks the platform by the contract's file, or against it, gets an answer that is in that file."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from requests import Session
from requests.auth import AuthBase
from schemathesis import Response
from schemathesis.core.failures import FailureGroup
from starlette.responses import Response as AnyResponse
from starlette.types import ASGIApp, Message, Receive, Scope
from starlette.types import Send as SendMessage

from bench.shared_data import write_shared_data
from central_platform.app import make_app
from central_platform.contract import DIRECTORY, canonical
from central_platform.opening import Keyring
from central_platform.receiving import Platform
from central_platform.shared_data import SharedData
from central_platform.shared_data_sets import DataSets
from central_platform.tables import open_database
from kiosk.session.sealing import seal
from kiosk.session.suites import HPKE_SUITE, sealing_key
from offline_queue.signing import PlatformWord
from tests.central_platform.asking import ONE_BY_ONE, SEED, Asker, Question, drawable, operations, over_tls
from tests.central_platform.questions import a_question, framed
from tests.central_platform.test_receiving import LATE_EVENING_UTC
from tests.kiosk.session.conftest import TODAY
from tests.offline_queue.platform_process import made, running
from tests.offline_queue.samples import ITEM, TERMINAL, a_record, envelope_kid, new_id, sealed

OK, CREATED, BAD_REQUEST, REFUSED = 200, 201, 400, 422
JSON = "application/json"
KNOWN = "11111111-1111-4111-8111-111111111111"

short_and_long = pytest.mark.parametrize(
    "examples",
    [
        pytest.param(2, id="short"),
        pytest.param(600, id="long", marks=[pytest.mark.long, pytest.mark.timeout(900)]),
    ],
)


@pytest.fixture(scope="module")
def contract(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawable(tmp_path_factory.mktemp("contract") / "copy")


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, contract: Path) -> Iterator[Asker]:
    """Before a platform in its own process that has one application already."""
    directory = tmp_path_factory.mktemp("platform")
    terminal = made(directory)
    write_shared_data(directory / "shared_data", TODAY)
    with running(directory, "--enrolment-port", "0") as port, Session() as session:
        asker = Asker(operations(contract / "openapi.yaml"), terminal, over_tls(session, terminal, port))
        assert put(asker, KNOWN, json.loads(sealed(a_record(KNOWN), terminal))).status_code == CREATED
        yield asker


@pytest.fixture
def platform_app(asker: Asker, tmp_path: Path) -> Iterator[ASGIApp]:
    """The platform's HTTP without its process."""
    engine = open_database(tmp_path / "platform.db")
    keyring, now = Keyring.load(asker.terminal.parent), lambda: LATE_EVENING_UTC
    yield make_app(Platform(engine, keyring, now), SharedData(engine, keyring, now, DataSets))
    engine.dispose()


def right(form: str, value: object) -> bool:
    """Whether a value is in the contract's form, by a validator that is neither side's."""
    schema = (DIRECTORY / f"{form}.schema.json").read_text("utf-8")
    return Draft202012Validator(json.loads(schema)).is_valid(json.loads(json.dumps(value, allow_nan=False)))


def ask(asker: Asker, label: str, body: object, **address: str) -> Response:
    (operation,) = [each for each in asker.operations if each.label == label]
    raw = json.dumps(body).encode()
    case = operation.Case(path_parameters=address, body=raw, media_type=JSON)
    return asker.ask(case, "signed")


def put(asker: Asker, application_id: str, envelope: object) -> Response:
    return ask(asker, "PUT /v1/applications/{application_id}", envelope, application_id=application_id)


def share(examples: int) -> int:
    """Every so many of the boundaries in the short form, and all of them in the long one."""
    return max(1, 10 // examples)


@short_and_long
def test_every_answer_is_in_the_contract_whatever_is_asked(asker: Asker, examples: int) -> None:
    asker.everything(examples, every=share(examples))
    assert asker.refusals >= {
        "malformed",
        "terminal_unknown",
        "bad_envelope",
        "not_decryptable",
        "application_unknown",
    }


@short_and_long
def test_so_is_every_answer_to_whoever_wants_to_become_a_terminal(
    asker: Asker, contract: Path, examples: int
) -> None:
    port = int((asker.terminal.parent / "enrolment_port").read_text("ascii"))
    with Session() as session:
        send = over_tls(session, asker.terminal, port)
        Asker(operations(contract / "enrolment.yaml"), asker.terminal, send).everything(
            examples, every=share(examples)
        )


# ---- behind the signature and the seal -------------------------------------------------------------------

JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just([]), st.just({}),
    st.sampled_from([10**400, "9" * 500, "\ud800", "\n", "2026-02-30T25:61:00Z", "A===", [[]], {"v": {}}]),
)  # fmt: skip


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in [*value] if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


@st.composite
def damaged(draw: st.DrawFn, value: Any) -> Any:
    """The value, with up to two of its places taken out, replaced, or ending in a line's end."""
    value = copy.deepcopy(value)
    for _ in range(draw(st.integers(0, 2))):
        container, key = draw(st.sampled_from([*places(value)]))
        match draw(st.sampled_from(["replaced", "gone", "with a line's end"])):
            case "gone":
                del container[key]
            case "with a line's end" if isinstance(container[key], str):
                container[key] += "\n"
            case _:
                container[key] = copy.deepcopy(draw(JUNK))  # it may be damaged, too
    return value


@short_and_long
def test_an_envelope_is_received_only_if_it_and_its_record_are_in_the_contract(
    asker: Asker, examples: int
) -> None:
    statuses = set()
    word = PlatformWord.load(asker.terminal / "receipt.pem")
    key = sealing_key((asker.terminal / "envelope.pem").read_bytes())

    @seed(SEED)
    @settings(ONE_BY_ONE, max_examples=5 * examples)
    @given(st.data())
    def send(data: st.DataObject) -> None:
        application_id = new_id()
        record = data.draw(damaged(a_record(application_id)))
        envelope = seal(
            json.dumps(record).encode(),
            application_id=application_id,
            item=ITEM,
            item_version="1",
            terminal=TERMINAL,
            platform_key=key,
            kid=envelope_kid(asker.terminal),
        )
        body = data.draw(damaged(json.loads(envelope)) | st.just(json.loads(envelope)))
        answer = put(asker, application_id, body)
        statuses.add(answer.status_code)
        if answer.status_code < BAD_REQUEST:
            sent = answer.request.body
            assert isinstance(sent, bytes)
            assert right("envelope", body)
            assert right("record", record)
            digest = hashlib.sha256(sent).hexdigest()
            word.receipt(answer.content, application_id=application_id, envelope_sha256=digest)
        else:
            assert answer.json()["application_id"] == application_id

    send()
    assert statuses == {CREATED, REFUSED}


@short_and_long
def test_a_question_is_answered_only_if_it_is_in_the_contract(asker: Asker, examples: int) -> None:
    statuses = set()
    key = sealing_key((asker.terminal / "envelope.pem").read_bytes())

    @seed(SEED)
    @settings(ONE_BY_ONE, max_examples=5 * examples)
    @given(st.data())
    def send(data: st.DataObject) -> None:
        question_id = new_id()
        reply_key = X25519PrivateKey.generate()
        question = data.draw(damaged(a_question(question_id, reply_key)))
        answer = ask(asker, "POST /v1/shared-data", framed(question_id, question, asker.terminal, key))
        statuses.add(answer.status_code)
        if answer.status_code < BAD_REQUEST:
            assert right("shared-data-question", question)
            told = HPKE_SUITE.decrypt(
                base64.b64decode(answer.json()["ciphertext"]),
                reply_key,
                info=canonical(header_of(answer.json())),
            )
            assert right("shared-data-answer", json.loads(told))

    send()
    assert statuses >= {OK, REFUSED}


def header_of(frame: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in frame.items() if name != "ciphertext"}


@short_and_long
def test_a_rating_and_a_call_stand_only_if_they_are_in_the_contract(asker: Asker, examples: int) -> None:
    call_id = new_id()
    asked: dict[str, tuple[dict[str, str], dict[str, object]]] = {
        "PUT /v1/applications/{application_id}/rating": (
            {"application_id": KNOWN},
            {"level": 5, "rated_at": "2026-11-21T20:01:00+08:00"},
        ),
        "PUT /v1/calls/{call_id}": ({"call_id": call_id}, {"wanted": True}),
    }

    @seed(SEED)
    @settings(ONE_BY_ONE, max_examples=5 * examples)
    @given(st.data(), st.sampled_from([*asked]))
    def send(data: st.DataObject, label: str) -> None:
        address, fields = asked[label]
        whole = {"v": 1, **address, "terminal": TERMINAL, **fields}
        body = data.draw(damaged(whole))
        answer = ask(asker, label, body, **address)
        if answer.status_code == OK:
            assert right("rating" if "level" in body else "call", body)
        else:
            assert json.dumps(body) != json.dumps(whole)  # to Python, True is 1

    send()


# ---- platforms that keep less to the contract ------------------------------------------------------------

Change = Callable[[int, bytes], AnyResponse]


def problem_instead(_status: int, _body: bytes) -> AnyResponse:
    problem = {"v": 1, "application_id": None, "refused": "malformed", "detail": ""}
    return AnyResponse(canonical(problem), 422, media_type=JSON)


WEAKENED: dict[str, Change] = {
    "answers with a status that nobody wrote down": lambda status, body: AnyResponse(
        body, 400 if status == REFUSED else status, media_type=JSON
    ),
    "breaks over what is malformed": lambda status, body: AnyResponse(
        body, 500 if status == REFUSED else status, media_type=JSON
    ),
    "says more than is in the form": lambda status, body: AnyResponse(
        canonical({**json.loads(body), "trace": "line 1"}), status, media_type=JSON
    ),
    "answers with a page": lambda status, body: AnyResponse(body, status, media_type="text/html"),
    "refuses what is right": problem_instead,
}


def weakened(app: ASGIApp, change: Change) -> ASGIApp:
    """The platform, with each of its answers changed on the way out."""

    async def answer(scope: Scope, receive: Receive, send: SendMessage) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        said: list[Message] = []

        async def hold(message: Message) -> None:
            said.append(message)

        await app(scope, receive, hold)
        body = b"".join(message.get("body", b"") for message in said[1:])
        await change(said[0]["status"], body)(scope, receive, send)

    return answer


@pytest.mark.parametrize("how", WEAKENED)
def test_the_same_questions_catch_a_platform_that(asker: Asker, platform_app: ASGIApp, how: str) -> None:
    def send(case: Question, signing: AuthBase | None) -> Response:
        return case.call(app=weakened(platform_app, WEAKENED[how]), auth=signing)

    with pytest.raises(FailureGroup):
        Asker(asker.operations, asker.terminal, send).everything(1)


def test_the_platform_itself_is_not_caught_that_way(asker: Asker, platform_app: ASGIApp) -> None:
    def send(case: Question, signing: AuthBase | None) -> Response:
        return case.call(app=platform_app, auth=signing)

    Asker(asker.operations[:2], asker.terminal, send).everything(1)
