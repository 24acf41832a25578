"""Offers on a citizen's page, CTI's aims on the overview, and the page *Om tilgangen*."""

import pytest

from fieldapp.actions import aims, offers
from tests.desks import seed
from tests.gates import Door
from tests.views.conftest import Behind
from tests.views.people import ICM, agreed, due, in_full

#: 000 §2, word for word, by the section it stands in.
PRINCIPLES = {
    "2.1": "De fagprofessionelle samarbejder med borgeren om hurtigst muligt at tilvejebringe en betalelig og egnet "
    "boligløsning til borgeren.",
    "2.2": "De fagprofessionelle tager udgangspunkt i en forståelse for borgerens individuelle situation og i et "
    "ligeværdigt samarbejde mellem borgeren som erfaringsekspert og den fagprofessionelle som fagekspert.",
    "2.3": "De fagprofessionelle yder støtte til borgeren og vurderer løbende, i samarbejde med borgeren, støttens "
    "intensitet og varighed.",
    "2.4": "Borgeren tilbydes en boligløsning, som tager udgangspunkt i borgerens ønsker og behov, og som understøtter "
    "borgerens sociale integration i lokalsamfundet.",
    "2.5": "De fagprofessionelle yder vedholdende støtte til borgeren, uanset om denne har en bolig, benytter sin "
    "bolig eller har mistet sin bolig.",
    "2.6": "Borgerens perspektiver, ressourcer og rettigheder er styrende for samarbejdet mellem borgeren og de "
    "fagprofessionelle.",
    "2.7": "Samarbejdet mellem borger og fagprofessionel bygger på borgerens indefra-perspektiv og den personlige "
    "recovery, der baserer sig på borgerens ønsker, drømme og håb.",
    "2.8": "De fagprofessionelle støtter borgeren i at opnå et, for borgeren, meningsfyldt liv gennem valg, der "
    "reducerer skaderne forbundet med at leve et udsat liv.",
}


def a_citizen(door: Door, seed_one: object = agreed) -> str:
    ids: list[str] = []
    door.begin("open", seed=lambda desk: ids.append(seed_one(desk)))  # type: ignore[operator]
    return ids[0]


async def test_t8_an_offer_is_told_of_and_the_citizens_verdict_comes_later(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door)
    async with behind(door, f"/citizen/{citizen}") as app:
        await app.tap("more-offers")
        await app.tap("add-offer")
        await app.write("what", "Varmestuens malehold")
        await app.tap("went-along")
        await app.tap("save")
        assert app.page.route == f"/citizen/{citizen}/offers"
        assert {"Varmestuens malehold", "I fulgtes ad"} <= set(app.texts())
        assert door.desk is not None
        await app.tap(f"offer-{offers.read(door.desk, citizen)[0].id}")
        await app.tap("verdict-not_now")
        await app.write("own-words", "Til foråret måske.")
        await app.tap("save")
        assert {"I fulgtes ad · Ikke lige nu", "“Til foråret måske.”"} <= set(app.texts())
        assert "afslag" not in app.all_text().lower()


async def test_an_offer_half_written_waits_on_i_dag(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door)
    async with behind(door, f"/citizen/{citizen}/offers/new") as app:
        await app.tap("save")
        assert "Skriv et par ord først." in app.texts()
        await app.write("what", "Et kursus i")
        await app.leave("what")
        await app.go("/")
        await app.tap(f"draft-offer:{citizen}")
        assert app.field("what").value == "Et kursus i"


async def test_t2_the_aims_of_cti_are_chosen_on_the_overview(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, in_full)
    async with behind(door, f"/citizen/{citizen}") as app:
        assert "Stabilisere en boligsituation" in app.texts() and "save-aims" not in app.identifiers()
        await app.tap("aim-network")
        await app.tap("aim-other_support")
        await app.tap("save-aims")
        assert door.desk is not None
        assert aims.read(door.desk, citizen) == ("network", "other_support")
        assert "save-aims" not in app.identifiers()
        await app.tap("undo")
        assert aims.read(door.desk, citizen) == ()


@pytest.mark.parametrize("method", [(), (ICM,)], ids=["none", "icm"])
async def test_t2_no_aims_where_the_method_is_another(door: Door, behind: Behind, method: tuple[object, ...]) -> None:
    citizen = a_citizen(door, lambda desk: seed(desk, "Bent", more=method))
    async with behind(door, f"/citizen/{citizen}") as app:
        assert not [name for name in app.identifiers() if name.startswith("aim-")]


async def test_a10_the_eight_principles_stand_word_for_word_under_their_four_headings(
    door: Door, behind: Behind
) -> None:
    citizen = a_citizen(door, due)
    async with behind(door, "/more") as app:
        await app.tap("more-approach")
        texts = app.texts()
        for section, sentence in PRINCIPLES.items():
            assert texts[texts.index(sentence) + 1] == f"Housing First-manualen, afsnit {section}"
        order = ["Grundlæggende værdier", "Bolig og nabolag", "Social og praktisk støtte", "Samarbejdet med borgeren"]
        assert [text for text in texts if text in order] == order
        # To be read with a citizen: nobody else stands on the page.
        assert "Åse" not in app.all_text() and citizen not in " ".join(app.identifiers())


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("T3", "ser bag om borgerens adfærd"),
        ("T4", "betragter recovery som en mulighed for den enkelte"),
        ("T5", "der er gode grunde til, at borgeren har de udfordringer og behov, som borgeren har."),
        ("T5", "genkender symptomer på traumer."),
        ("T5", "mange borgere først skal lære at leve i en fast bolig og skabe sit eget hjem."),
        ("T20", "i stand til at bo i en almindelig bolig blandt mennesker uden erfaring med hjemløshed."),
    ],
)
async def test_t4_t5_t20_what_one_believes_in_is_said_in_the_manuals_words(
    door: Door, behind: Behind, row: str, sentence: str
) -> None:
    a_citizen(door)
    async with behind(door, "/more/approach") as app:
        assert sentence in app.all_text(), row


async def test_with_large_text_the_new_pages_are_all_there(door: Door, behind: Behind) -> None:
    citizen = a_citizen(door, in_full)
    assert door.desk is not None
    offers.keep(door.desk, citizen, offers.OfferForm("Et kursus", True, "helped", "Godt."))
    pages = {
        f"/citizen/{citizen}/offers": "add-offer",
        f"/citizen/{citizen}/offers/new": "went-along",
        f"/citizen/{citizen}/answered": "back",
        "/more/words": "add-word",
        "/more/words/new": "avoid",
        "/more/approach": "back",
    }
    async with behind(door, width=360, height=640) as app:
        await app.text_scale(2.0)
        for route, name in pages.items():
            await app.go(route)
            assert name in app.identifiers(), route
