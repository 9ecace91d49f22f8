"""Sending when something goes wrong: never lost, never two, and never a word too many kept."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from dialog.surveys.models import RoundState
from tests.browser.answering import OpenRound, begin, block, open_round, to_review
from tests.browser.conftest import Live, assert_accessible

KEPT = """async () => {
    const names = (await indexedDB.databases()).map(one => one.name);
    const database = names.includes("dialog") && await new Promise(resolve => {
        const opening = indexedDB.open("dialog");
        opening.onsuccess = () => resolve(opening.result);
    });
    const ballots = database && await new Promise(resolve => {
        const request = database.transaction("pending").objectStore("pending").getAll();
        request.onsuccess = () => resolve(request.result.length);
    });
    if (database) database.close();
    const words = JSON.stringify([{...localStorage}, {...sessionStorage}]);
    return {ballots: ballots || 0, words};
}"""
SECRETIVE = "Hemligt ord 4711"


@pytest.fixture
def opened(live: Live) -> OpenRound:
    return open_round(live)


@pytest.fixture
def ready(opened: OpenRound, browser_page: Page) -> Page:
    """A page on its last screen, with a text that can be looked for."""
    prepare(browser_page, opened.links[0])
    return browser_page


def prepare(page: Page, link: str) -> None:
    begin(page, link)
    for _ in range(2):
        page.locator("#next").click()
    page.locator("label[for=q-silent-2]").click()
    page.locator("#next").click()
    page.locator("#q-story-field").fill(SECRETIVE)
    page.locator("#next").click()


def break_(page: Page, where: str, *, after: bool = False) -> Callable[[], None]:
    """Lose the connection at requests to `where`: before they arrive, or `after` they were
    answered. Gives what mends it.
    """

    def lose(route: Route) -> None:
        if route.request.method == "OPTIONS":
            route.continue_()
            return
        if after:
            route.fetch()
        route.abort("connectionreset")

    page.route(where, lose)
    return lambda: page.unroute(where)


STEPS = [
    pytest.param("**/issue", False, id="issue-lost-on-the-way-there"),
    pytest.param("**/issue", True, id="issue-lost-on-the-way-back"),
    pytest.param("**/ballots", False, id="ballot-lost-on-the-way-there"),
    pytest.param("**/ballots", True, id="ballot-lost-on-the-way-back"),
]


@pytest.mark.parametrize(("where", "after"), STEPS)
def test_a_connection_lost_at_any_step_loses_nothing_and_sends_once(
    opened: OpenRound, ready: Page, where: str, *, after: bool
) -> None:
    mend = break_(ready, where, after=after)
    ready.locator("#send").click()
    expect(block(ready, "waiting")).to_be_visible()
    assert_accessible(ready)
    mend()
    # Not by the mouse: the page may be trying again by itself at this moment.
    block(ready, "waiting").locator("[data-action=retry]").evaluate("button => button.click()")
    expect(block(ready, "done")).to_be_visible()
    assert [ballot["answers"]["story"] for ballot in opened.ballots()] == [SECRETIVE]


def test_whether_somebody_followed_a_link_or_typed_a_code_is_not_told_by_a_length(
    opened: OpenRound, ready: Page
) -> None:
    bodies: dict[str, set[int]] = {"place": set(), "issue": set()}

    def listen(request: Request) -> None:
        what = request.url.rsplit("/", 1)[-1]
        if what in bodies and request.method == "POST":
            bodies[what].add(len(request.post_data or ""))
            assert '"secret":"' in str(request.post_data)

    ready.on("request", listen)
    ready.locator("#send").click()
    expect(block(ready, "done")).to_be_visible()
    opened.invite()
    secrets = (opened.links[-1].split("#")[1], opened.codes[-1].replace("-", ""))
    for language, secret in zip(("en", "sv"), secrets, strict=True):
        with ready.expect_response("**/place"):
            ready.goto(f"{opened.address}?lang={language}#{secret}")
    assert [len(lengths) for lengths in bodies.values()] == [1, 1]


@pytest.mark.parametrize(("where", "after"), STEPS)
def test_a_reload_in_the_middle_goes_on_by_itself(
    opened: OpenRound, ready: Page, where: str, *, after: bool
) -> None:
    mend = break_(ready, where, after=after)
    ready.locator("#send").click()
    expect(block(ready, "waiting")).to_be_visible()
    mend()
    ready.reload()
    expect(block(ready, "done")).to_be_visible()
    assert len(opened.ballots()) == 1


def test_it_goes_on_by_itself_when_the_connection_is_back(opened: OpenRound, ready: Page) -> None:
    mend = break_(ready, "**/ballots")
    ready.locator("#send").click()
    expect(block(ready, "waiting")).to_be_visible()
    mend()
    expect(block(ready, "done")).to_be_visible(timeout=10_000)


def test_a_tab_that_was_closed_goes_on_at_the_next_visit(opened: OpenRound, ready: Page) -> None:
    mend = break_(ready, "**/ballots")
    ready.locator("#send").click()
    expect(block(ready, "waiting")).to_be_visible()
    mend()
    again = ready.context.new_page()
    ready.close()
    again.goto(opened.address)  # not even the link is needed any more
    expect(block(again, "done")).to_be_visible()
    assert len(opened.ballots()) == 1


def test_a_double_click_sends_once(opened: OpenRound, ready: Page) -> None:
    ready.locator("#send").dblclick()
    expect(block(ready, "done")).to_be_visible()
    assert len(opened.ballots()) == 1


def test_two_tabs_send_one_answer(opened: OpenRound, ready: Page) -> None:
    other = ready.context.new_page()
    prepare(other, opened.links[0])
    ready.evaluate("document.querySelector('#send').click()")
    other.evaluate("document.querySelector('#send').click()")
    done = '[data-block="done"]:not([hidden]), [data-block="issued"]:not([hidden])'
    expect(ready.locator(done)).to_be_visible()
    expect(other.locator(done)).to_be_visible()
    assert len(opened.ballots()) == 1


def test_the_back_button_after_sending_shows_the_receipt_and_sends_nothing(
    opened: OpenRound, ready: Page
) -> None:
    ready.locator("#send").click()
    expect(block(ready, "done")).to_be_visible()
    ready.go_back()
    expect(block(ready, "done")).to_be_visible()
    expect(ready.locator("#form")).to_be_hidden()
    ready.reload()
    expect(block(ready, "done")).to_be_visible()
    assert len(opened.ballots()) == 1


def test_after_sending_nothing_of_the_answer_is_kept(opened: OpenRound, ready: Page) -> None:
    secret = opened.links[0].split("#")[1]
    assert SECRETIVE in ready.evaluate(KEPT)["words"]
    ready.locator("#send").click()
    expect(block(ready, "done")).to_be_visible()
    kept = ready.evaluate(KEPT)
    assert kept["ballots"] == 0
    assert SECRETIVE not in kept["words"]
    assert secret not in kept["words"]


def test_somebody_who_has_answered_is_told_kindly(
    opened: OpenRound, ready: Page, wide_page: Page
) -> None:
    ready.locator("#send").click()
    expect(block(ready, "done")).to_be_visible()
    wide_page.goto(opened.links[0])
    expect(block(wide_page, "answered")).to_be_visible()
    assert_accessible(wide_page)


def test_a_second_device_that_was_late_is_told_that_one_answer_counts(
    opened: OpenRound, ready: Page, wide_page: Page
) -> None:
    prepare(wide_page, opened.links[0])
    ready.locator("#send").click()
    expect(block(ready, "done")).to_be_visible()
    wide_page.locator("#send").click()
    expect(block(wide_page, "issued")).to_be_visible()
    assert wide_page.evaluate(KEPT)["ballots"] == 0
    assert len(opened.ballots()) == 1


def test_manifests_that_differ_by_a_byte_stop_it_before_anything_is_sealed(
    opened: OpenRound, ready: Page
) -> None:
    def forge(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body().replace(b'"k":10', b'"k":11'))

    ready.route("**/rounds/*/manifest.json", forge)
    ready.locator("#send").click()
    expect(block(ready, "mismatch")).to_be_visible()
    assert_accessible(ready)
    assert ready.evaluate(KEPT)["ballots"] == 0
    assert opened.ballots() == []


def test_without_contact_before_sealing_the_answers_stay_on_the_screen(ready: Page) -> None:
    mend = break_(ready, "**/manifest.json")
    ready.locator("#send").click()
    expect(ready.locator("#send-problem")).to_contain_text("dina svar finns kvar")
    mend()
    ready.locator("#send").click()
    expect(block(ready, "done")).to_be_visible()


def test_a_signature_that_is_none_is_not_spent(opened: OpenRound, ready: Page) -> None:
    ready.route("**/issue", lambda route: route.fulfill(json={"signature": "AA" * 171}))
    ready.locator("#send").click()
    expect(block(ready, "failed")).to_be_visible()
    assert opened.ballots() == []


def test_a_round_paused_meanwhile_keeps_the_answer_until_it_goes_on(
    opened: OpenRound, ready: Page
) -> None:
    opened.change(RoundState.PAUSED)
    ready.locator("#send").click()
    expect(block(ready, "paused")).to_be_visible()
    assert_accessible(ready)
    opened.change(RoundState.OPEN)
    block(ready, "paused").locator("[data-action=retry]").click()
    expect(block(ready, "done")).to_be_visible()


def test_a_ballot_signed_in_time_is_posted_after_the_deadline(
    opened: OpenRound, ready: Page
) -> None:
    mend = break_(ready, "**/ballots")
    ready.locator("#send").click()
    expect(block(ready, "waiting")).to_be_visible()
    opened.change(RoundState.CLOSED)
    mend()
    ready.goto(opened.address)
    expect(block(ready, "done")).to_be_visible()
    expect(ready.locator("#closed-page")).to_be_hidden()
    assert len(opened.ballots()) == 1


def test_a_ballot_can_be_taken_along_to_another_device(
    opened: OpenRound, ready: Page, wide_page: Page, tmp_path: Path
) -> None:
    break_(ready, "**/ballots")
    ready.locator("#send").click()
    expect(block(ready, "waiting")).to_be_visible()
    with ready.expect_download() as download:
        block(ready, "waiting").locator("[data-action=take-along]").click()
    path = tmp_path / "file.json"
    download.value.save_as(path)
    content = path.read_text()
    assert SECRETIVE not in content
    assert opened.links[0].split("#")[1] not in content
    wide_page.goto(opened.address)
    wide_page.locator("#file-part summary").click()
    wide_page.locator("#ballot-file").set_input_files(path)
    expect(block(wide_page, "done")).to_be_visible()
    assert len(opened.ballots()) == 1


def test_a_file_that_is_no_ballot_of_this_round_is_refused(
    opened: OpenRound, wide_page: Page, tmp_path: Path
) -> None:
    path = tmp_path / "file.json"
    wide_page.goto(opened.links[0])
    wide_page.locator("#file-part summary").click()
    for content in ("", "{}", "[1]", json.dumps({"dialog": "ballot", "round": "other"})):
        path.write_text(content)
        wide_page.locator("#ballot-file").set_input_files(path)
        expect(wide_page.locator("#file-fault")).to_be_visible()
        wide_page.reload()
        wide_page.locator("#file-part summary").click()


@pytest.fixture
def shared(opened: OpenRound, browser_page: Page) -> Page:
    """A page on a shared computer, on its last screen; its clock is ours."""
    page = browser_page
    page.clock.install()
    page.goto(opened.links[0])
    page.locator(".keeping summary").click()
    page.locator("#keep-shared").check()
    page.locator("#begin").click()
    for _ in range(2):
        page.locator("#next").click()
    page.locator("label[for=q-silent-2]").click()
    page.locator("#next").click()
    page.locator("#q-story-field").fill(SECRETIVE)
    return page


def test_on_a_shared_computer_nothing_is_kept_while_answering(
    opened: OpenRound, shared: Page
) -> None:
    kept = shared.evaluate(KEPT)
    assert SECRETIVE not in kept["words"]
    assert opened.links[0].split("#")[1] not in kept["words"]


def test_on_a_shared_computer_five_idle_minutes_empty_the_page(shared: Page) -> None:
    shared.clock.fast_forward("04:05")
    expect(shared.locator("#idle")).to_be_visible()
    assert_accessible(shared)
    shared.clock.fast_forward("01:00")
    expect(block(shared, "cleared")).to_be_visible()
    expect(shared.locator("#idle")).to_be_hidden()
    assert shared.locator("#q-story-field").input_value() == ""
    shared.go_back()
    expect(block(shared, "cleared")).to_be_visible()


def test_the_warning_can_be_answered(shared: Page) -> None:
    shared.clock.fast_forward("04:05")
    shared.get_by_role("button", name="Fortsätt svara").click()
    expect(shared.locator("#idle")).to_be_hidden()
    shared.clock.fast_forward("01:30")
    expect(shared.locator("#q-story-field")).to_have_value(SECRETIVE)


def test_on_a_shared_computer_nothing_is_kept_after_sending(
    opened: OpenRound, shared: Page
) -> None:
    shared.locator("#next").click()
    shared.locator("#send").click()
    expect(block(shared, "done")).to_be_visible()
    kept = shared.evaluate(KEPT)
    assert kept["ballots"] == 0
    assert "dialog.receipt" not in kept["words"]
    assert len(opened.ballots()) == 1


def test_kept_until_tomorrow_the_draft_survives_the_tab_but_not_the_day_after(
    opened: OpenRound, new_page: Callable[..., Page]
) -> None:
    page = new_page(360)
    page.clock.install(time="2026-10-14T08:00:00")
    page.goto(opened.links[0])
    page.locator(".keeping summary").click()
    page.locator("#keep-device").check()
    page.locator("#begin").click()
    page.locator("label[for=q-mistakes-4]").click()
    context: BrowserContext = page.context
    page.close()

    next_day = context.new_page()
    next_day.clock.install(time="2026-10-15T22:00:00")
    next_day.goto(opened.links[0])
    expect(next_day.locator("#begin")).to_have_text("Fortsätt där du slutade")
    next_day.locator("#begin").click()
    expect(next_day.locator("#q-mistakes-4")).to_be_checked()
    next_day.close()

    day_after = context.new_page()
    day_after.clock.install(time="2026-10-16T00:05:00")
    day_after.goto(opened.links[0])
    expect(day_after.locator("#begin")).to_have_text("Börja svara")
    assert "dialog.draft" not in day_after.evaluate("JSON.stringify({...localStorage})")


def test_without_cryptography_the_page_says_that_it_cannot(
    opened: OpenRound, browser_page: Page
) -> None:
    browser_page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    browser_page.goto(opened.links[0])
    expect(block(browser_page, "unsupported")).to_be_visible()
    assert_accessible(browser_page)


def test_without_a_place_to_keep_the_ballot_it_is_sent_all_the_same(
    opened: OpenRound, browser_page: Page
) -> None:
    browser_page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }"
    )
    begin(browser_page, opened.links[0])
    to_review(browser_page)
    browser_page.locator("#send").click()
    expect(block(browser_page, "done")).to_be_visible()
    assert len(opened.ballots()) == 1
