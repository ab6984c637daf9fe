"""What a process asked of the disk, call by call, as strace saw it.

strace (Debian package) and not a preloaded library: it sees every call whatever made it, and a call that this
module does not know is an error instead of being overlooked. The trace is checked against the disk: played
to its end it must give exactly the files that are there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_CALLS = (
    "openat,open,creat,close,dup,dup2,dup3,fcntl,lseek,write,pwrite64,writev,pwritev,pwritev2,sendfile,"
    "copy_file_range,splice,ftruncate,truncate,fallocate,fsync,fdatasync,sync_file_range,sync,syncfs,msync,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,mmap"
)
_LINE = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")


class NotFollowed(Exception):
    """The process failed, or did what cannot be told from its calls; the text says what."""


@dataclass(frozen=True)
class Write:
    """Bytes at a place of a file."""

    node: int
    offset: int
    data: bytes


@dataclass(frozen=True)
class Resize:
    """A file cut or stretched to `size`."""

    node: int
    size: int


@dataclass(frozen=True)
class Sync:
    """A file's bytes, or a directory's names, brought to the disk."""

    node: int


@dataclass(frozen=True)
class Name:
    """A name given to a node in a directory, whatever it named before; None takes the name away.

    `also` is the name that a rename takes away in the same stroke.
    """

    directory: int
    name: str
    node: int | None
    also: tuple[int, str] | None = None


@dataclass(frozen=True)
class Said:
    """A line on standard output: what the world was told."""

    line: str


Step = Write | Resize | Sync | Name | Said

TOP = 0
"""The node of the directory that is watched."""


@dataclass
class Tree:
    """Files, links and directories by their nodes."""

    directories: dict[int, dict[str, int]] = field(default_factory=lambda: {TOP: {}})
    files: dict[int, bytes] = field(default_factory=dict)
    links: dict[int, str] = field(default_factory=dict)

    def copied(self) -> Tree:
        """A tree of its own."""
        directories = {node: dict(names) for node, names in self.directories.items()}
        return Tree(directories, dict(self.files), dict(self.links))

    def flat(self, node: int = TOP, above: str = "") -> Iterator[tuple[str, bytes | str | None]]:
        """Every path beneath `node` with its bytes, its link's target, or None for a directory."""
        for name, child in sorted(self.directories[node].items()):
            path = f"{above}{name}"
            if child in self.directories:
                yield path, None
                yield from self.flat(child, f"{path}/")
            else:
                yield path, self.links.get(child) or self.files.get(child, b"")


def on_disk(top: Path) -> Iterator[tuple[str, bytes | str | None]]:
    """The same of a real directory."""
    for path in sorted(top.rglob("*"), key=lambda path: path.relative_to(top).parts):
        name = str(path.relative_to(top))
        if path.is_symlink():
            yield name, str(path.readlink())
        else:
            yield name, None if path.is_dir() else path.read_bytes()


@dataclass
class _Open:
    node: int
    position: int


@dataclass
class Recording:
    """The directory as it was, and every step since."""

    before: Tree
    steps: list[Step]


