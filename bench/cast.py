"""Everybody who may come into the hall, by the name that a scene calls them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench import people


@dataclass(frozen=True)
class Role:
    """One person of the cast; the labels say why they are interesting."""

    made: people.Made
    label_zh: str
    label_en: str


CAST: Mapping[str, Role] = {
    "resident": Role(people.resident, "普通居民", "a resident"),
    "neighbour": Role(people.neighbour, "长期有效的证", "long-term card"),
    "old_card": Role(people.old_card, "生僻字，旧证", "rare name, old card"),
    "plane_two": Role(people.plane_two, "生僻字，扩展区", "rare name, beyond 16 bits"),
    "long_name": Role(people.long_name, "长姓名", "long name with a dot"),
    "ending_soon": Role(people.ending_soon, "证件快到期", "card ends in 60 days"),
    "expired": Role(people.expired, "证件已过期", "card has expired"),
    "with_fingers": Role(people.with_fingers, "长者，证上有指纹", "83, fingerprints on the chip"),
    "resident_with_fingers": Role(
        people.with_thumbs(people.resident), "有指纹的证", "fingerprints on the chip"
    ),
    "neighbour_with_fingers": Role(
        people.with_thumbs(people.neighbour), "长期，有指纹", "long-term, fingerprints"
    ),
    "long_name_with_fingers": Role(people.with_thumbs(people.long_name), "有指纹", "fingerprints, a newborn"),
    "permit_holder": Role(people.permit_holder, "港澳台居住证", "permit, from Hong Kong"),
    "foreigner": Role(people.foreigner, "外国人", "foreign permanent resident"),
    "child": Role(people.child, "儿童，9 岁", "a child of nine"),
}
