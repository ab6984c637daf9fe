"""`voice`: the built-in pack is made, a hall's own is listed, checked and sealed; and what it sounds like."""

from __future__ import annotations

import csv
import shutil
import subprocess
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from commands.voice import app
from config.items import SHIPPED, load_items
from kiosk.voice.building import LEVEL_DB
from kiosk.voice.pack import NoPack, open_pack
from kiosk.voice.pinyin import pinyin, syllables
from kiosk.voice.prompts import Line, lines
from kiosk.voice.sound import Sound, at_level, read, write

REVIEWED = Path(__file__).resolve().parents[1] / "data" / "voice_pinyin.tsv"
SITE = Path(__file__).resolve().parents[2] / "deploy" / "terminal.example.toml"
EVERY_LINE = lines(load_items(SHIPPED))
ONE_MATTER = "no_criminal_record_certificate.yaml"


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(each) for each in arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """The settings of a hall with one matter."""
    items = tmp_path_factory.mktemp("items")
    shutil.copyfile(SHIPPED / ONE_MATTER, items / ONE_MATTER)
    return ("--config", str(SITE), "--set", f"items_dir={items}")


@pytest.fixture(scope="module")
def wanted(hall: tuple[str, ...]) -> tuple[Line, ...]:
    return lines(load_items(Path(hall[-1].partition("=")[2])))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, hall: tuple[str, ...], wanted: tuple[Line, ...]) -> Path:
    """A hall's pack as espeak-ng makes it: a second or two, once."""
    folder = tmp_path_factory.mktemp("voice") / "pack"
    status, said, complaint = run("build", folder, *hall)
    assert status == 0, complaint
    assert f"{len(wanted)} made, 0 kept, 0 removed" in said
    return folder


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Iterator[Path]:
    """A hall's own recordings: the same files, without a manifest."""
    folder = tmp_path / "own"
    shutil.copytree(built, folder, copy_function=shutil.copyfile)
    (folder / "manifest.json").unlink()
    yield folder
    shutil.rmtree(folder)


def test_every_sentence_was_read_by_eye_and_sounds_as_it_was_read() -> None:
    rows = [row for row in REVIEWED.read_text("utf-8").splitlines() if not row.startswith("#")]
    reviewed = dict(row.split("\t") for row in rows)
    spoken = {line.text: pinyin(line.text) for line in EVERY_LINE if line.language == "zh"}
    assert spoken == reviewed, "read what is new, then write it into tests/data/voice_pinyin.tsv"


