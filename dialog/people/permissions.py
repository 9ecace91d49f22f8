"""Who may do what: one table, one rule for each action, to be read by a person."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from dialog.people.models import Role


@dataclass(frozen=True)
class Actor:
    """Somebody who wants to do something; nobody signed in has no id and no role. `acting_in` is
    the union body in which they now act under a mandate, `acting_for` the organisation.
    """

    person_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    acting_in: UUID | None = None
    acting_for: UUID | None = None


Rule = Callable[[Actor, Any], bool]


def anyone(_actor: Actor, _thing: Any) -> bool:
    return True


def signed_in(actor: Actor, _thing: Any) -> bool:
    return actor.person_id is not None


def has(*roles: Role) -> Rule:
    """Holds one of the roles."""
    return lambda actor, _thing: bool(actor.roles & frozenset(roles))


def approves_others(actor: Actor, thing: Any) -> bool:
    """Data protection is never approved by the author of what is approved (`thing.author_id`)."""
    return Role.APPROVER in actor.roles and thing.author_id != actor.person_id


def reads_mail(actor: Actor, settings: Any) -> bool:
    """In a demo everybody signed in may open an invitation; else it is for administrators."""
    demo = bool(getattr(settings, "demo", False))
    return Role.ADMINISTRATOR in actor.roles or (demo and actor.person_id is not None)


@dataclass(frozen=True)
class Preparable:
    """A round to be made ready for researchers: of a review, with its university's people."""

    university: frozenset[UUID] | None = None


def prepares(actor: Actor, thing: Any) -> bool:
    """Of a review only its university's people, of all else analysts; without a `thing`, whoever
    can be either.
    """
    if thing is None:
        return bool(actor.roles & {Role.ANALYST, Role.RESEARCHER})
    if thing.university is not None:
        return actor.person_id in thing.university
    return Role.ANALYST in actor.roles


@dataclass(frozen=True)
class People:
    """Those of a meeting: who runs it, who is asked to come, as an employee or (with the body) as
    who represents a union, and who attests its minutes. One `of_body` is no secretary's by role;
    `lapsed` are those who represented a union there and do not any more.
    """

    running: frozenset[UUID] = frozenset()
    coming: frozenset[UUID] = frozenset()
    representing: frozenset[tuple[UUID, UUID]] = frozenset()  # (person, body)
    attesting: frozenset[UUID] = frozenset()
    of_body: UUID | None = None
    lapsed: frozenset[UUID] = frozenset()

    @property
    def asked(self) -> frozenset[UUID]:
        return self.coming | {person for person, _body in self.representing}


def runs(actor: Actor, thing: Any) -> bool:
    """Those who have a post in the meeting, and every secretary; of a meeting with unions the
    employer's negotiators instead. Who acts for a union there does not run it meanwhile.
    """
    if thing is None or thing.of_body is None:
        mine = thing is not None and actor.person_id in thing.running
        return mine or Role.SECRETARY in actor.roles
    if actor.acting_in == thing.of_body:
        return False
    return actor.person_id in thing.running or Role.NEGOTIATOR in actor.roles


def comes(actor: Actor, thing: Any) -> bool:
    """Those who run a meeting or are asked to come to it: as who represents, while they do."""
    if runs(actor, thing):
        return True
    if thing is None:
        return False
    return actor.person_id in thing.coming or (
        (actor.person_id, actor.acting_in) in thing.representing
    )


def attests(actor: Actor, thing: Any) -> bool:
    """Whoever was chosen to; who is in the meeting for a union, while they act there, and no more
    when their mandate has ended.
    """
    if thing is None or actor.person_id not in thing.attesting - thing.lapsed:
        return False
    bodies = {body for person, body in thing.representing if person == actor.person_id}
    return not bodies or actor.acting_in in bodies


def reads(actor: Actor, thing: Any) -> bool:
    """Those of a meeting, and who attests its minutes without having been asked to come."""
    return comes(actor, thing) or attests(actor, thing)


@dataclass(frozen=True)
class InBody:
    """A union body: its secretary, and which it is."""

    secretary: UUID | None = None
    body_id: UUID | None = None


def keeps_body(actor: Actor, thing: Any) -> bool:
    """The employer's negotiators, and of each body its secretary."""
    mine = thing is not None and actor.person_id is not None and actor.person_id == thing.secretary
    return mine or Role.NEGOTIATOR in actor.roles


