"""The verbs of a written scene that look into the newest record, as the platform decrypts it."""

from __future__ import annotations

import asyncio
import functools
import hashlib
from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
from cv2.typing import MatLike

from bench.cast import CAST
from bench.papers import PAPERS
from bench.scene import Photograph, StepFailed
from bench.stage import Act, Stage
from bench.verb_values import BadValue, one_of, person, text
from central_platform import records
from devices.simulators.paper import Sheet, render

CARD = "card"

DONE = "done"

ALIKE = 0.9
"""Correlation of a page with the paper that was laid down; with another paper it stays below 0.7."""

_THUMB = (150, 150)


def record_says_of_face(value: object) -> Act:
    """Fields of the face check: those of `liveness`, that is module, level and verdict."""
    if not isinstance(value, Mapping) or not value:
        raise BadValue("fields of the face check are needed, as in {verdict: live}")
    expected = {str(key): text(words) for key, words in value.items()}

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        found = (await _newest(stage))["face_check"]
        judged = {} if found is None else found["liveness"] or {}
        for key, words in expected.items():
            if judged.get(key) != words:
                raise StepFailed(f"the face check's {key} is {judged.get(key)!r}, not {words!r}")

    return act


def record_has_guardian(value: object) -> Act:
    """The applicant is whoever's turn it is; this person was verified, agreed and signed for them."""
    role = person(value)
    if role is None:
        raise BadValue("a person is needed: the guardian")

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        record, guardian = await _newest(stage), stage.hands.person(role)
        said = [(party["role"], party["name"], party["id_number"]) for party in record["parties"]]
        expected = [
            ("applicant", stage.person.name, stage.person.id_number),
            ("guardian", guardian.name, guardian.id_number),
        ]
        if said != expected:
            raise StepFailed(f"the record's parties are {said}, not {expected}")
        signed = [signature["party"] for signature in record["signatures"]]
        if (record["verified_party"], signed) != (1, [1]):
            raise StepFailed("it was not the guardian who was verified and signed")

    return act


def record_is_signed_by(value: object) -> Act:
    """These people, the applicant first, are the record's parties, and each of them signed."""
    if not isinstance(value, list) or not value:
        raise BadValue("a list of persons is needed, the applicant first")
    roles = [one_of(*CAST)(role) for role in value]

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        record, signers = await _newest(stage), [stage.hands.person(role) for role in roles]
        parties = [(party["name"], party["id_number"]) for party in record["parties"]]
        if parties != [(signer.name, signer.id_number) for signer in signers]:
            raise StepFailed(f"the record's parties are {parties}, not {roles}")
        signed = [signature["party"] for signature in record["signatures"]]
        if signed != list(range(len(signers))):
            raise StepFailed(f"the parties who signed are {signed}")

    return act


def record_answers(value: object) -> Act:
    """Answers in the newest record, by the id of their question; `null` for one that is not sent."""
    if not isinstance(value, Mapping) or not value:
        raise BadValue("answers are needed, as in {purpose: employment}")
    expected = {str(key): None if words is None else text(words) for key, words in value.items()}

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        answers = {each["id"]: each["value"] for each in (await _newest(stage))["answers"]}
        for key, words in expected.items():
            wanted = None if words is None else stage.filled(words)
            if answers.get(key) != wanted:
                raise StepFailed(f"the record's answer to {key} is {answers.get(key)!r}, not {wanted!r}")

    return act


def record_has_members(value: object) -> Act:
    """The members of the newest joint application: `done`, with a form of its own, or words of why not."""
    if not isinstance(value, Mapping) or not value:
        raise BadValue("members are needed, as in {water_transfer: done}")
    expected = {str(key): text(words) for key, words in value.items()}

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        members = {each["item"]["id"]: each for each in (await _newest(stage)).get("members", ())}
        if list(members) != list(expected):
            raise StepFailed(f"the record's members are {list(members)}, not {list(expected)}")
        for name, words in expected.items():
            why, form = members[name]["left_out_zh"], members[name]["form"]
            if (why is None) != (form is not None):
                raise StepFailed(f"{name} has a form and is left out, or neither")
            if words == DONE and why is not None:
                raise StepFailed(f"{name} is left out: {why}")
            if words != DONE and words not in (why or ""):
                raise StepFailed(f"{name} is not left out for “{words}”, but for {why!r}")

    return act


def record_has_pages(value: object) -> Act:
    """These papers, in this order, each with the hash of its bytes; `card` is one page with both sides."""
    if not isinstance(value, list) or not value:
        raise BadValue("a list of papers is needed")
    expected = [one_of(*PAPERS, CARD)(paper) for paper in value]

    async def act(stage: Stage, photograph: Photograph) -> None:
        del photograph
        record = await _newest(stage)
        pages = [page for material in record["materials"] for page in material["pages"]]
        if len(pages) != len(expected):
            raise StepFailed(f"the record has {len(pages)} pages, not {len(expected)}")
        for number, (page, paper) in enumerate(zip(pages, expected, strict=True), start=1):
            jpeg = await asyncio.to_thread(
                records.page, stage.hall.platform_dir, record["application_id"], page["part"]
            )
            trouble = await asyncio.to_thread(_trouble, jpeg, page, paper)
            if trouble:
                raise StepFailed(f"page {number} {trouble}")

    return act


def _trouble(jpeg: bytes, page: Mapping[str, Any], paper: str) -> str:
    """What is wrong with a page of the record; empty for nothing."""
    if hashlib.sha256(jpeg).hexdigest() != page["sha256"]:
        return "is not what its hash says"
    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    if picture is None or picture.shape[:2] != (page["height_px"], page["width_px"]):
        return "is no picture of the size that it says"
    alike = {name: _correlation(picture, _printed(name)) for name in (*PAPERS, CARD)}
    best = max(alike, key=lambda name: alike[name])
    if best != paper or alike[best] < ALIKE:
        return f"shows {best!r} ({alike[best]:.2f}), not {paper!r} ({alike[paper]:.2f})"
    return ""


@functools.cache
def _printed(paper: str) -> MatLike:
    """The paper as it left its printer; of a card both sides on A4, the front above."""
    if paper != CARD:
        return render(Sheet(paper)).picture
    front, back = (render(sheet, dpi=200).picture for sheet in (Sheet.CARD_FRONT, Sheet.CARD_BACK))
    page = np.full((2339, 1654, 3), 255, np.uint8)
    high, wide = front.shape[:2]
    for side, middle in ((front, 0.3), (back, 0.6)):
        top, left = round(middle * page.shape[0] - high / 2), (page.shape[1] - wide) // 2
        page[top : top + high, left : left + wide] = side
    return page


def _correlation(one: MatLike, other: MatLike) -> float:
    seen = [
        cv2.GaussianBlur(
            cv2.resize(cv2.cvtColor(each, cv2.COLOR_BGR2GRAY), _THUMB, interpolation=cv2.INTER_AREA),
            (0, 0),
            1,
        ).astype(np.float64)
        for each in (one, other)
    ]
    flat = [(each - each.mean()).ravel() for each in seen]
    norm = float(np.linalg.norm(flat[0]) * np.linalg.norm(flat[1]))
    return float(flat[0] @ flat[1]) / norm if norm else 0.0


async def _newest(stage: Stage) -> dict[str, Any]:
    ids = await asyncio.to_thread(records.all_ids, stage.hall.platform_dir)
    if not ids:
        raise StepFailed("the platform has no application")
    return await asyncio.to_thread(records.decrypted, stage.hall.platform_dir, ids[-1])
