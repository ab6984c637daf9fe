"""Finding: what a person types leads to the matter they mean, and says why."""

from __future__ import annotations

import pytest

from kiosk.finding.findable import Findable, Match
from kiosk.finding.finder import Finder
from kiosk.finding.vocabulary import Action, Concept, Vocabulary, load_vocabulary

NAMES = (
    "居民身份证换领",
    "居民身份证补领",
    "户口迁移审批",
    "户口注销",
    "户口登记",
    "丧葬补助金、抚恤金申领",
    "无犯罪记录证明",
    "劳动人事争议仲裁申请",
    "食品(含保健食品)经营许可核发",
    "食品(含保健食品)经营许可变更经营者名称",
    "食品(含保健食品)经营许可延续",
    "食品(含保健食品)经营许可注销",
    "食品行业从业人员预防性体检合格证办理",
    "个体工商户设立登记",
    "城乡居民参保登记",
    "结婚登记预约",
    "人民调解业务信息查询",
)


@pytest.fixture(scope="module")
def hall() -> Finder:
    return Finder([Findable(name, name) for name in NAMES], load_vocabulary())


def first(hall: Finder, query: str, count: int = 3) -> list[str]:
    return [hit.id for hit in hall.find(query, count)]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("身份证过期了怎么换", "居民身份证换领"),
        ("我的身份证找不到了", "居民身份证补领"),
        ("老人走了要办什么", "户口注销"),
        ("我爸上个月去世", "丧葬补助金、抚恤金申领"),
        ("工资不发找谁", "劳动人事争议仲裁申请"),
        ("包工头拖了我们三个月工钱", "劳动人事争议仲裁申请"),
        ("想开个小饭店", "食品(含保健食品)经营许可核发"),
        ("厂里要体检", "食品行业从业人员预防性体检合格证办理"),
        ("给娃上个户口", "户口登记"),
        ("扯证要不要约", "结婚登记预约"),
    ],
)
def test_everyday_speech_leads_to_the_official_name(hall: Finder, said: str, meant: str) -> None:
    assert meant in first(hall, said)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sfz", "居民身份证换领"),
        ("shenfenzheng", "居民身份证换领"),
        ("shen fen zheng", "居民身份证换领"),
        ("shenfenzh", "居民身份证换领"),
        ("身份zheng", "居民身份证换领"),
        ("sfzheng", "居民身份证换领"),
        ("senfenzen", "居民身份证换领"),
        ("hukou qianyi", "户口迁移审批"),
        ("rmtj", "人民调解业务信息查询"),
    ],
)
def test_pinyin_may_be_whole_begun_initials_careless_or_among_characters(
    hall: Finder, typed: str, meant: str
) -> None:
    assert meant in first(hall, typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("無犯罪紀錄證明", "无犯罪记录证明"),
        ("戶口遷移", "户口迁移审批"),
        ("身分正", "居民身份证换领"),
        ("抵保户口千移", "户口迁移审批"),
        ("无犯罪记录正明", "无犯罪记录证明"),
        ("居民身仿证补领", "居民身份证补领"),
        ("劳动人事争仪仲裁", "劳动人事争议仲裁申请"),
    ],
)
def test_other_scripts_homophones_and_slips_are_understood(hall: Finder, typed: str, meant: str) -> None:
    assert meant in first(hall, typed)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("食品证", "食品(含保健食品)经营许可核发"),
        ("食品证快到期了", "食品(含保健食品)经营许可延续"),
        ("食品经营许可证上的名字改了", "食品(含保健食品)经营许可变更经营者名称"),
        ("饭店不开了，食品证怎么办", "食品(含保健食品)经营许可注销"),
    ],
)
def test_the_plain_variant_comes_first_unless_another_action_is_said(
    hall: Finder, said: str, meant: str
) -> None:
    assert first(hall, said, 1) == [meant]


def test_every_beginning_of_a_query_gives_something_sensible(hall: Finder) -> None:
    query = "户口迁移"
    for size in range(1, len(query) + 1):
        assert any("户口" in name for name in first(hall, query[:size])), query[:size]


def test_a_hit_says_which_words_stood_for_which(hall: Finder) -> None:
    why = hall.find("補辦身份证", 1)[0].why
    assert ("補辦身份证", "补领") in {(each.said, each.found[-2:]) for each in why} or Match(
        "補辦身份证", "居民身份证", "word"
    ) in why
    assert Match("補辦", "补领", "word") in why
    assert hall.find("sfz", 1)[0].why == (Match("sfz", "居民身份证", "initials"),)
    assert hall.find("身分正", 1)[0].why[0].way == "error"
    assert hall.find("我爸去世了", 1)[0].why[0].way == "word"


def test_use_decides_between_equals_only() -> None:
    pair = [
        Findable("a", "居民身份证换领"),
        Findable("b", "居民身份证换领", uses=50),
        Findable("c", "户口注销", uses=5000),
    ]
    finder = Finder(pair, load_vocabulary())
    assert [hit.id for hit in finder.find("身份证", 2)] == ["b", "a"]
    assert finder.find("换身份证", 1)[0].id == "b"


def test_variants_of_one_matter_do_not_crowd_out_others() -> None:
    many = [
        Findable(each, f"公共场所卫生许可{each}") for each in ("核发", "新办", "办理", "审批", "发放", "登记")
    ]
    finder = Finder([*many, Findable("other", "游泳场馆卫生许可证到期换发")], load_vocabulary())
    assert "other" in [hit.id for hit in finder.find("卫生许可", 5)]


def test_titles_and_further_words_are_found_too() -> None:
    finder = Finder([Findable("a", "甲事项", title="水电气联动过户", words=("换户名",))], Vocabulary())
    assert [hit.id for hit in finder.find("水电气")] == ["a"]
    assert [hit.id for hit in finder.find("换户名")] == ["a"]


@pytest.mark.parametrize(
    "nothing", ["", "  ", "，。！", "天上下猫", "啊啊啊", "量子纠缠", "asdfgh", "'\"*()"]
)
def test_nothing_is_found_in_nothing_and_in_nonsense(hall: Finder, nothing: str) -> None:
    assert hall.find(nothing) == ()


@pytest.mark.parametrize(
    "number", ["330199199001011234", "33019919900101123X", "138 0013 8000", "１３８００１３８０００"]
)
def test_numbers_of_persons_are_not_looked_up(number: str) -> None:
    assert Finder([Findable("a", number)], load_vocabulary()).find(number) == ()


@pytest.mark.parametrize("odd", ["NEAR(", '"', "name:", "户口*", "^户口", "𠮷田户口", "a" * 300, "户" * 500])
def test_no_query_breaks_the_index(hall: Finder, odd: str) -> None:
    hall.find(odd)


def test_without_reviewed_words_everyday_speech_would_not_be_understood() -> None:
    weakened = Finder([Findable(name, name) for name in NAMES], Vocabulary())
    assert "户口注销" not in first(weakened, "老人走了要办什么")
    assert first(weakened, "户口注销", 1) == ["户口注销"]


def test_a_phrase_in_parts_is_heard_with_any_word_for_each() -> None:
    vocabulary = Vocabulary(
        concepts=[Concept(said=("孩子 上学",), means=("入学办理",))],
        actions=[Action(id="new", said=("办",), official=("办理",), plain=True)],
        same=[["孩子", "娃"], ["上学", "读书"]],
    )
    finder = Finder([Findable("school", "入学办理"), Findable("other", "入伍办理")], vocabulary)
    assert [hit.id for hit in finder.find("我家娃今年该读书了")] == ["school"]
    assert finder.find("我家娃") == ()
