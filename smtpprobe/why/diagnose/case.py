"""What follows from the facts before any verdict: where the mail would end, and what isolates.

The table in `table.py` asks only this, so nothing is derived twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from smtpprobe.knowledge.annotation import Cause as Words
from smtpprobe.policy.dns_answer import Lookup
from smtpprobe.send.order import Stage
from smtpprobe.starttls.facts import AddressFacts, Answer, Connect, HostFacts
from smtpprobe.starttls.judge.assessment import Sts
from smtpprobe.starttls.judge.judge import AddressReport
from smtpprobe.starttls.judge.matrix import Value
from smtpprobe.starttls.judge.options import Sender
from smtpprobe.why.facts import Fact, Known, Purpose, Trial
from smtpprobe.why.request import Kind


class Isolated(Enum):
    """To what the comparisons narrow a refusal down; the value is how it is said."""

    SENDER = "from <> the same recipient is accepted"
    NULL_SENDER = "from another sender the same recipient is accepted"
    RECIPIENT = "postmaster is accepted from the same sender"
    CLIENT = "from <> and to postmaster it is refused too"
    SIZE = "without SIZE it is accepted"
    NOTHING = ""
    """Nothing was compared, or it came out undecided."""


class Blocked(Enum):
    """Why a sender that honours the domain's policies does not deliver to an address."""

    EXPIRED = "certificate-expired"
    UNTRUSTED = "certificate-untrusted"
    NAME = "certificate-name"
    NO_TLS = "tls-unavailable"
    NOT_NAMED = "policy-mx-mismatch"
    DANE = "dane-mismatch"
    OTHER = "tls-refused"
    OUT_OF_STEP = "out-of-step"
    """There are unsolicited replies, so none can be taken for an answer."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address on the way: what it said, and what policy keeps a sender off it."""

    host: HostFacts
    address: AddressFacts
    trial: Trial | None = None
    blocked: Blocked | None = None
    blocked_why: str = ""

    @property
    def code(self) -> int:
        """The code of the answer that counts; 0 where there is none."""
        trial = self.trial
        return trial.reply.code or 0 if trial is not None and trial.reply is not None else 0

    @property
    def takes(self) -> bool:
        """Whether it takes the recipient, from a sender that honours the policies."""
        return self.blocked is None and self._accepted

    @property
    def _accepted(self) -> bool:
        return self.trial is not None and self.trial.accepted is Answer.YES

    @property
    def bounces(self) -> bool:
        """Whether a sender gives up here: 5yz to MAIL or RCPT. At a greeting it tries the next."""
        trial = self.trial
        if self.blocked is not None or trial is None:
            return False
        return self.code // 100 == 5 and trial.stage in (Stage.MAIL, Stage.RCPT)

    @property
    def refuses(self) -> bool:
        """Whether it said no, for now or for good."""
        return self.trial is not None and self.code >= 400


