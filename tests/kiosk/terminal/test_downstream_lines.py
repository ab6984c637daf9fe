"""On the way down: cut at any byte it goes on where it was; whatever a server says, only signatures count."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from central_platform.contract import canonical
from central_platform.downstream import DOWNSTREAM, Downstream, Published, add
from central_platform.opening import Keyring
from central_platform.publishing import Withdrawn, publish_configuration, withdraw
from config.layers import load
from config.published import CONFIGURATION
from kiosk.terminal.downstream import DownstreamDesk, Line
from kiosk.terminal.downstream_book import Book
from kiosk.terminal.takers import ConfigurationTaker, RevocationsTaker
from offline_queue.answers import LineDown
from offline_queue.downstream import Publication, PublicationList, Revocations
from offline_queue.fetching import NotAsListed, NotFetched, fetch
from offline_queue.platform_client import PlatformClient
from offline_queue.signing import PlatformWord
from tests.faults.cutting import Cut, CuttingProxy
from tests.offline_queue.platform_process import made, running, settings
from tests.offline_queue.samples import TERMINAL, terminal_key
from tests.offline_queue.wire import Lie, answer, listening, lying_platform

NOW = datetime(2027, 1, 1, tzinfo=UTC)
AREA = "330106"
SEED = 20261122
LONG_MARKS = [pytest.mark.long, pytest.mark.timeout(3600)]


async def at_once() -> bool:
    return True


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A platform that has published settings, a list of what is withdrawn, and something large."""
    directory = tmp_path_factory.mktemp("province")
    made(directory)
    for number, card_s in ((1, 90), (2, 120)):
        file = directory / f"{number}.toml"
        file.write_text(f"[patience]\ncard_s = {card_s}\n")
        publish_configuration(directory, file, None, None, NOW)
    withdraw(directory, Withdrawn(matters=[("stopped", "1")]), NOW)
    withdraw(directory, Withdrawn(envelope_keys=["lost"]), NOW)
    return directory


def of(directory: Path, kind: str, number: int) -> Publication:
    """What the index has."""
    index = json.loads((directory / DOWNSTREAM / "index.json").read_bytes())
    (found,) = [each for each in index if (each["kind"], each["number"]) == (kind, number)]
    return Publication(found["kind"], found["number"], found["sha256"], found["bytes"])


# ---- a bad line ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cuts", [pytest.param(6, id="short"), pytest.param(300, id="long", marks=LONG_MARKS)]
)
async def test_a_line_cut_at_any_byte_goes_on_where_it_broke_off(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, cuts: int
) -> None:
    directory = tmp_path_factory.mktemp("large")
    terminal, content = made(directory), os.urandom(250_000)
    digest = hashlib.sha256(content).hexdigest()
    wanted = Publication("catalogue", 1, digest, len(content))
    add(directory / DOWNSTREAM, content, Published("catalogue", 1, digest, len(content), None, None, ""))
    chance = random.Random(SEED)  # noqa: S311 - a run to repeat
    resumed = 0
    with running(directory) as port:
        for number in range(cuts):
            folder = tmp_path / str(number)
            folder.mkdir()
            proxy = CuttingProxy(port, Cut("back", chance.randrange(len(content))))
            async with listening(proxy.handle) as through:
                client = PlatformClient(settings(terminal, through), terminal_key(terminal))
                with pytest.raises(NotFetched):
                    await fetch(client.downstream_piece, wanted, folder, at_once)
                (part,) = folder.iterdir()
                there = part.read_bytes()
                assert there == content[: len(there)]
                before = proxy.passed["back"]
                whole = await fetch(client.downstream_piece, wanted, folder, at_once)
                await client.close()
            assert whole.read_bytes() == content
            asked = proxy.passed["back"] - before
            assert asked < len(content) - len(there) + 20_000, "what was there is not sent again"
            resumed += len(there) > 0
    assert resumed > cuts // 2


async def test_what_a_power_cut_left_in_a_file_is_found_out_and_begun_again(
    province: Path, tmp_path: Path
) -> None:
    wanted = of(province, "configuration", 2)
    (tmp_path / f"{wanted.sha256}.part").write_bytes(bytes(wanted.bytes - 7))
    async with lying_platform(province, truth(province)) as port:
        client = PlatformClient(settings(province / "terminal", port), terminal_key(province / "terminal"))
        file = await fetch(client.downstream_piece, wanted, tmp_path, at_once)
        await client.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == wanted.sha256


