"""Grethe acts for Jørn: by a code of his own, within her power, until he ends it."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Happen
from tests.browser.own_data import end_every_power, let_grethe_act
from tests.browser.visitor import Visitor


def test_grethe_sees_what_her_power_opens_and_no_more(visitor: Visitor, happen: Happen) -> None:
    happen(let_grethe_act)
    visitor.sign_in("grethe")
    visitor.look("citizen-represented")
    visitor.page.get_by_role(
        "button", name=visitor.says("Gå til siden for Jørn", "Go to Jørn's page")
    ).click()

    here = visitor.says("Du er her for Jørn", "You are here for Jørn")
    expect(visitor.page.locator(".v-behalf")).to_contain_text(here)
    data = visitor.says("Mine data", "My data")
    expect(visitor.page.get_by_role("navigation").get_by_role("link", name=data)).to_have_count(0)
    visitor.look("citizen-as-grethe")
    visitor.goto("/citizen/data/")
    expect(visitor.page.get_by_role("heading", level=1)).to_be_visible()
    visitor.look("citizen-as-grethe-shut")
    visitor.expect_refusal(404)
    happen(end_every_power)


def test_joern_gives_a_code_and_ends_the_power(visitor: Visitor, happen: Happen) -> None:
    happen(end_every_power)
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/powers/")
    words = visitor.says("Giv dem lov", "Let them")
    visitor.page.get_by_role("button", name=words).click()
    visitor.look("citizen-data-powers-error")
    visitor.page.get_by_label(visitor.says("Bisidder", "Companion"), exact=True).check()
    visitor.page.locator("#id_name").fill("Karen")
    visitor.page.get_by_role("button", name=words).click()

    expect(visitor.page.locator(".v-code")).to_have_text(re.compile(r"^\w{4}-\w{4}-\w{4}$"))
    visitor.look("citizen-data-powers-code")
    visitor.expect_refusal(422)
    stop = visitor.says("Stop den for Karen", "End it for Karen")
    visitor.page.get_by_role("button", name=stop).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text(
        visitor.says("Vi har fået det", "We have got it")
    )


def test_a_code_is_written_on_the_first_page(visitor: Visitor) -> None:
    visitor.goto("/?start")
    visitor.page.get_by_role(
        "link", name=visitor.says("Har du fået en kode", "Have you been given a code")
    ).click()
    visitor.page.locator("#id_code").fill("ABC")
    visitor.page.get_by_role("button", name=visitor.says("Videre", "On to")).click()

    expect(visitor.page.locator("#id_code-error")).to_be_visible()
    expect(visitor.page.locator("#id_code")).to_have_value("ABC")
    visitor.look("code-error")
    visitor.expect_refusal(422)


def test_tine_answers_a_correction_and_records_a_guardian(visitor: Visitor, happen: Happen) -> None:
    happen(end_every_power)
    visitor.sign_in("joern")
    visitor.goto("/citizen/data/corrections/name/")
    visitor.page.locator("#id_should_be").fill(visitor.says("Jørgen B", "Jørgen C"))
    visitor.page.get_by_role("button", name="Send").click()
    visitor.sign_in("tine")
    visitor.look("worklist-corrections")
    asks = visitor.says("Beder om en rettelse", "Asks for a correction")
    visitor.page.get_by_role("region", name=asks).get_by_role("link").first.click()
    visitor.look("caseworker-corrections")
    visitor.page.get_by_label(visitor.says("Rettet", "Corrected"), exact=True).first.check()
    visitor.page.get_by_role("button", name=visitor.says("Svar", "Answer")).first.click()
    expect(visitor.page.get_by_role("strong").first).to_contain_text(
        visitor.says("Rettet", "Corrected")
    )

    visitor.page.get_by_role("link", name="Jørn").click()
    acts = visitor.says("Hvem der må handle for dem", "Who may act for them")
    visitor.page.get_by_role("link", name=acts).click()
    visitor.page.get_by_role("button", name=visitor.says("Skriv det ned", "Record it")).click()
    visitor.look("caseworker-powers-error")
    kind = visitor.says("Værge i økonomiske forhold", "Guardian in money matters")
    visitor.page.get_by_label(kind, exact=True).check()
    visitor.page.locator("#id_name").fill("Per Hansen")
    visitor.page.locator("#id_proof").fill("Afgørelse 2026-12")
    visitor.page.locator("#id_proof_seen_on").fill("2026-11-23")
    visitor.page.get_by_role("button", name=visitor.says("Skriv det ned", "Record it")).click()

    expect(visitor.page.locator(".v-code")).to_be_visible()
    visitor.look("caseworker-powers")
    visitor.expect_refusal(422)
    happen(end_every_power)
