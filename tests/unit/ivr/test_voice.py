"""Keys against commands: what Voice makes of the answers of Asterisk."""

from typing import Any

import pytest

from ivr.agi import Reply
from ivr.steps import Entry
from ivr.voice import Voice

pytestmark = pytest.mark.unit

NOTHING = Reply("0")
SILENCE = Reply("", "timeout")


def key(character: str, position: int = 0) -> Reply:
    return Reply(str(ord(character)), position=position)


class Line:
    """Answers each command with the next reply and keeps what was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, command: str) -> Any:
        async def answer(*arguments: Any, **named: Any) -> Reply:
            self.asked.append((command, *arguments, *named.values()))
            return self.replies.pop(0)

        return answer


def voice(*replies: Reply) -> tuple[Voice, Line]:
    line = Line(*replies)
    return Voice(line), line  # type: ignore[arg-type]


async def test_one_key_is_one_command() -> None:
    speaker, line = voice(Reply("3"))
    assert await speaker.collect(("menu",), 1, 5.0) == Entry("3")
    assert line.asked == [("get_data", "menu", 5000, 1)]


async def test_silence_and_a_bare_pound_key_differ() -> None:
    assert await voice(SILENCE)[0].collect(("menu",), 1, 5.0) == Entry()
    assert await voice(Reply(""))[0].collect(("menu",), 1, 5.0) == Entry(ended=True)


async def test_a_chain_is_one_command_and_the_last_prompt_another() -> None:
    speaker, line = voice(NOTHING, Reply("9"))
    assert await speaker.collect(("a", "b", "c"), 1, 5.0) == Entry("9")
    assert line.asked == [("background", ("a", "b")), ("get_data", "c", 5000, 1)]


@pytest.mark.parametrize(("pressed", "entry"), [("8", Entry("8")), ("*", Entry("*")), ("#", Entry(ended=True))])
async def test_a_key_in_the_chain_ends_it(pressed: str, entry: Entry) -> None:
    speaker, line = voice(key(pressed))
    assert await speaker.collect(("a", "b", "c"), 1, 5.0) == entry
    assert len(line.asked) == 1


async def test_an_entry_has_a_long_first_and_short_later_pauses() -> None:
    speaker, line = voice(Reply("1"), Reply("3900000001"))
    assert await speaker.collect(("number",), 12, 5.0) == Entry("13900000001", ended=True)
    assert line.asked == [("get_data", "number", 5000, 1), ("get_data", "", 3000, 11)]


async def test_a_pause_ends_an_entry_too() -> None:
    speaker, _ = voice(Reply("1"), Reply("39", "timeout"))
    assert await speaker.collect(("number",), 12, 5.0) == Entry("139")


async def test_the_pound_key_after_a_full_entry_belongs_to_it() -> None:
    speaker, line = voice(Reply("1"), Reply("35790"), key("#"))
    assert await speaker.collect(("password",), 6, 5.0) == Entry("135790", ended=True)
    assert line.asked[-1] == ("wait_for_digit", 1000)


async def test_another_key_after_a_full_entry_is_the_next_choice() -> None:
    speaker, _ = voice(Reply("1"), Reply("35790"), key("0"))
    assert await speaker.collect(("password",), 6, 5.0) == Entry("135790")
    assert await speaker.play(("passed",), barge_in=True) is False
    assert await speaker.collect(("menu",), 1, 5.0) == Entry("0")


async def test_star_first_stands_alone_and_later_deletes() -> None:
    speaker, line = voice(Reply("*"))
    assert await speaker.collect(("number",), 12, 5.0) == Entry("*")
    assert len(line.asked) == 1
    speaker, _ = voice(Reply("1"), Reply("38*12"))
    assert await speaker.collect(("number",), 12, 5.0) == Entry("12", ended=True)


async def test_star_at_the_end_of_a_full_entry_starts_it_anew() -> None:
    speaker, line = voice(Reply("1"), Reply("2345*"), Reply("654321"), NOTHING)
    assert await speaker.collect(("password",), 6, 5.0) == Entry("654321")
    assert line.asked[2] == ("get_data", "", 3000, 6)


async def test_a_star_may_be_a_letter() -> None:
    speaker, line = voice(Reply("0"), Reply("1234*"), NOTHING)
    assert await speaker.collect(("id",), 6, 5.0, star_is_letter=True) == Entry("01234*")
    speaker, line = voice(Reply("*"), Reply("", "timeout"))
    assert await speaker.collect(("id",), 6, 5.0, star_is_letter=True) == Entry("*")
    assert line.asked[1] == ("get_data", "", 3000, 5)


async def test_a_star_typed_ahead_may_be_a_letter() -> None:
    replies = [key(digit, place + 1) for place, digit in enumerate("01234*")]
    speaker, _ = voice(*replies, NOTHING, NOTHING)
    await speaker.play(("notice",), barge_in=False)
    assert await speaker.collect(("id",), 6, 5.0, star_is_letter=True) == Entry("01234*")


async def test_a_long_chain_is_split_where_a_command_would_be_cut() -> None:
    clips = tuple(f"clip/{number:04}" for number in range(300))
    speaker, line = voice(NOTHING, NOTHING)
    assert await speaker.play(clips, barge_in=True) is True
    assert [command for command, _ in line.asked] == ["background", "background"]
    assert sum((chain for _, chain in line.asked), ()) == clips
    assert all(len("&".join(chain)) <= 1500 for _, chain in line.asked)


async def test_keys_pressed_ahead_skip_the_prompts_in_order() -> None:
    speaker, line = voice(key("1", 800), key("2", 1600), NOTHING)
    await speaker.play(("notice",), barge_in=False)
    assert [asked[1:] for asked in line.asked] == [("notice", 0), ("notice", 800), ("notice", 1600)]
    assert await speaker.collect(("menu",), 1, 5.0) == Entry("1")
    assert await speaker.collect(("menu",), 1, 5.0) == Entry("2")


async def test_a_number_typed_ahead_is_completed() -> None:
    replies = [key(digit, place + 1) for place, digit in enumerate("139")]
    speaker, line = voice(*replies, NOTHING, Reply("00000001"))
    await speaker.play(("notice",), barge_in=False)
    assert await speaker.collect(("number",), 12, 5.0) == Entry("13900000001", ended=True)
    assert line.asked[-1] == ("get_data", "", 3000, 9)


async def test_a_whole_entry_typed_ahead_leaves_the_rest_for_the_next() -> None:
    replies = [key(digit, place + 1) for place, digit in enumerate("12#7")]
    speaker, _ = voice(*replies, NOTHING)
    await speaker.play(("notice",), barge_in=False)
    assert await speaker.collect(("number",), 12, 5.0) == Entry("12", ended=True)
    assert await speaker.collect(("menu",), 1, 5.0) == Entry("7")


async def test_playing_says_whether_it_was_heard_to_the_end() -> None:
    assert await voice(NOTHING)[0].play(("a", "b"), barge_in=True) is True
    assert await voice(key("1"))[0].play(("a", "b"), barge_in=True) is False
