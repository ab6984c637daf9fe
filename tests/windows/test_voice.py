"""What is said aloud: of every screen its prompt, to whoever wants it; and nothing personal to anybody."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtTest import QTest
from structlog.testing import capture_logs

from config.item import Text
from devices.contracts.eyes import Asked, Frame
from devices.eyes.liveness_challenge import Side
from kiosk.session import stages as st
from kiosk.session.ease import AT_FIRST, Ease, elder
from kiosk.session.hall import Language
from kiosk.session.helping import Cause
from kiosk.voice.building import build
from kiosk.voice.pack import Pack, open_pack
from kiosk.voice.pinyin import Unspeakable, pinyin
from kiosk.voice.prompts import Prompt, PromptId, asked, fixed, prompt
from kiosk.voice.sound import Sound, read
from tests.ui.conftest import Stage, opened_stage
from tests.ui.gallery import SHIPPED_ITEMS, SIGHTS, item, scenes
from tests.ui.sound_device import PIPE_BYTES, Line, Recorder, until
from tests.ui.test_screens import accessible_name, button, controls
from tests.ui.test_touches import LEFT, middle
from ui.player import Ending, Player
from ui.prompts import said_on
from ui.speaker import Speaker

SCENES = scenes()
SPOKEN = Ease(spoken=True)
PROJECT = Path(__file__).resolve().parents[2]

PLACES = re.compile(r"%[0-9]|[{}<>]|[0-9]|\*")
"""What a sentence with something put into it would have: a place, a number, a mask."""

MATTERS = (*SHIPPED_ITEMS, *(each.stage.journey.item for each in SCENES.values()
                             if isinstance(each.stage, st.InJourney)))  # fmt: skip
QUESTIONS = {asked(question.ask) for each in MATTERS for question in each.questions}
"""As the matters' files ask them."""


def personal(said: Prompt) -> bool:
    """Whether a sentence could hold anything of a person's: it has a place, or was not reviewed."""
    reviewed = said in fixed().values() or said in QUESTIONS
    return not reviewed or any(PLACES.search(text) for text in (said.text.zh, said.text.en))


@pytest.mark.parametrize("scene", sorted(set(SCENES) - {"standby"}))
def test_every_screen_has_its_prompt_and_no_prompt_has_a_place_for_anything(scene: str) -> None:
    sights = SIGHTS.get(scene, ())
    for seen in (None, *sights):
        said = said_on(SCENES[scene], seen)
        assert said or SCENES[scene].hidden
        assert not any(map(personal, said))


def test_a_prompt_with_a_place_or_a_number_in_it_is_found_out() -> None:
    named = Text(zh="测试甲，请签名。", en="Please sign.")
    placed = Text(zh="您的号码是%1。", en="Your number is %1.")
    counted = Text(zh="还有3天到期。", en="It ends in 3 days.")
    assert all(personal(Prompt(text, "sign")) for text in (named, placed, counted))
    assert not personal(prompt("sign"))


def test_nothing_is_said_on_a_standby_or_beneath_the_cover() -> None:
    assert said_on(SCENES["standby"]) == ()
    assert said_on(replace(SCENES["review"], hidden=True)) == ()


def test_what_stands_beside_a_screen_is_said_after_it() -> None:
    beside = replace(SCENES["review"], ends_in_min=4, call="told")
    assert said_on(beside) == (prompt("review"), prompt("visit_ends"), prompt("help.told"))
    offered = replace(SCENES["review"], offer=Cause.HESITATION)
    assert said_on(offered) == (prompt("review"), prompt("help.offer"))


