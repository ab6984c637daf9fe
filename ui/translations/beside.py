"""English of what stands beside every screen: help, the guide who was called, the cover, the visit's end."""

# ruff: noqa: E501  a sentence is one line, so that it can be found
from __future__ import annotations

from collections.abc import Mapping
from typing import Final

BESIDE: Final[Mapping[str, str]] = {
    "需要帮忙吗？": "Would you like help?",
    "字大一些": "Larger text",
    "读给我听": "Read it to me",
    "叫工作人员": "Call a guide",
    "叫工作人员来": "Call a guide to come",
    "不用，谢谢": "No, thank you",
    "知道了": "I see",
    "正在通知工作人员……": "Telling a guide…",
    "已通知工作人员，请在这里等一会儿。等的时候也可以继续办理。": "A guide has been told. Please wait here a moment; you can go on meanwhile.",
    "工作人员正在过来。": "A guide is on the way to you.",
    "没能通知到工作人员。请问身边的工作人员，或打电话 %1。": "No guide could be told. Please ask the staff near you, or telephone %1.",
    "这次办理还有 %1 分钟就结束。没有提交的内容不会保留。": "This visit ends in %1 min. What you have not sent is not kept.",
    "还有 %1 分钟结束": "Ends in %1 min",
    "正在通知……": "Telling a guide…",
    "已通知工作人员": "A guide is told",
    "工作人员正在过来": "A guide is coming",
    "没能通知到，请问工作人员": "Not told: ask the staff",
    "求助": "Help",
    "遮住": "Hide",
    "把屏幕上的内容都遮住": "Covers everything on the screen",
    "屏幕已遮住": "The screen is covered",
    "填写的内容都在。点一下屏幕，继续办理。": "Everything you entered is still there. Touch the screen to go on.",
    "点一下，继续办理": "Touch to go on",
    "本机会通知工作人员到这里来": "This terminal tells a guide to come here",
}
