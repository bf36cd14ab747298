"""Arguments, replies, other wordings, new articles, sources; ideas, and what an agent writes for someone."""
import re
from urllib.parse import urlparse

import people
from town import JourneyFault, Person, Server


def journey_an_argument_is_answered_and_found_useful(browser, options):
    """Amina argues, Joris replies and marks hers as counting, takes it back; she cannot mark her own."""
    words, answer = "À midi, le parvis est à cinquante degrés : un point d’eau sauve des malaises.", "D’accord, et il faut y penser pour le marché aussi."
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "joris", folder=options.screenshots) as joris:
        people.sign_in(amina.page, server, "amina")
        people.sign_in(joris.page, server, "joris")
        path = people.article(amina, 3)
        people.see_no_raw_key(amina)
        amina.follow("Ajouter un argument contre")
        if not amina.page.get_by_label("Contre").is_checked():
            raise JourneyFault("“an argument against” does not come with that side chosen")
        amina.choose("Pour")
        amina.press_button("Publier")
        amina.page.get_by_label("Votre argument").fill(words)
        amina.press_button("Publier")
        amina.see("Votre argument est publié.")
        if amina.page.locator("article.argument", has_text=words).get_by_role("button", name="Cela compte").count():
            raise JourneyFault("Amina is offered to mark her own argument, which is then refused")
        joris.go(path)
        mark = joris.page.locator("article.argument", has_text=words)
        useful = mark.get_by_role("button", name="Cela compte")
        if "1" in useful.inner_text():
            raise JourneyFault("Amina counted her own argument")
        useful.click()
        joris.see("C’est noté.")
        useful = joris.page.locator("article.argument", has_text=words).get_by_role("button", name="Cela compte")
        if useful.get_attribute("aria-pressed") != "true" or "1" not in useful.inner_text():
            raise JourneyFault(f"after one mark, the button says {useful.inner_text()}")
        joris.page.locator("article.argument", has_text=words).get_by_role("link", name="Répondre").click()
        joris.write("Votre réponse", answer)
        joris.press_button("Publier")
        joris.see("est publié")
        thread = joris.page.locator("article.argument", has_text=words).first
        # A browser that opens what an address names has unfolded it already.
        if not thread.get_by_text(answer).is_visible():
            thread.locator("summary").click()
        joris.see(answer)
        joris.page.locator("article.argument", has_text=words).first.get_by_role("button", name="Cela compte").first.click()
        joris.page.wait_for_timeout(500)
        joris.page.wait_for_load_state()
        useful = joris.page.locator("article.argument", has_text=words).first.get_by_role("button", name="Cela compte").first
        if useful.get_attribute("aria-pressed") != "false" or "1" in useful.inner_text():
            raise JourneyFault("a mark cannot be taken back")
        if joris.page.locator("article.argument", has_text=words).first.get_by_role("link", name="Retirer (").count() > 1:
            raise JourneyFault("Joris is offered to take back what Amina wrote")
        amina.go(path)
        amina.page.locator("article.argument", has_text=words).first.get_by_role("link", name="Retirer (").first.click()
        amina.see(words)
        amina.press_button("Retirer")
        amina.see("Votre contribution est retirée.")
        joris.go(path)
        if words in joris.page.inner_text("main"):
            raise JourneyFault("an argument taken back is still readable")