def recorded(top: Path, argv: Sequence[str | Path]) -> Recording:
    """Run a Python module with `argv` and record what it does beneath `top`. Raises `NotFollowed`."""
    player = _Player(top)
    before = player.tree.copied()
    trace = top.with_name(f"{top.name}.strace")
    watched: list[str | Path] = ["strace", "-f", "--seccomp-bpf", "-o", trace, "-xx", "-s", "100000000"]
    done = subprocess.run(
        [*watched, "-e", f"trace={_CALLS}", sys.executable, "-m", *argv],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    _sure(done.returncode == 0, done.stderr)
    with trace.open("r", encoding="ascii") as lines:
        for line in lines:
            player.play(line)
    _sure(dict(player.tree.flat()) == dict(on_disk(top)), "the trace is not what happened")
    # Nodes that came later: nothing names them yet.
    for node in player.tree.directories:
        before.directories.setdefault(node, {})
    before.links |= player.tree.links
    return Recording(before, player.steps)


class _Player:
    """Follows the calls, with the open files and the names as they were at each moment."""

    def __init__(self, top: Path) -> None:
        self.tree = Tree()
        self.steps: list[Step] = []
        self._top = top.resolve()
        self._nodes = TOP
        self._open: dict[int, _Open] = {}
        self._half_line = b""
        for path, content in on_disk(self._top):
            above, _, name = path.rpartition("/")
            node = self._new(content)
            self.tree.directories[self._found(above)][name] = node

    def play(self, line: str) -> None:
        match = _LINE.match(line)
        if match is None:
            _sure(not re.search(r"unfinished|resumed", line), f"two threads at once: {line[:100]}")
            return
        call, words, answer = match[1], match[2].split(", "), int(match[3])
        if answer >= 0:
            self._call(call, words, answer)

    def _call(self, call: str, words: list[str], answer: int) -> None:
        match call:
            case "openat":
                self._opened(words, answer)
            case "close":
                self._open.pop(int(words[0]), None)
            case "dup" | "dup2" | "dup3":
                self._duplicated(int(words[0]), answer)
            case "fcntl":
                if "F_DUPFD" in words[1]:
                    self._duplicated(int(words[0]), answer)
            case "lseek":
                if (file := self._open.get(int(words[0]))) is not None:
                    file.position = answer
            case "write":
                self._written(int(words[0]), _bytes(words[1])[:answer])
            case "pwrite64":
                if (file := self._open.get(int(words[0]))) is not None:
                    self._do(Write(file.node, int(words[3]), _bytes(words[1])[:answer]))
            case "sendfile":
                self._sent(int(words[0]), int(words[1]), answer)
            case "ftruncate":
                if (file := self._open.get(int(words[0]))) is not None:
                    self._do(Resize(file.node, int(words[1])))
            case "fsync" | "fdatasync":
                if (file := self._open.get(int(words[0]))) is not None:
                    self._do(Sync(file.node))
            case "rename":
                self._renamed(self._place(_text(words[0])), self._place(_text(words[1])))
            case "unlink" | "rmdir":
                self._removed(self._place(_text(words[0])))
            case "unlinkat":
                self._removed(self._place(_text(words[1]), words[0]))
            case "mkdir":
                self._made(self._place(_text(words[0])), None)
            case "symlink":
                self._made(self._place(_text(words[1])), _text(words[0]))
            case "symlinkat":
                self._made(self._place(_text(words[2]), words[1]), _text(words[0]))
            case "mmap":
                shared = "MAP_SHARED" in words[3] and "PROT_WRITE" in words[2]
                _sure(not (shared and int(words[4]) in self._open), "written by a map, which nobody sees")
            case _:
                _sure(not any(self._ours(word) for word in words), f"{call}: not known here")

    def _opened(self, words: list[str], descriptor: int) -> None:
        place = self._place(_text(words[1]), words[0])
        self._open.pop(descriptor, None)
        if place is None:
            return
        directory, name = place
        node = TOP if name in {"", "."} else self.tree.directories[directory].get(name)
        if name in {"", "."}:
            node = directory
        if node is None:
            _sure("O_CREAT" in words[2], f"opened, but not there: {name}")
            node = self._new(b"")
            self._do(Name(directory, name, node))
        elif "O_TRUNC" in words[2] and self.tree.files[node]:
            self._do(Resize(node, 0))
        at_end = "O_APPEND" in words[2]
        self._open[descriptor] = _Open(node, len(self.tree.files[node]) if at_end else 0)

    def _duplicated(self, old: int, new: int) -> None:
        if (file := self._open.get(old)) is not None:
            self._open[new] = file

    def _written(self, descriptor: int, data: bytes) -> None:
        if (file := self._open.get(descriptor)) is not None:
            self._do(Write(file.node, file.position, data))
            file.position += len(data)
        elif descriptor == 1:
            *whole, self._half_line = (self._half_line + data).split(b"\n")
            self.steps += [Said(line.decode()) for line in whole]

    def _sent(self, to: int, source: int, count: int) -> None:
        read = self._open.get(source)
        if read is None:
            _sure(to not in self._open, "bytes from a file that is not watched")
            return
        data = self.tree.files[read.node][read.position : read.position + count]
        read.position += count
        self._written(to, data)

    def _renamed(self, old: tuple[int, str] | None, new: tuple[int, str] | None) -> None:
        if old is None and new is None:
            return
        if old is None or new is None:
            raise NotFollowed("moved out of what is watched")
        self._do(Name(*new, self.tree.directories[old[0]][old[1]], also=old))

    def _removed(self, place: tuple[int, str] | None) -> None:
        if place is not None:
            self._do(Name(*place, None))

    def _made(self, place: tuple[int, str] | None, content: str | None) -> None:
        if place is not None:
            self._do(Name(*place, self._new(content)))

    def _do(self, step: Step) -> None:
        self.steps.append(step)
        applied(self.tree, step)

    def _new(self, content: bytes | str | None) -> int:
        self._nodes += 1
        if content is None:
            self.tree.directories[self._nodes] = {}
        elif isinstance(content, str):
            self.tree.links[self._nodes] = content
        else:
            self.tree.files[self._nodes] = content
        return self._nodes

    def _place(self, path: str, at: str = "AT_FDCWD") -> tuple[int, str] | None:
        """Directory and name of what a path means, None for what is not watched."""
        if not path.startswith("/") and at != "AT_FDCWD":
            file = self._open.get(int(at))
            return None if file is None else (file.node, path)
        whole = Path(os.path.normpath(ROOT / path))
        if not whole.is_relative_to(self._top) or whole.name.endswith("-shm"):
            return None  # SQLite's shared memory is no part of what is kept
        above, _, name = str(whole.relative_to(self._top)).rpartition("/")
        return self._found(above), name

    def _found(self, path: str) -> int:
        node = TOP
        for name in filter(None, path.split("/")):
            node = self.tree.directories[node][name]
        return node

    def _ours(self, word: str) -> bool:
        if word.startswith('"'):
            return self._place(_text(word)) is not None
        return word.isdigit() and int(word) in self._open


def applied(tree: Tree, step: Step) -> None:
    """Do one step, as if nothing could ever go wrong."""
    match step:
        case Write(node, offset, data):
            content = tree.files.get(node, b"")
            before = content[:offset].ljust(offset, b"\0")
            tree.files[node] = before + data + content[offset + len(data) :]
        case Resize(node, size):
            tree.files[node] = tree.files.get(node, b"")[:size].ljust(size, b"\0")
        case Name(directory, name, node, also):
            if also is not None:
                tree.directories[also[0]].pop(also[1], None)
            if node is None:
                tree.directories[directory].pop(name, None)
            else:
                tree.directories[directory][name] = node
        case Sync() | Said():
            pass


def _sure(so: bool, otherwise: str) -> None:  # noqa: FBT001 - what is asked is the whole of it
    if not so:
        raise NotFollowed(otherwise)


def _bytes(word: str) -> bytes:
    _sure(word.startswith('"') and word.endswith('"'), f"cut short: {word[-20:]}")
    return bytes.fromhex(word[1:-1].replace("\\x", ""))


def _text(word: str) -> str:
    return _bytes(word).decode()
