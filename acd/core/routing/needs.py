"""What is asked of an agent, and whether one has it. Pure functions of an agent and an ask."""

from dataclasses import dataclass

from acd.contracts.ids import CenterId, QueueName
from acd.contracts.routing import QueueRule, Strategy
from acd.core.agents.agent import Agent
from acd.core.routing.rules import ALL_CENTERS, Rules


@dataclass(frozen=True, slots=True)
class Ask:
    """Agents of `queue` at or under the centre `root`, with `needs`; those with more of `wishes` first."""

    queue: QueueName
    needs: tuple[tuple[str, int], ...]
    wishes: tuple[str, ...]
    root: CenterId
    strategy: Strategy


def skill_level(agent: Agent, skill: str) -> int:
    """An agent signed in without any skills has level 1 of whatever the queues given want."""
    return agent.skills.get(skill, 0) if agent.skills else 1


def needs_after(rule: QueueRule, waited: float) -> tuple[tuple[str, int], ...]:
    """The skills still required after so long, with the level that will do now."""
    found = []
    for need in rule.skills:
        level = min([need.level, *(relax.level for relax in need.relax if relax.after_seconds <= waited)])
        if need.required and level > 0:
            found.append((need.skill, level))
    return tuple(found)


def ask_of(rule: QueueRule, waited: float, root: CenterId, strategy: Strategy) -> Ask:
    wishes = tuple(need.skill for need in rule.skills)
    return Ask(rule.name, needs_after(rule, waited), wishes, root, strategy)


def able(agent: Agent, ask: Ask, rules: Rules) -> bool:
    return (
        ask.queue in agent.queues
        and all(skill_level(agent, skill) >= level for skill, level in ask.needs)
        and (ask.root == ALL_CENTERS or ask.root in rules.chain(CenterId(agent.center_id)))
    )


def fitness(agent: Agent, ask: Ask) -> int:
    """How much of what is wanted the agent has: the sum of levels, required and preferred."""
    return sum(skill_level(agent, skill) for skill in ask.wishes)


def serves(agent: Agent, rule: QueueRule) -> bool:
    """Whether the queue counts the agent among its own: assigned to it, and trained for it."""
    return rule.name in agent.queues and all(
        skill_level(agent, need.skill) >= need.level for need in rule.skills if need.required
    )
