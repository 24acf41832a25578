"""The invented town of Ådal: its teams, its workers and their 32 citizens. Nobody and nothing here exists.

There are no CPR numbers, and phone numbers start with 00, which no Danish number does: they reach nobody.
"""

from fieldapp.practice import cast_aase, cast_freja, cast_jonas, cast_karim
from fieldapp.practice.roles import Citizen, Team, Worker

MUNICIPALITY = "Ådal Kommune"

TEAMS = (Team("bostoette", "Bostøtteteamet"), Team("act", "ACT-teamet"), Team("gade", "Gadeplansteamet"))

WORKERS = (
    Worker(
        "freja",
        "Freja Sivmose",
        "CTI-medarbejder",
        "bostoette",
        "00 00 00 01",
        team_role="housing_support",
        deputy="karim",
        method="cti",
    ),
    Worker(
        "karim",
        "Karim Lyngå",
        "ICM-medarbejder",
        "bostoette",
        "00 00 00 02",
        team_role="housing_support",
        deputy="freja",
        method="icm",
    ),
    Worker(
        "aase",
        "Åse Havmark",
        "Sygeplejerske i ACT-teamet",
        "act",
        "00 00 00 03",
        team_role="nurse_psychiatric",
        method="act",
    ),
    Worker("jonas", "Jonas Ørebæk", "Gadeplansmedarbejder", "gade", "00 00 00 04", team_role="street"),
    Worker("birgit", "Birgit Kærmose", "Leder", "bostoette", "00 00 00 05", role="leader"),
)

CAST: tuple[Citizen, ...] = (
    *cast_freja.CITIZENS,
    *cast_karim.CITIZENS,
    *cast_aase.CITIZENS,
    *cast_jonas.CITIZENS,
)