def journey_another_wording_is_previewed_then_published(browser, options):
    """The same text is refused; a changed one shows what changes, word by word, then stands beside the article and takes votes."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "visitor", javascript=False) as visitor:
        people.sign_in(amina.page, server, "amina")
        path = people.article(amina, 2)
        amina.follow("Proposer une autre rédaction")
        body = amina.page.get_by_label("Le texte, avec vos changements")
        text = body.input_value()
        amina.write("Votre changement en une phrase", "Une pause tous les cent mètres")
        amina.write("Pourquoi ce changement ?", "Cent cinquante mètres, c’est trop long avec une canne.")
        amina.press_button("Publier")
        amina.see("Votre rédaction est la même que le texte.")
        changed = text.replace("cent cinquante mètres", "cent mètres").replace("150 mètres", "100 mètres").replace("150\u00a0mètres", "100\u00a0mètres")
        if changed == text:
            raise JourneyFault(f"the article speaks of no 150 metres: {text[:300]}")
        amina.page.get_by_label("Le texte, avec vos changements").fill(changed)
        amina.press_button("Voir la différence")
        amina.see("Ce qui change")
        if not amina.page.locator("#preview ~ * del, section:has(#preview) del").count():
            raise JourneyFault(f"the preview shows nothing taken out: {amina.page.locator('main').inner_text()[:500]}")
        if not amina.page.locator("section:has(#preview) ins").count():
            raise JourneyFault("the preview shows nothing put in")
        if amina.page.get_by_label("Pourquoi ce changement ?").input_value() == "":
            raise JourneyFault("the preview loses what was typed")
        amina.press_button("Publier")
        amina.see("C’est publié.")
        wording = urlparse(amina.page.url).path
        if not amina.page.locator("del").count() or not amina.page.locator("ins").count():
            raise JourneyFault("the wording's page does not show the difference")
        people.see_no_raw_key(amina)
        people.vote(amina, "Pour")
        if people.votes(amina) != [1, 0, 0]:
            raise JourneyFault(f"one vote for a wording shows as {people.votes(amina)}")
        visitor.go(path)
        visitor.follow("Une pause tous les cent mètres")
        visitor.page.wait_for_load_state()
        if urlparse(visitor.page.url).path != wording:
            raise JourneyFault(f"the article leads to {visitor.page.url}")
        visitor.see("1 vote")


def journey_a_participant_proposes_an_article_and_a_source(browser, options):
    """The article stands among those of participants; a source with a bad address is refused, a good one shows its host."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina:
        people.sign_in(amina.page, server, "amina")
        people.activity(amina, "Règlement des rues fraîches")
        amina.follow("Proposer un article")
        amina.write("Titre", "Des stores sur les marchés")
        amina.page.get_by_label("Partie").select_option(index=0)
        amina.page.get_by_label("Texte", exact=True).fill("La ville prête des stores de toile aux marchés, de juin à septembre.\n\n- place du Puits\n- la Gare")
        amina.press_button("Publier")
        amina.see("C’est publié.")
        path = urlparse(amina.page.url).path
        if amina.page.locator(".law li").count() != 2:
            raise JourneyFault("the list in the article's text is not a list")
        people.activity(amina, "Règlement des rues fraîches")
        amina.see("Des stores sur les marchés")
        amina.go(path)
        amina.follow("Ajouter une source")
        amina.write("Titre de la source", "Étude sur les îlots de chaleur")
        amina.page.get_by_label("Adresse de la page").fill("https://user@example.org/x")
        amina.page.get_by_label("Type de source").select_option("study")
        amina.press_button("Publier")
        amina.see("n’est pas celle d’une page web")
        amina.page.get_by_label("Adresse de la page").fill("https://example.org/chaleur")
        amina.press_button("Publier")
        amina.see("Votre source est ajoutée.")
        link = amina.page.get_by_role("link", name="Étude sur les îlots de chaleur")
        if link.get_attribute("href") != "https://example.org/chaleur" or "nofollow" not in (link.get_attribute("rel") or ""):
            raise JourneyFault("the source's link is not the one given, or lacks rel=nofollow")
        amina.see("example.org")


def propose(person, title, place="Rue des Tanneurs", theme=1, reasons="Parce qu’il y fait trop chaud.", publish=True):
    """The four questions of an idea, from its list."""
    people.activity(person, "Idées")
    person.follow("Proposer une idée")
    person.write("L’idée, en une phrase", title)
    person.press_button("Continuer")
    person.page.wait_for_load_state()
    if person.page.get_by_role("button", name="La mienne est différente, continuer").count():
        person.press_button("La mienne est différente, continuer")
    person.write("Le lieu", place)
    person.page.get_by_label("Thème").select_option(index=theme)
    person.press_button("Continuer")
    person.write("Les raisons", reasons)
    person.press_button("Continuer")
    person.see("Relisez votre idée")
    if publish:
        person.press_button("Publier mon idée")
        person.see("Votre idée est publiée.")


