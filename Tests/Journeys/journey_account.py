"""One's own account: what was typed is never lost, what one follows is told, a copy of everything, and the end."""
import datetime, json, re

import people
from town import JourneyFault, Person, Server, wait_for

WORDS = "Un texte que personne ne veut taper deux fois."


def journey_a_session_that_ends_while_one_writes_loses_nothing(browser, options):
    """Amina writes an argument; another device signs her out; publishing asks to sign in, and the words are there again."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "phone", phone=True) as phone:
        people.sign_in(amina.page, server, "amina")
        people.sign_in(phone.page, server, "amina")
        people.article(amina, 7)
        amina.follow("Ajouter un argument pour")
        amina.write("Votre argument", WORDS)
        phone.go("/fr/account")
        phone.press_button("Déconnecter tous les autres")
        phone.see("ces appareils sont déconnectés")
        amina.press_button("Publier")
        amina.page.wait_for_url("**/sign-in?**")
        letter = people.ask_for_code(amina, "amina@ormeval.example")
        amina.write("Code à six chiffres", letter.code)
        amina.press_button("Se connecter")
        amina.page.wait_for_url("**/arguments/new**")
        if amina.page.get_by_label("Votre argument").input_value() != WORDS:
            raise JourneyFault("what was typed is lost")
        if not amina.page.get_by_label("Pour", exact=True).is_checked():
            raise JourneyFault("the side that was chosen is lost")
        amina.press_button("Publier")
        amina.see("Votre argument est publié.")


def journey_a_phase_that_closes_while_one_writes_keeps_the_text(browser, options):
    """Chloé ends the phase; Amina's idea is refused with the reason, and stands among her drafts."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "chloe", folder=options.screenshots) as chloe:
        people.sign_in(amina.page, server, "amina")
        people.sign_in(chloe.page, server, "chloe")
        people.article(amina, 7)
        amina.follow("Ajouter un argument pour")
        amina.write("Votre argument", WORDS)
        chloe.go("/fr/admin/processes/plan-climat")
        chloe.page.get_by_role("link", name="Idées et avis").first.click()
        # A day ago: after the phase began, whatever day it is today.
        yesterday = datetime.date.today() - datetime.timedelta(days=1)
        chloe.page.locator("[name=ends]").fill(f"{yesterday}T08:00")
        chloe.page.locator("main form button[type=submit]").first.click()
        chloe.see("C’est enregistré.")
        amina.press_button("Publier")
        amina.see("Cette étape ne permet pas de le faire, ou elle est terminée.")
        amina.see("Ce que vous avez écrit est gardé")
        amina.go("/fr/account/drafts")
        amina.see(WORDS[:20])
        amina.go(people.CLIMATE)
        amina.see("Aucune étape n’est ouverte en ce moment.")


def journey_who_follows_a_process_is_told_its_news_in_their_language(browser, options):
    """An English reader follows; Chloé posts news; the mail is in English, and leads to the English page."""
    with Server(options.binary) as server, Person(browser, server, "reader", language="en-GB", folder=options.screenshots) as reader, \
            Person(browser, server, "chloe", folder=options.screenshots) as chloe:
        reader.go("/en/sign-in")
        people.see_no_raw_key(reader)
        reader.page.locator("main form[action$='/sign-in'] [name=email]").fill("ellen@example.org")
        reader.page.locator("main form[action$='/sign-in'] button[type=submit]").click()
        reader.page.wait_for_url("**/sign-in/code")
        people.see_no_raw_key(reader)
        reader.page.locator("[name=code]").fill(server.next_letter("ellen@example.org").code)
        reader.page.locator("[name=code]").press("Enter")
        reader.page.wait_for_load_state()
        reader.go("/en/account/terms")
        people.see_no_raw_key(reader)
        reader.page.locator("main [name=name]").fill("Ellen")
        reader.page.locator("main [name=accept]").check()
        reader.page.locator("main [name=consent]").check()
        reader.page.locator("main form button[type=submit]").click()
        reader.page.wait_for_load_state()
        for path in ("account", "account/drafts", "account/delete", "account/second-factor", "processes/plan-climat/f/3/proposals/new",
                     "processes/plan-climat/f/2/articles/new"):
            reader.go(f"/en/{path}")
            people.see_no_raw_key(reader)
        reader.go("/en/processes/plan-climat")
        reader.page.locator("main form[action$='/follow'] button").click()
        reader.page.wait_for_load_state()
        people.sign_in(chloe.page, server, "chloe")
        chloe.go("/fr/admin/processes/plan-climat/news/new")
        chloe.page.locator("[name=news_title_fr]").fill("Le stand est devant le lycée mardi")
        chloe.page.locator("[name=news_title_en]").fill("The stand is at the school on Tuesday")
        chloe.page.locator("[name=news_body_fr]").fill("De 16 h à 18 h.")
        chloe.page.locator("main form[action$='/news/new'] button[type=submit]").click()
        chloe.see("C’est publié.")
        letter = wait_for(lambda: server.letters("ellen@example.org")[1:])[0]
        if re.search(r"\b(votre|vous|nouveau|démarche)\b", letter.subject + letter.text, re.I):
            raise JourneyFault(f"an English reader's mail is in French: {letter.subject}: {letter.text}")
        reader.page.goto(letter.link("/en/processes/plan-climat"))
        reader.see("The stand is at the school on Tuesday")
        people.see_no_raw_key(reader)


