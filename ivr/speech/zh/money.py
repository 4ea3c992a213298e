"""Amounts of money as clips: 元, 角, 分. Decimal only; a debt is spoken by its own prompt (欠费), never as a minus."""

from decimal import Decimal

from ivr.speech.limits import Clips, fen_of
from ivr.speech.zh.numbers import speak_whole


def speak_money(amount: Decimal) -> Clips:
    """一百二十八元五角. Refuses negative amounts, parts of a fen and amounts without words."""
    yuan, fraction = divmod(fen_of(amount), 100)
    jiao, fen = divmod(fraction, 10)
    clips = speak_whole(yuan, "yuan") if yuan or not fraction else ()
    if jiao:
        clips += (f"jiao/{jiao}",)
    if fen:
        clips += (f"fen/z{fen}" if yuan and not jiao else f"fen/{fen}",)
    return clips