def journey_an_idea_is_proposed_after_similar_ones_were_shown_then_withdrawn(browser, options):
    """“Un banc à l’ombre tous les cent mètres” shows the one that is there; another is published in four steps, and withdrawn."""
    with Server(options.binary) as server, Person(browser, server, "amina", phone=True, folder=options.screenshots) as amina, \
            Person(browser, server, "visitor") as visitor:
        people.sign_in(amina.page, server, "amina")
        people.activity(amina, "Idées")
        amina.follow("Proposer une idée")
        amina.see("Question 1 sur 4")
        amina.press_button("Continuer")
        amina.write("L’idée, en une phrase", "Un banc à l’ombre tous les cent mètres")
        amina.press_button("Continuer")
        amina.see("à la vôtre")
        if not amina.page.get_by_role("link", name="Un banc à l’ombre tous les cent mètres").count():
            raise JourneyFault("the idea with the very same title is not shown as similar")
        amina.screenshot("similar")
        amina.write("L’idée, en une phrase", "Des bancs à l’ombre le long du canal, faits par le lycée")
        amina.press_button("La mienne est différente, continuer")
        amina.see("Question 2 sur 4")
        amina.write("Le lieu", "Quai des Mariniers")
        amina.press_button("Continuer")
        amina.see("Aucun choix n’est fait.") if amina.page.get_by_label("Thème").evaluate("field => field.value") == "" else None
        amina.page.get_by_label("Thème").select_option(label="Ombre et bancs")
        amina.press_button("Continuer")
        amina.see("Question 3 sur 4")
        amina.write("Les raisons", "Les élèves de menuiserie cherchent des projets.\n\n- du bois local\n- des dossiers")
        amina.press_button("Continuer")
        amina.see("Question 4 sur 4")
        amina.see("Des bancs à l’ombre le long du canal, faits par le lycée")
        amina.see("Quai des Mariniers")
        amina.press_button("Publier mon idée")
        amina.see("Votre idée est publiée.")
        people.see_no_raw_key(amina)
        path = urlparse(amina.page.url).path
        amina.see("Ombre et bancs")
        visitor.go(path)
        visitor.see("Amina Belkhadra")
        amina.follow("Retirer", exact=True)
        amina.press_button("Retirer", exact=True)
        amina.see("Votre contribution est retirée.")
        visitor.page.wait_for_timeout(1100)
        visitor.go(path)
        visitor.see("Contribution retirée")
        if "menuiserie" in visitor.page.content() or "le long du canal" in visitor.page.content():
            raise JourneyFault("a withdrawn idea is still readable")
        visitor.go("/fr/search?q=menuiserie")
        if visitor.page.locator("main h3").count():
            raise JourneyFault("search still finds a withdrawn idea")


def journey_supports_have_a_limit_that_says_itself(browser, options):
    """Ten supports may be given; the eleventh is refused with words, and taking one back makes room."""
    with Server(options.binary) as server, Person(browser, server, "newcomer", folder=options.screenshots) as newcomer:
        people.join(newcomer, "salome@example.org", "Salomé")
        people.activity(newcomer, "Idées")
        newcomer.see("Vous pouvez donner 10 soutiens ici.")
        paths = newcomer.page.locator("ol.register h3 a").evaluate_all("links => links.map(link => link.getAttribute('href'))")[:11]
        if len(paths) < 11:
            raise JourneyFault("the list shows fewer than eleven ideas")
        for path in paths[:10]:
            newcomer.go(path)
            newcomer.press_button("Soutenir", exact=True)
            newcomer.page.get_by_role("button", name="Retirer mon soutien").wait_for()
        newcomer.go(paths[10])
        if newcomer.page.get_by_role("button", name="Soutenir", exact=True).count():
            newcomer.press_button("Soutenir", exact=True)
        newcomer.see("Vous avez déjà donné vos 10 soutiens.")
        newcomer.screenshot("limit")
        newcomer.go(paths[0])
        newcomer.press_button("Retirer mon soutien")
        newcomer.see("C’est retiré")
        newcomer.go(paths[10])
        newcomer.press_button("Soutenir", exact=True)
        newcomer.page.get_by_role("button", name="Retirer mon soutien").wait_for()


