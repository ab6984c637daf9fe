"""How people put the nine plain questions, in both languages: one pattern a question, over folded text.

Chinese ones are over simplified characters, English ones over small letters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Topic = Literal["materials", "time", "fee", "where", "hours", "phone", "in_person", "online", "here"]
"""What to bring; how long it takes; what it costs; where it is handled; when the counter is open; its
telephone; whether one must come oneself; whether it can be done online, or on this terminal."""

_NEED = r"(?:都|还|一共|总共|大概|大约|一般|需要|应该|应当|得|该|要)*"
_CAN = r"(?:能不能够?|可不可以|是不是(?:可以|能)|是否(?:可以|能)|可以|能够?)"
_OR_NOT = r"(?:吗|么|嘛|不(?!\w)|没(?!\w))"
_PEOPLE = (
    r"(?:别人|他人|家里?人|亲人|朋友|爸妈?|妈妈?|爸爸|父母|父亲|母亲|爷爷|奶奶|老人|老公|老婆|爱人|丈夫|妻子|"
    r"儿子|女儿|子女|孩子|小孩|娃儿?|同事)"
)
_DAY = r"(?:周末|(?:星期|周|礼拜)[一二三四五六日天]|中午|晚上|节假日|放假|过年|今天|明天)"
_ONLINE = r"(?:网上|线上|手机上?|在家里?|微信上?|支付宝上?|浙里办上?)"
_MACHINE = r"(?:这里|这儿|这(?:台|个)?(?:机器|终端|自助机)|本机|自助机|机器)上?"

ZH: Final[Mapping[Topic, str]] = {
    "materials": (
        rf"{_NEED}(?:带|准备|提供|提交|交|拿)?(?:上|些)?(?:(?<!办)什么|(?<!办)啥|哪些|哪几样)样?的?"
        r"(?:材料|资料|证件|东西|文件)"
        rf"|{_NEED}(?:带|准备)(?:上|些)?(?:什么|啥|哪些)"
        r"|(?:需要|所需|要)的?(?:材料|资料)(?:是什么|有哪些|清单)?|(?:材料|资料)(?:清单|有哪些|是什么)|^\W*材料\W*$"
    ),
    "time": (
        # How long a benefit is paid or a paper counts is another question.
        r"(?<![领发管用住缴干])(?<!有效期)(?<!有效)(?<!过期)(?<!提前)(?<!退休金)"
        rf"{_NEED}(?:等|花)?(?:多久|多长时间|多少天|几天|(?:几|多少)个?工作日)(?!以?内?(?:一次|有效|过期|前|的))"
        r"(?:时间)?(?:才|就)?(?:能够?|可以|会)?(?:办好|办完|办成|办下来|批下来|批|拿到|领到|出来|下来|好)?"
        r"|(?:什么时候|啥时候|何时|哪天)(?:才|就)?(?:能够?|可以|会)?(?:办好|办完|办下来|批下来|拿到|领到|出来|下来)"
    ),
    "fee": (
        # What somebody gets is another question.
        r"(?<![领发补给报拿贷赔退金有存贴助])(?<!报销)(?<!奖励)(?<!工资)(?<!每个月)(?<!每月)"
        rf"{_NEED}(?:花|交|付|收)?(?:多少钱|几块钱|几元|多少费用?|什么费用?|啥费用?)"
        r"|(?:要不要|需不需要|用不用|收不收|交不交)(?:再|另外)?(?:花|交|付|给)?(?:钱|费用?)"
        rf"|(?:需要|要|收|用)(?:花|交|付|给)?(?:钱|费用?){_OR_NOT}"
        rf"|(?:是不是)?免费的?{_OR_NOT}|是不是免费的?|收费(?:标准|多少|{_OR_NOT})"
        r"|(?:手续费|工本费|办证费|办理费用?|费用)(?:是|要)?多少"
    ),
    "where": (
        r"(?:应该|应当|得|该|要)?(?:是)?(?:在|到|去|上|找|归)?"
        r"(?:哪里|哪儿|什么地方|啥地方|(?:哪个|几号|什么|哪一个)(?:窗口|柜台|部门|单位|科室)|几楼|第?几层楼?)"
        r"(?:去)?(?:才)?(?:可以|能)?(?:受理|办理|办|申请|领取|领|交|弄|搞|取|管|批|换|补|查|改)?"
        r"|(?:在|到|去)哪(?=办|申|领|弄|搞|取|$)(?:办理?|申请|领取?|弄|搞|取)?"
    ),
    "hours": (
        rf"{_DAY}?(?:窗口|大厅|你们)?(?:都|是)?(?:什么时候|啥时候|几点钟?|何时|哪几天)(?:开始)?"
        r"(?:上班|下班|开门|关门|办公|开放|开始办|营业|休息)"
        rf"|{_DAY}(?:窗口|大厅|你们)?(?:还|也)?(?:能不能|可不可以|可以|能)?"
        rf"(?:上不上班|开不开门?|休不休息|(?:上班|开门|开|办公|办理?|有人|休息){_OR_NOT})"
        r"|(?:窗口|大厅)?(?:上班|办公|开放|工作|营业|开门)的?时间"
    ),
    "phone": (
        r"(?:窗口|大厅|咨询|联系)?(?:的)?电话(?:号码)?(?:是)?(?:多少|几号|什么|哪个)"
        r"|(?:打|拨)?(?:什么|哪个|几号)(?:咨询|联系)?电话(?:号码)?|(?:咨询|联系)(?:电话|方式)"
        r"|怎么(?:联系|打电话)|^\W*电话\W*$"
    ),
    "in_person": (
        rf"(?:要不要|需不需要|是不是(?:要|必须|得|需要)?|是否(?:需要|必须)?|必须要?|一定要?|非要|非得|需要|得|要)"
        rf"我?(?:本人|自己|亲自)(?:亲自)?(?:到场|过去|过来|去|来|到|办理|办)?{_OR_NOT}"
        rf"|(?:要不要|需不需要|是不是必须|是否必须|是否需要)(?:本人|亲自)(?:亲自)?(?:到场|去|来|到|办理|办)?"
        rf"|(?:必须|一定)(?:要)?(?:本人|亲自)(?:到场|去|来|到|办理|办)"
        rf"|(?:不用|不需要|不要)(?:本人|亲自)(?:亲自)?(?:到场|去|来|到|办理|办)(?:吧|也?行?{_OR_NOT}|可以{_OR_NOT})"
        rf"|{_CAN}(?:让|叫|请|找|由|托|委托)?{_PEOPLE}?"
        rf"(?:代办|代领|代为办理|代理|委托|(?:帮忙|帮我|替我|代我|来|去)(?:办理|办|领|拿)){_OR_NOT}?"
        rf"|{_CAN}(?:帮|替|给|代)(?:我)?(?:的)?{_PEOPLE}(?:来)?(?:办理|办|领|拿)?{_OR_NOT}?"
        rf"|{_CAN}委托(?:{_PEOPLE})?(?:办理?)?{_OR_NOT}?"
    ),
    "online": (
        rf"{_CAN}(?:在|用|通过)?{_ONLINE}(?:办理|办|申请|弄|搞|预约|做)?{_OR_NOT}?"
        rf"|(?:在|用|通过)?{_ONLINE}(?:就|也)?{_CAN}(?:办理|办|申请|弄|搞|预约|做)?{_OR_NOT}?"
    ),
    "here": (
        rf"{_CAN}(?:在|用|通过)?{_MACHINE}(?:办理|办|申请|弄|搞|做){_OR_NOT}?"
        rf"|(?:在|用|通过)?{_MACHINE}(?:就|也)?{_CAN}(?:办理|办|申请|弄|搞|做){_OR_NOT}?"
    ),
}

EN: Final[Mapping[Topic, str]] = {
    "materials": (
        r"\bwhat (?:(?:do|must|should|shall) i )?(?:need to |have to )?bring\b"
        r"|\b(?:what|which) (?:papers|documents|materials)"
        r"(?: (?:do i need|are needed|must i bring|should i bring))?\b"
        r"|\bwhat do i need\b"
    ),
    "time": (
        r"\bhow (?:long|many days)(?: (?:does|will|do) (?:it|this|that) take| to wait| until it is ready)?\b"
        r"|\bwhen (?:will|is) (?:it|this) (?:be )?ready\b"
    ),
    "fee": (
        r"\bhow much(?: (?:does|will) (?:it|this) cost| do i (?:have to )?pay| is (?:it|this)| to pay)?"
        r"(?! (?:do|will|can|may) i (?:get|receive|draw))\b|\bwhat (?:does|will) (?:it|this) cost\b"
        r"|\bis (?:it|this) free(?: of charge)?\b|\bwhat is the fee\b"
    ),
    "where": (
        r"\bwhere (?:(?:can|do|must|should|shall) i )?(?:do (?:it|this)|apply|go)\b"
        r"|\bwhere is (?:it|this) (?:done|handled)\b"
        r"|\b(?:which|what) (?:counter|window|office|floor)\b"
    ),
    "hours": (
        r"\b(?:opening|office|working|business) hours\b"
        r"|\b(?:when|what time) (?:do|does|are|is|will) (?:you|it|the \w+|they) (?:be )?"
        r"(?:open|close|closed)\b"
        r"|\b(?:are you |is it )?open (?:on|at) (?:saturdays?|sundays?|weekends?|noon)\b"
    ),
    "phone": (
        r"\b(?:what is )?(?:the |your )?(?:tele)?phone number\b"
        r"|\b(?:which|what) number (?:can|do|should) i call\b"
        r"|\bwhom? (?:can|do|should) i call\b"
    ),
    "in_person": (
        r"\b(?:do|must|should) i (?:have to )?(?:come|go|be there|apply)(?: (?:in person|myself))\b"
        r"|\bin person\b"
        r"|\b(?:can|may) (?:somebody|someone|my \w+)(?: else)? (?:do (?:it|this)|apply|come|go)(?: for me)?\b"
        r"|\b(?:can|may) i (?:do (?:it|this)|apply) for (?:somebody|someone|my \w+)(?: else)?\b"
    ),
    "online": (
        r"\bcan (?:i|this be|it be) (?:do (?:it|this)|apply|done) "
        r"(?:online|on my (?:mobile )?phone|(?:from|at) home)\b"
        r"|^\W*online\W*$|\bonline\W*$"
    ),
    "here": (
        r"\bcan (?:i|this be|it be) (?:do (?:it|this)|apply|done) here\b|\bhere\W*$"
        r"|\b(?:can i (?:do (?:it|this)|apply) )?(?:at|on) this (?:terminal|machine)\b"
    ),
}
