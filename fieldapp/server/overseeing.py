"""What a leader looks at: the week's sample of who opened whom, who supports how many, and what waits for somebody."""

from sqlmodel import Session, col, select

from fieldapp.domain.sampling import Judgement, Week
from fieldapp.server import caseload, changes, database, decisions, handover, profiles, sample
from fieldapp.server.desk import Desk
from fieldapp.server.tables import Assignment, Device, Team, Worker, WorkerMethod


class Overseeing(Desk):
    """The part of `administration.Office` that reads, and judges what it read."""

    def sample(self, leader: str, week: Week) -> list[sample.Opening]:
        """A week's openings of citizens' pages that this leader looks at."""
        with database.trouble_told(), Session(self.engine) as session:
            return sample.drawn(session, leader, week, self.clock())

    def judge(self, leader: str, week: Week, access: str, judgement: Judgement, text: str = "") -> None:
        """What the leader says to one of them (the id of the opening); `text` is needed unless it is fine."""
        with self._changes() as session:
            sample.judge(session, leader, week, access, judgement, text, self.clock())

    def teams(self) -> list[Team]:
        with Session(self.engine) as session:
            return list(session.exec(select(Team).order_by(col(Team.name))))

    def workers(self) -> list[Worker]:
        with Session(self.engine) as session:
            return list(session.exec(select(Worker).order_by(col(Worker.name))))

    def methods(self) -> list[WorkerMethod]:
        with Session(self.engine) as session:
            return profiles.methods(session)

    def devices(self) -> list[Device]:
        with Session(self.engine) as session:
            return list(session.exec(select(Device).order_by(col(Device.enrolled_at))))

    def assignments(self) -> list[Assignment]:
        with Session(self.engine) as session:
            return list(session.exec(select(Assignment).order_by(col(Assignment.from_at))))

    def quarantine(self) -> list[decisions.Waiting]:
        """Work that waits for somebody's decision, the oldest first."""
        with Session(self.engine) as session:
            return decisions.waiting(session)

    def overview(self) -> caseload.Overview:
        """Who supports how many, and the figures of the whole: for a leader."""
        with database.trouble_told(), Session(database.reading(self.engine)) as session:
            return caseload.overview(session, self.clock())

    def caseload(self, worker: str) -> caseload.WorkerLoad | None:
        """One worker's; None when there is nothing to count."""
        with database.trouble_told(), Session(database.reading(self.engine)) as session:
            return caseload.of_worker(session, worker, self.clock())

    def changes_asked(self) -> list[changes.Asked]:
        """Another support person, asked for on a phone; `hand_over` carries it out."""
        with Session(self.engine) as session:
            return changes.asked(session, self.clock())

    def in_need(self) -> list[handover.InNeed]:
        """Citizens nobody is responsible for, though their support goes on."""
        with Session(self.engine) as session:
            return handover.in_need(session, self.clock())