@dataclass(frozen=True, slots=True)
class Case:
    """What the table asks. `place` is where the way of the mail ends; None: it never begins."""

    known: Known
    places: tuple[Place, ...]
    place: Place | None
    isolated: Isolated
    split: bool = False
    """Whether hosts of the same preference differ: some take the recipient, some refuse."""

    @property
    def trial(self) -> Trial | None:
        """The trial that decides."""
        return self.place.trial if self.place is not None else None

    @property
    def words(self) -> Words | None:
        """What the deciding reply's words mean."""
        trial = self.trial
        return trial.reading.cause if trial is not None and trial.reading is not None else None

    @property
    def text(self) -> str:
        """The text of the deciding reply, in lower case."""
        trial = self.trial
        return trial.reply.text.lower() if trial is not None and trial.reply is not None else ""

    @property
    def stage(self) -> Stage | None:
        """Where the deciding trial ended."""
        return self.trial.stage if self.trial is not None else None

    @property
    def accepted(self) -> bool:
        """Whether the mail would be accepted by a server on its way."""
        return self.place is not None and self.place.takes and not self.split

    @property
    def refused(self) -> bool:
        """Whether a server said no."""
        return self.place is not None and self.place.refuses and not self.accepted

    @property
    def lookups(self) -> Sequence[Lookup]:
        """The answers of DNS about the domain itself."""
        return self.known.starttls.lookups if self.known.starttls is not None else ()

    @property
    def hosts(self) -> tuple[HostFacts, ...]:
        """The mail hosts."""
        return self.known.starttls.hosts if self.known.starttls is not None else ()

    @property
    def lame(self) -> tuple[Fact, ...]:
        """The servers to which the zone is delegated, and that do not answer for it."""
        return tuple(one for one in self.known.every("address.delegation") if one.no)

    def fact(self, id_: str) -> Fact | None:
        """Return the latest fact of a kind."""
        return self.known.fact(id_)

    def is_no(self, id_: str) -> bool:
        """Return whether a question is known to be answered by no, about anything."""
        return any(fact.no for fact in self.known.every(id_))

    def is_yes(self, id_: str) -> bool:
        """Return whether a question is known to be answered by yes, about anything."""
        return any(fact.yes for fact in self.known.every(id_))

    def all_connect(self, *ends: Connect) -> bool:
        """Return whether there is an address, and dialling each ended in one of these ways."""
        return bool(self.places) and all(one.address.connect in ends for one in self.places)

    def any_connect(self, *ends: Connect) -> bool:
        """Return whether dialling an address ended in one of these ways."""
        return any(one.address.connect in ends for one in self.places)


def case_of(known: Known) -> Case:
    """Return what follows from what is known."""
    places = tuple(_place(known, host, address) for host, address in known.places)
    ordered = sorted(places, key=lambda one: one.host.preference or 0)
    place = _ending(ordered)
    split = _split(ordered, place)
    if split and place is not None:
        place = next(one for one in _alike(ordered, place) if one.bounces)
    isolated = _isolated(known, place) if place is not None else Isolated.NOTHING
    return Case(known, places, place, isolated, split)


def _place(known: Known, host: HostFacts, address: AddressFacts) -> Place:
    own = [one for one in known.trials if (one.host, one.ip) == (host.name, address.ip)]
    tried = [one for one in own if one.purpose is Purpose.REAL]
    again = [one for one in own if one.purpose is Purpose.AGAIN]
    tried = again or tried
    trial = tried[-1] if tried else None
    blocked, why = _blocked(known, host, address)
    return Place(host, address, trial, blocked, why)


def _ending(places: Sequence[Place]) -> Place | None:
    """Return where the way ends: the first that takes or bounces, else what says most.

    Servers that cannot be reached and those that refuse for now are passed by (RFC 5321 5.1).
    """
    for one in places:
        if one.takes or one.bounces:
            return one
    for wanted in (
        lambda one: one.blocked is not None and not one.refuses and one.trial is not None,
        lambda one: one.refuses,
        lambda one: one.blocked is not None,
        lambda one: one.trial is not None,
        lambda one: one.address.connect is Connect.OK,
    ):
        found = next((one for one in places if wanted(one)), None)
        if found is not None:
            return found
    return places[0] if places else None


def _split(places: Sequence[Place], place: Place | None) -> bool:
    if place is None or not (place.takes or place.bounces):
        return False
    alike = _alike(places, place)
    return any(one.takes for one in alike) and any(one.bounces for one in alike)


def _alike(places: Sequence[Place], place: Place) -> list[Place]:
    """Return the addresses that a sender is as likely to choose as one: some mail goes to each."""
    return [one for one in places if one.host.preference == place.host.preference]


