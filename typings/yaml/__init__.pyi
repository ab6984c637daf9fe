# The part of PyYAML that is used: libyaml's events, with their marks.

from typing import Any

from yaml.cyaml import CSafeLoader as CSafeLoader

class Mark:
    line: int

class YAMLError(Exception): ...

class MarkedYAMLError(YAMLError):
    context: str | None
    context_mark: Mark | None
    problem: str | None
    problem_mark: Mark | None

class Event:
    start_mark: Mark

class NodeEvent(Event):
    anchor: str | None

class AliasEvent(NodeEvent): ...

class ScalarEvent(NodeEvent):
    tag: str | None
    implicit: tuple[bool, bool]
    value: str

class CollectionStartEvent(NodeEvent):
    tag: str | None

class SequenceStartEvent(CollectionStartEvent): ...
class MappingStartEvent(CollectionStartEvent): ...
class SequenceEndEvent(Event): ...
class MappingEndEvent(Event): ...
class StreamStartEvent(Event): ...
class StreamEndEvent(Event): ...
class DocumentStartEvent(Event): ...
class DocumentEndEvent(Event): ...

def load(stream: str, loader: type[CSafeLoader], /) -> Any: ...
