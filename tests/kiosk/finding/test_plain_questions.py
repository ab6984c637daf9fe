import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.search_scores import CATALOGUE
from benchmarks.search_sets import names_in
from kiosk.finding.plain_questions import asked
from kiosk.finding.question_patterns import Topic

ALONE: list[tuple[str, Topic]] = [
    ("需要什么材料", "materials"),
    ("要带啥东西？", "materials"),
    ("要帶什麼", "materials"),
    ("what do I need to bring?", "materials"),
    ("Which documents do I need", "materials"),
    ("多久", "time"),
    ("几天能拿到", "time"),
    ("要几个工作日", "time"),
    ("什么时候能办好", "time"),
    ("How long does it take?", "time"),
    ("多少钱", "fee"),
    ("要花多少錢", "fee"),
    ("要不要钱", "fee"),
    ("免费吗", "fee"),
    ("工本费多少", "fee"),
    ("how much does it cost", "fee"),
    ("Is it free?", "fee"),
    ("在哪里办", "where"),
    ("去哪个窗口", "where"),
    ("在几楼", "where"),
    ("where can I apply", "where"),
    ("which counter?", "where"),
    ("什么时候上班", "hours"),
    ("几点下班", "hours"),
    ("星期六上班吗", "hours"),
    ("礼拜天开不开门", "hours"),
    ("中午有人吗", "hours"),
    ("opening hours", "hours"),
    ("when do you close?", "hours"),
    ("电话多少", "phone"),
    ("打什么电话", "phone"),
    ("what is the phone number", "phone"),
    ("要本人去吗", "in_person"),
    ("必须本人到场吗", "in_person"),
    ("可以让儿子代办吗", "in_person"),
    ("能不能帮我妈办", "in_person"),
    ("do I have to come in person?", "in_person"),
    ("can my daughter apply for me", "in_person"),
    ("能不能在网上办", "online"),
    ("手机上可以办吗", "online"),
    ("can I do this online", "online"),
    ("能不能在这里办", "here"),
    ("这台机器能办吗", "here"),
    ("can I do it at this terminal?", "here"),
]


@pytest.mark.parametrize(("question", "topic"), ALONE)
def test_a_question_alone_is_understood_and_names_no_matter(question: str, topic: Topic) -> None:
    understood = asked(question)
    assert understood is not None
    assert understood.topics == (topic,)
    assert understood.about == ""


@pytest.mark.parametrize(
    ("question", "topic", "about"),
    [
        ("换驾照要多少钱", "fee", "换驾照"),
        ("办身份证需要带什么材料", "materials", "办身份证"),
        ("我想问一下护照几天能拿到", "time", "护照"),
        ("居住证去哪里办？", "where", "居住证"),
        ("社保卡挂失打什么电话", "phone", "社保卡挂失"),
        ("无犯罪记录证明必须本人去吗", "in_person", "无犯罪记录证明"),
        ("能帮我妈办老年证吗", "in_person", "老年证"),
        ("这台机器能办护照吗", "here", "护照"),
        ("護照多少錢", "fee", "護照"),
        ("How much does it cost to renew an ID card?", "fee", "renew an ID card"),
        ("what papers do I need for a passport", "materials", "passport"),
    ],
)
def test_a_matter_in_the_same_sentence_is_handed_on_to_finding(
    question: str, topic: Topic, about: str
) -> None:
    understood = asked(question)
    assert understood is not None
    assert understood.topics == (topic,)
    assert understood.about == about


def test_several_things_asked_in_one_breath_come_in_their_order() -> None:
    understood = asked("办护照要带什么，多少钱，多久能好？")
    assert understood is not None
    assert understood.topics == ("materials", "fee", "time")
    assert understood.about == "办护照"


@pytest.mark.parametrize(
    "question",
    [
        "高龄补贴能领多少钱",
        "退休金每个月多少钱",
        "公积金能贷多少钱",
        "失业金可以领多久",
        "身份证有效期多久",
        "开公司要办什么证件",
        "换电话号码",
        "身份证过期了怎么换",
        "我要离婚",
        "how much can I get",
        "",
        "？",
    ],
)
def test_what_no_service_file_answers_is_no_plain_question(question: str) -> None:
    assert asked(question) is None


def test_no_official_name_is_taken_for_a_question() -> None:
    assert [name for name in names_in(CATALOGUE) if asked(name) is not None] == []


_PIECES = st.sampled_from(
    [*(question for question, _ in ALONE), "身份证", "，", " ", "领", "ID card", "𠮷", "İ"]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=5)), max_size=6).map("".join))
def test_whatever_is_typed_the_matter_is_in_the_typed_words(text: str) -> None:
    understood = asked(text)
    if understood is not None:
        assert understood.topics
        assert all(word in text for word in understood.about.split())
