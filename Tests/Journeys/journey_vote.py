"""Voting on a text: cast, changed, taken back; public totals, and nobody's name."""
from playwright.sync_api import Error

import people
from people import vote, votes
from town import JourneyFault, Person, Server


def expect_votes(person, wanted, when):
    """Waits a moment: a press loads the page anew, which may begin while one looks."""
    found = None
    for _ in range(30):
        try:
            person.page.wait_for_load_state()
            found = votes(person)
        except Error:
            continue
        if found == wanted:
            return
        person.page.wait_for_timeout(100)
    raise JourneyFault(f"{when}, the page shows {found}, not {wanted}")


def journey_amina_votes_changes_her_mind_and_takes_it_back_with_the_keyboard(browser, options):
    """For, then mixed, then nothing: Tab and Enter only, and the totals follow each time."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina:
        people.sign_in(amina.page, server, "amina")
        path = people.article(amina, 5)
        before = votes(amina)
        own = amina.page.locator("form.vote button[aria-pressed=true]")
        if own.count():
            raise JourneyFault("Amina has already voted on Article 5 in the demonstration; the journey wants one she has not")
        people.see_no_raw_key(amina)
        amina.go(path)
        amina.enter("button", "Pour")
        amina.see("C’est compté.")
        expect_votes(amina, [before[0] + 1, before[1], before[2]], "after a vote for")
        amina.see("Votre vote : pour.")
        amina.enter("button", "Mitigé")
        amina.see("Votre vote : mitigé.")
        expect_votes(amina, [before[0], before[1] + 1, before[2]], "after a change to mixed")
        amina.enter("button", "Mitigé")
        expect_votes(amina, [before[0], before[1] + 1, before[2]], "after the same vote again")
        amina.enter("button", "Retirer mon vote")
        amina.see("C’est retiré")
        expect_votes(amina, before, "after taking it back")
        if amina.page.get_by_text("Votre vote :").count():
            raise JourneyFault("the page still speaks of a vote that was taken back")


def journey_others_see_the_number_and_not_whose_vote_it_is(browser, options):
    """After Amina votes, Joris and a visitor see one more, no name, no choice pressed; a page opened before is not stale for her."""
    with Server(options.binary) as server, Person(browser, server, "amina") as amina, Person(browser, server, "joris") as joris, \
            Person(browser, server, "visitor", javascript=False) as visitor:
        people.sign_in(amina.page, server, "amina")
        people.sign_in(joris.page, server, "joris")
        path = people.article(visitor, 6)
        before = votes(visitor)
        people.article(amina, 6)
        vote(amina, "Contre")
        amina.see("Votre vote : contre.")
        for other in (joris, visitor):
            other.page.wait_for_timeout(1100)
            other.go(path)
            expect_votes(other, [before[0], before[1], before[2] + 1], f"for {other.name}")
            if other.page.locator("form.vote button[aria-pressed=true]").count() or other.page.get_by_text("Votre vote :").count():
                raise JourneyFault(f"{other.name} is shown a vote that is not theirs")
            if "Amina Belkhadra" in other.page.locator("#vote").inner_text() or "Amina" in other.page.locator("#vote").inner_html():
                raise JourneyFault(f"{other.name} reads who voted")


def journey_a_visitor_who_votes_signs_in_and_comes_back_to_the_article(browser, options):
    """A press without account asks to sign in, says so, and leads back to where one was; one more press confirms what was chosen."""
    with Server(options.binary) as server, Person(browser, server, "amina", phone=True, folder=options.screenshots) as amina:
        path = people.article(amina, 1)
        before = votes(amina)
        vote(amina, "Pour")
        if "/sign-in" not in amina.page.url:
            raise JourneyFault(f"a visitor's vote leads to {amina.page.url}")
        letter = people.ask_for_code(amina, "amina@ormeval.example")
        amina.write("Code à six chiffres", letter.code)
        amina.press_button("Se connecter")
        amina.page.wait_for_load_state()
        if path not in amina.page.url:
            raise JourneyFault(f"after signing in one is at {amina.page.url}, not at {path}")
        expect_votes(amina, before, "before the vote is confirmed")
        amina.screenshot("to-confirm")
        amina.press_button("Confirmer : Pour")
        amina.see("C’est compté.")
        amina.see("Votre vote : pour.")
        expect_votes(amina, [before[0] + 1, *before[1:]], "after the vote was confirmed")
        amina.go(path)
        if amina.page.get_by_role("button", name="Confirmer").count():
            raise JourneyFault("what was counted is asked to be confirmed again")


def journey_a_vote_on_a_page_left_open_across_a_new_version_is_not_counted_for_it(browser, options):
    """The text changed behind an open page: the press is refused with words, and asks to read again."""
    with Server(options.binary) as server, Person(browser, server, "amina") as amina, Person(browser, server, "chloe") as chloe:
        people.sign_in(amina.page, server, "amina")
        people.sign_in(chloe.page, server, "chloe")
        path = people.article(amina, 5)
        chloe.go(path + "/version")
        chloe.write("Texte", "Chaque habitant peut planter au pied de chez lui, sur simple déclaration.")
        chloe.write("Pourquoi ce changement ?", "Une autorisation prend trop de temps.")
        chloe.press_button("Publier")
        chloe.see("La nouvelle version est publiée.")
        vote(amina, "Pour")
        amina.see("Le texte vient de changer.")
        amina.go(path)
        expect_votes(amina, [0, 0, 0], "on the new version, where nobody has voted yet")
