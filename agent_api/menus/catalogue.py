"""What a tree can be made of, for the editor and for the checks: tasks, conditions, queues, prompts."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from acd.contracts.menu import checks
from acd.contracts.menu.problems import Problem
from acd.contracts.menu.tree import Condition, Tree
from agent_api.errors import NotFound
from agent_api.menus.manifest import committed
from agent_api.speech.store import SpeechStore, State

OWN = "own/"

CONDITION_TITLES: Mapping[Condition, str] = {
    Condition.BLACKLISTED: "黑名单号码",
    Condition.ANNOUNCED: "有公告",
    Condition.VIP: "贵宾客户",
    Condition.SENIOR: "65岁以上客户",
    Condition.DEALER: "分销商号码",
    Condition.OPEN_TICKET: "有在办工单",
    Condition.SUSPENDED: "停机客户",
}


@dataclass(frozen=True, slots=True)
class CataloguePrompt:
    prompt_id: str
    texts: Mapping[str, str]
    seconds: Mapping[str, float | None]
    own: bool
    state: State


class PromptBook:
    """Every prompt that can be named: the product's and the centres' own. Reads files: use it from a thread."""

    def __init__(self, sounds: Path, store: SpeechStore) -> None:
        self._sounds = sounds
        self._store = store

    def prompts(self) -> list[CataloguePrompt]:
        """The product's first."""
        shipped = [
            CataloguePrompt(each.prompt_id, each.texts, each.seconds, False, State.READY)
            for each in committed(self._sounds).values()
        ]
        return shipped + self._own()

    def problems(self, tree: Tree, queues: Mapping[str, str]) -> list[Problem]:
        """Prompts that are still being spoken count as missing."""
        usable = [each for each in self.prompts() if each.state is State.READY]
        seconds = {
            each.prompt_id: {language: length for language, length in each.seconds.items() if length is not None}
            for each in usable
        }
        return checks.problems(tree, {each.prompt_id: each.texts for each in usable}, seconds, queues)

    def sound(self, prompt_id: str, language: str) -> Path:
        """The file of a prompt that is in the catalogue; no other file can be asked for."""
        path = None
        if prompt_id.startswith(OWN):
            path = self._store.path(language, prompt_id.removeprefix(OWN))
        elif (known := committed(self._sounds).get(prompt_id)) is not None and language in known.texts:
            path = self._sounds / language / f"{prompt_id}.wav"
        if path is None or not path.is_file():
            raise NotFound("prompt", prompt_id)
        return path

    def _own(self) -> list[CataloguePrompt]:
        """A prompt is as ready as its least ready language."""
        found: dict[str, CataloguePrompt] = {}
        for each in self._store.all():
            before = found.get(each.id)
            texts = dict(before.texts) if before else {}
            seconds = dict(before.seconds) if before else {}
            state = each.state if before is None or before.state is State.READY else before.state
            texts[each.language], seconds[each.language] = each.text, each.seconds
            found[each.id] = CataloguePrompt(each.id, texts, seconds, True, state)
        return list(found.values())
