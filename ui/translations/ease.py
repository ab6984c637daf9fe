"""English of the page on which a person says what suits them."""

# ruff: noqa: E501  a sentence is one line, so that it can be found
from __future__ import annotations

EASE = {
    "大字和声音": "Text and sound",
    "进入长者模式": "Elder mode",
    "退出长者模式": "Leave elder mode",
    "按钮放低些": "Lower the buttons",
    "按钮升回去": "Raise the buttons",
    "再看几个（还有 %1 个）": "Show more (%1 left)",
    "回到前面几个": "Back to the first ones",
    "关闭设置": "Close settings",
    "怎样用着方便？": "What suits you?",
    "点一下就变，填好的内容都在。离开以后，本机恢复原样。": "One touch changes it; nothing you filled in is lost. When you leave, everything is as before.",
    "好了，继续": "Done, continue",
    "字的大小": "Text size",
    "标准": "Normal",
    "大": "Large",
    "较大": "Larger",
    "最大": "Largest",
    "长者模式": "Elder mode",
    "字大、选项少、会朗读、不催人": "Large text, fewer choices, read aloud, more time",
    "朗读屏幕": "Read aloud",
    "把要做的事念出来": "Says what to do",
    "黑白分明": "High contrast",
    "白底黑字，看得更清": "Black on white",
    "低处操作": "Low reach",
    "按钮都放低，坐着够得着": "All buttons low, for who is seated",
    "画面不动": "No motion",
    "图画停住，不晃眼": "Pictures stand still",
    "用英文显示": "In English",
}
