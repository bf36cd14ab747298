"""A report, a decision with its rule, what everyone sees of it, and the mail that can be stopped."""
import http.client, re
from urllib.parse import urlparse

import people
from town import JourneyFault, Person, Server, wait_for

INSULT = "Ceux qui ont écrit ça sont des imbéciles zinzolins."
REASON = "Le mot imbéciles vise des personnes. Redites l’idée sans lui."


def argue(person, number, words):
    """An argument against an article of the rules; returns the article's path."""
    path = people.article(person, number)
    person.follow("Ajouter un argument contre")
    person.write("Votre argument", words)
    person.press_button("Publier")
    person.see("Votre argument est publié.")
    return path


def report(person, path, words):
    person.go(path)
    person.page.locator("article.argument", has_text=words).get_by_role("link", name="Signaler").click()
    person.choose("Insulte")
    person.press_button("Envoyer le signalement")
    person.see("une personne de la modération va lire ce texte")


def hide(moderator, words):
    moderator.go("/fr/moderation")
    moderator.follow(re.compile(re.escape(words[:30])))
    moderator.see(words)
    moderator.choose("Masquer")
    moderator.choose("Insulte")
    moderator.write("Explication pour", REASON)
    moderator.press_button("Décider")
    moderator.see("La contribution est masquée.")


def journey_an_insult_is_reported_hidden_and_its_author_told(browser, options):
    """A visitor reports; Dov hides by a rule; the tombstone is public; search no longer finds it; the author gets a mail, one click stops them."""
    with Server(options.binary) as server, Person(browser, server, "author", folder=options.screenshots) as author, \
            Person(browser, server, "visitor", javascript=False, phone=True, folder=options.screenshots) as visitor, \
            Person(browser, server, "dov", folder=options.screenshots) as dov:
        people.join(author, "salome@example.org", "Salomé")
        path = argue(author, 8, INSULT)
        visitor.go("/fr/search?q=zinzolins")
        visitor.see("zinzolins")
        report(visitor, path, INSULT)
        people.sign_in(dov.page, server, "dov")
        dov.go("/fr/")
        dov.follow("Modération")
        people.see_no_raw_key(dov)
        hide(dov, INSULT)
        visitor.page.wait_for_timeout(1100)
        visitor.go(path)
        visitor.see("Contribution masquée")
        visitor.see("R2, insulte")
        visitor.screenshot("tombstone")
        for place in (path, "/fr/search?q=zinzolins", "/fr/processes/plan-climat"):
            visitor.go(place)
            if "imbéciles" in visitor.page.content():
                raise JourneyFault(f"{place} still shows the hidden words")
        letter = wait_for(lambda: [mail for mail in server.letters("salome@example.org") if "masquée" in mail.subject])[0]
        if "insulte" not in letter.text or REASON not in letter.text:
            raise JourneyFault(f"the author's mail does not name the rule and the reason: {letter.text}")
        if REASON in visitor.page.content():
            raise JourneyFault("the public reads what the moderator wrote to the author")
        header = str(letter.message["List-Unsubscribe"] or "")
        address = re.search(r"<(http[^>]+)>", header)
        if not address or not address[1].startswith(server.origin):
            raise JourneyFault(f"List-Unsubscribe is “{header}”")
        author.go("/fr/")
        author.page.goto(letter.link(path))
        author.see("Contribution masquée")
        author.go(urlparse(address[1]).path)
        author.go("/fr/account")
        if not author.page.locator("#topic-moderation").is_checked():
            raise JourneyFault("opening the link unsubscribed, before anything was pressed")
        one_click(server, address[1])
        author.go("/fr/account")
        if author.page.locator("#topic-moderation").is_checked():
            raise JourneyFault("one click did not stop these mails")
        before = len(server.letters("salome@example.org"))
        again = argue(author, 7, "Encore un avis grincheux et zinzolin.")
        report(visitor, again, "Encore un avis grincheux et zinzolin.")
        hide(dov, "Encore un avis grincheux et zinzolin.")
        author.page.wait_for_timeout(2500)
        if len(server.letters("salome@example.org")) != before:
            raise JourneyFault("a mail came after they were stopped")


