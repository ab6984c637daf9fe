"""One hand-made session for every screen a citizen can meet: the shipped matter, an invented person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from config.item import Item, Text
from config.items import SHIPPED, load_items
from devices.contracts.eyes import Asked, CameraTrouble, Frame, Guidance
from devices.contracts.id_cards import (
    DocumentType,
    Finger,
    Fingerprint,
    FingerprintResult,
    ResidencePermit,
    ResidentCard,
    Sex,
)
from devices.contracts.liveness import LivenessLevel
from devices.contracts.pages import Finding, Outline, Page, PageHint, PagePreview, PageProblem, PageRefused
from devices.eyes.liveness_challenge import Side
from devices.statuses import Reason
from kiosk.session import stages as st
from kiosk.session import verification as vf
from kiosk.session.answering import window_of
from kiosk.session.hall import Hall
from kiosk.session.sights import Sight
from printing.slip import SlipMember
from tests.ui.beside_scenes import beside_scenes
from tests.ui.entering_scenes import entering_scenes
from tests.ui.finding_scenes import finding_scenes
from tests.ui.matter_scenes import matter_scenes

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


def page() -> Page:
    """A page with lines on it, and nothing to read."""
    image = Image.new("RGB", (620, 877), "white")
    pen = ImageDraw.Draw(image)
    for line in range(18):
        pen.rectangle((70, 120 + 36 * line, 340 + 13 * (line * 7 % 16), 130 + 36 * line), "#555555")
    buffer = BytesIO()
    image.save(buffer, "JPEG")
    return Page(buffer.getvalue(), 620, 877, 75)


def side() -> Page:
    """One side of a card with lines on it, and nothing to read."""
    image = Image.new("RGB", (506, 319), "#E3EAF0")
    pen = ImageDraw.Draw(image)
    pen.rectangle((340, 50, 460, 200), "#9DB2BF")
    for line in range(5):
        pen.rectangle((40, 60 + 40 * line, 180 + 9 * (line * 7 % 16), 72 + 40 * line), "#555555")
    buffer = BytesIO()
    image.save(buffer, "JPEG")
    return Page(buffer.getvalue(), 506, 319, 150)


def table(**changes: object) -> PagePreview:
    """The page, askew on a wooden table."""
    image = Image.new("RGB", (640, 480), "#8A6B4A")
    sheet = Image.open(BytesIO(page().jpeg)).resize((250, 354)).rotate(5, expand=True, fillcolor="#8A6B4A")
    image.paste(sheet, (180, 50))
    buffer = BytesIO()
    image.save(buffer, "JPEG")
    outline = Outline(((0.33, 0.11), (0.72, 0.155), (0.67, 0.89), (0.285, 0.84)), 0.97)
    return replace(PagePreview(buffer.getvalue(), outline, 0.4, PageHint.HOLD_STILL), **changes)  # type: ignore[arg-type]  # this file's own


def hall(**changes: object) -> Hall:
    whole = Hall(
        terminal_id="LX-HALL1-03",
        name=Text(zh="临溪区政务服务中心", en="Linxi District Government Service Hall"),
        phone="0571-00001000",
        items=SHIPPED_ITEMS,
        today=TODAY,
        reach="online",
        reader_usable=True,
        printer_usable=True,
        camera_usable=True,
        fingerprint_usable=True,
        scanner_usable=True,
        page_camera_usable=True,
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


def with_fingers() -> ResidentCard:
    """The same, with two fingers on the chip."""
    blocks = (Finger.RIGHT_THUMB, Finger.LEFT_INDEX)
    prints = tuple(Fingerprint(FingerprintResult.REGISTERED, finger, bytes(512)) for finger in blocks)
    return replace(card(), fingerprints=prints)


def permit() -> ResidencePermit:
    return ResidencePermit(
        name="樣本丙",
        sex=Sex.FEMALE,
        birth=date(1988, 12, 31),
        address="浙江省临溪区东溪街道柳浪里12号",
        additional_address="浙江省临溪区西山镇兴业路88号2幢1104室",
        id_number="830000198812310022",
        authority="临溪区公安分局",
        valid_from=date(2024, 9, 1),
        valid_to=date(2029, 9, 1),
        long_term=False,
        photo=bytes(1024),
        pass_number="A12345678",
        issue_count="01",
    )


def endorsement() -> Item:
    return next(item for item in SHIPPED_ITEMS if item.id == "residence_permit_endorsement")


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
            case "capture":
                given[asked.id] = "2"
            case "scan":
                given[asked.id] = "33019900-20251121-000017"
    return given


def journey(*, verified: bool = True, photo: bool = False, name: str = "测试甲") -> st.Journey:
    how = vf.Verified("card_and_face", "card_and_face")
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


def of_companies() -> st.Outcome:
    """A joint matter of which every part is a company's."""
    made = outcome("SB330199202611210000042", "printed")
    members = tuple(
        SlipMember(
            each.id, {"zh": each.name.zh, "en": each.name.en}, {"zh": "临溪公司", "en": "Linxi"}, company=True
        )
        for each in SHIPPED_ITEMS
        if each.office.company
    )
    assert members
    return replace(made, slip=replace(made.slip, members=members))