@pytest.mark.parametrize(
    "alike",
    [
        # What a card says of its holder.
        ("card_expired", "card_expired_permit", "other_permit", "other_foreign", "under_14", "window"),
        ("card_invalid", "card_other_kind", "guardian_expired", "guardian_invalid", "guardian_under_age"),
        ("card_notice", "card_notice_unusual"),
        # Whether a face or a finger is the holder's, and how often it was not.
        ("face_not_recognised", "face_not_live", "face_camera_failed", "face_third", "fingerprint_third"),
        ("consent", "consent_guardian", "consent_face_tired", "consent_fingerprint"),
        # What was answered, and why nothing was kept.
        ("problem_mobile", "problem_date", "scan_typed_wrong"),
        ("not_kept_disk_full", "not_kept_hash_mismatch", "not_kept_queue_full"),
        ("guide", "guide_wrong", "guide_locked", "guide_checking"),
    ],
)
def test_what_came_of_a_card_a_face_or_an_answer_is_not_heard(alike: tuple[str, ...]) -> None:
    assert len({said_on(SCENES[scene]) for scene in alike}) == 1


def test_an_enquiry_sounds_the_same_whatever_was_found() -> None:
    told = [
        said_on(each)
        for each in SCENES.values()
        if isinstance(each.stage, st.InJourney) and isinstance(each.stage.step, st.EnquireStep)
    ]
    assert len(told) > 1
    assert len(set(told)) == 1


def test_the_prompt_of_a_question_is_the_question() -> None:
    (said,) = said_on(SCENES["question_mobile"])
    assert said.text == next(each.ask for each in item().questions if each.id == "mobile")
    assert said.line("zh").name != said.line("en").name


def test_a_sentence_is_spoken_in_the_tones_of_speech() -> None:
    assert pinyin("不要走开，再放一次，看一看第一页。") == (
        "bu2 yao4 zou3 kai1, zai4 fang4 yi2 ci4, kan4 yi5 kan5 di4 yi1 ye4."
    )
    assert pinyin("银行的行驶证，长期，重新办理，5 号") == (
        "yin2 hang2 de5 xing2 shi3 zheng4, chang2 qi1, chong2 xin1 ban4 li3, wu3 hao4"
    )
    with pytest.raises(Unspeakable, match='"A" has no sound'):
        pinyin("A 类")


# ---- heard -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """A real pack with the sentences that are played here."""
    folder = tmp_path_factory.mktemp("pack")
    names: tuple[PromptId, ...] = (
        "welcome", "card.documents", "card.not_read", "outcome.received", "slip.take", "question", "review",
        "face", "face.left", "face.right",
    )  # fmt: skip
    mobile = next(each.ask for each in item().questions if each.id == "mobile")
    lines = [prompt(name).line(language) for name in names for language in ("zh", "en")]
    build(folder, [*lines, asked(mobile).line("zh")])
    return open_pack(folder)


@pytest.fixture
def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    device = Recorder(tmp_path)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(device.configuration))
    return device


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    device = Line(tmp_path)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(device.configuration))
    return device


@pytest.fixture(scope="module")
def talking(pack: Pack, complaints: list[str]) -> Iterator[Stage]:
    """A window with a voice."""
    with opened_stage(Speaker(pack, try_again_ms=10)) as stage:
        yield stage
    assert complaints == []


@pytest.fixture
def speaker(pack: Pack, complaints: list[str]) -> Iterator[Speaker]:
    voice = Speaker(pack, try_again_ms=10)
    yield voice
    voice.close()
    assert complaints == []


TALKS_INTO_A_HANGING_DEVICE = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QProcess
from kiosk.voice.sound import read
from ui.player import Player

