"""Finding in every state: nothing typed, found by its meaning, nothing found, a number, shelves, a guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kiosk.finding.due import Offer
from kiosk.session import stages as st
from kiosk.session.hall import Hall, Obstacle
from tests.shipped import DISTRICT, ITEMS, finder

USES = {"no_criminal_record_certificate": 31, "elder_card": 22, "housing_fund_purchase": 9}


def finding_hall(hall: Hall) -> Hall:
    """A hall with everything that ships."""
    return replace(hall, items=ITEMS, district=DISTRICT, uses=USES, finder=finder())


def finding_scenes(hall: Hall) -> Mapping[str, st.Session]:
    """By a name fit for a file."""
    whole = finding_hall(hall)
    listing = next(each for each in whole.district.listings if each.bring)
    here = next(item for item in whole.items if item.id == "no_criminal_record_certificate")
    answer = next(option.window for option in here.situations[0].options if option.window is not None)
    offered = tuple(Offer(item.id, item.due.reason, aloud=False) for item in whole.items if item.due)
    pages: dict[str, st.Stage] = {
        "welcome_whole_hall": st.Welcome(),
        "find": st.FindPage(),
        "find_results": st.FindPage("社保卡丢了怎么办"),
        "find_answers": st.FindPage("换驾照要多少钱"),
        "find_pinyin": st.FindPage("shenfenzheng"),
        "find_english": st.FindPage("marriage"),
        "find_nothing": st.FindPage("飞碟停泊"),
        "find_number": st.FindPage("330199194901017777"),
        "shelves_life_event": st.FindPage(kind="life_event"),
        "shelves_department": st.FindPage(kind="department"),
        "shelf_people": st.FindPage(kind="audience", shelf="natural_person"),
        "matter_whole_hall": st.MatterPage(next(item for item in whole.items if item.id == "elder_card")),
        "thanks_offers": st.Thanks(offered),
        "find_answers_here": st.FindPage("社保卡丢了要带什么"),
        "guide_page": st.GuidePage(listing),
        "guide_page_printed": st.GuidePage(listing, slip_state="printed"),
        "guide_page_not_printed": st.GuidePage(listing, slip_state="not_printed"),
        "guide_page_no_card": st.GuidePage(here, st.AwaitingCard(here), why=Obstacle.NO_CARD),
        "guide_page_offline": st.GuidePage(here, slip_state="waiting", why=Obstacle.OFFLINE_FORBIDDEN),
        "guide_page_other_answer": st.GuidePage(here, slip_state="printed", why=answer),
    }
    return {
        **{name: st.Session(stage, whole) for name, stage in pages.items()},
        "find_looking": st.Session(st.FindPage("社保卡"), replace(whole, finder=None)),
        "guide_page_no_printer": st.Session(st.GuidePage(listing), replace(whole, printer_usable=False)),
    }
