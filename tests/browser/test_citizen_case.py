"""Jørn and Amalie follow their case, read what is in it, and send in what is missing."""

import re
from io import BytesIO
from pathlib import Path
from uuid import uuid4
from zipfile import ZipFile

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Happen
from tests.browser.lix import lix
from tests.browser.papers import correct_a_talk, file_papers
from tests.browser.visitor import Visitor
from tests.world.files import PDF, TEXT

LARGEST_LIX = 40


def line_of(visitor: Visitor, words: str) -> Locator:
    return visitor.page.locator("main .v-line", has_text=words)


def a_file(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def open_documents(visitor: Visitor, persona: str = "joern") -> None:
    visitor.sign_in(persona)
    visitor.goto("/citizen/documents/")


def press_send(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Send", exact=True).click()


def test_the_whole_case_is_one_list_with_who_did_what(visitor: Visitor, happen: Happen) -> None:
    happen(file_papers)
    visitor.sign_in("joern")

    menu = visitor.page.get_by_role("navigation").first
    menu.get_by_role("link", name=visitor.says("Min sag", "My case"), exact=True).click()

    letter = line_of(visitor, "Om din første samtale")
    expect(letter).to_contain_text(visitor.says("Tine i Jobteam Nord", "Tine in Jobteam Nord"))
    asked = visitor.says("Du bad om hjælp", "You asked for help")
    expect(line_of(visitor, asked).first).to_be_visible()
    visitor.look("citizen-case")
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_the_reader_chooses_what_to_see_and_comes_back_to_everything(
    visitor: Visitor, happen: Happen
) -> None:
    happen(file_papers)
    visitor.sign_in("joern")
    visitor.goto("/citizen/case/")
    page = visitor.page

    page.locator("summary", has_text=visitor.says("Vælg, hvad", "Choose what")).click()
    page.locator("select[name=topic]").select_option("benefit")
    page.get_by_role("button", name=visitor.says("Vis", "Show"), exact=True).click()

    expect(page.locator(".v-timeline .v-line")).to_have_count(1)
    begun = visitor.says("Du begyndte på kontanthjælp", "You began on cash benefit")
    expect(page.locator(".v-timeline")).to_contain_text(begun)
    visitor.look("citizen-case-chosen")
    page.locator("input[name=last_day]").fill("2020-01-01")
    page.get_by_role("button", name=visitor.says("Vis", "Show"), exact=True).click()
    expect(page.locator(".v-empty")).to_be_visible()
    visitor.look("citizen-case-empty")
    page.get_by_role("link", name=visitor.says("Vis alt", "Show everything")).click()
    expect(page.locator(".v-timeline .v-line").nth(2)).to_be_visible()


def test_days_the_wrong_way_round_are_said_so_and_kept(visitor: Visitor) -> None:
    visitor.sign_in("joern")
    visitor.page.goto(f"{visitor.site}/citizen/case/?first_day=2026-11-02&last_day=2026-11-01")

    expect(visitor.page.locator("[role=alert] a")).to_have_attribute("href", "#id_last_day")
    expect(visitor.page.locator("input[name=first_day]")).to_have_value("2026-11-02")
    visitor.look("citizen-case-wrong")
    visitor.expect_refusal(422)


def test_what_was_corrected_and_what_was_wrong_stays_to_be_seen(
    visitor: Visitor, happen: Happen
) -> None:
    happen(correct_a_talk)
    visitor.sign_in("amalie")
    visitor.goto("/citizen/case/?topic=contact&first_day=2026-11-10&last_day=2026-11-12")

    before = visitor.says("Før stod der: 11. november 2026", "it said: 11 November 2026")
    expect(line_of(visitor, before)).to_have_count(1)
    expect(visitor.page.locator("main s")).to_have_count(2)
    wrong = visitor.says("tog det tilbage den 23. november", "took it back on 23 November")
    expect(line_of(visitor, wrong)).to_be_visible()
    visitor.look("citizen-case-corrected")


def test_joern_sends_a_file_and_sees_that_it_came(visitor: Visitor, tmp_path: Path) -> None:
    open_documents(visitor)
    title = f"Brev fra min læge {uuid4().hex[:6]}"

    visitor.page.locator("input[name=title]").fill(title)
    visitor.page.locator("input[name=file]").set_input_files(a_file(tmp_path, "læge.pdf", PDF))
    press_send(visitor)

    told = visitor.page.locator("main [role=status]")
    expect(told).to_contain_text(visitor.says("Vi har fået", "We have got it"))
    expect(line_of(visitor, title)).to_contain_text(visitor.says("sendt af dig", "sent by you"))
    visitor.look("citizen-documents-sent")
    told.get_by_role("link").click()
    expect(visitor.page.locator("main")).to_contain_text(title)


def test_a_file_is_sent_by_keyboard_alone(visitor: Visitor, tmp_path: Path) -> None:
    open_documents(visitor)
    page, title = visitor.page, f"Eksamen {uuid4().hex[:6]}"
    page.on("filechooser", lambda chooser: None)  # well before the key, or the dialog opens itself

    page.locator("input[name=title]").focus()
    page.keyboard.type(title)
    page.keyboard.press("Tab")
    expect(page.locator("input[name=file]")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(a_file(tmp_path, "eksamen.txt", TEXT))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(line_of(visitor, title)).to_be_visible()


def test_a_file_of_the_wrong_type_is_refused_and_the_words_are_kept(
    visitor: Visitor, tmp_path: Path
) -> None:
    open_documents(visitor)

    visitor.page.locator("input[name=title]").fill("Min film")
    film = a_file(tmp_path, "film.mp4", b"not a film")
    visitor.page.locator("input[name=file]").set_input_files(film)
    press_send(visitor)

    summary = visitor.page.locator("[data-module=error-summary]")
    expect(summary).to_contain_text("film.mp4")
    expect(summary).to_be_focused()
    expect(visitor.page.locator("input[name=title]")).to_have_value("Min film")
    expect(visitor.page.locator("#id_file-error")).to_be_visible()
    visitor.look("citizen-documents-wrong")
    visitor.expect_refusal(422)


def test_a_file_that_is_too_large_is_refused_with_what_to_do(
    visitor: Visitor, tmp_path: Path
) -> None:
    open_documents(visitor)

    visitor.page.locator("input[name=title]").fill("Mange billeder")
    large = a_file(tmp_path, "stor.pdf", PDF + bytes(10 * 1024 * 1024))
    visitor.page.locator("input[name=file]").set_input_files(large)
    press_send(visitor)

    told = visitor.says("stor.pdf: Filen er større end 10 MB", "stor.pdf: The file is larger than")
    expect(visitor.page.locator("#id_file-error")).to_contain_text(told)
    visitor.expect_refusal(422)


def test_with_nothing_chosen_the_page_says_what_is_missing(visitor: Visitor) -> None:
    open_documents(visitor)

    press_send(visitor)

    expect(visitor.page.locator("[data-module=error-summary] li")).to_have_count(2)
    visitor.look("citizen-documents-missing")
    visitor.expect_refusal(422)


def test_a_file_with_a_virus_is_shown_and_cannot_be_opened(
    visitor: Visitor, happen: Happen
) -> None:
    happen(file_papers)
    open_documents(visitor)

    line = line_of(visitor, "Gammelt cv")
    expect(line).to_contain_text(visitor.says("Der er virus i filen", "There is a virus"))
    expect(line.get_by_role("link")).to_have_count(0)
    visitor.look("citizen-documents")
    if visitor.language == "da":
        assert lix(visitor.page.locator("main").inner_text()) <= LARGEST_LIX


def test_a_letter_is_saved_and_all_come_in_one_file(visitor: Visitor, happen: Happen) -> None:
    happen(file_papers)
    open_documents(visitor)

    with visitor.page.expect_download() as letter:
        line_of(visitor, "Om din første samtale").get_by_role("link").click()
    with visitor.page.expect_download() as everything:
        visitor.page.get_by_role("link", name="zip").click()

    assert Path(letter.value.path()).read_bytes() == PDF
    assert letter.value.suggested_filename == "indkaldelse.pdf"
    with ZipFile(BytesIO(Path(everything.value.path()).read_bytes())) as pack:
        assert pack.read("2026-11-23 indkaldelse.pdf") == PDF
        assert "2026-11-23 cv.pdf" not in pack.namelist()
        assert "# " in pack.read("SHA256SUMS.txt").decode()


def test_without_scripts_a_file_is_sent_and_the_case_is_read(
    visitor: Visitor, tmp_path: Path
) -> None:
    visitor.page.route(re.compile(r"\.js$"), lambda route: route.fulfill(body=""))
    open_documents(visitor)
    title = f"Uden script {uuid4().hex[:6]}"

    visitor.page.locator("input[name=title]").fill(title)
    visitor.page.locator("input[name=file]").set_input_files(a_file(tmp_path, "a.txt", TEXT))
    press_send(visitor)
    expect(line_of(visitor, title)).to_be_visible()
    visitor.goto("/citizen/case/?topic=document")

    expect(line_of(visitor, title)).to_be_visible()


def test_without_documents_the_page_says_what_comes_here(visitor: Visitor) -> None:
    open_documents(visitor, "amalie")

    expect(visitor.page.locator(".v-empty")).to_be_visible()
    visitor.look("citizen-documents-empty")


def test_tine_reads_the_documents_and_adds_a_letter(
    visitor: Visitor, happen: Happen, tmp_path: Path
) -> None:
    happen(file_papers)
    visitor.sign_in("tine")
    page, title = visitor.page, f"Aftale om praktik {uuid4().hex[:6]}"
    page.get_by_role("link", name=visitor.says("Borgere", "Citizens")).click()
    page.get_by_role("link", name="Jørn").click()
    page.get_by_role("link", name=visitor.says("Dokumenter", "Documents")).click()

    page.locator("input[name=kind][value=letter]").check()
    page.locator("input[name=title]").fill(title)
    page.locator("input[name=file]").set_input_files(a_file(tmp_path, "aftale.pdf", PDF))
    page.get_by_role("button", name=visitor.says("Læg det på", "Add it to")).click()

    expect(page.locator("main [role=status]")).to_be_visible()
    expect(line_of(visitor, title)).to_contain_text("Tine")
    visitor.look("caseworker-documents")