def write_for_bernard(joris, title):
    """Joris writes an idea down for Bernard, who gave it by telephone; he is left at the slip, whose reference is returned."""
    people.activity(joris, "Idées")
    joris.follow("Écrire pour quelqu’un")
    joris.write("Nom à afficher", "Bernard Lacoudre")
    joris.page.get_by_label("Comment la personne a participé").select_option("phone")
    joris.write("Lieu où la personne a participé", "Accueil de la mairie")
    joris.write("L’idée, en une phrase", title)
    joris.write("Les raisons", "J’attends vingt minutes debout au soleil.")
    joris.page.get_by_label("Thème").select_option(index=1)
    joris.page.get_by_label("Comment lui répondre").select_option("post")
    joris.press_button("Relire avec la personne")
    joris.see("Cette réponse manque.")
    joris.write("Adresse ou numéro pour répondre", "3 rue du Lavoir, Ormeval")
    joris.press_button("Relire avec la personne")
    joris.see("Lisez ceci à la personne.")
    joris.see("J’attends vingt minutes debout au soleil.")
    joris.press_button("Publier")
    joris.see("C’est publié. Imprimez le reçu")
    reference = re.search(r"Reçu (\S+)", joris.title())
    if not reference:
        raise JourneyFault(f"the slip's title is “{joris.title()}”")
    return reference[1]


def journey_bernard_without_mail_has_his_idea_written_by_an_agent(browser, options):
    """Joris finds where, writes for Bernard, prints the slip with its reference; the idea says by which way it came, and is counted apart."""
    with Server(options.binary) as server, Person(browser, server, "joris", folder=options.screenshots) as joris, \
            Person(browser, server, "visitor", javascript=False) as visitor:
        people.sign_in(joris.page, server, "joris")
        visitor.go(people.CLIMATE)
        before = int(re.search(r"Dont (\d+) contribution", visitor.page.locator("main").inner_text())[1])
        write_for_bernard(joris, "Un abri de bus à l’ombre devant le cimetière")
        people.see_no_raw_key(joris)
        joris.see("Un abri de bus à l’ombre devant le cimetière")
        if server.origin not in joris.page.locator("main").inner_text():
            raise JourneyFault("the slip does not give the page's address")
        slip, drawn = urlparse(joris.page.url).path, people.scan(joris.page.locator("svg.qr"))
        joris.page.emulate_media(media="print")
        joris.screenshot("slip-printed")
        joris.page.emulate_media(media="screen")
        joris.follow("Revenir à la page")
        joris.page.wait_for_load_state()
        path = urlparse(joris.page.url).path
        if drawn != server.origin + path:
            raise JourneyFault("what the slip draws is not its page's address")
        joris.page.wait_for_timeout(1100)
        visitor.go(path)
        visitor.see("Bernard Lacoudre")
        visitor.see("par téléphone")
        if "rue du Lavoir, Ormeval" in visitor.page.content() or "Joris" in visitor.page.locator("main").inner_text():
            raise JourneyFault("the public page shows the private address, or the agent's name")
        visitor.page.goto(server.origin + slip)
        if visitor.page.get_by_text("Reçu").count():
            raise JourneyFault("anyone reads the slip")
        visitor.go(people.CLIMATE)
        after = int(re.search(r"Dont (\d+) contribution", visitor.page.locator("main").inner_text())[1])
        if after != before + 1:
            raise JourneyFault(f"contributions written by agents went from {before} to {after}")


