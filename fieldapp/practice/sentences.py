"""What invented people said and noted on ordinary days; nobody said any of it."""

OWN_WORDS = (
    "Det går. Jeg har fået lavet kaffe selv.",
    "I dag er ikke en snakkedag, men godt du kom.",
    "Jeg har sovet. Det var på tide.",
    "Kan vi ikke bare gå en tur?",
    "Naboen hilste igen. Jeg hilste tilbage.",
    "Jeg fik ringet. Det tog to dage at tage mig sammen.",
    "Der er for mange breve. Jeg lægger dem i skuffen.",
    "Næste gang laver jeg maden.",
    "Jeg gider godt det der med foreningen. Måske.",
    "Det er første gang i lang tid, jeg glæder mig til noget.",
    "Spørg mig igen på mandag.",
    "Du må gerne komme, også når jeg er sur.",
    "Jeg har købt en lampe.",
    "Min søster skrev. Jeg ved ikke, hvad jeg skal svare.",
    "Jeg kan godt selv, bare du står ved siden af.",
    "Det var hårdt i weekenden, men nu er det mandag.",
)

PROFESSIONAL_VIEWS = (
    "Vi fulgtes ad og talte undervejs. Tempoet var borgerens eget.",
    "Kort besøg efter ønske. Aftalte selv næste gang.",
    "Vi åbnede posten sammen og lagde den i tre bunker.",
    "God energi i dag. Vi holdt os til det, der lykkes.",
    "Træt. Vi nøjedes med kaffe og en gåtur.",
    "Vi ringede sammen. Fik en tid i næste uge.",
    "Talte om, hvem der kan være der i ferien.",
    "Vi så på ugen: to faste ting er nok lige nu.",
)

PROGRESS = (
    "Åbnede posten samme dag, den kom.",
    "Sagde goddag til naboen på trappen.",
    "Lavede aftensmad to gange i denne uge.",
    "Ringede selv og flyttede en aftale.",
    "Var med til fællesspisning en halv time.",
    "Betalte huslejen selv.",
    "Gik en tur uden at have et ærinde.",
    "Sagde til, da det blev for meget.",
)
