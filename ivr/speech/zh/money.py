"""Amounts of money as clips: 元, 角, 分. Decimal only; a debt is spoken by its own prompt (欠费), never as a minus."""

from decimal import Decimal

from ivr.speech.zh.numbers import LIMIT, Clips, speak_whole


def speak_money(amount: Decimal) -> Clips:
    """一百二十八元五角. Refuses negative amounts, parts of a fen and amounts without words."""
    if not amount.is_finite() or not 0 <= amount < LIMIT:
        raise ValueError("an amount to speak lies between 0 and 999999999999.99")
    fen_total = amount * 100
    if fen_total != fen_total.to_integral_value():
        raise ValueError("an amount to speak has whole fen")
    yuan, fraction = divmod(int(fen_total), 100)
    jiao, fen = divmod(fraction, 10)
    clips = speak_whole(yuan, "yuan") if yuan or not fraction else ()
    if jiao:
        clips += (f"jiao/{jiao}",)
    if fen:
        clips += (f"fen/z{fen}" if yuan and not jiao else f"fen/{fen}",)
    return clips
