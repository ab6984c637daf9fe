"""An invented matter with everything that a file can have: the tests change one thing in it."""

from __future__ import annotations

from pathlib import Path

RICH = """\
id: dog_licence
version: '1'
item_code: null
name: {zh: 养犬登记, en: Dog licence}
title: {zh: 给狗上户口, en: Register a dog}
summary: {zh: 养狗要登记。, en: Dogs are registered.}
audience: natural_person
depth: application
case_type: promised
office:
  department: {zh: 城管局, en: City management}
  window: {zh: 三号窗口, en: Counter 3}
  hours: {zh: 每天, en: Every day}
  phone: 0571-00000009
time: {statutory_days: 5, promised_days: 3, basis: {source: 示例, verified: false}}
fee: {yuan: 12.5, basis: {source: 示例, verified: false}}
offline:
  policy: forbidden
  reason: {zh: 现在连不上平台，请到窗口。, en: The platform cannot be reached. Please go to the counter.}
assurance_level: card_and_face
confidential_result: false
results:
  - {id: licence, name: {zh: 养犬登记证, en: Dog licence}, delivered: [electronic]}
card_fields:
  - {fact: name, label: {zh: 姓名, en: Name}}
  - {fact: id_number, label: {zh: 公民身份号码, en: Citizen number}}
situations:
  - id: for_whom
    kind: choice
    label: {zh: 为谁, en: For whom}
    ask: {zh: 为谁办？, en: For whom?}
    options:
      - {value: self, label: {zh: 本人, en: Me}}
      - value: other
        label: {zh: 别人, en: Other}
        window: {why: {zh: 请到窗口。, en: Please go to the counter.}}
  - id: home
    kind: choice
    label: {zh: 住房, en: Home}
    ask: {zh: 住哪里？, en: Where do you live?}
    options:
      - {value: owned, label: {zh: 自己的, en: My own}}
      - {value: rented, label: {zh: 租的, en: Rented}}
      - {value: family, label: {zh: 家人的, en: My family's}}
  - id: permit
    kind: choice
    source: e_licence
    relevant: {field: home, values: [rented]}
    label: {zh: 用证, en: Permit}
    ask: {zh: 可以用吗？, en: May we use it?}
    options:
      - {value: granted, label: {zh: 可以, en: Yes}}
      - {value: not_granted, label: {zh: 不可以, en: No}}
lookups:
  - id: vaccination
    data: health.vaccination
    name: {zh: 查疫苗, en: The dog's vaccination}
    holder: {zh: 兽医站, en: Veterinary station}
    basis: {source: 示例, verified: false}
    needs: [chip_code]
    facts:
      - {id: dog_name_found, label: {zh: 狗名, en: Name on record}, kind: text}
      - {id: price, label: {zh: 疫苗费, en: Price}, kind: amount}
      - {id: born_found, label: {zh: 狗生日, en: Birthday on record}, kind: date, shown: false}
      - id: vaccinated
        label: {zh: 打过疫苗, en: Vaccinated}
        kind: choice
        options:
          - {value: 'yes', label: {zh: 打过, en: Yes}}
          - {value: 'no', label: {zh: 没打过, en: No}}
fields:
  - id: chip_code
    kind: code
    pattern: '[0-9]{15}'
    example: 156 000 000 000 001
    where: {zh: 宠物医院给的卡上, en: On the card of the veterinary}
    label: {zh: 芯片号, en: Chip}
    ask: {zh: 芯片号多少？, en: What is the chip's number?}
  - id: dog_name
    kind: text
    prefill: {fact: dog_name_found}
    max_length: 20
    label: {zh: 名字, en: Name of the dog}
    ask: {zh: 狗叫什么？, en: What is it called?}
  - id: born
    kind: date
    prefill: {fact: born_found}
    not_after: today
    label: {zh: 出生, en: Born}
    ask: {zh: 哪天出生？, en: When was it born?}
  - id: paid
    kind: number
    at_most: 500
    decimals: 2
    at_most_calculated: refund
    relevant: {field: vaccinated, values: ['yes']}
    label: {zh: 已付, en: Paid}
    ask: {zh: 付了多少？, en: How much did you pay?}
  - id: owner_with
    kind: choice
    label: {zh: 共同饲养, en: Kept together}
    ask: {zh: 和别人一起养吗？, en: Do you share it?}
    options:
      - {value: 'no', label: {zh: 不是, en: No}}
      - {value: 'yes', label: {zh: 是的, en: Yes}}
  - id: other_name
    kind: text
    relevant: {field: owner_with, values: ['yes']}
    label: {zh: 共同饲养人, en: The other keeper}
    ask: {zh: 那个人叫什么？, en: What is their name?}
  - id: other_number
    kind: citizen_id
    relevant: {field: owner_with, values: ['yes']}
    label: {zh: 对方号码, en: Their number}
    ask: {zh: 身份证号码？, en: Their citizen number?}
  - id: proof
    kind: capture
    material: vaccination_book
    relevant: {none_of: [{field: vaccinated, values: ['yes']}]}
    label: {zh: 疫苗本, en: Vaccination book}
    ask: {zh: 请放疫苗本, en: Please lay down the book}
    where: {zh: 放平。, en: Lay it flat.}
    window: {why: {zh: 也可以到窗口交。, en: You can take it to the counter.}}
calculations:
  - id: refund
    label: {zh: 可以退的, en: Refund}
    formula: {zh: 疫苗费的一半, en: Half of the price}
    amount: {share: [{of: price}, {value: '50'}]}
materials:
  - {id: identity, obtained: chip, trust: A, name: {zh: 身份证, en: Card}}
  - {id: form, obtained: generated, trust: D, name: {zh: 登记表, en: Form}}
  - id: permit
    obtained: e_licence
    trust: A
    relevant: {field: permit, values: [granted]}
    name: {zh: 居住证, en: Residence permit}
  - id: vaccination_record
    obtained: data_sharing
    lookup: vaccination
    trust: A
    relevant: {field: vaccinated, values: ['yes']}
    name: {zh: 疫苗记录, en: Vaccination record}
  - id: vaccination_book
    obtained: scan
    trust: C
    relevant: {none_of: [{field: vaccinated, values: ['yes']}]}
    name: {zh: 疫苗本, en: Vaccination book}
  - {id: promise, obtained: commitment, trust: D, name: {zh: 养犬承诺, en: Promise of a dog keeper}}
parties:
  - id: keeper
    role: co_signatory
    name: {zh: 共同饲养人, en: The other keeper}
    reason: {zh: 两个人都要签。, en: Both of you sign.}
    signs: here_or_later
    later: {zh: 平台会发消息。, en: The platform sends a message.}
    relevant: {field: owner_with, values: ['yes']}
    name_field: other_name
    number_field: other_number
agreements:
  - id: rules
    name: {zh: 养犬公约, en: Rules for dog keepers}
    text: {zh: 出门牵绳。, en: Keep it on a lead.}
declaration: {zh: 属实。, en: True.}
next_steps: {zh: 等电话。, en: Wait for a call.}
elsewhere:
  - documents: [permit, foreign-2017, foreign-2023]
    holders: {zh: 其他人, en: Others}
    window: {why: {zh: 请到窗口。, en: Please go to the counter.}, bring: [{zh: 护照, en: Passport}]}
"""


def changed(*changes: tuple[str, str]) -> str:
    """`RICH` with the first `old` of each pair replaced."""
    text = RICH
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def write(directory: Path, *changes: tuple[str, str], name: str = "dog_licence.yaml") -> Path:
    """The changed matter as a file."""
    path = directory / name
    path.write_text(changed(*changes), "utf-8")
    return path