async def test_a_newer_list_ends_a_long_fetch_and_what_came_is_kept(tmp_path: Path) -> None:
    content, turns = bytes(600_000), iter([True, False])
    wanted = Publication("catalogue", 1, hashlib.sha256(content).hexdigest(), len(content))

    async def ask(_sha256: str, offset: int, length: int, into: Callable[[bytes], object]) -> None:
        into(content[offset : offset + length])

    async def go_on() -> bool:
        return next(turns)

    with pytest.raises(NotFetched, match="newer_list"):
        await fetch(ask, wanted, tmp_path, go_on)
    assert (tmp_path / f"{wanted.sha256}.part").stat().st_size == 256 * 1024


async def test_more_than_a_kind_has_is_not_even_begun(tmp_path: Path) -> None:
    async def ask(*_anything: object) -> None:
        raise AssertionError("nothing was to be asked")

    with pytest.raises(NotAsListed, match="too_large"):
        await fetch(ask, Publication("configuration", 9, "0" * 64, 10**12), tmp_path, at_once)


# ---- a hostile server ------------------------------------------------------------------------------------


def truth(directory: Path) -> Lie:
    """What an honest platform answers."""
    platform = Downstream(Keyring.load(directory), directory / DOWNSTREAM)

    def said(head: bytes, body: bytes) -> bytes:
        path, query, headers = parsed(head)
        caller = headers["terminal-id"], headers["terminal-signature"]
        if head.startswith(b"PUT"):
            return answer("200 OK", platform.take_report(*caller, body))
        if path == "/v1/downstream":
            return answer("200 OK", platform.listed(*caller, query["area_code"], query["nonce"]))
        sha256 = path.rsplit("/", 1)[1]
        piece = platform.piece(*caller, sha256, int(query["offset"]), int(query["length"]))
        return answer("200 OK", piece)

    return said


def parsed(head: bytes) -> tuple[str, dict[str, str], dict[str, str]]:
    """Path, query and headers of a request."""
    first, *lines = head.decode("ascii").strip().split("\r\n")
    path, _, query = first.split(" ")[1].partition("?")
    pairs = [pair.split("=") for pair in query.split("&") if pair]
    return path, dict(pairs), {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}


@dataclass
class Terminal:
    """One terminal's way down: its desk, its takers, its client."""

    state: Path
    client: PlatformClient
    desk: DownstreamDesk
    revocations: RevocationsTaker
    configuration: ConfigurationTaker
    renewed: list[str]

    async def asks(self) -> bool:
        """One round; whether all of it was done."""
        return await self.desk._round()

    def reasons(self) -> dict[str, str]:
        pages = self.desk.book.shown().items()
        return {kind: page["refused"]["reason"] for kind, page in pages if page["refused"] is not None}


class Believing(PlatformWord):
    """The weakened variant: whatever has the form is the platform's word."""

    def _verify(self, form: str, value: dict[str, Any]) -> None:
        pass


class Forgetful(ConfigurationTaker):
    """The weakened variant: any number is newer."""

    @property
    def number(self) -> int:
        return 0


@asynccontextmanager
async def terminal(
    province: Path,
    state: Path,
    lie: Lie,
    word_kind: type[PlatformWord] = PlatformWord,
    taker_kind: type[ConfigurationTaker] = ConfigurationTaker,
) -> AsyncIterator[Terminal]:
    """A terminal before a server with the platform's own certificate."""
    word = word_kind.load(province / "terminal" / "receipt.pem")
    renewed: list[str] = []
    async with lying_platform(province, lie) as port:
        client = PlatformClient(settings(province / "terminal", port), terminal_key(province / "terminal"))
        client._word = word
        book = Book(state, lambda: NOW)
        revocations = RevocationsTaker(state, word, lambda _fresh: None)
        configuration = taker_kind(
            state, word, terminal_id=TERMINAL, area_code=AREA, renew=lambda: renewed.append("renewed")
        )

        async def ask_list() -> PublicationList | LineDown:
            return await client.downstream("0" * 32, AREA)

        async def busy() -> bool:
            return False

        line = Line(
            ask_list,
            client.downstream_piece,
            client.put_downstream_report,
            busy,
            lambda _bytes: True,
            lambda: 0.0,
        )
        takers = {"revocations": revocations, "configuration": configuration}
        desk = DownstreamDesk(book, takers, line)  # type: ignore[arg-type]
        yield Terminal(state, client, desk, revocations, configuration, renewed)
        await client.close()