@cache
def scenes() -> Mapping[str, st.Session]:
    """Every screen and its troubles, by a name fit for a file; made once, as finding takes its time."""
    world, matter, whole = hall(), item(), journey()
    window = next(
        (asked.id, option.window)
        for asked in matter.situations
        for option in asked.options
        if option.window is not None and option.window.bring
    )
    scan_at = st.Journey(endorsement(), card(), verified=whole.verified)

    def scanning(step: st.QuestionStep) -> st.InJourney:
        return st.InJourney(scan_at, step)

    def papers(count: int, **step: object) -> st.InJourney:
        made = st.Journey(
            endorsement(), card(), verified=whole.verified, pages={"housing_pages": (page(),) * count}
        )
        changed = replace(st.QuestionStep("housing_pages"), **step)  # type: ignore[arg-type]  # this file's own
        return st.InJourney(made, changed)

    def card_sides(count: int, **step: object) -> st.InJourney:
        matter = endorsement()
        fields = tuple(
            asked.model_copy(update={"paper": "id_1", "most_pages": 2}) if asked.kind == "capture" else asked
            for asked in matter.fields
        )
        made = papers(0, **step)
        pages = {"housing_pages": (side(),) * count}
        return replace(
            made,
            journey=replace(made.journey, item=matter.model_copy(update={"fields": fields}), pages=pages),
        )

    child = replace(whole, card=replace(card("周小满"), birth=date(2017, 5, 20)), under_14=True)
    fingers = replace(whole, card=with_fingers())
    tired = replace(fingers, failures={vf.Way.FINGERPRINT: 3})
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
        "card_two_documents_no": st.AwaitingCard(endorsement()),
        "card_expired": st.CardExpired(matter, DocumentType.RESIDENT, date(2024, 5, 1)),
        "card_expired_permit": st.CardExpired(matter, DocumentType.PERMIT, date(2024, 5, 1)),
        "other_permit": st.OtherDocument(endorsement(), DocumentType.PERMIT),
        "other_foreign": st.OtherDocument(matter, DocumentType.FOREIGN_2023),
        "card_notice": st.InJourney(whole, st.CardNoticeStep(41)),
        "card_notice_unusual": st.InJourney(whole, st.CardNoticeStep()),
        "consent": st.InJourney(whole, vf.ConsentStep()),
        "consent_no_camera": st.Session(st.InJourney(whole, vf.ConsentStep()), hall(camera_usable=False)),
        "consent_fingerprint": st.InJourney(fingers, vf.ConsentStep()),
        "consent_fingerprint_no_camera": st.Session(
            st.InJourney(fingers, vf.ConsentStep()), hall(camera_usable=False)
        ),
        "consent_face_tired": st.InJourney(replace(fingers, failures={vf.Way.FACE: 3}), vf.ConsentStep()),
        "fingerprint": st.InJourney(fingers, vf.FingerprintStep()),
        **{
            f"fingerprint_{t.value}": st.InJourney(fingers, vf.FingerprintStep(1, t))
            for t in vf.FingerprintTrouble
        },
        "fingerprint_third": st.InJourney(
            tired, vf.FingerprintStep(3, vf.FingerprintTrouble.NOT_RECOGNISED)
        ),
        "face_not_recognised_fingers": st.InJourney(
            fingers, vf.FaceStep(1, vf.FaceTrouble.NOT_RECOGNISED)
        ),
        "under_14": st.UnderFourteen(endorsement()),
        "guardian": st.InJourney(child, st.GuardianStep()),
        **{f"guardian_{t.value}": st.InJourney(child, st.GuardianStep(t)) for t in st.GuardianTrouble},
        "consent_guardian": st.InJourney(replace(child, guardian=card("周一禾")), vf.ConsentStep()),
        "review_guardian": st.InJourney(replace(child, guardian=card("周一禾")), st.ReviewStep()),
        "capture": papers(0),
        "capture_two": papers(2),
        "capture_failed": papers(1, problem="page_camera_failed"),
        "capture_full": papers(4, problem="pages_full"),
        "capture_retaking": papers(2, page=1, retaking=True),
        "capture_page": papers(2, page=1),
        "capture_card": card_sides(0),
        "capture_card_turned": card_sides(1),
        "capture_card_both": card_sides(2),
        "capture_card_retaking": card_sides(2, page=0, retaking=True),
        "matter_not_certified": st.Session(
            st.MatterPage(matter.model_copy(update={"liveness": "certified"})),
            hall(page_camera_usable=False),
        ),
        "matter_no_document_camera": st.Session(
            st.MatterPage(endorsement()), hall(page_camera_usable=False)
        ),
        **{
            name: st.InJourney(whole, vf.FaceStep())
            for name in ("face", "face_left", "face_right", "face_ahead", "face_camera_restarts",
                         *(f"face_{guidance.value}" for guidance in Guidance))
        },
        "face_by_module": st.Session(
            st.InJourney(whole, vf.FaceStep()), hall(liveness_module=LivenessLevel.CERTIFIED)
        ),
        "capture_lay": papers(0),
        **{f"capture_{problem.value}": papers(1) for problem in PageProblem},
        **{f"face_{t.value}": st.InJourney(whole, vf.FaceStep(1, t)) for t in vf.FaceTrouble},
        "face_third": st.InJourney(
            replace(whole, failures={vf.Way.FACE: 3}), vf.FaceStep(3, vf.FaceTrouble.NOT_RECOGNISED)
        ),
        "guide": st.InJourney(journey(photo=True, name=LONG_NAME), vf.GuideStep("chosen")),
        "guide_no_photo": st.InJourney(whole, vf.GuideStep("chosen")),
        "guide_checking": st.InJourney(whole, vf.GuideStep("chosen", entered=("1001", "123456"))),
        "guide_wrong": st.InJourney(whole, vf.GuideStep("chosen", refused="wrong")),
        "guide_locked": st.InJourney(
            journey(photo=True), vf.GuideStep("chosen", refused="locked", retry_after_s=30)
        ),
        "verified": st.InJourney(whole, vf.VerifiedStep(arriving=True)),
        **{f"question_{q.id}": st.InJourney(whole, st.QuestionStep(q.id)) for q in matter.questions},
        "problem_mobile": st.InJourney(whole, st.QuestionStep("mobile", "not_a_mobile")),
        "problem_date": st.InJourney(whole, st.QuestionStep("period_from", "not_a_date", returning=True)),
        "scan": scanning(st.QuestionStep("previous_filing_no")),
        **{
            f"scan_{t}": scanning(st.QuestionStep("previous_filing_no", t))
            for t in ("other_code", "payment_code", "unreadable_code", "scanner_failed")
        },
        "scan_typed": scanning(st.QuestionStep("previous_filing_no", typing=True)),
        "scan_typed_wrong": scanning(st.QuestionStep("previous_filing_no", "not_such_a_code", typing=True)),
        "matter_withdrawn": st.Session(
            st.MatterPage(matter), hall(withdrawn=frozenset({(matter.id, matter.version)}))
        ),
        "matter_no_scanner": st.Session(st.MatterPage(endorsement()), hall(scanner_usable=False)),
        "review_permit": st.InJourney(replace(whole, card=permit()), st.ReviewStep()),
        "sign_permit": st.InJourney(replace(whole, card=permit()), st.SignStep()),
        "window": st.InJourney(whole, st.WindowStep(window[0], window[1])) if window[1] else st.Ended("left"),
        "review": st.InJourney(whole, st.ReviewStep()),
        "sign": st.InJourney(journey(name=LONG_NAME), st.SignStep()),
        "sign_empty": st.InJourney(whole, st.SignStep("empty_signature")),
        "sending": st.Sending(whole, "0" * 36, (), NOW),
        **{
            f"not_kept_{reason}": st.NotKept(matter, reason)
            for reason in ("disk_full", "storage_failed", "hash_mismatch", "incomplete", "item_offline",
                           "queue_full", "link_lost", "matter_withdrawn", "key_withdrawn")
        },
        "outcome_received": outcome("SB330100202611210000042", "printed"),
        "outcome_companies": of_companies(),
        "outcome_kept": outcome(None, "started"),
        "outcome_kept_not_printed": outcome(None, "not_printed"),
        "outcome_reprint_reasons": outcome(
            "SB330100202611210000042", "printed", choosing_reprint=True
        ),
        "outcome_in_mouth": outcome("SB330100202611210000042", "printed", slip_place="in_mouth"),
        "outcome_taken_back": outcome("SB330100202611210000042", "printed", slip_place="taken_back"),
        "outcome_unknown_reprinted": outcome("SB330100202611210000042", "unknown", reprinted="torn"),
        "outcome_no_printer": outcome(None, "no_printer"),
        "rating": st.RatingPage("0" * 36),
        "thanks": st.Thanks(),
        "ended": st.Ended("finished"),
        "link_lost": st.LinkLost(in_journey=False, sent=False),
        "link_lost_in_journey": st.LinkLost(in_journey=True, sent=False),
        "link_lost_sent": st.LinkLost(in_journey=True, sent=True),
        "idle_warning": st.Session(st.InJourney(whole, st.ReviewStep()), world, idle_warning=True),
    }  # fmt: skip
    other = replace(card("测试乙"), id_number="330199198805120035")
    plain = {
        name: stage if isinstance(stage, st.Session) else st.Session(stage, world)
        for name, stage in made.items()
    }
    return {
        **plain,
        **beside_scenes(plain),
        **matter_scenes(world, card(), other),
        **finding_scenes(world),
        **entering_scenes(world, card()),
    }


