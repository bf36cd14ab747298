"""What organisers do: correct, publish a new version, set up a process from nothing."""
import re
from urllib.parse import urlparse

import people
from people import vote, votes
from town import JourneyFault, Person, Server, wait_for


def revise(person, path, kind, old, new, reason):
    person.go(f"{path}/{kind}")
    body = person.page.get_by_label("Texte", exact=True)
    text = body.input_value()
    if old not in text:
        raise JourneyFault(f"the text to change does not hold “{old}”: {text[:300]}")
    body.fill(text.replace(old, new))
    person.write("Pourquoi ce changement ?", reason)
    person.press_button("Publier")


def journey_a_correction_keeps_the_votes_and_a_new_version_asks_again(browser, options):
    """Chloé corrects: votes stay. She publishes a new version: votes stay with the old; Amina is told by mail, sees why, votes again."""
    with Server(options.binary) as server, Person(browser, server, "chloe", folder=options.screenshots) as chloe, \
            Person(browser, server, "amina", phone=True, folder=options.screenshots) as amina:
        people.sign_in(chloe.page, server, "chloe")
        people.sign_in(amina.page, server, "amina")
        path = people.article(amina, 5)
        vote(amina, "Pour")
        amina.see("Votre vote : pour.")
        before = votes(amina)
        text = chloe.go(path + "/correct") and chloe.page.get_by_label("Texte", exact=True).input_value()
        word = re.search(r"\b\w{6,}\b", text)[0]
        chloe.go(path + "/correct")
        chloe.page.get_by_label("Texte", exact=True).fill("Tout le sol de la ville devient un parking. " * 8)
        chloe.write("Pourquoi ce changement ?", "Une faute de frappe.")
        chloe.press_button("Publier")
        chloe.see("Cela change plus d’un mot sur quatre")
        chloe.screenshot("much-else")
        revise(chloe, path, "correct", word, word + "-ci", "Une faute de frappe.")
        chloe.see("La correction est publiée. Les votes restent.")
        people.see_no_raw_key(chloe)
        amina.go(path)
        if votes(amina) != before:
            raise JourneyFault(f"after a correction the votes are {votes(amina)}, not {before}")
        amina.see("Votre vote : pour.")
        amina.follow(re.compile(r"\d versions"))
        amina.see("Correction : les votes restent")
        amina.see("Une faute de frappe.")
        if not amina.page.locator("ins").count():
            raise JourneyFault("the history does not show what was corrected")
        people.see_no_raw_key(amina)
        letters = len(server.letters("amina@ormeval.example"))
        revise(chloe, path, "version", word + "-ci", "autrement", "Le service des jardins l’a demandé.")
        chloe.see("La nouvelle version est publiée.")
        letter = wait_for(lambda: [mail for mail in server.letters("amina@ormeval.example")[letters:] if "a changé" in mail.subject])[0]
        amina.page.goto(letter.link(path))
        amina.see("Le texte a changé depuis votre vote")
        amina.screenshot("changed")
        if votes(amina) != [0, 0, 0]:
            raise JourneyFault(f"the new version begins with {votes(amina)} votes")
        vote(amina, "Contre")
        amina.see("Votre vote : contre.")
        if votes(amina) != [0, 0, 1]:
            raise JourneyFault(f"after one vote on the new version the page shows {votes(amina)}")
        amina.follow(re.compile(r"\d versions"))
        amina.see("Nouvelle version : on vote à nouveau")
        history = amina.page.locator("main").inner_text()
        if not re.search(rf"\b{sum(before)}\s+votes?\b", history):
            raise JourneyFault(f"the history does not say how many voted on the old version ({sum(before)})")


def fill(person, **fields):
    """Fills fields by their names, in French where the site asks each language."""
    for name, text in fields.items():
        person.page.locator(f"main [name='{name}']").first.fill(text)


def send(person, action=None):
    """Presses the main button of the form (the one with this action, or the only one)."""
    form = person.page.locator(f"main form[action$='{action}']" if action else "main form").first
    form.locator("button[type=submit]").first.click()
    person.page.wait_for_load_state()
    if person.page.locator("main .faults, main [role=alert]").count():
        raise JourneyFault(f"{urlparse(person.page.url).path} refuses: {person.page.locator('main').inner_text()[:400]}")