def test_espeak_ng_knows_every_syllable_as_one_syllable_with_its_tone() -> None:
    used = sorted({sound for line in EVERY_LINE if line.language == "zh" for sound in syllables(line.text)})
    told = subprocess.run(
        ["espeak-ng", "-v", "cmn-latn-pinyin", "-q", "-x", "--stdin"],
        input="".join(f"{sound}.\n\n" for sound in used),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    tones = {"1": "55", "2": "35", "3": "214", "4": "51", "5": "11"}
    heard = [line.strip() for line in told if line.strip()]
    assert len(heard) == len(used)
    wrong = [
        (sound, phonemes)
        for sound, phonemes in zip(used, heard, strict=True)
        if "".join(each for each in phonemes if each.isdigit()) != tones[sound[-1]]
    ]
    assert wrong == []


def test_the_built_in_pack_is_whole_even_and_says_what_it_is(
    built: Path, hall: tuple[str, ...], wanted: tuple[Line, ...]
) -> None:
    status, said, complaint = run("check", built, *hall)
    assert (status, complaint) == (0, "")
    assert "synthesised by espeak-ng" in said
    assert "not recorded by a person" in said
    pack = open_pack(built)
    sounds = {file: read(built / file) for file in pack.manifest.recordings}
    assert set(sounds) == {line.file for line in wanted}
    levels = [sound.level_db for sound in sounds.values()]
    assert max(abs(level - LEVEL_DB) for level in levels) < 1
    assert max(int(np.abs(sound.samples.astype(int)).max()) for sound in sounds.values()) < 0.9 * 32768
    for file, recording in pack.manifest.recordings.items():
        if recording.pinyin is not None:
            rate = len(recording.pinyin.split()) / sounds[file].seconds
            assert 1.5 < rate < 5, f"{file}: {rate:.1f} syllables a second"


def test_a_second_build_makes_only_what_has_changed(
    built: Path, hall: tuple[str, ...], wanted: tuple[Line, ...]
) -> None:
    (built / "zh/welcome.wav").write_bytes(b"damaged")
    (built / "zh/ask.gone.wav").write_bytes(b"of an earlier catalogue")
    status, said, _ = run("build", built, *hall)
    assert status == 0
    assert f"1 made, {len(wanted) - 1} kept, 1 removed" in said
    assert run("check", built, *hall)[0] == 0


def test_recordings_of_people_are_never_built_over(own: Path, hall: tuple[str, ...]) -> None:
    status, _, complaint = run("build", own, *hall)
    assert status == 2
    assert "holds recordings without a manifest" in complaint
    assert run("seal", own, *hall, "--voice", "recorded by a colleague, 2026")[0] == 0
    status, _, complaint = run("build", own, *hall)
    assert status == 2
    assert "recorded by a colleague, 2026" in complaint


def test_the_list_names_every_file_with_its_words(hall: tuple[str, ...], wanted: tuple[Line, ...]) -> None:
    status, said, _ = run("list", *hall)
    rows = list(csv.DictReader(said.splitlines()))
    assert status == 0
    assert [(row["file"], row["words"]) for row in rows] == [(line.file, line.text) for line in wanted]
    assert rows[0]["pinyin"].startswith("nin2 hao3, qing3")


def test_a_halls_own_pack_is_sealed_and_then_in_order(own: Path, hall: tuple[str, ...]) -> None:
    status, _, complaint = run("check", own, *hall)
    assert (status, complaint) == (1, "manifest.json: is not there; `voice seal` writes it\n")
    assert run("seal", own, *hall, "--voice", "synthesised, but called a person")[0] == 2
    assert run("seal", own, *hall, "--voice", "recorded by a colleague, 2026")[0] == 0
    status, said, _ = run("check", own, *hall)
    assert status == 0
    assert said.strip().endswith("recorded by a colleague, 2026")


def test_whatever_is_wrong_with_a_pack_is_said_in_one_line_each(own: Path, hall: tuple[str, ...]) -> None:
    assert run("seal", own, *hall, "--voice", "recorded by a colleague, 2026")[0] == 0
    good = read(own / "zh/card.wav")
    (own / "zh/welcome.wav").unlink()
    (own / "zh/find.wav").write_bytes(b"no sound at all")
    with wave.open(str(own / "zh/sign.wav"), "wb") as stereo:
        stereo.setparams((2, 2, 22050, 0, "NONE", ""))
        stereo.writeframes(bytes(8000))
    write(own / "zh/face.wav", Sound(good.samples[:40_000], 8000))
    write(own / "zh/review.wav", Sound(np.tile(good.samples, 6), good.rate_hz))
    write(own / "zh/thanks.wav", Sound(np.clip(good.samples * 9.0, -32768, 32767).astype(np.int16), 22050))
    write(own / "zh/rating.wav", Sound(np.zeros(22050, np.int16), 22050))
    write(own / "zh/party.wav", at_level(good, LEVEL_DB - 9))
    write(own / "zh/guide.wav", good)
    (own / "zh/welcom.wav").write_bytes((own / "zh/card.wav").read_bytes())
    status, said, complaint = run("check", own, *hall)
    assert (status, said) == (1, "")
    sealed = "has changed since the pack was sealed; listen to it, then `voice seal`"
    assert sorted(complaint.splitlines()) == sorted(
        [
            "zh/welcome.wav: is missing: 您好，请在屏幕上点您要办的事。",
            "zh/find.wav: is no WAV file: file does not start with RIFF id",
            "zh/sign.wav: has 2 channels of 16 bits; record one channel of 16 bits",
            "zh/face.wav: has 8000 samples a second; record with 16000 to 48000",
            f"zh/review.wav: takes {6 * good.seconds:.1f} s; at most 12 s",
            "zh/thanks.wav: is clipped; record it with less gain",
            "zh/thanks.wav: is 14 dB louder than the others",
            "zh/rating.wav: is silent, or nearly; record it nearer to the microphone",
            "zh/party.wav: is 9 dB quieter than the others",
            f"zh/guide.wav: {sealed}",
            "zh/welcom.wav: is played nowhere; see `voice list` for the names",
        ]
    )
    assert run("seal", own, "--voice", "recorded by a colleague, 2026", *hall)[0] == 1


def test_words_that_have_changed_are_to_be_recorded_anew(own: Path, hall: tuple[str, ...]) -> None:
    assert run("seal", own, *hall, "--voice", "recorded by a colleague, 2026")[0] == 0
    manifest = own / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("您好，请在屏幕上点", "您好，请点"), "utf-8")
    status, _, complaint = run("check", own, *hall)
    assert status == 1
    assert complaint.startswith(
        "zh/welcome.wav: was made for other words; record it anew: 您好，请在屏幕上点"
    )


def test_a_broken_manifest_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"format": 2, "voice": "x", "recordings": {}}')
    with pytest.raises(NoPack, match=r"manifest\.json: format"):
        open_pack(tmp_path)


@pytest.mark.long
def test_the_pack_of_every_shipped_matter_is_whole(tmp_path: Path) -> None:
    assert run("build", tmp_path / "pack")[0] == 0
    assert run("check", tmp_path / "pack")[::2] == (0, "")