def _sights() -> Mapping[str, tuple[Sight, ...]]:
    """What is seen on the screens that show it."""
    mirror = Frame(picture(640, 480))
    lie = table(hint=PageHint.LAY_PAPER, outline=None, still=0.0)
    taken = table(hint=PageHint.TAKE_AWAY, still=0.0)
    return {
        "face": (mirror,),
        "face_left": (mirror, Asked(Side.LEFT, 0, 3)),
        "face_right": (mirror, Asked(Side.RIGHT, 1, 3)),
        "face_ahead": (mirror, Asked(None, 2, 3)),
        "face_camera_restarts": (mirror, CameraTrouble(Reason.FRAME_FROZEN)),
        **{f"face_{guidance.value}": (mirror, guidance) for guidance in Guidance},
        "capture": (table(),),
        "capture_lay": (lie,),
        "capture_two": (taken,),
        "capture_full": (taken,),
        "capture_retaking": (lie,),
        "capture_card": (lie,),
        "capture_card_turned": (taken,),
        "capture_card_both": (taken,),
        "capture_card_retaking": (taken,),
        **{
            f"capture_{problem.value}": (table(still=0.9), PageRefused((Finding(problem, 1.0, 0.0),)))
            for problem in PageProblem
        },
    }


SIGHTS = _sights()