def journey_who_follows_an_idea_is_told_of_reactions_but_never_of_ones_own(browser, options):
    """Amina and Joris follow an idea; Joris argues: she gets one mail, he none."""
    with Server(options.binary) as server, Person(browser, server, "amina") as amina, Person(browser, server, "joris") as joris:
        for person in (amina, joris):
            people.sign_in(person.page, server, person.name)
            people.activity(person, "Idées")
            person.go(person.page.url + "?order=votes")
            person.follow("Ouvrir les parcs jusqu’à minuit")
            person.page.wait_for_load_state()
            person.press_button("Suivre", exact=True)
            person.see("Vous suivez ce sujet")
        joris.follow("Ajouter un argument pour")
        joris.write("Votre argument", WORDS)
        joris.press_button("Publier")
        joris.see("Votre argument est publié.")
        letter = server.next_letter("amina@ormeval.example")
        amina.go("/fr/")
        amina.page.goto(letter.link("/processes/plan-climat/f/"))
        amina.see(WORDS)
        amina.page.wait_for_timeout(1500)
        told = (len(server.letters("amina@ormeval.example")), len(server.letters("joris@ormeval.example")))
        if told != (1, 0):
            raise JourneyFault(f"Amina got {told[0]} mails and Joris {told[1]}")


def journey_a_vote_is_not_kept_as_a_draft(browser, options):
    """A visitor who presses a vote wrote nothing: no page speaks of a text kept, and no draft without a title appears."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina:
        people.article(amina, 1)
        people.vote(amina, "Pour")
        if amina.page.get_by_text("Ce que vous avez écrit est gardé").count():
            raise JourneyFault("after a vote, the page of signing in says that what one wrote is kept")
        people.sign_in(amina.page, server, "amina")
        amina.go("/fr/account/drafts")
        amina.see("Aucun brouillon.")


def journey_the_guarantor_publishes_a_report_that_all_can_read(browser, options):
    """Sibylle writes from the process's page; a visitor reads it there."""
    with Server(options.binary) as server, Person(browser, server, "sibylle", folder=options.screenshots) as sibylle, \
            Person(browser, server, "visitor", javascript=False) as visitor:
        people.sign_in(sibylle.page, server, "sibylle")
        sibylle.go(people.CLIMATE)
        sibylle.follow("Écrire mon rapport public")
        sibylle.write("Titre", "Premier constat")
        sibylle.write("Votre rapport", "Les dates sont tenues.\n\n- rien à signaler")
        sibylle.press_button("Publier")
        sibylle.see("C’est publié.")
        visitor.page.wait_for_timeout(1100)
        visitor.go(people.CLIMATE)
        visitor.see("Premier constat")
        visitor.see("Les dates sont tenues.")


def journey_a_participant_takes_a_copy_of_everything_and_leaves(browser, options):
    """The copy holds what was given; leaving erases name and address at once, keeps or withdraws what was published, and ends the session."""
    with Server(options.binary) as server, Person(browser, server, "salome", folder=options.screenshots) as salome, \
            Person(browser, server, "visitor", javascript=False) as visitor:
        people.join(salome, "salome@example.org", "Salomé Vantrepol")
        path = people.article(salome, 7)
        people.vote(salome, "Pour")
        salome.see("Votre vote : pour.")
        before = people.votes(salome)
        salome.follow("Ajouter un argument pour")
        salome.write("Votre argument", WORDS)
        salome.press_button("Publier")
        salome.see("Votre argument est publié.")
        copy = salome.context.request.get(server.origin + "/fr/account/data")
        text = json.dumps(json.loads(copy.text()), ensure_ascii=False)
        for part in ("salome@example.org", "Salomé Vantrepol", WORDS):
            if part not in text:
                raise JourneyFault(f"the copy of one's data lacks “{part}”: {text[:400]}")
        visitor.go(path)
        visitor.see("Salomé Vantrepol")
        salome.go("/fr/account/delete")
        salome.choose("Le laisser, sans mon nom")
        salome.press_button("Supprimer mon compte pour toujours")
        salome.see("Votre compte est supprimé.")
        if salome.page.locator("header a[href$='/account']").count():
            raise JourneyFault("one is still signed in after leaving")
        visitor.page.wait_for_timeout(1100)
        visitor.go(path)
        visitor.see(WORDS)
        if "Vantrepol" in visitor.page.content():
            raise JourneyFault("the name of someone who left is still shown")
        # Voting is open: whoever leaves takes their vote along, or could vote again under the same address.
        if people.votes(visitor) != [before[0] - 1, *before[1:]]:
            raise JourneyFault(f"the votes after someone left are {people.votes(visitor)}; with theirs they were {before}")
