"""Every page of the staff application, on a phone: axe finds nothing, nothing is cut off."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page
from werkzeug.routing import Rule

from dialog.followups.step_views import STEPS as STEPS_OF_PLANS
from dialog.meetings import door
from dialog.meetings.live import guests
from dialog.people.models import Role
from dialog.people.permissions import holders
from dialog.research.part_views import PARTS as APPLICATION_PARTS
from dialog.surveys.building.instruments.speech_climate import SPEECH_CLIMATE
from dialog.surveys.rounds.plan_views import PARTS
from dialog.surveys.rounds.step_views import STEPS
from tests.browser.conftest import Live, fits, violations
from tests.browser.house import House, furnish
from tests.browser.promises import STEPS as PROMISE_STEPS
from tests.browser.requests import STEPS as REQUEST_STEPS

pytestmark = pytest.mark.browser

EVERYBODY, HOLDER, SIGNED_IN, ACTING = "everybody", "holder", "signed in", "acting"
# What is no page: files, what scripts fetch, and the choice of language, which leads elsewhere.
FILES = {
    "surveys.form", "surveys.manifest", "surveys.units", "surveys.answer_script",
    "surveys.export_json", "surveys.export_xlsform", "surveys.receipts", "surveys.code_sheets",
    "surveys.batch", "organisation.example", "organisation.changes", "results.chart",
    "results.file", "results.talk", "programmes.file", "programmes.chart", "research.hierarchy",
    "research.synthetic", "home.health", "home.language", "meetings.event", "meetings.feed",
    "meetings.agenda_file", "minutes.paper_", "meetings.happened", "followups.meeting_chart",
    "followups.series_chart", "followups.form_chart", "meetings.voted",
    "documents.file", "documents.picture", "documents.page", "documents.small_page",
    "submissions.receipt_file", "diary.diary_file", "diary.archive_file",
    "meetings.told", "meetings.note",
}  # fmt: skip
# Which rounds a page is looked at for, where that is not the open one.
ROUNDS = {
    "surveys.answer": ("open", "link", "opened"),
    "surveys.check_round": ("open", "opened"),
    "surveys.edit_group": ("draft",),
    "surveys.key": ("making", "waiting", "opened"),
    "surveys.new_group": ("draft",),
    "surveys.opening": ("waiting",),
    "surveys.paper_form": ("published",),
    "surveys.round": ("draft", "review", "codes", "making", "open", "link", "waiting", "opened"),
    "surveys.round_codes": ("codes",),
    "surveys.round_form": ("published",),
    "surveys.round_form_page": ("published",),
    "surveys.round_part": ("draft",),
    "surveys.round_groups": ("draft", "open"),
    "surveys.round_poster": ("link",),
    "surveys.round_review": ("review", "making"),
    "surveys.withdraw_codes": ("codes",),
    "rehearsing.rehearsal": ("draft", "open"),
    "research.exports_of_round": ("published",),
    "research.prepare": ("published",),
    "research.variables": ("published",),
    "reviewing.decided": ("published",),
    "reviewing.following": ("published",),
    "reviewing.text": ("published",),
    "results.of_round": ("opened",),
    "results.publish": ("opened",),
}
# Other steps with an application are looked at in test_research.
SLUGS: dict[str, list[Any]] = {
    "research.part": [part.slug for part in APPLICATION_PARTS.values()],
    "research.step": ["lamna-in", "ta-tillbaka"],
    "negotiations.step": ["ajournera", "enighet", "frantrad", "beslut"],
    "meetings.step": ["kalla", "skjut-upp", "stall-in", "borja", "kopiera"],  # of one invited to
}
# Which plan a page is looked at for, and each step, where that is not the approved one.
PLANS = {"followups.edit_plan": ("draft",), "followups.plan": ("draft", "review", "approved")}
PLAN_STEPS = {
    "lamna-till-granskning": "draft", "ta-tillbaka": "review", "skicka-tillbaka": "review",
    "godkann": "review", "avsluta": "approved",
}  # fmt: skip
# Which minutes a page is looked at for, where that is not those sent round.
MINUTES = {
    "minutes.addendum": ("locked",),
    "minutes.attesters": ("drafting", "circulated"),
    "minutes.circulate": ("drafting",),
    "minutes.minutes": ("drafting", "circulated", "locked"),
    "minutes.write": ("drafting", "circulated"),
}
# Which letters a page is looked at for, where that is not the organisation's own draft.
LETTERS = {
    "submissions.receipt": ("sent",),
    "submissions.sign": ("asked",),
    "submissions.submission": ("draft", "asked", "sent"),
}
# Which letter a page is looked at for, and whose it is then.
INCOMING = {
    "submissions.letter": ("received", "registered", "assigned", "asked", "proposed", "replied"),
    "submissions.register": ("received", "registered"),
    "submissions.reply": ("assigned",),
    "submissions.approve_reply": ("proposed",),
    "submissions.send_back_reply": ("proposed",),
    "submissions.promise": ("assigned",),
    "submissions.supplement": ("asked",),
}
INCOMING_STEPS = {
    "tilldela": ("registered", Role.REGISTRAR), "komplettering": ("assigned", Role.HANDLER),
    "for-till": ("assigned", Role.HANDLER), "lamna-over": ("assigned", Role.HANDLER),
    "avsluta": ("replied", Role.REGISTRAR), "lagg-at-sidan": ("received", Role.REGISTRAR),
}  # fmt: skip
COMERS = {
    "meetings.answer", "meetings.ask", "meetings.check_in", "meetings.receipt", "meetings.room",
    "meetings.screen", "minutes.attest", "minutes.object", "unions.address", "unions.mine",
    "unions.resign",
}  # fmt: skip
# Pages of who holds a key, acts under a mandate, or handles a letter.
OF_FEW = {
    "submissions.send": EVERYBODY, "submissions.send_named": SIGNED_IN,
    "surveys.key": HOLDER, "surveys.opening": HOLDER, "negotiations.acknowledge": ACTING,
    "negotiations.request_": ACTING, "negotiations.sending": ACTING,
    **dict.fromkeys([*INCOMING, "submissions.incoming", "submissions.overview"], Role.REGISTRAR),
    "submissions.reply": Role.HANDLER, "submissions.promise": Role.HANDLER,
    "submissions.supplement": ACTING, "submissions.take_in": Role.REGISTRAR,
    "submissions.cut": Role.REGISTRAR,
}  # fmt: skip
# Whose the other pages of these rooms are.
KEEPERS = {
    "documents": Role.SECRETARY, "followups": Role.SECRETARY, "meetings": Role.SECRETARY,
    "minutes": Role.SECRETARY, "negotiations": Role.NEGOTIATOR, "submissions": ACTING,
    "unions": Role.NEGOTIATOR,
}  # fmt: skip
SECTION = SPEECH_CLIMATE.sections[1]
NAMES = {
    "surveys.edit_section": SECTION.name,
    "surveys.edit_question": SECTION.questions[0].name,
    "surveys.edit_scale": SPEECH_CLIMATE.scales[0].name,
}
# In which round each step can be taken.
STEP_ROUNDS = {
    "lamna-till-granskning": "draft", "ta-tillbaka": "review", "skicka-tillbaka": "review",
    "godkann": "review", "oppna": "approved", "pausa": "open", "fortsatt": "paused",
    "forlang": "open", "stang": "open", "avbryt": "approved", "avsluta-ooppnad": "waiting",
    "arkivera": "opened",
}  # fmt: skip


@pytest.fixture
def house(live: Live) -> House:
    return furnish(live)


def steps_of_rounds(house: House) -> Iterator[tuple[str, str]]:
    for slug, step in STEPS.items():
        approves = step.permission == "round.approve"
        address = f"/omgangar/{house.rounds[STEP_ROUNDS[slug]]}/{slug}"
        yield Role.APPROVER if approves else Role.ANALYST, address


def steps_of_promises(house: House) -> Iterator[tuple[str, str]]:
    for slug, (name, who) in PROMISE_STEPS.items():
        yield who, f"/ataganden/{house.promises.made[name]}/{slug}"


def steps_of_plans(house: House) -> Iterator[tuple[str, str]]:
    for slug, state in PLAN_STEPS.items():
        approves = STEPS_OF_PLANS[slug].permission == "followup.approve"
        address = f"/uppfoljning/{house.afterwards.plans[state]}/{slug}"
        yield Role.APPROVER if approves else Role.SECRETARY, address


def steps_of_requests(house: House) -> Iterator[tuple[str, str]]:
    for slug, state in REQUEST_STEPS.items():
        yield Role.REGISTRAR, f"/begaran/{house.requests.by_state[state]}/{slug}"


def steps_of_letters(house: House) -> Iterator[tuple[str, str]]:
    for slug, (state, who) in INCOMING_STEPS.items():
        yield who, f"/inkomna-skrivelser/{house.incoming[state]}/{slug}"


STEPPED = {
    "submissions.step": steps_of_letters,
    "surveys.round_step": steps_of_rounds,
    "commitments.step": steps_of_promises,
    "followups.step": steps_of_plans,
    "requests.step": steps_of_requests,
}


def visits(live: Live, house: House) -> Iterator[tuple[str, str]]:
    """(who, address) of every page; where nothing else is said, of the open round."""
    for rule in live.app.url_map.iter_rules():
        if rule.endpoint in FILES | {"static"} or "GET" not in (rule.methods or ()):
            continue
        if rule.endpoint in STEPPED:
            yield from STEPPED[rule.endpoint](house)
            continue
        for address in addresses(live, house, rule):
            yield visitor(live, house, rule), address
    for address in (
        "/moten",
        f"/moten/{house.meeting}",
        f"/moten/{house.meeting}/dagordning",
        f"/handlingar/till/agenda-item/{house.item}",
        f"/handlingar/{house.documents[0]}?version=1&sida=2",
    ):
        yield SIGNED_IN, address
    for request_id in house.requests.by_state.values():
        yield Role.REGISTRAR, f"/begaran/{request_id}"
    yield Role.REGISTRAR, f"/begaran/{request_id}/handlingar?q=skrivelse"
    yield ACTING, f"/handlingar/till/submission/{house.unions.letters['draft']}"
    yield Role.SECRETARY, "/facklig-samverkan"
    yield Role.SECRETARY, f"/moten/{house.unions.meeting}"
    yield Role.SECRETARY, f"/forhandlingar/{house.unions.negotiations.matter}"
    planner = f"/facklig-samverkan/{house.unions.body}/forhandlingar/planera"
    yield ACTING, f"{planner}?paragraf=11&dag=2027-03-16&centralt=y"
    yield Role.NEGOTIATOR, f"/forhandlingar/{house.unions.negotiations.prepared}"
    yield Role.NEGOTIATOR, f"/forhandlingar/{house.unions.negotiations.prepared}/skicka"
    yield ACTING, f"/forhandlingar/{house.unions.negotiations.matter}"
    yield ACTING, f"/facklig-samverkan/{house.unions.body}/forhandlingar"
    for who in (*house.people, HOLDER, ACTING):
        yield who, "/"
        yield who, "/konto/om-mig"


def addresses(live: Live, house: House, rule: Rule) -> list[str]:
    values: dict[str, list[Any]] = {
        "round_id": [house.rounds[name] for name in ROUNDS.get(rule.endpoint, ("open",))],
        "survey_id": [house.survey],
        "slug": SLUGS.get(rule.endpoint, [part.slug for part in PARTS.values()]),
        "application_id": [house.application],
        "release_id": [house.release, house.opened_by_trustees],
        "unit": ["R"],
        "stack_id": [house.stack],
        "text_id": [house.text],
        "correction_id": [house.correction],
        "commitment_id": house.promises.public,
        "secret": [
            house.unions.secret if rule.endpoint.startswith("unions.") else house.promises.secret
        ],
        "draft_id": [house.draft],
        "programme_id": [house.programme],
        "person_id": [house.minutes.gone if "minutes_id" in rule.arguments else house.holder.id],
        "meeting_id": meetings_of(house, rule),
        "plan_id": [house.afterwards.plans[name] for name in PLANS.get(rule.endpoint, ())],
        "minutes_id": [
            house.minutes.by_state[state] for state in MINUTES.get(rule.endpoint, ("circulated",))
        ],
        "section_id": [house.minutes.section],
        "proposal_id": [house.minutes.proposal],
        "item_id": [house.item],
        "submission_id": letters_of(house, rule.endpoint),
        "body_id": [house.unions.body],
        "organisation_id": [house.unions.organisation],
        "mandate_id": [
            house.unions.mine
            if rule.endpoint in {"unions.address", "unions.resign"}
            else house.unions.ended
        ],
        "about": ["agenda-item"],
        "about_id": [house.item],
        "sending_id": [house.unions.negotiations.sending],
        "document_id": [house.unions.negotiations.reserved]
        if rule.endpoint == "negotiations.acknowledge"
        else house.documents
        if rule.endpoint == "documents.document"
        else house.documents[:1],
        "code": [_code(live, house, rule.endpoint)],
        "question_id": [house.talks.question],
        "poll_id": [house.talks.poll],
        "group_id": [house.talks.group],
        "matter_id": [house.unions.negotiations.matter],
        "claim_id": [house.unions.negotiations.claim],
        "series_id": [house.afterwards.series],
        "format_id": [house.format, house.afterwards.form],
        "number": [house.matter],
        "request_id": [house.requests.by_state["assessed"]],
        "part_id": [house.requests.part],
        "copy_id": [house.requests.copy],
        "batch_id": [house.batch],
        "decision_id": [house.disposed.decision],
        "run_id": [house.disposed.run],
        "document": [1],
        "name": [NAMES.get(rule.endpoint, house.letter)],
    }
    named = sorted(rule.arguments)
    with live.app.test_request_context():
        return [
            live.app.url_for(rule.endpoint, **dict(zip(named, chosen, strict=True)))
            for chosen in product(*(values[name] for name in named))
        ]


def letters_of(house: House, endpoint: str) -> list[Any]:
    if endpoint in INCOMING:
        return [house.incoming[name] for name in INCOMING[endpoint]]
    return [house.unions.letters[name] for name in LETTERS.get(endpoint, ("draft",))]


def _code(live: Live, house: House, endpoint: str) -> str:
    keys = live.app.extensions["settings"].keys
    if endpoint == "meetings.check_in":
        return door.code(keys, meeting_id=house.meeting)
    if endpoint == "meetings.join":
        return guests.code(keys, meeting_id=house.meeting)
    return "F1~1" if endpoint == "surveys.edit_group" else "F1"


def meetings_of(house: House, rule: Rule) -> list[Any]:
    if rule.endpoint == "followups.meeting":
        return list(house.afterwards.meetings.values())
    return [house.minutes.held if rule.endpoint == "meetings.minutes" else house.meeting]


def visitor(live: Live, house: House, rule: Rule) -> str:
    """Who may see it: a role, those who hold a key, anybody signed in, or everybody."""
    if rule.endpoint in OF_FEW:
        return OF_FEW[rule.endpoint]
    if rule.endpoint.startswith("surveys.dev_"):
        return Role.ADMINISTRATOR
    if "application_id" in rule.arguments:
        return Role.RESEARCHER
    keeper = KEEPERS.get(rule.endpoint.partition(".")[0])
    if keeper and rule.endpoint not in {"meetings.enter_code", "meetings.join"}:
        return SIGNED_IN if rule.endpoint in COMERS else keeper
    action = getattr(live.app.view_functions[rule.endpoint], "action", None)
    everybody, anybody, roles = holders(action) if action else (True, True, ())
    if everybody:
        return EVERYBODY
    return SIGNED_IN if anybody else next(role for role in roles if role in house.people)


def _acting(live: Live, house: House, page: Page) -> Page:
    """Somebody who has chosen to act under their mandate."""
    live.sign_in(page, house.people[SIGNED_IN])
    page.goto(f"{live.base}/mina-uppdrag")
    page.get_by_role("button", name="Företräd").click()
    return page


def faults_of(page: Page) -> Iterator[str]:
    if not fits(page):
        yield "wider than the screen"
    for fault in violations(page):
        yield f"{fault['id']}: {fault['nodes'][0]['html'][:200]}"


def test_every_page_is_accessible_and_fits_a_phone(
    live: Live, house: House, new_page: Callable[..., Page]
) -> None:
    browsers = {EVERYBODY: new_page(360)}
    for who, person in {**house.people, HOLDER: house.holder}.items():
        browsers[who] = new_page(360)
        live.sign_in(browsers[who], person)
    browsers[ACTING] = _acting(live, house, new_page(360))
    for page in browsers.values():  # sent once, and there on every page
        page.context.add_init_script(f"if (window === top) {{ {AXE_SCRIPT} }}")
    faults, seen = [], set()
    for who, address in visits(live, house):
        page = browsers[who]
        answer = page.goto(live.base + address)
        assert answer is not None
        assert answer.status == 200, f"{address} as {who}: {answer.status}"
        seen.add((who, address))
        faults += [f"{address} as {who}: {fault}" for fault in faults_of(page)]
    assert len(seen) > 90
    assert not faults, "\n".join(faults)