async def test_an_honest_platform_is_heard_once(province: Path, tmp_path: Path) -> None:
    async with terminal(province, tmp_path, truth(province)) as hall:
        assert await hall.asks()
        assert await hall.asks()
        assert (hall.revocations.number, hall.configuration.number) == (2, 2)
        assert hall.renewed == ["renewed"]
        assert hall.revocations.revocations == Revocations(
            2, frozenset({"lost"}), matters=frozenset({("stopped", "1")})
        )
        assert not hall.reasons()
    async with terminal(province, tmp_path, truth(province)) as hall:
        assert (hall.revocations.number, hall.configuration.number) == (2, 2)
    assert sorted(path.name for path in (tmp_path / DOWNSTREAM).iterdir()) == [
        "book.json", "configuration.json", "revocations.json",
    ]  # fmt: skip


def changed(
    directory: Path,
    *,
    listed: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    piece: Callable[[bytes], bytes] = bytes,
    signs: bool = True,
) -> Lie:
    """Somebody who changes the truth; with `signs`, somebody who has the platform's key for lists."""
    honest, keyring = truth(directory), Keyring.load(directory)

    def said(head: bytes, body: bytes) -> bytes:
        told = honest(head, body).partition(b"\r\n\r\n")[2]
        if head.startswith(b"PUT"):
            return answer("200 OK", told)
        if parsed(head)[0] != "/v1/downstream":
            return answer("200 OK", piece(told))
        said = listed(json.loads(told))
        if signs:
            bare = {name: value for name, value in said.items() if name not in {"kid", "signature"}}
            said = keyring.signed(bare)
        return answer("200 OK", canonical(said))

    return said