def journey_what_was_hidden_by_mistake_is_shown_again(browser, options):
    """Dov hides without saying why: refused beside the field. He hides, finds the text among those hidden, shows it again: all as before."""
    words = "Trop vite jugé, ce zeppelin."
    with Server(options.binary) as server, Person(browser, server, "author", folder=options.screenshots) as author, \
            Person(browser, server, "visitor", javascript=False) as visitor, \
            Person(browser, server, "dov", phone=True, folder=options.screenshots) as dov:
        people.join(author, "salome@example.org", "Salomé")
        path = argue(author, 8, words)
        report(visitor, path, words)
        people.sign_in(dov.page, server, "dov")
        dov.go("/fr/moderation")
        dov.follow(re.compile(re.escape(words[:20])))
        dov.choose("Masquer")
        dov.choose("Insulte")
        dov.press_button("Décider")
        if dov.page.locator("[name=reason]").get_attribute("aria-invalid") != "true":
            raise JourneyFault("hiding without a reason is not refused beside its field")
        dov.write("Explication pour", REASON)
        dov.press_button("Décider")
        dov.see("La contribution est masquée.")
        author.go("/fr/account/activity")
        author.see(REASON)
        dov.follow("Masquées")
        people.see_no_raw_key(dov)
        dov.screenshot("hidden-cases")
        dov.follow(re.compile(re.escape(words[:20])))
        dov.see(REASON)
        dov.screenshot("hidden-case")
        dov.press_button("Réafficher")
        dov.see("La contribution est réaffichée.")
        visitor.page.wait_for_timeout(1100)
        visitor.go(path)
        visitor.see(words)
        visitor.go("/fr/search?q=zeppelin")
        visitor.see("zeppelin")
        wait_for(lambda: [mail for mail in server.letters("salome@example.org") if "réaffichée" in mail.subject])


def one_click(server, address):
    """What a mail program sends (RFC 8058): a POST without cookie and without origin."""
    connection = http.client.HTTPConnection("localhost", server.port, timeout=10)
    connection.request("POST", urlparse(address).path, "List-Unsubscribe=One-Click", {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != 200:
        raise JourneyFault(f"one-click unsubscribing (RFC 8058) is answered {answer.status}")


def journey_a_moderator_does_not_decide_about_what_they_wrote_or_reported(browser, options):
    """Dov sees his own argument in the queue and cannot decide; nobody without the role opens the queue."""
    words = "Mon avis de voisin, pas de modérateur."
    with Server(options.binary) as server, Person(browser, server, "dov", folder=options.screenshots) as dov, \
            Person(browser, server, "amina") as amina, Person(browser, server, "visitor") as visitor:
        people.sign_in(dov.page, server, "dov")
        path = argue(dov, 4, words)
        report(visitor, path, words)
        dov.go("/fr/moderation")
        dov.follow(re.compile(re.escape(words[:30])))
        dov.see("Vous lisez sans décider")
        if dov.page.get_by_role("button", name="Décider").count():
            raise JourneyFault("Dov may decide about his own argument")
        case = urlparse(dov.page.url).path
        answer = dov.page.request.post(server.origin + case, form={"decision": "keep"}, headers={"Origin": server.origin}).text()
        if "Vous avez écrit ou signalé cette contribution" not in answer:
            raise JourneyFault(f"the decision sent anyway is answered {answer[:300]}")
        people.sign_in(amina.page, server, "amina")
        for stranger in (amina, visitor):
            for place in ("/fr/moderation", case):
                page = stranger.page.goto(server.origin + place)
                if page.status < 400 and "/sign-in" not in stranger.page.url and stranger.page.get_by_text(words).count():
                    raise JourneyFault(f"{stranger.name} reads {place}")
