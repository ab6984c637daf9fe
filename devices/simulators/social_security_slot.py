"""A slot of a virtual reader into which simulated cards are put: the card's end of vsmartcard's vpcd.

vpcd is a driver of pcscd that listens on a TCP port; whoever connects is a card. Source: vsmartcard, "Virtual
Smart Card", Creating a Virtual Smart Card: two bytes of length, then a message; of one byte: 0 power off,
1 power on, 2 reset, 4 tell the ATR; longer: a command, answered in the same form.
"""

from __future__ import annotations

import contextlib
import socket
import threading

from devices.simulators.social_security_card import SimulatedSocialSecurityCard

_ATR = bytes.fromhex("3B00")
"""T=0 and nothing more."""

_TELL_ATR = 4


class SocialSecuritySlot:
    """One slot; its card answers on a thread of its own."""

    def __init__(self, port: int) -> None:
        self.mute_from: int | None = None
        """The number of the command, counted from 0 for each card, from which on no answer comes."""
        self.pull_at: int | None = None
        """The number of the command upon which the card is pulled out."""
        self._port = port
        self._socket: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._commands = 0

    def put_in(self, card: SimulatedSocialSecurityCard) -> None:
        """Put `card` in. The reader must be there."""
        self.take_out()
        self._commands = 0
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._thread = threading.Thread(
            target=self._serve, args=(self._socket, card), name="simulated chip card", daemon=True
        )
        self._thread.start()

    def take_out(self) -> None:
        """Take out what is in, if anything."""
        link, self._socket = self._socket, None
        if link is not None:
            with contextlib.suppress(OSError):  # the reader has gone, too
                link.shutdown(socket.SHUT_RDWR)
            if self._thread is not None:
                self._thread.join()

    def _serve(self, link: socket.socket, card: SimulatedSocialSecurityCard) -> None:
        with link, contextlib.suppress(OSError):
            while message := _received(link):
                if len(message) > 1:
                    number, self._commands = self._commands, self._commands + 1
                    if number == self.pull_at:
                        return
                    if self.mute_from is None or number < self.mute_from:
                        _send(link, card.answer(message))
                elif message[0] == _TELL_ATR:
                    _send(link, _ATR)
                else:
                    card.reset()


def _received(link: socket.socket) -> bytes:
    """The next message; b"" when the reader is gone."""
    head = link.recv(2, socket.MSG_WAITALL)
    return link.recv(int.from_bytes(head, "big"), socket.MSG_WAITALL) if head else b""


def _send(link: socket.socket, message: bytes) -> None:
    link.sendall(len(message).to_bytes(2, "big") + message)
