"""Says the prompt of the screen that stands: to whoever wants it, once more on request, silent at a touch."""

from __future__ import annotations

from itertools import takewhile

import numpy as np
import structlog
from PySide6.QtCore import QObject, QTimer, Signal

from config.settings import VoiceSettings
from devices.contracts.eyes import Asked
from kiosk.session.hall import Language
from kiosk.session.sights import Sight
from kiosk.session.stages import Ended, Session, Standby
from kiosk.voice.pack import BUILT_IN, NoPack, Pack, open_pack
from kiosk.voice.prompts import Prompt, fixed
from kiosk.voice.sound import BadSound, Sound, quieter
from ui.player import Ending, Player
from ui.prompts import Said, said_on

NO_PACK = "no_pack"

_NOTHING = Sound(np.zeros(0, np.int16), 16_000)
"""Opens the device and plays a moment of silence: whether there is one shows before anybody relies on it."""
_TRIES, _TRY_AGAIN_MS = 3, 1000
"""The session before may still hold a device that only one can have."""

_ENDED_MS = 1500
"""An ended session is gone after some milliseconds, as a rule: half a word would be said."""

log = structlog.get_logger()


class Speaker(QObject):
    """The voice of one session, silent without a pack. `changed` tells that `works` has."""

    changed = Signal()

    def __init__(
        self, pack: Pack | None = None, volume: float = 1.0, *, try_again_ms: int = _TRY_AGAIN_MS
    ) -> None:
        super().__init__()
        self._try_again_ms = try_again_ms
        self._pack, self._volume = pack, volume
        self._trouble = NO_PACK if pack is None else ""
        self._player = Player(self)
        self._player.ended.connect(self._ended)
        self._tries, self._trying = 0, False
        self._screen = ""
        self._session: Session | None = None
        self._asked: Asked | None = None
        self._wanted: Said = ()
        self._queue: list[Prompt] = []
        self._told: set[str] = set()

    @property
    def works(self) -> bool:
        """Whether anything can be heard, as far as is known."""
        return self._trouble == ""

    @property
    def playing(self) -> bool:
        """Whether something is being said."""
        return self._player.playing and not self._trying

    def show(self, screen: str, session: Session) -> None:
        """Follow the window to `screen`; says its prompt where the person wants screens spoken."""
        if isinstance(session.stage, Standby):
            return
        before, said_before = self._session, self._wanted
        here, was = (_question_of(screen), session.language), _question_of(self._screen)
        stays = before is not None and here == (was, before.language)
        if before is None or before.stage != session.stage:
            self._asked = None  # another try asks for other turns
        self._screen, self._session = screen, session
        self._wanted = said_on(session, self._asked)
        if before is None:
            self._try()
        if not session.ease.spoken:
            if self._wanted != said_before or (before is not None and before.ease.spoken):
                self.hush()
        elif isinstance(session.stage, Ended):
            self.hush()
            QTimer.singleShot(_ENDED_MS, self, self._still_ended)
        elif not stays or before is None or not before.ease.spoken:
            self._say(self._wanted)
        else:
            self._go_on(said_before)

    def _still_ended(self) -> None:
        """Nobody has taken this session away yet: somebody may be waiting before it."""
        if self._session is not None and isinstance(self._session.stage, Ended):
            self._say(self._wanted)

    def _go_on(self, said: Said) -> None:
        """The same screen stands: say what is new on it, after what is being said where that still holds."""
        pairs = zip(said, self._wanted, strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if said and not alike:
            self._say(self._wanted)
            return
        self._queue = [each for each in self._queue if each in self._wanted]
        self._queue.extend(self._wanted[alike:])
        if not self.playing:
            self._say_next()

    def hear(self, seen: Sight | None) -> None:
        """Take what a camera asks of the person now; each turn of the head is asked aloud."""
        if self._session is None or seen == self._asked or not isinstance(seen, Asked):
            return
        self._asked = seen
        self._wanted = said_on(self._session, seen)
        if self._session.ease.spoken:
            self._say(self._wanted)

    def repeat(self) -> None:
        """Say it once more; or once, where screens are not spoken."""
        self._say(self._wanted)

    def hush(self) -> None:
        """Be silent now."""
        self._queue.clear()
        if not self._trying:
            self._player.stop()

    def close(self) -> None:
        """Be silent for good."""
        self._queue.clear()
        self._player.close()

    def _say(self, said: Said) -> None:
        self._queue = list(said)
        if not self.works:
            self._complain(self._trouble)
            self._queue.clear()
        else:
            self._say_next()

    def _say_next(self) -> None:
        while self._queue:
            sound = self._sound_of(self._queue.pop(0))
            if sound is not None:
                self._trying = False
                self._player.play(quieter(sound, self._volume))
                return
        self.hush()

    def _sound_of(self, prompt: Prompt) -> Sound | None:
        if self._pack is None or self._session is None:
            return None
        language: Language = self._session.language
        file = prompt.line(language).file
        try:
            sound = self._pack.sound(prompt, language)
        except BadSound as error:
            self._complain(str(error), file)
            return None
        if sound is None:
            self._complain("not_in_pack", file)
        return sound

    def _try(self) -> None:
        """Find out whether there is a device, while nothing is said."""
        if self.works and not self._player.playing:
            self._trying = True
            self._player.play(_NOTHING)

    def _ended(self, ending: Ending) -> None:
        self._trying = False
        if ending is Ending.PLAYED:
            self._say_next()
            return
        self._tries += 1
        self._queue.clear()
        if ending is Ending.REFUSED and self._tries < _TRIES:
            QTimer.singleShot(self._try_again_ms, self, self._again)
            return
        self._trouble = ending.value
        if self._session is not None and self._session.ease.spoken:
            self._complain(self._trouble)
        self.changed.emit()

    def _again(self) -> None:
        if self._session is not None and self._session.ease.spoken:
            self._say(self._wanted)
        else:
            self._try()

    def _complain(self, reason: str, file: str = "") -> None:
        """Once a session for each reason or file: what is said is in no log."""
        key = file or reason
        if key not in self._told:
            self._told.add(key)
            if file:
                log.warning("prompt_unusable", path=file, reason=reason)
            else:
                log.warning("voice_unusable", reason=reason)


def speaker(settings: VoiceSettings) -> Speaker:
    """The voice of this terminal, silent where it has no pack."""
    try:
        pack = open_pack(settings.pack or BUILT_IN)
    except NoPack:
        pack = None
    fixed()  # read now, while nobody waits
    return Speaker(pack, settings.volume_percent / 100)


def _question_of(screen: str) -> str:
    """The screen, or the question that it is a level of: said once, not at every touch of a calendar."""
    return ":".join(screen.split(":")[:2]) if screen.startswith("question:") else screen
