"""Hanzi that few names have, with their Pinyin: a name can be looked for as a foreigner would write it."""

from __future__ import annotations

import random

_TABLE = (
    "僭 jian, 冁 chan, 凇 song, 塄 leng, 壅 yong, 宕 dang, 寰 huan, 崆 kong, 嵊 sheng, 弁 bian, "
    "徜 chang, 忝 tian, 忡 chong, 慊 qian, 掾 yuan, 晁 chao, 暝 ming, 枞 cong, 桁 heng, 梃 ting, "
    "棂 ling, 楝 lian, 槊 shuo, 氅 chang, 沆 hang, 泫 xuan, 湎 mian, 潺 chan, 濯 zhuo, 炅 jiong, "
    "熵 shang, 燹 xian, 爰 yuan, 玷 dian, 珙 gong, 琮 cong, 瓴 ling, 疃 tuan, 癃 long, 磬 qing, "
    "祆 xian, 穰 rang, 窀 zhun, 竦 song, 笤 tiao, 箜 kong, 篁 huang, 籀 zhou, 罾 zeng, 翎 ling, "
    "翦 jian, 胼 pian, 舂 chong, 舢 shan, 艄 shao, 艨 meng, 茑 niao, 莼 chun, 藓 xian, 蘅 heng, "
    "虔 qian, 蟮 shan, 褰 qian, 訇 hong, 豇 jiang, 踔 chuo, 邕 yong, 鄯 shan, 醮 jiao, 铄 shuo, "
    "骧 xiang, 鲷 diao, 鸩 zhen, 鹣 jian, 黔 qian, 鼋 yuan, "
)

SYLLABLES = dict(pair.split() for pair in _TABLE.removesuffix(", ").split(", "))
"""Each of four letters or more: three of them in a row stand nowhere by chance."""


def drawn_name(rng: random.Random) -> str:
    """A family name and two more."""
    return "".join(rng.sample(sorted(SYLLABLES), 3))


def romanised(name: str) -> tuple[str, ...]:
    """The ways in which people write such a name in Latin letters."""
    family, *given = (SYLLABLES[hanzi] for hanzi in name)
    together = "".join(given)
    return (
        f"{family}{together}",
        " ".join((family, *given)),
        f"{family} {together}",
        f"{family.title()} {together.title()}",
        f"{family.upper()} {together.upper()}",
        f"{family.upper()}{together.upper()}",
    )