def journey_an_agent_gives_someone_s_argument_and_wording(browser, options):
    """At the stand Joris writes Bernard's argument about an article, then another wording in his name, and takes each back; a participant is not offered to."""
    with Server(options.binary) as server, Person(browser, server, "joris", folder=options.screenshots) as joris, \
            Person(browser, server, "amina") as amina, Person(browser, server, "visitor", javascript=False) as visitor:
        people.sign_in(joris.page, server, "joris")
        people.sign_in(amina.page, server, "amina")
        for form, words in (("arguments/new?side=for", "Le puits du lavoir suffit aux pépinières."), ("wordings/new", "Les pépinières d’abord.")):
            article = people.article(joris, 2)
            joris.go(article + "/" + form)
            amina.go(article + "/" + form)
            if amina.page.locator("[name=channel]").count():
                raise JourneyFault("someone who is no agent may write for others")
            joris.page.locator("summary", has_text="Parler pour une organisation").click()
            joris.choose("Quelqu’un sans compte, pour qui j’écris")
            joris.write("Nom à afficher", "Bernard Lacoudre")
            joris.page.get_by_label("Comment la personne a participé").select_option("stand")
            joris.write("Lieu où la personne a participé", "Marché du samedi")
            joris.page.locator("[name=given_on]").fill("2026-11-14")
            joris.page.get_by_label("Comment lui répondre").select_option("none")
            if "wordings" in form:
                joris.page.locator("[name=title]").fill(words)
                joris.page.locator("[name=reason]").fill("L’eau manque.")
                joris.page.locator("[name=body]").fill(words + " " + joris.page.locator("[name=body]").input_value())
            else:
                joris.page.locator("[name=body]").fill(words)
            joris.press_button("Publier")
            joris.see("Reçu")
            joris.see(words)
            joris.screenshot("slip-" + form.split("/")[0])
            joris.follow("Revenir à la page")
            joris.page.wait_for_load_state()
            joris.page.wait_for_timeout(1100)
            visitor.go(urlparse(joris.page.url).path)
            visitor.see("Bernard Lacoudre")
            visitor.see("sur un stand")
            # Bernard comes back with his slip: the desk takes back what it wrote for him.
            if "wordings" in form:
                joris.page.locator("main a[href*='/withdraw/']").first.click()
            else:
                joris.page.locator("article.argument", has_text=words).first.get_by_role("link", name="Imprimer le reçu").click()
                joris.page.locator("main a[href*='/withdraw/']").click()
            joris.see("au nom de la personne")
            joris.press_button("Retirer")
            joris.see("La contribution est retirée.")
            joris.page.wait_for_timeout(1100)
            visitor.go(article)
            if words in visitor.page.inner_text("main"):
                raise JourneyFault("what the desk took back for Bernard is still readable")


def journey_the_reference_of_a_slip_finds_the_idea(browser, options):
    """The slip says that its reference finds the idea again: typed into the search, it does, in lower case and with spaces too."""
    with Server(options.binary) as server, Person(browser, server, "joris") as joris, \
            Person(browser, server, "bernard", javascript=False, folder=options.screenshots) as bernard:
        people.sign_in(joris.page, server, "joris")
        reference = write_for_bernard(joris, "Un abri de bus à l’ombre devant le cimetière")
        for typed in (reference, reference.lower().replace("-", " ")):
            bernard.go("/fr/search")
            bernard.page.locator("main input[name=q]").fill(typed)
            bernard.page.locator("main input[name=q]").press("Enter")
            bernard.see("Un abri de bus à l’ombre devant le cimetière")


def journey_going_back_in_the_idea_form_loses_nothing(browser, options):
    """A visitor answers two questions and goes back with the browser's own button: what they typed is there, and forward again."""
    with Server(options.binary) as server, Person(browser, server, "visitor", folder=options.screenshots) as visitor:
        people.activity(visitor, "Idées")
        visitor.follow("Proposer une idée")
        visitor.write("L’idée, en une phrase", "Une ludothèque itinérante")
        visitor.press_button("Continuer")
        visitor.write("Le lieu", "Place de la Gare")
        visitor.page.locator("main select[name=theme]").select_option(index=1)
        visitor.press_button("Continuer")
        visitor.see("Question 3 sur 4")
        for step, field, text in ((visitor.page.go_back, "place", "Place de la Gare"), (visitor.page.go_back, "title", "Une ludothèque")):
            step()
            if not visitor.page.locator(f"main [name={field}]").input_value().startswith(text):
                raise JourneyFault(f"back at {visitor.page.url} the field {field} is empty")
        visitor.page.go_forward()
        visitor.page.go_forward()
        visitor.see("Question 3 sur 4")
