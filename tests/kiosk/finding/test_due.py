import re
from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from config.item import DocumentKind, Due, Item, Text
from kiosk.finding.due import MOST, HolderFacts, due
from tests.shipped import ITEMS

TODAY = date(2026, 3, 14)
ANY = next(item for item in ITEMS if item.due is None and not item.renewal)
REASON = Text(zh="可以办了。", en="You can have it.")


def matter(
    item_id: str, when: Due, *, renewal: bool = False, documents: Sequence[DocumentKind] = ("resident",)
) -> Item:
    return ANY.model_copy(
        update={
            "id": item_id,
            "due": when,
            "renewal": renewal,
            "documents": tuple(documents),
            "only_in_joint": False,
        }
    )


EXPIRING = matter("renew", Due(reason=REASON, card_expires_within_days=92), renewal=True)
ELDER = matter("elder", Due(reason=REASON, age_from=60))
PENSION = matter("pension", Due(reason=REASON, age_from=60, age_to=65))


def holder(age: int | None = 40, days: int | None = 1000, document: DocumentKind = "resident") -> HolderFacts:
    return HolderFacts(document, age, None if days is None else TODAY + timedelta(days=days))


def offered(card: HolderFacts, *items: Item) -> list[str]:
    return [offer.item for offer in due(card, items, TODAY)]


def test_a_card_that_ends_within_92_days_brings_its_renewal() -> None:
    assert offered(holder(days=92), EXPIRING) == ["renew"]
    assert offered(holder(days=0), EXPIRING) == ["renew"]
    assert offered(holder(days=93), EXPIRING) == []


def test_a_card_for_good_never_expires() -> None:
    assert offered(holder(days=None), EXPIRING) == []


def test_with_an_expired_card_only_a_renewal_is_offered() -> None:
    assert offered(holder(age=70, days=-1), ELDER, EXPIRING) == ["renew"]


def test_an_entitlement_begins_at_its_age_and_ends_after_its_last_year() -> None:
    assert offered(holder(age=59), ELDER, PENSION) == []
    assert offered(holder(age=60), ELDER, PENSION) == ["elder", "pension"]
    assert offered(holder(age=65), ELDER, PENSION) == ["elder", "pension"]
    assert offered(holder(age=66), ELDER, PENSION) == ["elder"]


def test_an_unreadable_date_of_birth_brings_no_entitlement() -> None:
    assert offered(holder(age=None), ELDER) == []


def test_a_matter_that_does_not_take_this_document_is_not_offered() -> None:
    assert offered(holder(age=70, days=1, document="permit"), ELDER, EXPIRING) == []


def test_the_card_comes_before_what_goes_by_age() -> None:
    assert offered(holder(age=62, days=10), ELDER, PENSION, EXPIRING) == ["renew", "elder", "pension"]


def test_a_member_of_a_joint_matter_is_not_offered_by_itself() -> None:
    alone = ELDER.model_copy(update={"only_in_joint": True})
    assert offered(holder(age=70), alone) == []


def test_no_reason_in_the_shipped_files_tells_an_age() -> None:
    telling = re.compile(
        r"\d|[零一二三四五六七八九十]+[周岁]|岁|\b(?:years? old|aged?|sixty|seventy|eighty)\b"
    )
    for item in ITEMS:
        if item.due is not None and item.due.age_from is not None:
            assert not telling.search(item.due.reason.zh + item.due.reason.en), item.id


_WHEN = st.one_of(
    st.builds(Due, reason=st.just(REASON), card_expires_within_days=st.integers(1, 400)),
    st.builds(Due, reason=st.just(REASON), age_from=st.integers(1, 100)),
)
_MATTERS = st.lists(st.tuples(_WHEN, st.booleans()), max_size=8).map(
    lambda rows: [matter(f"m{place}", when, renewal=renewal) for place, (when, renewal) in enumerate(rows)]
)


@given(_MATTERS, st.one_of(st.none(), st.integers(0, 120)), st.one_of(st.none(), st.integers(-400, 4000)))
def test_never_more_than_three_and_what_goes_by_age_is_never_said_aloud(
    items: list[Item], age: int | None, days: int | None
) -> None:
    offers = due(holder(age, days), items, TODAY)
    by_id = {item.id: item for item in items}
    assert len(offers) <= MOST
    assert len({offer.item for offer in offers}) == len(offers)
    for offer in offers:
        item = by_id[offer.item]
        assert item.due is not None
        assert offer.aloud == (item.due.age_from is None)
        assert offer.reason == item.due.reason
        if days is not None and days < 0:
            assert item.renewal
