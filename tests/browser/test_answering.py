"""A respondent's way through the page, on a phone, on a wide screen and by keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from dialog.core.levels import Level
from dialog.surveys.models import Access, RoundState
from tests import makers
from tests.browser.answering import OpenRound, begin, block, open_round, to_review
from tests.browser.conftest import Live, assert_accessible, fits
from tests.forms import EVERYTHING, text


@pytest.fixture
def opened(live: Live) -> OpenRound:
    return open_round(live)


def choose(page: Page, field: str) -> None:
    page.locator(f"label[for={field}]").click()


def test_an_answer_on_a_phone_arrives_as_it_was_given(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    choose(page, "q-mistakes-4")
    page.locator("#next").click()
    choose(page, "q-help_unknown")
    page.locator("#next").click()
    choose(page, "q-silent-1")
    choose(page, "q-why-2")
    page.locator("#next").click()
    choose(page, "q-mood-8")
    page.locator("#q-years-field").fill("1 2,0")
    page.locator("#q-when-field").fill("2026-10-14")
    page.locator("#q-word-field").fill("  rörigt\u0007 ")
    page.locator("#q-story-field").fill("Rad 1\nRad ”2” 😀")
    page.locator("#next").click()
    expect(page.locator("#review-count")).to_have_text("Du har svarat på 9 av 9 frågor.")
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()
    expect(block(page, "done").locator("h2")).to_be_focused()
    assert opened.ballots() == [
        {
            "v": 1,
            "unit": "N1",
            "level": "staff",
            "answers": {
                "mistakes": "4",
                "help": "_unknown",
                "silent": "yes",
                "why": ["time"],
                "mood": 7,
                "years": 12,
                "when": "2026-10-14",
                "word": "rörigt",
                "story": "Rad 1\nRad ”2” 😀",
            },
        }
    ]


def test_the_whole_way_goes_by_keyboard_alone(opened: OpenRound, wide_page: Page) -> None:
    page = wide_page
    page.goto(opened.links[0])
    expect(page.locator("#begin")).to_be_visible()
    press_until(page, "#begin")
    page.keyboard.press("Enter")
    expect(page.locator("#part-safety")).to_be_focused()
    page.keyboard.press("Tab")  # into the first row of the matrix
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    press_until(page, "#next")
    page.keyboard.press("Enter")
    expect(page.locator("#part-silence")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    press_until(page, "#next")
    page.keyboard.press("Enter")
    expect(page.locator("#part-more")).to_be_focused()
    press_until(page, "#q-years-field")
    page.keyboard.type("7")
    page.keyboard.press("Enter")  # Enter in a field goes on
    expect(page.locator("#review h2")).to_be_focused()
    press_until(page, "#send")
    page.keyboard.press("Enter")
    expect(block(page, "done")).to_be_visible()
    assert opened.ballots()[0]["answers"] == {"mistakes": "2", "silent": "no", "years": 7}


def press_until(page: Page, selector: str) -> None:
    for _ in range(60):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{selector} cannot be reached by Tab")


def test_the_secret_leaves_the_address_at_once(opened: OpenRound, browser_page: Page) -> None:
    browser_page.goto(opened.links[0])
    expect(browser_page.locator("#begin")).to_be_visible()
    assert browser_page.url == opened.address
    expect(browser_page.locator("#place-unit")).to_have_text("Vårdcentralen Norr")
    expect(browser_page.locator("#place-above")).to_have_text("Regionen › Närhälsan")
    expect(browser_page.locator("#place-level")).to_have_text("Medarbetare")


def test_no_request_tells_where_it_comes_from_or_holds_the_secret_in_its_address(
    opened: OpenRound, browser_page: Page
) -> None:
    seen: list[Request] = []
    browser_page.on("request", lambda request: seen.append(request))  # noqa: PLW0108 - it marks what it is given
    begin(browser_page, opened.links[0])
    to_review(browser_page)
    browser_page.locator("#send").click()
    expect(block(browser_page, "done")).to_be_visible()
    secret = opened.links[0].split("#")[1]
    for request in seen:
        assert str(opened.round.id) not in request.headers.get("referer", "")
        assert secret not in request.url.split("#")[0]
        if request.url.startswith(opened.live.box):
            assert "cookie" not in request.headers
            assert secret not in (request.post_data or "")


def test_unit_and_level_can_be_corrected_and_the_level_decides_what_is_asked(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    page.goto(opened.links[0])
    page.locator("#change-place").click()
    expect(page.locator("#unit-search")).to_be_focused()
    page.locator("#unit-search").fill("söder")
    expect(page.locator("#unit-count")).to_have_text("En enhet hittades.")
    page.locator("label", has_text="Vårdcentralen Söder").click()
    page.locator("#level").select_option("manager-1")
    page.locator("#begin").click()
    expect(page.locator("#part-safety [data-part]")).to_have_text("Del 1 av 4, steg 1 av 2")
    to_review(page)
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()
    ballot = opened.ballots()[0]
    assert (ballot["unit"], ballot["level"]) == ("N2", "manager-1")


def test_somebody_signed_in_answers_without_a_link(live: Live, browser_page: Page) -> None:
    opened = open_round(live)
    with live.session() as db:
        person = makers.person(db, "Bo Bergman")
    opened.invite(Level.DIRECTOR, person)
    live.sign_in(browser_page, person)
    begin(browser_page, opened.address)
    to_review(browser_page)
    browser_page.locator("#send").click()
    expect(block(browser_page, "done")).to_be_visible()
    assert opened.ballots()[0]["level"] == "director"


def test_by_an_open_link_the_unit_has_to_be_chosen(live: Live, browser_page: Page) -> None:
    opened = open_round(live, access=Access.LINK)
    page = browser_page
    begin(page, opened.address)
    expect(page.locator("#unit-fault")).to_be_visible()
    expect(page.locator("#unit-search")).to_be_focused()
    page.locator("label", has_text="Vårdcentralen Söder").click()
    page.locator("#begin").click()
    to_review(page)
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()
    assert opened.ballots()[0]["unit"] == "N2"


def test_a_new_screen_begins_at_its_top_at_once(opened: OpenRound, browser_page: Page) -> None:
    page = browser_page
    begin(page, opened.links[0])
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("scrollY") > 0
    page.locator("#next").evaluate("button => button.click()")
    expect(page.locator("#q-help")).to_be_visible()
    assert page.evaluate("scrollY") == 0


def test_the_browsers_back_button_goes_a_screen_back_and_keeps_what_was_answered(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    choose(page, "q-mistakes-4")
    page.locator("#next").click()
    expect(page.locator("#q-help")).to_be_visible()
    page.go_back()
    expect(page.locator("#q-mistakes-4")).to_be_checked()
    page.go_back()
    expect(page.locator("#start")).to_be_visible()
    page.go_forward()
    expect(page.locator("#q-mistakes")).to_be_visible()
    page.locator("[data-back]:visible").click()
    expect(page.locator("#start")).to_be_visible()


def test_a_reload_comes_back_to_the_same_screen_with_the_same_answers(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    choose(page, "q-mistakes-4")
    page.locator("#next").click()
    choose(page, "q-help-1")
    page.reload()
    expect(page.locator("#q-help-1")).to_be_checked()
    expect(page.locator("#q-help")).to_be_visible()
    page.go_back()
    expect(page.locator("#q-mistakes-4")).to_be_checked()


def test_what_must_be_answered_is_listed_and_leads_to_the_field(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    for _ in range(3):
        page.locator("#next").click()
    expect(page.locator("#faults")).to_be_focused()
    link = page.locator("#faults a")
    expect(link).to_have_text("Har du låtit bli att ta upp något viktigt? Välj ett svar.")
    assert_accessible(page)
    link.click()
    expect(page.locator("#q-silent-1")).to_be_focused()
    choose(page, "q-silent_declined")
    expect(page.locator("#faults")).to_be_hidden()
    page.locator("#next").click()
    expect(page.locator("#part-more")).to_be_focused()


def test_what_depends_on_an_answer_comes_and_goes_and_is_not_sent_when_hidden(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    page.locator("#next").click()
    page.locator("#next").click()
    expect(page.locator("#q-why")).to_be_hidden()
    choose(page, "q-silent-1")
    choose(page, "q-why-1")
    choose(page, "q-silent-2")
    expect(page.locator("#q-why")).to_be_hidden()
    page.locator("#next").click()
    page.locator("#next").click()
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()
    assert opened.ballots()[0]["answers"] == {"silent": "no"}


def test_a_personal_identity_number_stops_and_a_phone_number_is_pointed_out(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    for _ in range(2):
        page.locator("#next").click()
    choose(page, "q-silent-2")
    page.locator("#next").click()
    story = page.locator("#q-story-field")
    story.fill("Patienten 640823-3234 fick vänta.")
    page.locator("#next").click()
    expect(page.locator("#faults")).to_contain_text("Ta bort personnumret.")
    story.fill("Ring 070-123 45 67.")
    expect(page.locator("#q-story-remark")).to_contain_text("telefonnummer")
    expect(page.locator("#faults")).to_be_hidden()
    page.locator("#next").click()
    expect(page.locator("#review-remarks")).to_be_visible()
    page.locator("#send").click()
    expect(block(page, "done")).to_be_visible()


def test_vet_ej_and_an_answer_exclude_each_other(opened: OpenRound, browser_page: Page) -> None:
    page = browser_page
    begin(page, opened.links[0])
    for _ in range(2):
        page.locator("#next").click()
    choose(page, "q-silent-1")
    choose(page, "q-why-1")
    choose(page, "q-why_declined")
    expect(page.locator("#q-why-1")).not_to_be_checked()
    page.locator("#next").click()
    page.locator("#q-years-field").fill("4")
    choose(page, "q-years_unknown")
    expect(page.locator("#q-years-field")).to_have_value("")
    page.locator("#q-years-field").fill("5")
    expect(page.locator("#q-years_unknown")).not_to_be_checked()


def test_a_matrix_is_one_question_at_a_time_on_a_phone_and_a_grid_on_a_wide_screen(
    opened: OpenRound, browser_page: Page, wide_page: Page
) -> None:
    begin(browser_page, opened.links[0])
    expect(browser_page.locator(".matrix-row:visible")).to_have_count(1)
    begin(wide_page, opened.invite())
    expect(wide_page.locator(".matrix-row:visible")).to_have_count(2)
    boxes = [wide_page.locator(f"#q-mistakes-{i}").bounding_box() for i in (1, 5)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]


def test_every_target_on_a_phone_is_at_least_44_pixels_high(
    opened: OpenRound, browser_page: Page
) -> None:
    page = browser_page
    begin(page, opened.links[0])
    while True:
        for target in page.locator("label:visible, button:visible").all():
            if target.evaluate("e => e.matches('.question-text')"):
                continue
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44, target.inner_text()
            assert box["width"] >= 44, target.inner_text()
        if page.locator("#review").is_visible():
            break
        if page.locator("#q-silent").is_visible():
            choose(page, "q-silent-1")
        page.locator("#next").click()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_screen_and_nothing_scrolls_sideways(
    opened: OpenRound, new_page: Callable[..., Page], width: int, scheme: str
) -> None:
    page = new_page(width, color_scheme=scheme)
    page.goto(opened.links[0] if scheme == "light" else opened.links[0].replace("#", "?lang=en#"))
    for details in page.locator("#start details").all():
        details.evaluate("element => { element.open = true }")
    page.locator("#change-place").click()
    looked = 0
    while not block(page, "done").is_visible():
        assert_accessible(page)
        assert fits(page)
        looked += 1
        if page.locator("#begin").is_visible():
            page.locator("#begin").click()
        elif page.locator("#send").is_visible():
            page.locator("#send").click()
            expect(block(page, "done")).to_be_visible()
        else:
            if page.locator("#q-silent").is_visible():
                choose(page, "q-silent-1")
                assert_accessible(page)
            page.locator("#next").click()
    assert_accessible(page)
    assert looked >= 5


def test_at_twice_the_size_of_text_nothing_scrolls_sideways(
    opened: OpenRound, browser_page: Page
) -> None:
    begin(browser_page, opened.links[0])
    browser_page.evaluate("document.documentElement.style.fontSize = '32px'")
    assert fits(browser_page)


def test_the_page_in_english_keeps_the_way_in(opened: OpenRound, browser_page: Page) -> None:
    page = browser_page
    page.goto(opened.links[0])
    page.get_by_role("link", name="English").click()
    expect(page.locator("#begin")).to_have_text("Start answering")
    expect(page.locator("h1")).to_have_text("The climate of conversation")
    assert page.locator("html").get_attribute("lang") == "en"


def test_without_script_the_page_says_what_to_do(
    opened: OpenRound, new_page: Callable[..., Page]
) -> None:
    page = new_page(360, java_script_enabled=False)
    page.goto(opened.links[0])
    expect(page.locator("noscript p").last).to_be_visible()
    expect(page.locator("#file-part")).to_be_hidden()
    expect(page.locator("#form")).to_be_hidden()


def test_a_link_that_is_not_ours_leads_to_the_code(opened: OpenRound, browser_page: Page) -> None:
    page = browser_page
    page.goto(f"{opened.address}#{'0' * 32}")
    expect(block(page, "unknown")).to_be_visible()
    page.get_by_role("link", name="Skriv koden").click()
    page.get_by_label("Kod").fill(opened.codes[0].lower())
    page.get_by_role("button", name="Gå till enkäten").click()
    expect(page.locator("#place-unit")).to_have_text("Vårdcentralen Norr")
    assert page.url == opened.address
    assert_accessible(page)


@pytest.mark.parametrize("state", [RoundState.PAUSED, RoundState.CLOSED])
def test_a_round_that_takes_no_answers_says_so(
    opened: OpenRound, browser_page: Page, state: RoundState
) -> None:
    opened.change(state)
    browser_page.goto(opened.links[0])
    expect(browser_page.locator("#closed-page")).to_be_visible()
    expect(browser_page.locator("#start")).to_be_hidden()
    assert_accessible(browser_page)


def test_a_part_without_a_heading_is_named_by_its_first_question_that_is_left(
    live: Live, browser_page: Page
) -> None:
    untitled = EVERYTHING.sections[0].model_copy(update={"title": text("", "")})
    form = EVERYTHING.model_copy(update={"sections": (untitled, *EVERYTHING.sections[1:])})
    opened = open_round(live, form)
    begin(browser_page, opened.links[0])
    to_review(browser_page)
    links = browser_page.locator("#review-left button")
    expect(links.first).not_to_have_text(re.compile("^:"))
    words = links.first.inner_text()
    links.first.click()
    shown = browser_page.locator("[data-item]:visible .question-text").first.inner_text()
    assert words == f"{shown}: {words.rsplit(': ', 1)[1]}"