def journey_a_process_is_set_up_from_nothing_and_a_visitor_contributes(browser, options):
    """Adèle writes words, commitment, two activities, a section, an article, a phase, and publishes; it is open at once to a newcomer."""
    base = "/fr/admin/processes/piscine"
    with Server(options.binary) as server, Person(browser, server, "adele", folder=options.screenshots) as adele, \
            Person(browser, server, "visitor", phone=True, folder=options.screenshots) as visitor:
        people.sign_in(adele.page, server, "adele")
        adele.go("/fr/")
        adele.follow("Organiser")
        adele.page.locator("main a[href$='/admin/processes/new']").click()
        fill(adele, title_fr="Une piscine pour tous", question_fr="Quelle piscine voulons-nous ?", summary_fr="La ville refait la piscine en 2028.",
             description_fr="Deux mots d’explication.", slug="piscine")
        send(adele)
        wait_for(lambda: urlparse(adele.page.url).path == base, 5)
        missing_words = []
        note(adele, missing_words)
        visitor.go("/fr/processes/piscine", status=404)
        adele.page.locator(f"main form[action$='/publish'] button").click()
        adele.page.wait_for_load_state()
        adele.see("Écrivez et signez d’abord l’engagement")
        adele.go(base + "/commitment")
        fill(adele, decided_fr="Le nombre de bassins.", decider_fr="Le conseil municipal.", rule_fr="La majorité des voix du conseil.",
             answer_fr="Une réponse à chaque idée.", due="2028-06-30T18:00", signed_by="Maëlle Kerdoncuff", office_fr="Adjointe")
        send(adele)
        note(adele, missing_words)
        adele.go(base + "/activities/new")
        adele.page.locator("main a[href$='?kind=proposals']").click()
        fill(adele, title_fr="Vos envies", introduction_fr="Dites ce qui vous ferait venir.", limit="3", threshold="2", themes="Bassins\nAccueil")
        send(adele)
        adele.go(base + "/activities/new")
        adele.page.locator("main a[href$='?kind=texts']").click()
        fill(adele, title_fr="Le règlement du bassin", introduction_fr="Article par article.")
        send(adele)
        note(adele, missing_words)
        if not adele.page.url.endswith("/articles"):
            raise JourneyFault(f"after making a text one is at {adele.page.url}, not where its articles are written")
        adele.follow("Ajouter une partie")
        fill(adele, section_title_fr="Les règles")
        send(adele)
        adele.follow("Ajouter un article")
        article = adele.page.locator("main form:has([name=body])")
        article.locator("[name=title]").fill("Article 1 – Le bonnet est obligatoire")
        article.locator("[name=body]").fill("Chaque personne porte un **bonnet**.")
        article.locator("[name=plain]").fill("Mettez un bonnet.")
        adele.page.locator("summary", has_text="English").click()
        article.locator("[name=in-en-title]").fill("Article 1 – Caps are compulsory")
        article.locator("button[type=submit]").click()
        adele.see("Seul, ce champ ne dit rien")
        article.locator("[name=in-en-body]").fill("Everyone wears a cap.")
        article.locator("button[type=submit]").click()
        adele.see("Article 1 – Le bonnet est obligatoire")
        adele.go(base + "/phases/new")
        fill(adele, name_fr="Idées et avis", description_fr="Tout le monde parle.", starts="2020-01-01T08:00", ends="2019-12-31T20:00")
        adele.page.locator("main form button[type=submit]").first.click()
        adele.see("L’étape finit avant de commencer")
        fill(adele, ends="2029-12-31T20:00")
        for box in adele.page.locator("[name=allow]").all():
            box.check()
        note(adele, missing_words)
        adele.screenshot("phase")
        send(adele)
        adele.go(base)
        adele.page.locator("main form[action$='/publish'] button").click()
        adele.page.wait_for_url("**/fr/processes/piscine")
        note(adele, missing_words)
        visitor.go("/fr/processes")
        visitor.follow("Quelle piscine voulons-nous ?")
        visitor.page.wait_for_load_state()
        visitor.see("Le nombre de bassins.")
        visitor.see("Idées et avis")
        visitor.screenshot("open")
        people.join(visitor, "salome@example.org", "Salomé")
        people.activity(visitor, "Vos envies", "/fr/processes/piscine")
        visitor.see("Vous pouvez donner 3 soutiens ici.")
        visitor.follow("Proposer une idée")
        visitor.write("L’idée, en une phrase", "Un bassin pour apprendre à nager")
        visitor.press_button("Continuer")
        visitor.page.get_by_label("Thème").select_option(label="Bassins")
        visitor.press_button("Continuer")
        visitor.write("Les raisons", "Un enfant sur quatre ne sait pas nager.")
        visitor.press_button("Continuer")
        visitor.press_button("Publier mon idée")
        visitor.see("Votre idée est publiée.")
        people.activity(visitor, "Le règlement du bassin", "/fr/processes/piscine")
        visitor.follow(re.compile("^Article 1"))
        visitor.page.wait_for_load_state()
        vote(visitor, "Mitigé")
        visitor.see("Votre vote : mitigé.")
        if visitor.page.locator(".law strong").first.inner_text() != "bonnet":
            raise JourneyFault("bold words of the official article are not bold")
        visitor.go(visitor.page.url.split("#")[0].replace("/fr/", "/en/"))
        visitor.see("Everyone wears a cap.")
        visitor.see("Votes are on the original text, above.")
        if missing_words:
            raise JourneyFault("; ".join(missing_words))


def note(person, faults):
    """Keeps raw keys for the end: one missing word shall not hide what does not work."""
    try:
        people.see_no_raw_key(person)
    except JourneyFault as fault:
        faults.append(str(fault))


def journey_a_changed_commitment_needs_a_public_reason(browser, options):
    """Chloé cannot change the commitment silently: a reason is asked, and both are public."""
    with Server(options.binary) as server, Person(browser, server, "chloe", folder=options.screenshots) as chloe, \
            Person(browser, server, "visitor", javascript=False) as visitor:
        people.sign_in(chloe.page, server, "chloe")
        chloe.go("/fr/admin/processes/plan-climat/commitment")
        fill(chloe, decided_fr="La liste des rues seulement.")
        chloe.page.locator("main form").first.evaluate("form => { form.noValidate = true }")
        chloe.page.locator("main form button[type=submit]").first.click()
        chloe.see("Cette réponse manque.")
        if chloe.page.locator("[name=decided_fr]").input_value() != "La liste des rues seulement.":
            raise JourneyFault("what was typed is lost after the refusal")
        fill(chloe, reason_fr="Le règlement est repoussé à 2028.")
        send(chloe)
        visitor.go(people.CLIMATE)
        visitor.see("La liste des rues seulement.")
        visitor.page.locator("details", has_text="ce qui a changé et pourquoi").locator("summary").first.click()
        visitor.see("Le règlement est repoussé à 2028.")
