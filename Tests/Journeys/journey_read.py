"""Reading what was decided and said, without an account."""
import re
from urllib.parse import urlparse

import people, town
from town import Person, Server


def read_article_nine(visitor, words):
    """From the home page to Article 9 of 2015, its arguments and its sources; `words` are those of the language."""
    visitor.go(words["home"])
    visitor.follow(words["question"])
    visitor.page.wait_for_url("**/processes/republique-numerique")
    visitor.see("88")
    visitor.follow(words["text"])
    visitor.page.wait_for_load_state()
    visitor.follow(re.compile(r"^Article 9 "))
    visitor.page.wait_for_load_state()
    found = people.votes(visitor)
    if found != [1320, 282, 1732]:
        raise town.JourneyFault(f"Article 9 shows {found}, not 1320, 282 and 1732")
    if visitor.page.locator("form.vote").count():
        raise town.JourneyFault("a consultation that is over still asks for votes")
    counted = count_arguments(visitor, words)
    if counted != 132:
        raise town.JourneyFault(f"the pages of Article 9 show {counted} arguments, not 132")
    visitor.follow(words["sources"])
    visitor.page.wait_for_url("**/sources")
    seen = set(visitor.page.locator("#sources ol > li").evaluate_all("items => items.map(item => item.id)"))
    while visitor.page.get_by_role("link", name=words["next"]).count():
        visitor.follow(words["next"])
        visitor.page.wait_for_load_state()
        seen |= set(visitor.page.locator("#sources ol > li").evaluate_all("items => items.map(item => item.id)"))
    if len(seen) != 22:
        raise town.JourneyFault(f"Article 9 shows {len(seen)} sources, not 22")


def count_arguments(visitor, words):
    """Arguments and replies over all pages, each counted once."""
    seen, article = set(), visitor.page.url
    while True:
        seen |= set(visitor.page.locator("article.argument").evaluate_all("items => items.map(item => item.id)"))
        forward = visitor.page.get_by_role("navigation", name=words["pages"]).get_by_role("link", name=words["next"])
        if not forward.count():
            break
        forward.click()
        visitor.page.wait_for_load_state()
    visitor.page.goto(article)
    return len(seen)


FRENCH = {"home": "/fr/", "question": "Que doit dire la loi pour une République numérique ?", "text": "Le projet de loi, article par article",
          "sources": "Voir les 22 sources", "next": "Page suivante", "pages": "Pages de la liste"}


def journey_a_visitor_reads_article_9_of_2015_in_french(browser, options):
    """1 320 for, 282 mixed, 1 732 against, 132 arguments, 22 sources, from the home page, without an account."""
    with Server(options.binary) as server, Person(browser, server, "visitor", folder=options.screenshots) as visitor:
        read_article_nine(visitor, FRENCH)


def journey_a_visitor_reads_article_9_on_a_phone_without_script_in_the_dark(browser, options):
    """360 px wide, no JavaScript, dark: the same numbers, and nothing scrolls sideways."""
    with Server(options.binary) as server, Person(browser, server, "phone", javascript=False, phone=True, dark=True, folder=options.screenshots) as visitor:
        read_article_nine(visitor, FRENCH)
        visitor.go("/fr/")
        visitor.screenshot("home-dark")
        visitor.follow("Comment rafraîchir nos rues l’été ?")
        visitor.page.wait_for_load_state()
        visitor.screenshot("process-dark")


def journey_a_visitor_searches_and_reads_in_english(browser, options):
    """Search finds Article 9; the English interface says the same, and marks French words as French."""
    with Server(options.binary) as server, Person(browser, server, "visitor", language="en-GB", folder=options.screenshots) as visitor:
        visitor.go("/")
        if not urlparse(visitor.page.url).path.startswith("/en"):
            raise town.JourneyFault(f"a browser that asks for English is sent to {visitor.page.url}")
        people.see_no_raw_key(visitor)
        visitor.page.get_by_role("link", name=re.compile("Search")).first.click()
        visitor.page.wait_for_load_state()
        visitor.page.locator("main input[name=q]").fill("archives ouvertes publications scientifiques")
        visitor.page.locator("main input[name=q]").press("Enter")
        visitor.page.wait_for_load_state()
        people.see_no_raw_key(visitor)
        hit = visitor.page.get_by_role("link", name=re.compile("Article 9"))
        if not hit.count():
            raise town.JourneyFault(f"search does not find Article 9: {visitor.page.locator('main').inner_text()[:600]}")
        hit.first.click()
        visitor.page.wait_for_load_state()
        people.see_no_raw_key(visitor)
        if visitor.page.locator("h1").get_attribute("lang") != "fr":
            raise town.JourneyFault("a French title on an English page is not marked as French")
        if people.votes(visitor) != [1320, 282, 1732]:
            raise town.JourneyFault(f"the English page shows {people.votes(visitor)}")
        visitor.page.get_by_role("contentinfo").get_by_role("link", name="Français", exact=True).click()
        visitor.page.wait_for_load_state()
        if not re.fullmatch(r"/fr/processes/republique-numerique/f/\d+/articles/\d+", urlparse(visitor.page.url).path):
            raise town.JourneyFault(f"the link to the other language leads to {visitor.page.url}")


def journey_a_visitor_reads_with_the_keyboard_alone(browser, options):
    """Skip link, home, process, text, article, search: Tab and Enter only."""
    with Server(options.binary) as server, Person(browser, server, "keyboard", folder=options.screenshots) as visitor:
        visitor.go("/fr/")
        visitor.tab_to("link", "Aller au contenu", presses=1)
        visitor.press("Enter")
        visitor.enter("link", "Comment rafraîchir nos rues l’été ?")
        visitor.page.wait_for_url("**/processes/plan-climat")
        visitor.enter("link", "Donner mon avis sur le texte")
        visitor.page.wait_for_url("**/f/*")
        visitor.enter("link", "Article 3")
        visitor.page.wait_for_url("**/articles/*")
        visitor.see("De l’eau à boire, gratuite, dans chaque quartier")
        visitor.page.reload()
        visitor.enter("link", "Chercher")
        visitor.page.wait_for_url("**/search")
        if (visitor.focus() or ("", ""))[0] != "searchbox":
            visitor.tab_to("searchbox", "Que cherchez-vous", presses=20)
        visitor.type("fontaine")
        visitor.press("Enter")
        visitor.page.wait_for_load_state()
        visitor.see("Une fontaine à boire dans chaque quartier")


def journey_every_public_page_says_words_and_not_keys(browser, options):
    """Pages that everyone reads show no key of a catalogue, in either language, wide or narrow, and never scroll sideways."""
    faults = []
    with Server(options.binary) as server, Person(browser, server, "reader", phone=True) as reader:
        for language in ("fr", "en"):
            for path in ("", "processes", "processes/plan-climat", "processes/republique-numerique", "help", "components", "search?q=arbre", "sign-in",
                         "sign-in/code", "pages/terms", "pages/privacy", "pages/accessibility", "pages/legal-notice", "pages/moderation-charter"):
                reader.go(f"/{language}/{path}".rstrip("/") or "/")
                try:
                    people.see_no_raw_key(reader)
                except town.JourneyFault as fault:
                    faults.append(str(fault))
                width = reader.page.evaluate("document.documentElement.scrollWidth")
                if width > 360:
                    faults.append(f"/{language}/{path} is {width} px wide on a phone")
    if faults:
        raise town.JourneyFault("; ".join(faults))
