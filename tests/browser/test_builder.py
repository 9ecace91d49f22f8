"""The questionnaire builder, used by keyboard alone on a small phone, and by mouse and finger."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sqlmodel import col, select

from dialog.core.questionnaire import Questionnaire, load, questions
from dialog.surveys.building import saving
from dialog.surveys.building.instruments import all_instruments
from dialog.surveys.models import Survey
from tests import makers
from tests.browser.conftest import Live, assert_accessible, fits, follow

pytestmark = pytest.mark.browser


def signed_in(live: Live, page: Page) -> None:
    with live.session() as db:
        author = makers.analyst(db)
        db.refresh(author)
        db.expunge(author)
    live.sign_in(page, author)


def with_instrument(live: Live, page: Page, key: str = "erfarenhetsinsamling") -> str:
    """The address of a survey made of a built-in instrument, by whoever is signed in now."""
    with live.session() as db:
        author = makers.analyst(db)
        made = saving.create(db, author_id=author.id, questionnaire=all_instruments()[key])
        address = f"{live.base}/enkater/{made.id}"
        db.commit()
        db.refresh(author)
        db.expunge(author)
    live.sign_in(page, author)
    return address


def saved(live: Live) -> Questionnaire:
    with live.session() as db:
        newest = select(Survey.questionnaire).order_by(col(Survey.changed_at).desc())
        return load(db.exec(newest).first() or "")


def order(live: Live) -> list[str]:
    return [question.name for question in questions(saved(live))]


def press_to(page: Page, target: Locator) -> None:
    """Press Tab until `target` has the focus, as somebody without a mouse does."""
    for _step in range(150):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} cannot be reached by Tab")


def press(page: Page, target: Locator) -> None:
    press_to(page, target)
    page.keyboard.press("Enter")


def test_a_questionnaire_is_built_by_keyboard_alone(live: Live, browser_page: Page) -> None:
    page = browser_page
    signed_in(live, page)
    page.goto(f"{live.base}/enkater")
    press(page, page.get_by_role("link", name="Gör den första enkäten"))
    press_to(page, page.get_by_label("Enkätens namn"))
    page.keyboard.type("Efter mötet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Efter mötet")

    add_question(page, "Ett val")
    press_to(page, page.get_by_label("Fråga", exact=True))
    page.keyboard.type("Var du med på mötet?")
    press_to(page, page.locator("#options-0-sv"))
    for answer in ("Ja", "Nej", "En del av det", "Minns inte"):
        page.keyboard.type(answer)
        page.keyboard.press("Enter")  # the next row, a new one after the last
        expect(page.locator(":focus")).to_have_value("")
    press(page, page.get_by_role("button", name="Spara frågan"))

    add_question(page, "Lång text")
    press_to(page, page.get_by_label("Fråga", exact=True))
    page.keyboard.type("Vad tar du med dig?")
    press(page, page.get_by_role("button", name="Lägg till villkor"))
    expect(page.locator("#tests-0-item")).to_be_focused()
    page.keyboard.type("Var du")
    expect(page.locator("#tests-0-op")).to_be_visible()
    press_to(page, page.get_by_label("Ja", exact=True))
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Spara frågan"))
    expect(page.get_by_text("Visas om ”Var du med på mötet?” är Ja")).to_be_visible()

    made = saved(live)
    first, second = made.sections[0].questions
    assert [option.text.sv for option in first.options] == [
        "Ja",
        "Nej",
        "En del av det",
        "Minns inte",
    ]
    assert second.show_if is not None
    assert fits(page)


def add_question(page: Page, kind: str) -> None:
    press(page, page.locator("details.add > summary"))
    press(page, page.locator(".kinds a", has_text=kind))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ny fråga")


def test_questions_are_reordered_by_keyboard_and_the_focus_stays(
    live: Live, browser_page: Page
) -> None:
    page = browser_page
    page.goto(with_instrument(live, page))
    before = order(live)
    name = before[1]
    press(page, page.locator(f"#mer-{name}"))
    press(page, page.locator(f"#ned-{name}"))
    expect(page.locator("#besked")).to_contain_text("Flyttad.")
    expect(page.locator(f"#ned-{name}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#besked")).to_contain_text("2 /")
    expect(page.locator(f"#ned-{name}")).to_be_focused()
    assert sorted(order(live)) == sorted(before)
    assert order(live).index(name) == 2
    page.keyboard.press("Escape")
    expect(page.locator(f"#mer-{name}")).to_be_focused()


def test_a_question_is_dragged_into_another_section(live: Live, wide_page: Page) -> None:
    page = wide_page
    page.goto(with_instrument(live, page))
    before = saved(live)
    name = before.sections[0].questions[0].name
    last = before.sections[-1].questions[-1].name
    page.locator(f"#fraga-{name} [data-handle]").hover()
    page.mouse.down()
    box = page.locator(f"#fraga-{last}").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] - 2, steps=8)
    page.mouse.up()
    expect(page.locator("#besked")).to_contain_text("Flyttad.")
    assert order(live)[-1] == name
    assert saved(live).sections[-1].questions[-1].name == name


def test_escape_puts_a_dragged_question_back(live: Live, wide_page: Page) -> None:
    page = wide_page
    page.goto(with_instrument(live, page))
    before = order(live)
    page.locator(f"#fraga-{before[0]} [data-handle]").hover()
    page.mouse.down()
    page.mouse.move(400, 800, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert order(live) == before
    shown = page.locator("[data-question]").evaluate_all("all => all.map(x => x.dataset.question)")
    assert shown == before


def test_a_removed_question_comes_back(live: Live, browser_page: Page) -> None:
    page = browser_page
    page.goto(with_instrument(live, page))
    before = order(live)
    press(page, page.locator(f"#mer-{before[0]}"))
    press(page, page.locator(f"#fraga-{before[0]} .quiet-danger"))
    expect(page.get_by_role("button", name="Ångra")).to_be_focused()
    assert order(live) == before[1:]
    page.keyboard.press("Enter")
    expect(page.locator(f"#fraga-{before[0]}")).to_be_visible()
    assert order(live) == before


def test_all_of_it_works_without_script(live: Live, new_page: object) -> None:
    page: Page = new_page(360, java_script_enabled=False)  # type: ignore[operator]
    page.goto(with_instrument(live, page))
    name = order(live)[0]
    page.locator(f"#mer-{name}").click()
    follow(page.locator(f"#ned-{name}"))
    assert order(live)[1] == name
    follow(page.locator(f"#fraga-{name} .question-words > a"))
    follow(page.get_by_role("button", name="Lägg till svar"))
    page.locator("input[name$='-sv']").last.fill("Något helt annat")
    follow(page.get_by_role("button", name="Spara frågan"))
    made = next(question for question in questions(saved(live)) if question.name == name)
    assert made.options[-1].text.sv == "Något helt annat"


def test_nothing_is_typed_into_a_form_that_is_about_to_be_replaced(
    live: Live, browser_page: Page
) -> None:
    page = browser_page
    page.goto(f"{with_instrument(live, page)}/ny-fraga?typ=single")
    waiting: list[Route] = []

    def wait(route: Route) -> None:
        waiting.append(route)

    page.route("**/ny-fraga?*", wait)
    rows = page.locator(".row-line")
    before = rows.count()
    page.locator("#options-0-sv").fill("Ja")
    page.get_by_role("button", name="Lägg till svar").click()
    expect(page.locator("form[aria-busy=true]")).to_be_visible()
    page.locator("#options-1-sv").evaluate("field => field.focus()")
    page.keyboard.type("lost")
    page.locator("#add-options").evaluate("button => button.click()")
    waiting[0].continue_()
    expect(rows).to_have_count(before + 1)
    assert len(waiting) == 1
    expect(page.locator("#options-0-sv")).to_have_value("Ja")
    expect(page.locator("#options-1-sv")).to_have_value("")
    page.locator("#options-1-sv").fill("Nej")
    expect(page.locator("#options-1-sv")).to_have_value("Nej")


def test_a_faulty_question_moves_the_focus_to_the_summary(live: Live, browser_page: Page) -> None:
    page = browser_page
    address = with_instrument(live, page)
    page.goto(f"{address}/ny-fraga?typ=single")
    page.get_by_role("button", name="Spara frågan").click()
    expect(page.locator("#felruta")).to_be_focused()
    page.get_by_role("link", name="Skriv frågan på svenska.").click()
    expect(page.locator("#text_sv")).to_be_focused()
    assert_accessible(page)


@pytest.mark.parametrize("language", ["sv-SE", "en-GB"])
@pytest.mark.parametrize("width", [360, 1440])
def test_axe_finds_nothing_on_any_page(
    live: Live, new_page: object, width: int, language: str
) -> None:
    page: Page = new_page(width, locale=language)  # type: ignore[operator]
    address = with_instrument(live, page, "samtalsklimat")
    scale = saved(live).scales[0].name
    matrix = order(live)[0]
    for path in (
        "",
        f"/fragor/{matrix}",
        "/ny-fraga?typ=scale",
        "/nytt-avsnitt",
        f"/skalor/{scale}",
        "/uppgifter",
        "/oversattning?alla=1",
        "/forhandsgranska",
    ):
        page.goto(address + path)
        assert_accessible(page)
        assert fits(page), path
    for path in ("/enkater", "/enkater/ny"):
        page.goto(live.base + path)
        assert_accessible(page)


def test_the_open_menu_and_a_condition_are_accessible(live: Live, browser_page: Page) -> None:
    page = browser_page
    address = with_instrument(live, page)
    page.goto(address)
    page.locator(f"#mer-{order(live)[0]}").click()
    assert_accessible(page)
    page.locator("details.add > summary").first.click()
    assert_accessible(page)
    page.goto(f"{address}/ny-fraga?typ=number")
    page.get_by_role("button", name="Lägg till villkor").click()
    page.locator("#tests-0-item").select_option(index=2)
    expect(page.locator("#tests-0-op")).to_be_visible()
    assert_accessible(page)


def test_the_preview_follows_conditions_and_levels_and_sends_nothing(
    live: Live, browser_page: Page
) -> None:
    page = browser_page
    address = with_instrument(live, page, "samtalsklimat")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/forhandsgranska")
    phone = page.frame_locator("iframe")
    phone.locator("#level").select_option("elected")
    phone.locator("#begin").click()
    expect(phone.locator("h2:visible")).to_contain_text("I nämnden")
    for _screen in range(30):
        if phone.locator("#review").is_visible():
            break
        phone.locator("#next").click()
    phone.locator("#send").click()
    expect(phone.locator("#preview-end")).to_be_focused()
    assert not [url for url in asked if "/enkat/" in url or live.box in url]


def test_the_preview_page_itself_is_accessible(live: Live, browser_page: Page) -> None:
    page = browser_page
    address = with_instrument(live, page, "samtalsklimat")
    page.goto(f"{address}/forhandsgranska/sida?lang=en")
    assert_accessible(page)
    page.locator("#begin").click()
    assert_accessible(page)
