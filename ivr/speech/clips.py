"""What each number clip says, by language."""

from collections.abc import Mapping
from types import MappingProxyType

from ivr.speech.en.clips import CLIPS as ENGLISH
from ivr.speech.zh.clips import CLIPS as CHINESE

CLIPS: Mapping[str, Mapping[str, str]] = MappingProxyType({"zh": CHINESE, "en": ENGLISH})