def sees_body(actor: Actor, thing: Any) -> bool:
    """Who keeps it, the registrars, and those who act under a mandate in it. No other role."""
    if keeps_body(actor, thing) or Role.REGISTRAR in actor.roles:
        return True
    return thing is not None and actor.acting_in == thing.body_id is not None


def sees_matters(actor: Actor, thing: Any) -> bool:
    """Who keeps a body, and those who act under a mandate in it: no registrar."""
    return keeps_body(actor, thing) or (
        thing is not None and actor.acting_in == thing.body_id is not None
    )


@dataclass(frozen=True)
class Signed:
    """A letter to an authority: the organisations that sign it or are asked to."""

    signers: frozenset[UUID] = frozenset()


def signs(actor: Actor, thing: Any) -> bool:
    """Who acts for one of the organisations. No role of the authority."""
    return thing is not None and actor.acting_for in thing.signers


@dataclass(frozen=True)
class Handled:
    """A letter to an authority: its handler, and who wrote the reply that waits for approval (empty
    where none waits).
    """

    handler_id: UUID | None = None
    writers: frozenset[UUID] = frozenset()


def handles(actor: Actor, thing: Any) -> bool:
    """Its handler, while they are one; of no certain letter any."""
    mine = thing is None or actor.person_id == thing.handler_id
    return mine and Role.HANDLER in actor.roles


def works_on(actor: Actor, thing: Any) -> bool:
    """A request to read documents: every registrar, and the handler that it was given to."""
    return Role.REGISTRAR in actor.roles or handles(actor, thing)


def cuts(actor: Actor, thing: Any) -> bool:
    """A registrar's own batch of scanned letters; of no certain batch any."""
    mine = thing is None or actor.person_id == thing.person_id
    return mine and Role.REGISTRAR in actor.roles


def approves_reply(actor: Actor, thing: Any) -> bool:
    """Another handler or registrar than those who wrote the reply, while it waits."""
    if not actor.roles & {Role.HANDLER, Role.REGISTRAR}:
        return False
    return thing is None or (bool(thing.writers) and actor.person_id not in thing.writers)


def reads_letter(actor: Actor, thing: Any) -> bool:
    """Registrars, its handler, and who can approve its reply."""
    registers = Role.REGISTRAR in actor.roles
    return registers or handles(actor, thing) or approves_reply(actor, thing)


@dataclass(frozen=True)
class _Thing:
    """Something that somebody else has written."""

    author_id: UUID | None = None
    university: frozenset[UUID] | None = None
    running: frozenset[UUID] = frozenset()
    coming: frozenset[UUID] = frozenset()
    attesting: frozenset[UUID] = frozenset()
    representing: frozenset[tuple[UUID, UUID]] = frozenset()
    of_body: UUID | None = None
    lapsed: frozenset[UUID] = frozenset()
    secretary: UUID | None = None
    body_id: UUID | None = None
    signers: frozenset[UUID] = frozenset()
    handler_id: UUID | None = None
    person_id: UUID | None = None
    writers: frozenset[UUID] = frozenset({uuid4()})


_SOMEBODY_ELSES: Final = _Thing()
ANALYSING = has(Role.ANALYST)
MEETING = has(Role.SECRETARY, Role.FACILITATOR, Role.NEGOTIATOR)
REVIEWING = has(Role.ANALYST, Role.APPROVER)