application = QCoreApplication([])
player = Player()
player.play(read(Path(sys.argv[1])))
(child,) = player.findChildren(QProcess)
child.started.connect(lambda: print(child.processId(), flush=True))
application.exec()
"""
"""A process of its own that says who its player is."""


def samples(pack: Pack, name: str, language: Language = "zh") -> bytes:
    """What is heard of a recording: from its first sound to its last."""
    return bytes(read(pack.folder / language / f"{name}.wav").samples.astype("<i2").tobytes()).strip(b"\0")


def spoken(scene: str, language: Language = "zh", ease: Ease = SPOKEN) -> st.Session:
    return replace(SCENES[scene], language=language, ease=ease)


def said(pack: Pack, *names: str) -> list[bytes]:
    return [samples(pack, name) for name in names]


def test_what_is_heard_is_the_recording_sample_for_sample(
    speaker: Speaker, pack: Pack, recorder: Recorder
) -> None:
    speaker.show("welcome", spoken("welcome"))
    until(lambda: recorder.heard() == said(pack, "welcome"), "welcome is said")
    speaker.show("card", spoken("card", "en"))
    until(lambda: recorder.heard() == [*said(pack, "welcome"), samples(pack, "card.documents", "en")],
          "what is heard is what was recorded")  # fmt: skip
    assert recorder.rates_hz() == {22_050}
    assert speaker.works


def test_nothing_is_said_unless_somebody_wants_it(speaker: Speaker, pack: Pack, recorder: Recorder) -> None:
    for scene in ("standby", "welcome", "card"):
        speaker.show(scene, replace(SCENES[scene], ease=AT_FIRST))
    speaker.show("review", replace(SCENES["review"], ease=elder(AT_FIRST, on=True)))
    until(lambda: recorder.heard() == said(pack, "review"), "elder mode speaks, and nothing spoke before")


def test_one_touch_says_a_page_once_to_whoever_wants_no_more(
    speaker: Speaker, pack: Pack, recorder: Recorder
) -> None:
    speaker.show("card", replace(SCENES["card"], ease=AT_FIRST))
    speaker.repeat()
    until(lambda: recorder.heard() == said(pack, "card.documents"), "the page is said")
    speaker.show("welcome", replace(SCENES["welcome"], ease=AT_FIRST))
    speaker.show("review", spoken("review"))
    until(lambda: recorder.heard() == said(pack, "card.documents", "review"), "the page between was not said")


def test_a_question_is_said_once_however_many_touches_its_day_takes(
    speaker: Speaker, pack: Pack, recorder: Recorder
) -> None:
    speaker.show("question:period_from:decade", spoken("date_decade"))
    until(lambda: recorder.heard() == said(pack, "question"), "the question is said")
    for level in ("year", "month", "day"):
        speaker.show(f"question:period_from:{level}", spoken(f"date_{level}"))
    speaker.show("review", spoken("review"))
    until(lambda: recorder.heard() == said(pack, "question", "review"), "and no level of it")


def test_a_slip_is_told_after_the_outcome_and_not_over_it(speaker: Speaker, pack: Pack, line: Line) -> None:
    received = spoken("outcome_received")
    stage = received.stage
    assert isinstance(stage, st.Outcome)
    both = samples(pack, "outcome.received"), samples(pack, "slip.take")
    with line.listening() as ear:
        speaker.show("outcome", replace(received, stage=replace(stage, slip_state="started")))
        ear.hear(10_000)
        speaker.show("outcome", received)
        began = ear.hear_out(both[1])
    assert ear.heard[:began].strip(b"\0") == both[0]


def test_the_next_screen_silences_the_one_before_at_once(speaker: Speaker, pack: Pack, line: Line) -> None:
    first, second = samples(pack, "welcome"), samples(pack, "card.documents")
    with line.listening() as ear:
        speaker.show("welcome", spoken("welcome"))
        ear.hear(20_000)
        heard = len(ear.heard)
        speaker.show("card", spoken("card"))
        end = ear.hear_out(second)
    assert end <= heard + 4 * PIPE_BYTES  # what was in the pipe already, and no more
    assert first.startswith(ear.heard[:end].rstrip(b"\0"))


def test_a_new_prompt_on_the_same_screen_takes_the_place_of_the_old(
    speaker: Speaker, pack: Pack, recorder: Recorder
) -> None:
    speaker.show("card", spoken("card"))
    until(lambda: recorder.heard() == said(pack, "card.documents"), "the card is asked for")
    speaker.show("card", spoken("card_not_read"))
    until(
        lambda: recorder.heard() == said(pack, "card.documents", "card.not_read"), "what to do better is said"
    )
    changed = spoken("card_not_read")
    speaker.show("card", replace(changed, hall=replace(changed.hall, reach="offline")))
    speaker.show("review", spoken("review"))
    until(
        lambda: recorder.heard() == said(pack, "card.documents", "card.not_read", "review"),
        "nothing is said twice",
    )


def test_the_cover_silences_and_taking_it_away_says_the_screen_again(
    speaker: Speaker, pack: Pack, line: Line
) -> None:
    review, welcome = samples(pack, "review"), samples(pack, "welcome")
    with line.listening() as ear:
        speaker.show("review", spoken("review"))
        ear.hear(20_000)
        speaker.show("review", replace(spoken("review"), hidden=True))
        assert not speaker.playing
        silent = len(ear.heard)
        speaker.show("review", spoken("review"))
        assert ear.hear_out(review, silent) <= silent + 4 * PIPE_BYTES
        speaker.show("welcome", spoken("welcome"))
        ear.hear_out(welcome)


def test_an_ended_session_says_no_half_word(speaker: Speaker, pack: Pack, recorder: Recorder) -> None:
    speaker.show("review", spoken("review"))
    until(lambda: recorder.heard() == said(pack, "review"), "the form is announced")
    speaker.show("ended", spoken("ended"))
    assert not speaker.playing
    assert recorder.heard() == said(pack, "review")


def test_each_turn_of_the_head_is_asked_aloud_and_once(
    speaker: Speaker, pack: Pack, recorder: Recorder
) -> None:
    speaker.show("face", spoken("face"))
    until(lambda: recorder.heard() == said(pack, "face"), "the camera is named")
    speaker.hear(Asked(Side.LEFT, 0, 2))
    until(lambda: recorder.heard() == said(pack, "face", "face.left"), "the first turn is asked")
    until(lambda: not speaker.playing, "it has been said")
    for seen in (Frame(b""), Asked(Side.LEFT, 0, 2)):  # nothing new
        speaker.hear(seen)
        assert not speaker.playing
    speaker.hear(Asked(Side.RIGHT, 1, 2))
    until(lambda: recorder.heard() == said(pack, "face", "face.left", "face.right"), "and the second")
    until(lambda: not speaker.playing, "it has been said, too")
    speaker.show("face", replace(spoken("face"), call="asking"))  # nothing new on the screen itself
    assert not speaker.playing
    speaker.show("face", spoken("face_not_live"))  # in no pack here
    speaker.show("face", spoken("face"))
    heard = said(pack, "face", "face.left", "face.right", "face")
    until(lambda: recorder.heard() == heard, "another try begins with looking")


def test_a_question_that_no_pack_has_is_named_in_general(
    speaker: Speaker, pack: Pack, recorder: Recorder
) -> None:
    with capture_logs() as events:
        speaker.show("question:purpose", spoken("question_purpose"))
        until(lambda: recorder.heard() == said(pack, "question"), "a question is said to be there")
        speaker.show("sending", spoken("sending"))  # in no pack here
    assert [(each["event"], each["reason"]) for each in events] == [("prompt_unusable", "not_in_pack")]


@pytest.mark.usefixtures("complaints")
def test_half_the_volume_is_half_the_amplitude(pack: Pack, recorder: Recorder) -> None:
    voice = Speaker(pack, 0.5)
    voice.show("welcome", spoken("welcome"))
    until(lambda: len(recorder.heard()) == 1, "welcome is said")
    until(lambda: len(recorder.heard()[0]) >= len(samples(pack, "welcome")) - 2_000, "whole")
    voice.close()
    heard = np.frombuffer(recorder.heard()[0][:40_000], "<i2").astype(float)
    whole = np.frombuffer(samples(pack, "welcome")[:40_000], "<i2").astype(float)
    assert np.abs(heard - whole / 2).max() <= 1


# ---- nothing to hear ---------------------------------------------------------------------------------------


def test_without_a_sound_device_the_voice_says_so_and_the_screens_go_on(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, complaints: list[str]
) -> None:
    (tmp_path / "none.conf").write_text("")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "none.conf"))
    with opened_stage(Speaker(pack, try_again_ms=10)) as stage, capture_logs() as events:
        stage.show(SCENES["welcome"])
        until(lambda: not stage.desk.speaker.works, "it is known that nothing can be heard")
        stage.settle()
        assert "没有声音" in names(stage)
        assert not {"朗读", "出声"} & names(stage)
        assert not button(stage, "没有声音").isEnabled()
        stage.show(spoken("card"))
        stage.show(spoken("review"))
        assert stage.presenter.session.stage == SCENES["review"].stage
    assert [(each["event"], each["reason"]) for each in events] == [("voice_unusable", "no_sound_device")]
    assert complaints == []


def test_without_a_pack_the_voice_says_so(stage: Stage) -> None:
    stage.show(SCENES["welcome"])
    assert not button(stage, "没有声音").isEnabled()
    stage.show(SCENES["welcome"], "en")
    assert "No sound" in names(stage)
    stage.show(SCENES["welcome"])


@pytest.mark.usefixtures("complaints", "line")
def test_a_hanging_device_is_given_up_and_waited_for_by_nobody() -> None:
    player, ended = Player(late_s=0.2), list[Ending]()
    player.ended.connect(ended.append)
    player.play(Sound(np.zeros(1600, np.int16), 16_000))
    until(lambda: ended == [Ending.HUNG], "the player is given up")
    player.close()


@pytest.mark.usefixtures("complaints", "recorder")
def test_a_recording_that_was_changed_is_not_played(pack: Pack, tmp_path: Path) -> None:
    for file in ("manifest.json", "zh/welcome.wav"):
        copy = tmp_path / "other" / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((pack.folder / file).read_bytes())
    (tmp_path / "other/zh/welcome.wav").write_bytes((pack.folder / "zh/review.wav").read_bytes())
    voice = Speaker(open_pack(tmp_path / "other"))
    with capture_logs() as events:
        voice.show("welcome", spoken("welcome"))
        voice.repeat()
    voice.close()
    assert [(each["event"], each["path"]) for each in events] == [("prompt_unusable", "zh/welcome.wav")]
    assert "您好" not in str(events)


@pytest.mark.usefixtures("line")
def test_the_voice_dies_with_the_session_and_has_nothing_of_it(pack: Pack) -> None:
    ours, theirs = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", TALKS_INTO_A_HANGING_DEVICE, str(pack.folder / "zh/welcome.wav")],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        pass_fds=(theirs,),
        process_group=0,
    ) as session:
        os.close(theirs)
        assert session.stdout is not None
        child = int(session.stdout.readline())
        group = os.getpgid(child)
        held = {str(fd.readlink()) for fd in Path(f"/proc/{child}/fd").iterdir()}
        watch = os.pidfd_open(child)
        os.killpg(session.pid, signal.SIGKILL)
    assert group == session.pid
    assert f"pipe:[{os.fstat(ours).st_ino}]" not in held  # by whose end a terminal learns of the session's
    os.close(ours)
    until(lambda: gone(watch), "aplay is gone, too")
    os.close(watch)


def gone(watch: int) -> bool:
    try:
        signal.pidfd_send_signal(watch, 0)
    except ProcessLookupError:
        return True
    return False


# ---- touched -----------------------------------------------------------------------------------------------


def test_the_buttons_speak_repeat_and_silence(talking: Stage, pack: Pack, line: Line) -> None:
    first, stage = samples(pack, "card.documents"), talking
    with line.listening() as ear:
        stage.show(SCENES["card"])
        touch(stage, "出声")
        ear.hear(6_000)
        assert first.startswith(ear.heard)
        assert {"静音", "朗读"} <= names(stage)
        so_far = len(ear.heard)
        touch(stage, "朗读")
        again = ear.hear_out(first[:6_000], so_far)  # from its beginning
        assert again <= so_far + 4 * PIPE_BYTES
        touch(stage, "静音")
        assert not stage.desk.speaker.playing
        assert "出声" in names(stage)


@pytest.mark.parametrize("scene", ["welcome", "question_mobile", "find", "sign", "sending", "thanks"])
def test_repeat_and_mute_are_on_screen_always(talking: Stage, scene: str) -> None:
    talking.show(SCENES[scene])
    assert {"朗读", "出声"} <= names(talking)


def names(stage: Stage) -> set[str]:
    return {accessible_name(control) for control in controls(stage)}


def touch(stage: Stage, name: str) -> None:
    stage.clock.now += 1
    QTest.mouseClick(stage.window, LEFT, pos=middle(button(stage, name)))
    stage.settle()
