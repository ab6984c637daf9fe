"""Invented people with their documents, sound in every field, and what a reader should give for each."""

from __future__ import annotations

from datetime import date

from config.codes import foreign_2017_check
from devices.contracts.id_cards import ForeignResidentCard, IdCard, ResidencePermit, ResidentCard, Sex
from devices.simulators.cards import (
    AnyCard,
    SimulatedCard,
    SimulatedForeign2017,
    SimulatedForeign2023,
    SimulatedPermit,
    fingerprint,
)


def photo(seed: int) -> bytes:
    """1,024 bytes, other ones for another `seed`."""
    return bytes((place * (seed * 2 + 1) + seed) % 256 for place in range(1024))


RESIDENT = SimulatedCard(
    name="测试甲",
    sex="1",
    ethnic_code="01",
    birth="19900307",
    address="北京市东城区测试路1号",
    id_number="110101199003070011",
    authority="北京市公安局东城分局",
    valid_from="20200101",
    valid_to="长期",
    photo=photo(0),
)
"""The person of the protocol's test vectors."""

OTHER_RESIDENT = SimulatedCard(
    name="样本乙",
    sex="2",
    ethnic_code="55",
    birth="19850101",
    address="西藏自治区林芝市试验街2号",
    id_number="540402198501014029",
    authority="林芝市公安局巴宜分局",
    valid_from="20150601",
    valid_to="20350601",
    photo=bytes(255 - place % 251 for place in range(1024)),
    fingerprints=fingerprint(0x0B) + fingerprint(0x11),
    additional_address="西藏自治区林芝市巴宜区新址路3号",
)
"""Somebody else, alike in no field."""

PERMIT = SimulatedPermit(
    name="樣本丙",
    sex="1",
    birth="19881231",
    address="福建省厦门市思明区试验路5号",
    id_number="830000198812310022",
    authority="厦门市公安局",
    valid_from="20190901",
    valid_to="20240901",
    pass_number="A12345678",
    issue_count="01",
    photo=photo(3),
)

FOREIGN_2017 = SimulatedForeign2017(
    name_en="EXAMPLE, ANNE MARIE VAN DER",
    sex="2",
    id_number="CAN11008112140" + foreign_2017_check("CAN11008112140"),
    nationality="CAN",
    name="安样本",
    valid_from="20180301",
    valid_to="20280228",
    birth="19811214",
    version="01",
    authority_code="1500",
    photo=photo(4),
)

FOREIGN_2023 = SimulatedForeign2023(
    name="",
    sex="1",
    renewal_count="02",
    birth="19850101",
    name_en="EXAMPLE, BARTHOLOMEW MAXIMILIAN VON HOHENSTEIN",
    id_number="932682198501010017",
    valid_from="20231201",
    valid_to="20331130",
    nationality="GBR",
    old_number_link="010",
    photo=photo(5),
)
"""With a name of 46 characters: all of both fields, cut between two letters."""

READ_RESIDENT = ResidentCard(
    name="测试甲",
    sex=Sex.MALE,
    ethnicity="汉",
    birth=date(1990, 3, 7),
    address="北京市东城区测试路1号",
    additional_address="",
    id_number="110101199003070011",
    authority="北京市公安局东城分局",
    valid_from=date(2020, 1, 1),
    valid_to=None,
    long_term=True,
    photo=RESIDENT.photo,
)

READ_OTHER_RESIDENT = ResidentCard(
    name="样本乙",
    sex=Sex.FEMALE,
    ethnicity="珞巴",
    birth=date(1985, 1, 1),
    address="西藏自治区林芝市试验街2号",
    additional_address="西藏自治区林芝市巴宜区新址路3号",
    id_number="540402198501014029",
    authority="林芝市公安局巴宜分局",
    valid_from=date(2015, 6, 1),
    valid_to=date(2035, 6, 1),
    long_term=False,
    photo=OTHER_RESIDENT.photo,
)

READ_PERMIT = ResidencePermit(
    name="樣本丙",
    sex=Sex.MALE,
    birth=date(1988, 12, 31),
    address="福建省厦门市思明区试验路5号",
    additional_address="",
    id_number="830000198812310022",
    authority="厦门市公安局",
    valid_from=date(2019, 9, 1),
    valid_to=date(2024, 9, 1),
    long_term=False,
    pass_number="A12345678",
    issue_count="01",
    photo=PERMIT.photo,
)

READ_FOREIGN_2017 = ForeignResidentCard(
    edition=2017,
    name="安样本",
    name_en="EXAMPLE, ANNE MARIE VAN DER",
    sex=Sex.FEMALE,
    birth=date(1981, 12, 14),
    id_number="CAN110081121404",
    nationality="CAN",
    authority="1500",
    version="01",
    renewal_count=None,
    old_number_link=None,
    valid_from=date(2018, 3, 1),
    valid_to=date(2028, 2, 28),
    long_term=False,
    photo=FOREIGN_2017.photo,
)

READ_FOREIGN_2023 = ForeignResidentCard(
    edition=2023,
    name="",
    name_en="EXAMPLE, BARTHOLOMEW MAXIMILIAN VON HOHENSTEIN",
    sex=Sex.MALE,
    birth=date(1985, 1, 1),
    id_number="932682198501010017",
    nationality="GBR",
    authority=None,
    version=None,
    renewal_count="02",
    old_number_link="010",
    valid_from=date(2023, 12, 1),
    valid_to=date(2033, 11, 30),
    long_term=False,
    photo=FOREIGN_2023.photo,
)

ALL = (
    (RESIDENT, READ_RESIDENT),
    (OTHER_RESIDENT, READ_OTHER_RESIDENT),
    (PERMIT, READ_PERMIT),
    (FOREIGN_2017, READ_FOREIGN_2017),
    (FOREIGN_2023, READ_FOREIGN_2023),
)
"""What is laid down, and what is read."""


def on_chip(card: AnyCard) -> IdCard:
    """What a reader should give for one of `ALL`."""
    return dict[AnyCard, IdCard](ALL)[card]