ACTIONS: Final[dict[str, Rule]] = {
    # everybody
    "page.read": anyone,
    "session.start": anyone,
    # people
    "account.own": signed_in,
    "person.list": has(Role.ADMINISTRATOR),
    "person.change": has(Role.ADMINISTRATOR),
    "role.grant": has(Role.ADMINISTRATOR),
    # organisation
    "organisation.see": has(Role.ADMINISTRATOR, Role.ANALYST, Role.APPROVER),
    "organisation.import": has(Role.ADMINISTRATOR),
    # documents
    "document.own": signed_in,  # those of what it belongs to; for others the page does not exist
    # receipts
    "receipt.open": anyone,  # whoever has the number and the code
    # commitments
    "commitment.see": anyone,  # from the day its owner has accepted it
    "commitment.follow": anyone,  # by mail
    "commitment.own": signed_in,  # one's own, and what was promised to oneself
    "commitment.record": has(Role.SECRETARY, Role.FACILITATOR),
    # surveys
    "survey.list": REVIEWING,
    "survey.see": REVIEWING,
    "survey.edit": ANALYSING,
    "round.see": REVIEWING,
    "round.plan": ANALYSING,
    "round.submit": ANALYSING,
    "round.approve": approves_others,
    "round.confirm": ANALYSING,  # by the university's people; for others there is no such page
    "round.run": ANALYSING,
    "round.answer": anyone,
    "code.enter": anyone,
    "key.hold": signed_in,  # by those who were chosen; for others the page does not exist
    # results
    "release.make": ANALYSING,
    "release.correct": ANALYSING,
    "correction.see": REVIEWING,
    "correction.approve": approves_others,
    "release.see": anyone,  # the region and its förvaltningar
    "release.detail": signed_in,  # smaller units in one's own line, see results.reach
    "release.all": REVIEWING,  # every unit, and the files of all of them
    "text.review": has(Role.REVIEWER),
    # reviews that a university leads
    "programme.make": has(Role.ADMINISTRATOR),
    "programme.see": anyone,
    # research
    "application.make": has(Role.RESEARCHER),
    "application.list": has(Role.RESEARCHER, Role.APPROVER, Role.REGISTRAR),
    "application.see": signed_in,  # one's own, or as somebody named in it, approver or registrar
    "application.approve": approves_others,
    "application.register": has(Role.REGISTRAR),
    "data.prepare": prepares,
    "export.see": anyone,
    # unions
    "mandate.own": signed_in,  # one's own, and the bodies that one sees
    "mandate.address": anyone,  # whoever has the link in the mail to it
    "body.make": has(Role.NEGOTIATOR),
    "body.keep": keeps_body,
    "body.see": sees_body,
    # letters to the authority
    "submission.own": signed_in,  # of the organisation that one acts for
    "submission.sign": signs,
    "submission.send": anyone,  # without signing in; what was sent, whoever has its code
    "submission.send_named": signed_in,
    # negotiations
    "matter.own": signed_in,  # of the bodies whose matters one sees; for others there is no page
    "matter.see": sees_matters,
    "matter.keep": keeps_body,  # for the employer
    # meetings
    "meeting.plan": MEETING,
    "meeting.run": runs,
    "meeting.see": comes,
    "meeting.own": signed_in,  # one's own meetings and calendar
    "meeting.join": anyone,  # by the code of a meeting that takes guests
    "meeting.follow": anyone,  # those who may see the meeting, and its guests
    "meeting.vote": anyone,  # whoever has a pass of the meeting; it is sent without a cookie
    "calendar.feed": anyone,  # whoever has its secret address
    # the diary
    "diary.see": anyone,  # what is not withheld from everybody
    "diary.keep": has(Role.REGISTRAR),
    # retention
    "retention.see": has(Role.REGISTRAR, Role.APPROVER),
    "retention.keep": has(Role.REGISTRAR),
    "retention.confirm": has(Role.REGISTRAR, Role.APPROVER),  # two people, each once
    # requests to read documents
    "request.ask": anyone,  # without signing in; what was sent, whoever has its code
    "request.handle": works_on,
    "request.locate": has(Role.REGISTRAR),  # in all of the diary; and say who handles it
    # letters to the authority, from the receipt on
    "submission.incoming": has(Role.REGISTRAR, Role.HANDLER),
    "submission.read": reads_letter,
    "submission.register": has(Role.REGISTRAR),
    "submission.cut": cuts,
    "submission.handle": handles,
    "submission.approve": approves_reply,
    # what is asked after meetings
    "followup.see": has(Role.SECRETARY, Role.FACILITATOR, Role.APPROVER),
    "followup.plan": MEETING,
    "followup.approve": approves_others,
    "followup.results": comes,  # and who is asked to come, where the series says so
    # minutes
    "minutes.own": signed_in,  # of one's own meetings; for others the page does not exist
    "minutes.write": runs,
    "minutes.read": reads,
    "minutes.attest": attests,
    # operation
    "mail.read": reads_mail,  # only where no mail server is set
    "bounce.see": has(Role.ADMINISTRATOR),
    "duty.see": has(Role.ADMINISTRATOR),
}


def holders(action: str) -> tuple[bool, bool, tuple[Role, ...]]:
    """Who may do it at all: everybody, everybody signed in, and which roles open it alone."""
    everybody = may(Actor(), action, _SOMEBODY_ELSES)
    anybody = may(Actor(uuid4()), action, _SOMEBODY_ELSES)
    roles = tuple(
        role for role in Role if may(Actor(uuid4(), frozenset({role})), action, _SOMEBODY_ELSES)
    )
    return everybody, anybody, roles


def may(actor: Actor, action: str, thing: Any = None) -> bool:
    """Whether `actor` may do `action` (to `thing`). An unknown action is a KeyError."""
    return ACTIONS[action](actor, thing)
