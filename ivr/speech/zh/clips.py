"""What each number clip says. The grammar's side of sounds/manifest; a contract test compares the two."""

from collections.abc import Iterable
from types import MappingProxyType

from ivr.speech.zh.numerals import DIGITS, cardinal, digit, tail

UNITS = {
    "minutes": "分钟",
    "mb": "兆",
    "items": "条",
    "days": "天",
    "seconds": "秒",
    "people": "位",
    "times": "次",
    "hours": "小时",
    "pieces": "个",
    "points": "分",
}
LARGE = {"wan": "万", "yi": "亿"}


def text_of(clips: Iterable[str]) -> str:
    """What the clips say when played one after the other. KeyError for what is no number clip."""
    return "".join(CLIPS[clip] for clip in clips)


def _clips() -> dict[str, str]:
    texts = {f"digits/{n}": DIGITS[n] for n in range(10)}
    texts |= {"digits/yao": "幺", "digits/pause": "", "num/liang": "两", "year/bare": "年"}
    for family, unit in (("num", ""), ("yuan", "元")):
        texts |= {f"{family}/{n}": f"{cardinal(n)}{unit}" for n in range(100)}
        texts |= {f"{family}/z{n}": f"零{tail(n)}{unit}" for n in range(1, 100)}
        texts |= {f"{family}/y{n}": f"{tail(n)}{unit}" for n in range(10, 20)}
    texts |= {"yuan/bare": "元", "yuan/2": "两元"}
    for family, unit in (("hundred", "百"), ("thousand", "千")):
        texts |= {f"{family}/{n}": f"{digit(n)}{unit}" for n in range(1, 10)}
        texts |= {f"{family}/z{n}": f"零{digit(n)}{unit}" for n in range(1, 10)}
    texts |= {"thousand/2": "两千", "thousand/z2": "零两千"}
    texts |= {f"{family}/bare": unit for family, unit in LARGE.items()}
    texts |= {f"wan/{n}": f"{cardinal(n)}万" for n in range(1, 100)} | {"wan/2": "两万"}
    texts |= {f"wan/y{n}": f"{tail(n)}万" for n in range(10, 20)}
    texts |= {f"yi/{n}": f"{digit(n)}亿" for n in range(1, 10)} | {"yi/2": "两亿"}
    texts |= {f"jiao/{n}": f"{digit(n)}角" for n in range(1, 10)} | {"jiao/2": "两角"}
    texts |= {f"fen/{n}": f"{digit(n)}分" for n in range(1, 10)}
    texts |= {f"fen/z{n}": f"零{digit(n)}分" for n in range(1, 10)}
    texts |= {f"month/{n}": f"{cardinal(n)}月" for n in range(1, 13)}
    texts |= {f"day/{n}": f"{cardinal(n)}日" for n in range(1, 32)}
    texts |= {f"hour/{n}": f"{cardinal(n)}点" for n in range(24)} | {"hour/2": "两点"}
    texts |= {"minute/0": "整"} | {f"minute/{n}": f"零{digit(n)}分" for n in range(1, 10)}
    texts |= {f"minute/{n}": f"{cardinal(n)}分" for n in range(10, 60)}
    return texts | {f"unit/{name}": text for name, text in UNITS.items()}


CLIPS = MappingProxyType(_clips())