def entry(publication: Publication, **changes: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A list with this one thing on it."""
    fields = replace(publication, **changes)
    return lambda said: said | {"current": [fields.__dict__]}


def lies(directory: Path) -> dict[str, Lie]:
    """What a hostile server, or somebody in the line, could say; none of it may count."""
    first, second = of(directory, "configuration", 1), of(directory, "configuration", 2)
    revocations = of(directory, "revocations", 1)
    forged = json.loads((directory / DOWNSTREAM / second.sha256).read_bytes())
    forged = canonical(forged | {"number": 9, "toml": "[patience]\ncard_s = 600\n"})
    forged_entry = entry(second, number=9, sha256=hashlib.sha256(forged).hexdigest(), bytes=len(forged))

    def forging(*, signs: bool) -> Lie:
        listing = changed(directory, listed=forged_entry, signs=signs)

        def said(head: bytes, body: bytes) -> bytes:
            if parsed(head)[0] == "/v1/downstream":
                return listing(head, body)
            query = parsed(head)[1]
            offset, length = int(query["offset"]), int(query["length"])
            return answer("200 OK", forged[offset : offset + length])

        return said

    return {
        "settings that the platform never signed, on a list that it signed": forging(signs=True),
        "the same on a list that nobody signed": forging(signs=False),
        "other bytes under a listed hash": changed(directory, piece=lambda told: told[:-1] + b"!"),
        "fewer bytes than listed": changed(directory, piece=lambda _told: b""),
        "more bytes than were asked for": changed(directory, piece=lambda told: told + b"!"),
        "an older number": changed(directory, listed=entry(first)),
        "old settings under a new number": changed(directory, listed=entry(first, number=9)),
        "revocations that are called settings": changed(
            directory, listed=entry(revocations, kind="configuration", number=9)
        ),
        "more than a terminal has room for": changed(directory, listed=entry(second, number=9, bytes=10**15)),
        "a hash that is a path": changed(
            directory, listed=entry(second, number=9, sha256="../../../etc/passwd")
        ),
        "a kind that nobody knows": changed(directory, listed=entry(second, number=9, kind="program")),
        "a list for another terminal": changed(directory, listed=lambda said: said | {"terminal": "LX-9999"}),
        "a list for another question": changed(directory, listed=lambda said: said | {"nonce": "f" * 32}),
        "one kind twice": changed(directory, listed=lambda said: said | {"current": said["current"] * 2}),
        "a redirect": lambda _head, _body: answer("302 Found", b"", "Location: https://127.0.0.1:1/"),
        "a friendly page": lambda _head, _body: answer("200 OK", b"<html>Welcome</html>"),
        "nothing": lambda _head, _body: b"",
    }


def counted(hall: Terminal) -> set[str]:
    """What of a lie got in: anything but number 2 of each."""
    kept = hall.state / CONFIGURATION
    wrong = set()
    if hall.revocations.number != 2 or json.loads(kept.read_bytes())["number"] != 2:
        wrong.add("believed")
    if len(hall.renewed) > 1:
        wrong.add("renewed")
    return wrong


FORGED = {
    "settings that the platform never signed, on a list that it signed",
    "the same on a list that nobody signed",
}
OLDER = "an older number"


async def met(
    province: Path, state: Path, kinds: dict[str, Any], only: set[str] | None = None
) -> dict[str, set[str]]:
    """Meet lies after the truth; which ones counted, and how."""
    found = {}
    async with terminal(province, state, truth(province), **kinds) as hall:
        await hall.asks()
    for number, (name, lie) in enumerate(lies(province).items()):
        if only is not None and name not in only:
            continue
        own = state / str(number)
        shutil.copytree(state / DOWNSTREAM, own / DOWNSTREAM)
        async with terminal(province, own, lie, **kinds) as hall:
            await hall.asks()
            await hall.asks()
            found[name] = counted(hall)
    return found


async def test_no_lie_counts(province: Path, tmp_path: Path) -> None:
    assert {name for name, wrong in (await met(province, tmp_path, {})).items() if wrong} == set()


async def test_the_same_lies_catch_a_terminal_that_believes_without_a_signature(
    province: Path, tmp_path: Path
) -> None:
    found = await met(province, tmp_path, {"word_kind": Believing}, {*FORGED, OLDER})
    assert {name for name, wrong in found.items() if "believed" in wrong} == FORGED


async def test_the_same_lies_catch_a_terminal_that_takes_older_numbers(
    province: Path, tmp_path: Path
) -> None:
    found = await met(province, tmp_path, {"taker_kind": Forgetful}, {*FORGED, OLDER})
    assert {name for name, wrong in found.items() if "believed" in wrong} == {OLDER}


async def test_what_was_refused_is_not_fetched_again_until_another_number_comes(
    province: Path, tmp_path: Path
) -> None:
    asked: list[str] = []
    honest = truth(province)
    lie = lies(province)[min(FORGED)]

    def counting(head: bytes, body: bytes) -> bytes:
        asked.append(parsed(head)[0])
        return lie(head, body)

    async with terminal(province, tmp_path, counting) as hall:
        assert await hall.asks()
        assert hall.reasons() == {"configuration": "configuration: not signed by the platform"}
        assert await hall.asks()
        assert len([path for path in asked if path != "/v1/downstream"]) == 1
    async with terminal(province, tmp_path, honest) as hall:
        assert await hall.asks()
        assert hall.configuration.number == 2
        assert not hall.reasons()


async def test_a_shorter_list_of_revocations_gives_nothing_back(province: Path, tmp_path: Path) -> None:
    keyring = Keyring.load(province)
    fields = {"v": 1, "kind": "revocations", "number": 7, "envelope_keys": [], "bundles": [], "signers": []}
    shorter = canonical(keyring.signed({**fields, "matters": []}))
    async with terminal(province, tmp_path, truth(province)) as hall:
        await hall.asks()
        file = tmp_path / "shorter"
        file.write_bytes(shorter)
        wanted = Publication("revocations", 7, hashlib.sha256(shorter).hexdigest(), len(shorter))
        with pytest.raises(Exception, match="lacks what was revoked before"):
            await hall.revocations.take(file, wanted)
        assert hall.revocations.number == 2


async def test_a_new_revocation_does_not_wait_for_a_large_catalogue(province: Path, tmp_path: Path) -> None:
    """A newer list ends every wait."""
    async with terminal(province, tmp_path, truth(province)) as hall:
        running_desk = asyncio.create_task(hall.desk.run())
        resting = asyncio.create_task(hall.desk._rest(3600))
        await asyncio.sleep(0)
        hall.desk.named(4)
        async with asyncio.timeout(10):
            await resting
        running_desk.cancel()
        await asyncio.wait([running_desk])


def test_settings_taken_are_read_by_the_next_session(province: Path, tmp_path: Path) -> None:
    """The file that is written is the one that is read."""
    state = tmp_path / "state"
    (state / DOWNSTREAM).mkdir(parents=True)
    content = (province / DOWNSTREAM / of(province, "configuration", 2).sha256).read_bytes()
    (state / CONFIGURATION).write_bytes(content)
    site = tmp_path / "site.toml"
    site.write_text(
        '[terminal]\narea_code = "330106"\nhall_name_zh = "厅"\nhall_name_en = "Hall"\n'
        'hall_phone = "0571-00001000"\n'
        f'state_dir = "{state}"\n'
    )
    loaded = load([province / "terminal" / "platform.toml", site])
    assert (loaded.settings.patience.card_s, loaded.provenance["patience.card_s"]) == (120, "platform 2:2")