def _blocked(known: Known, host: HostFacts, address: AddressFacts) -> tuple[Blocked | None, str]:
    report, request = known.judged, known.request
    if report is None or request.kind is not Kind.MX:
        return _out_of_step(address)
    found = next(
        (
            one
            for one in report.addresses
            if (one.standing.host.name, one.standing.address.ip) == (host.name, address.ip)
        ),
        None,
    )
    if found is None:
        return None, ""
    anyone = found.cells[Sender.OPPORTUNISTIC]
    if anyone.value is Value.NO and not address.implicit_tls:
        # it concerns senders without a policy as well, so no policy is why
        return _out_of_step(address) if not found.standing.speaks.no else (None, "")
    for sender in (Sender.DANE, Sender.STS, Sender.PKIX):
        counts = request.level == sender.value or (
            request.level is None and sender is not Sender.PKIX
        )
        cell = found.cells[sender]
        if counts and cell.value is Value.NO:
            blocked = _why_blocked(sender, found, report.case.sts)
            dates = found.standing.dates
            said = blocked is Blocked.EXPIRED and dates is not None
            return blocked, dates.reason if said and dates is not None else cell.reason
    return None, ""


def _out_of_step(address: AddressFacts) -> tuple[Blocked | None, str]:
    """Return whether something came before MAIL that nobody had asked for, and what."""
    surplus, tls = address.starttls.surplus, address.tls
    if surplus and tls is not None and tls.ok:
        shown = surplus[:80].decode("latin-1").rstrip("\r\n")
        return Blocked.OUT_OF_STEP, f"plaintext after the 220 to STARTTLS: {shown}"
    if address.unasked:
        return Blocked.OUT_OF_STEP, f"before MAIL comes an unsolicited {address.unasked}"
    return None, ""


def _why_blocked(sender: Sender, report: AddressReport, sts: Sts) -> Blocked:
    standing = report.standing
    if standing.encrypted.no:
        return Blocked.NO_TLS
    if not standing.encrypted.yes:
        return Blocked.OTHER
    if sender is Sender.DANE:
        return Blocked.DANE if standing.dane.missed is not None else Blocked.OTHER
    policy = sts.policy
    if sender is Sender.STS and policy is not None and not policy.covers(standing.host.name):
        return Blocked.NOT_NAMED
    if standing.dates is not None and not standing.path.no:
        return Blocked.EXPIRED
    if standing.trusted.no:
        return Blocked.UNTRUSTED
    return Blocked.NAME if standing.sts_name.fits.no else Blocked.OTHER


def _isolated(known: Known, place: Place) -> Isolated:
    """Return what the trials at the deciding host show that differ in one thing."""
    real = place.trial
    if real is None or real.reply is None or real.reply.good or place.takes:
        return Isolated.NOTHING
    there = [one for one in known.trials if one.host == place.host.name]
    compared = {one.ip for one in there if one.purpose is not Purpose.REAL}
    if place.address.ip in compared:
        there = [one for one in there if one.ip == place.address.ip]
    here = {one.purpose: one for one in there}
    if _taken(here.get(Purpose.SMALL), Stage.RCPT):
        return Isolated.SIZE
    if _taken(here.get(Purpose.NULL_SENDER), Stage.RCPT):
        return Isolated.SENDER
    if _taken(here.get(Purpose.OTHER_SENDER), Stage.RCPT):
        return Isolated.NULL_SENDER
    other = here.get(Purpose.NULL_SENDER) or here.get(Purpose.OTHER_SENDER)
    postmaster = here.get(Purpose.POSTMASTER)
    same_sender = _refused(other)
    if same_sender and _taken(postmaster, Stage.RCPT):
        return Isolated.RECIPIENT
    if same_sender and _refused(postmaster):
        return Isolated.CLIENT
    return Isolated.NOTHING


def _taken(trial: Trial | None, stage: Stage) -> bool:
    return trial is not None and trial.stage is stage and trial.accepted is Answer.YES


def _refused(trial: Trial | None) -> bool:
    return trial is not None and trial.reply is not None and (trial.reply.code or 0) >= 400
