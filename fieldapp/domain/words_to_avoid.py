"""Words the manual would not use about people, each with what it says instead (ux.md 4.4, review.md 1.2 and 2.10).

Help, never a lock: nothing is counted and nothing is sent. Matched as whole words and phrases, so that everyday words
stay ("bruger rusmidler", but not "en bruger"). `*` stands for any ending; a space may have a comma before it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Avoided:
    """`better` is empty where a team only says that it avoids the word."""

    avoid: str
    better: str = ""


@dataclass(frozen=True)
class Choice:
    """What a team has chosen: a word of its own, another suggestion for one of the app's, or `off` for it."""

    avoid: str
    better: str = ""
    off: bool = False


@dataclass(frozen=True)
class Found:
    at: int
    end: int
    said: str
    avoided: Avoided


#: Danish, because what is written is. The manual's sections are those of 000.
OWN: tuple[Avoided, ...] = tuple(
    Avoided(avoid.strip(), better.strip())
    for avoid, _colon, better in (
        line.partition(":")
        for line in """
en hjemløs: en borger i hjemløshed
den hjemløse: borgeren i hjemløshed
de hjemløse: borgere i hjemløshed
hjemløs: i hjemløshed
hjemløse: borgere i hjemløshed
hjemløses: borgere i hjemløshed
subsistensløs*: borger i hjemløshed
misbrugsbehandler*: rusmiddelbehandler
misbruger*: borger, der bruger rusmidler
accept af misbrug: skadesreduktion
misbrug*: brug af rusmidler
stofbruger*: borger, der bruger rusmidler
narkoman*: borger, der bruger rusmidler
alkoholiker*: borger, der bruger rusmidler
psykisk syg: med psykisk sygdom
psykisk syge: borgere med psykisk sygdom
skizofren: med psykisk sygdom
skizofrene: borgere med psykisk sygdom
dobbeltdiagnose-borger*: borger med psykisk sygdom og brug af rusmidler
dobbeltdiagnoseborger*: borger med psykisk sygdom og brug af rusmidler
borgeren udeblev: vi mødtes ikke i dag
han udeblev: vi mødtes ikke i dag
hun udeblev: vi mødtes ikke i dag
udeblev*: mødtes ikke med os
udebliv*: mødes ikke med os
forgæves besøg: besøg, hvor ingen åbnede
kørte forgæves: kom forbi, og ingen åbnede
forgæves: uden at nogen åbnede
no-show*: vi mødtes ikke i dag
mødte ikke op: mødtes ikke med os i dag
manglende fremmøde: dage, hvor vi ikke mødtes
afviser: trækker sig lige nu
modarbejder: trækker sig lige nu
umotiveret: trækker sig lige nu
kontaktafvisende: ønsker ro lige nu
uden for rækkevidde: ønsker ro lige nu
nægter: siger nej lige nu
manipulerende: der kan være gode grunde bag
kaotisk: svært lige nu
rykker: rækker ud
rykkere: hilsner
påkrav: hilsen
indkalder: tilbyder kontakt
indkaldt: tilbudt kontakt
problemborger*: borger med store behov lige nu
tung borger: borger med store behov lige nu
tunge borgere: borgere med store behov lige nu
tung sag: store behov lige nu
kompleks sag: mange behov lige nu
har mangler: har støttebehov
borgerens mangler: borgerens støttebehov
svaghed*: det, der er svært lige nu
indsatsmål: borgerens ønsker, drømme og håb
oplyser at: siger, at
påstår at: siger, at
hævder at: siger, at
tilbagefald*: sværere lige nu
regression: sværere lige nu
fiasko: sværere lige nu
er blevet smidt ud: har mistet sin bolig
blev smidt ud: mistede sin bolig
smidt ud: mistet sin bolig
har forspildt boligen: har mistet sin bolig
forspildt: mistet
mislykket boligplacering: boligforløb
mislykket: ikke lykkedes endnu
boligplacering*: boligforløb
boliganbringelse*: boligforløb
placeres: flytter ind
anbringes: flytter ind
den indsatte: borgeren, som er i fængsel lige nu
en indsat: en borger, som er i fængsel lige nu
den indlagte: borgeren, som er på hospitalet lige nu
en indlagt: en borger, som er på hospitalet lige nu
kontrollant*: støtteperson
som behandler: som støtteperson
compliance: samarbejde
lydhør: med i samarbejdet
samarbejdsvillig: med i samarbejdet
udskrives fra indsatsen: overgår til afløsende støtte
udskrives fra støtten: overgår til afløsende støtte
sluses ud: overgår til afløsende støtte
udslusning*: overgang til egen bolig
sagen lukkes: støtten overdrages
lukker sagen: overdrager støtten
lukke sagen: overdrage støtten
færdigbehandlet: klarer sig selv, efter egen vurdering
selvhjulpen nok: klarer sig selv, efter egen vurdering
farlig borger: situation, der kan blive farlig
udadreagerende: i en situation, der kan blive farlig
genganger*: borger, der er kommet tilbage
klienten: borgeren
klientens: borgerens
klienter: borgere
klienterne: borgerne
klient*: borger
en bruger: en borger
brugeren: borgeren
brugerens: borgerens
brugere: borgere
brugerne: borgerne
brugernes: borgernes
patienten: borgeren
patientens: borgerens
patienter: borgere
patient*: borger
en case: et forløb
casen: forløbet
cases: forløb
cpr-et: borgeren
boligparat: klar, når borgeren selv synes
boevne: støtte til at bo
kendenavn: kaldenavn
""".strip().splitlines()
    )
)


def chosen(choices: Iterable[Choice]) -> tuple[Avoided, ...]:
    """The app's own list with what the team has added, replaced and switched off; a later choice stands."""
    words = {_key(each.avoid): each for each in OWN}
    for choice in choices:
        key = _key(choice.avoid)
        if not key.replace("*", ""):
            continue
        if choice.off:
            words.pop(key, None)
        else:
            words[key] = Avoided(choice.avoid.strip(), choice.better.strip())
    return tuple(words.values())


def find(text: str, avoided: tuple[Avoided, ...] = OWN) -> tuple[Found, ...]:
    """From the left, never overlapping; where two begin together the longer one."""
    if not text or not avoided:
        return ()
    pattern, order = _pattern(avoided)
    return tuple(Found(m.start(), m.end(), m[0], order[(m.lastindex or 1) - 1]) for m in pattern.finditer(text))


def replaced(text: str, which: Avoided) -> str:
    """Each place it stands, with a capital where one stood."""
    for found in reversed(find(text, (which,))):
        better = which.better[:1].upper() + which.better[1:] if found.said[:1].isupper() else which.better
        text = text[: found.at] + better + text[found.end :]
    return text


def _key(avoid: str) -> str:
    return " ".join(avoid.casefold().split())


@lru_cache(maxsize=8)
def _pattern(avoided: tuple[Avoided, ...]) -> tuple[re.Pattern[str], tuple[Avoided, ...]]:
    order = tuple(sorted(avoided, key=lambda each: -len(each.avoid)))
    pieces = "|".join(f"({_one(each.avoid)})" for each in order)
    return re.compile(rf"(?<!\w)(?:{pieces})(?!\w)", re.IGNORECASE), order


def _one(avoid: str) -> str:
    words = (r"\w*".join(re.escape(part) for part in word.split("*")) for word in avoid.split())
    return r",?\s+".join(words)
