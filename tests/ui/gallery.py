"""One hand-made session for every screen a citizen can meet: the shipped matter, an invented person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from config.item import Item, Text
from config.items import SHIPPED, load_items
from devices.contracts import ResidentCard, Sex
from kiosk.session import stages as st
from kiosk.session.journey import window_of

SHIPPED_ITEMS = load_items(SHIPPED)
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
LONG_NAME = "吾买尔江·买买提艾力·阿卜杜热合曼"


def picture(width: int, height: int) -> bytes:
    """A drawn head on a plain ground, PNG: nobody's face."""
    image = Image.new("RGB", (width, height), "#C9D6DA")
    pen = ImageDraw.Draw(image)
    pen.ellipse((width * 0.3, height * 0.2, width * 0.7, height * 0.65), "#8A6F5A")
    pen.ellipse((width * 0.1, height * 0.7, width * 0.9, height * 1.3), "#2F4858")
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def hall(**changes: object) -> st.Hall:
    whole = st.Hall(
        terminal_id="LX-HALL1-03",
        name=Text(zh="临溪区政务服务中心", en="Linxi District Government Service Hall"),
        phone="0571-00001000",
        items=SHIPPED_ITEMS,
        today=TODAY,
        reach="online",
        reader_usable=True,
        printer_usable=True,
        camera_usable=True,
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # names are this file's own


def item() -> Item:
    return next(item for item in SHIPPED_ITEMS if item.id == "no_criminal_record_certificate")


def card(name: str = "测试甲") -> ResidentCard:
    return ResidentCard(
        name=name,
        sex=Sex.MALE,
        ethnicity="汉",
        birth=date(1990, 3, 7),
        address="浙江省杭州市临溪区文三西路一百二十八号春江花园小区十二幢三单元二〇一室",
        id_number="110101199003070011",
        authority="临溪区公安分局",
        valid_from=date(2016, 5, 1),
        valid_to=date(2036, 5, 1),
        long_term=False,
        photo=bytes(1024),
    )


def answers() -> Mapping[str, str]:
    """An answer to every question, relevant or not; of a choice the first that does not lead to a window."""
    given = {}
    for asked in item().questions:
        match asked.kind:
            case "choice":
                given[asked.id] = next(o.value for o in asked.options if window_of(asked, o.value) is None)
            case "text":
                given[asked.id] = "浙江省杭州市临溪区文三西路一百二十八号"[: asked.max_length]
            case "mobile":
                given[asked.id] = "13800138000"
            case "date":
                given[asked.id] = "2009-03-07"
    return given


def journey(*, verified: bool = True, photo: bool = False, name: str = "测试甲") -> st.Journey:
    how = st.Verified("card_and_face", "card_and_face")
    return st.Journey(
        item(),
        card(name),
        photo_png=picture(102, 126) if photo else None,
        verified=how if verified else None,
        answers=answers(),
    )


def outcome(filing_no: str | None, slip_state: str, **changes: object) -> st.Outcome:
    facts = st.SlipFacts(
        terminal_id="LX-HALL1-03",
        hall_name={"zh": "临溪区政务服务中心", "en": "Linxi"},
        hall_phone="0571-00001000",
        item_name={"zh": item().name.zh, "en": item().name.en},
        masked_name="测*甲",
        masked_id_number="110***********0011",
        local_no="LX-HALL1-03-20261121-0042",
        filing_no=filing_no,
        kept_at=NOW,
        received_at=NOW if filing_no else None,
        clock_trust="platform",
        next_steps={"zh": item().next_steps.zh, "en": item().next_steps.en},
        office_phone=item().office.phone,
    )
    made = st.Outcome(item(), "0" * 36, facts, slip_state)  # type: ignore[arg-type]  # named by this file
    return replace(made, **changes)  # type: ignore[arg-type]  # names are this file's own


def scenes() -> dict[str, st.Session]:
    """Every screen and its troubles, by a name fit for a file."""
    world, matter, whole = hall(), item(), journey()
    window = next(
        (asked.id, option.window)
        for asked in matter.situations
        for option in asked.options
        if option.window is not None and option.window.bring
    )
    made: dict[str, st.Stage | st.Session] = {
        "standby": st.Standby(),
        "welcome": st.Welcome(),
        "welcome_kept": st.Welcome("LX-HALL1-03-20261121-0042"),
        "welcome_no_reader": st.Session(st.Welcome(), hall(reader_usable=False)),
        "matter": st.MatterPage(matter),
        "matter_reservations": st.Session(
            st.MatterPage(matter), hall(reach="offline", printer_usable=False, camera_usable=False)
        ),
        "matter_no_reader": st.Session(st.MatterPage(matter), hall(reader_usable=False)),
        "card": st.AwaitingCard(matter),
        **{f"card_{t.value}": st.AwaitingCard(matter, t) for t in st.CardTrouble},
        "card_expired": st.CardExpired(matter, date(2024, 5, 1)),
        "card_notice": st.InJourney(whole, st.CardNoticeStep(41)),
        "card_notice_unusual": st.InJourney(whole, st.CardNoticeStep()),
        "consent": st.InJourney(whole, st.ConsentStep()),
        "consent_no_camera": st.Session(st.InJourney(whole, st.ConsentStep()), hall(camera_usable=False)),
        "face": st.InJourney(whole, st.FaceStep()),
        **{f"face_{t.value}": st.InJourney(whole, st.FaceStep(1, t)) for t in st.FaceTrouble},
        "face_third": st.InJourney(whole, st.FaceStep(3, st.FaceTrouble.NOT_RECOGNISED)),
        "guide": st.InJourney(journey(photo=True, name=LONG_NAME), st.GuideStep("chosen")),
        "guide_no_photo": st.InJourney(whole, st.GuideStep("chosen")),
        "guide_checking": st.InJourney(whole, st.GuideStep("chosen", entered=("1001", "123456"))),
        "guide_wrong": st.InJourney(whole, st.GuideStep("chosen", refused="wrong")),
        "guide_locked": st.InJourney(
            journey(photo=True), st.GuideStep("chosen", refused="locked", retry_after_s=30)
        ),
        "verified": st.InJourney(whole, st.VerifiedStep(arriving=True)),
        **{f"question_{q.id}": st.InJourney(whole, st.QuestionStep(q.id)) for q in matter.questions},
        "problem_mobile": st.InJourney(whole, st.QuestionStep("mobile", "not_a_mobile")),
        "problem_date": st.InJourney(whole, st.QuestionStep("period_from", "not_a_date", returning=True)),
        "window": st.InJourney(whole, st.WindowStep(window[0], window[1])) if window[1] else st.Ended("left"),
        "review": st.InJourney(whole, st.ReviewStep()),
        "sign": st.InJourney(journey(name=LONG_NAME), st.SignStep()),
        "sign_empty": st.InJourney(whole, st.SignStep("empty_signature")),
        "sending": st.Sending(whole, "0" * 36, (), NOW),
        **{
            f"not_kept_{reason}": st.NotKept(matter, reason)
            for reason in ("disk_full", "storage_failed", "hash_mismatch", "incomplete", "item_offline",
                           "queue_full", "link_lost")
        },
        "outcome_received": outcome("SB330100202611210000042", "printed"),
        "outcome_kept": outcome(None, "started"),
        "outcome_kept_not_printed": outcome(None, "not_printed"),
        "outcome_unknown_reprinted": outcome("SB330100202611210000042", "unknown", reprinted=True),
        "outcome_no_printer": outcome(None, "no_printer"),
        "rating": st.RatingPage("0" * 36),
        "thanks": st.Thanks(),
        "ended": st.Ended("finished"),
        "link_lost": st.LinkLost(in_journey=False, sent=False),
        "link_lost_in_journey": st.LinkLost(in_journey=True, sent=False),
        "link_lost_sent": st.LinkLost(in_journey=True, sent=True),
        "idle_warning": st.Session(st.InJourney(whole, st.ReviewStep()), world, idle_warning=True),
    }  # fmt: skip
    return {
        name: stage if isinstance(stage, st.Session) else st.Session(stage, world)
        for name, stage in made.items()
    }
