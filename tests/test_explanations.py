"""Every rule is explained, and every example in its explanation does what it says."""

from __future__ import annotations

import pytest

from timeline import api
from timeline.explanations import EXPLANATIONS
from timeline.rules import RULES

SHOWN = [code for code, told in EXPLANATIONS.items() if told.bad]


def codes(text: str) -> list[str]:
    return [d.code for d in api.check(text.encode()).diagnostics]


def test_every_rule_is_explained() -> None:
    assert list(EXPLANATIONS) == list(RULES)
    assert all(told.why.endswith(".") for told in EXPLANATIONS.values())
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("code", SHOWN)
def test_the_example_breaks_its_rule_and_its_mend_keeps_it(code: str) -> None:
    told = EXPLANATIONS[code]
    assert code in codes(told.bad)
    assert code not in codes(told.good)
    assert not any(RULES[c].severity == "error" for c in codes(told.good))
