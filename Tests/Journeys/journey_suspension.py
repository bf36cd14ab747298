"""Suspending an account: found, suspended with a reason, told, and lifted again."""
import people
from town import JourneyFault, Person, Server

REASON = "Trois insultes publiées hier, malgré deux rappels de la règle."


def find(adele, query):
    adele.go("/fr/admin")
    adele.page.locator("main a[href$='/admin/people']").click()
    adele.write("Nom ou adresse électronique", query)
    adele.press_button("Chercher", exact=True)
    adele.page.wait_for_load_state()


def journey_a_suspended_person_reads_and_does_nothing_until_it_is_lifted(browser, options):
    """Adèle finds Amina by name, suspends her with a reason; Amina is signed out at once and told why and how to reply; she comes back to her data, and votes again when it is lifted."""
    with Server(options.binary) as server, Person(browser, server, "adele", javascript=False, folder=options.screenshots) as adele, \
            Person(browser, server, "amina", folder=options.screenshots) as amina, Person(browser, server, "dov") as dov:
        people.sign_in(adele.page, server, "adele")
        people.sign_in(amina.page, server, "amina")
        people.sign_in(dov.page, server, "dov")
        path = people.article(amina, 3)
        before = people.votes(amina)
        find(adele, "amina")
        adele.screenshot("found")
        adele.page.locator("main ul.register a").first.click()
        adele.see("amina@ormeval.example")
        people.see_no_raw_key(adele)
        own = adele.page.url
        if dov.page.goto(own).status != 403 or dov.page.goto(server.origin + "/fr/admin/people").status != 403:
            raise JourneyFault("a moderator opens the accounts")
        adele.write("Raison", REASON)
        adele.screenshot("suspending")
        adele.press_button("Suspendre", exact=True)
        adele.see("Le compte est suspendu. Un courriel est parti.")
        adele.see(REASON)
        adele.screenshot("suspended")
        people.vote(amina, "Pour")
        if "/sign-in" not in amina.page.url:
            raise JourneyFault(f"a suspended person's press leads to {amina.page.url}")
        amina.go(path)
        if people.votes(amina) != before:
            raise JourneyFault("the vote of a suspended person is counted")
        letter = server.next_letter("amina@ormeval.example")
        if REASON not in " ".join(letter.text.split()) or "écrivez à" not in letter.text or "@" not in letter.text.split("écrivez à")[1]:
            raise JourneyFault(f"the mail lacks the reason, or how to reply: {letter.text}")
        people.sign_in(amina.page, server, "amina")
        amina.go("/fr/account")
        amina.see(REASON)
        amina.screenshot("reads-why")
        if "amina@ormeval.example" not in amina.page.request.get(server.origin + "/fr/account/data").text():
            raise JourneyFault("a suspended person cannot take a copy of their data")
        amina.go(path)
        amina.see("Votre compte est suspendu")
        amina.screenshot("cannot-vote")
        if amina.page.locator("form.vote").count():
            raise JourneyFault("a suspended person is offered to vote")
        if people.votes(amina) != before:
            raise JourneyFault("the vote of a suspended person is counted")
        find(adele, "")
        adele.see("Comptes suspendus en ce moment")
        adele.page.locator("main ul.register a").first.click()
        adele.press_button("Lever la suspension")
        adele.see("La suspension est levée. Un courriel est parti.")
        amina.go("/fr/account")
        if REASON in amina.page.inner_text("main"):
            raise JourneyFault("the account still shows a suspension that was lifted")
        amina.go(path)
        people.vote(amina, "Pour")
        amina.see("Votre vote : pour.")


def journey_an_administrator_does_not_suspend_themselves(browser, options):
    """Adèle's own page has no form, and says why."""
    with Server(options.binary) as server, Person(browser, server, "adele", phone=True, folder=options.screenshots) as adele:
        people.sign_in(adele.page, server, "adele")
        find(adele, "adele@ormeval.example")
        adele.page.locator("main ul.register a").first.click()
        adele.see("On ne suspend pas son propre compte.")
        if adele.page.get_by_role("button", name="Suspendre").count():
            raise JourneyFault("the form to suspend oneself is offered")
