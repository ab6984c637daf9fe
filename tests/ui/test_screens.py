"""Every screen in both languages: it is there, it can be read, named and touched."""

from __future__ import annotations

import os
import typing

import pytest
from PySide6.QtQuick import QQuickItem

from kiosk.session import stages as st
from tests.ui.conftest import PICTURES, Stage
from tests.ui.gallery import picture, scenes
from devices.contracts import Frame, Guidance

SCENES = scenes.__call__ if False else None
