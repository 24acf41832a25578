"""The paragraphs of *serviceloven* that the work stands on (000 §2.5, §4.2, §4.4.2; law.md 5.1): the app's own list."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Own:
    """`code` names it in the team's own words for it; the sentence itself is the screen's."""

    code: str
    paragraph: str


OWN = (
    Own("p1", "§ 1"),
    Own("p85", "§ 85"),
    Own("p85a", "§ 85 a"),
    Own("p85a_2", "§ 85 a, stk. 2"),
    Own("p99", "§ 99"),
    Own("p101", "§ 101"),
    Own("p104", "§ 104"),
    Own("p110", "§ 110"),
    Own("p141", "§ 141"),
)
