"""The administrator's pages, the second factor, and two organizations on one server."""
import base64, hmac, re, struct, time
from urllib.parse import urlparse

import people
from town import JourneyFault, Person, Server


def totp(secret, at=None):
    """RFC 6238, six digits, thirty seconds, SHA-1."""
    key = base64.b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.digest(key, counter, "sha1")
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def journey_a_colour_that_cannot_be_read_is_refused(browser, options):
    """Yellow on white is refused beside its field, the name typed stays; a dark green is taken and shown by every page."""
    with Server(options.binary) as server, Person(browser, server, "adele", folder=options.screenshots) as adele, \
            Person(browser, server, "visitor", javascript=False, dark=True, folder=options.screenshots) as visitor:
        people.sign_in(adele.page, server, "adele")
        adele.go("/fr/admin/settings")
        adele.page.locator("[name=name]").fill("Ormeval-sur-Orme")
        adele.page.locator("[name=brand]").fill("#ffee00")
        adele.page.locator("main form button[type=submit]").click()
        adele.page.wait_for_load_state()
        if adele.page.locator("[name=brand]").get_attribute("aria-invalid") != "true":
            raise JourneyFault(f"a yellow that cannot be read is not refused beside its field: {adele.page.locator('main').inner_text()[:300]}")
        if adele.page.locator("[name=name]").input_value() != "Ormeval-sur-Orme":
            raise JourneyFault("what was typed is lost after the refusal")
        people.see_no_raw_key(adele)
        adele.page.locator("[name=brand]").fill("#14532d")
        adele.page.locator("main form button[type=submit]").click()
        adele.see("C’est enregistré.")
        visitor.page.wait_for_timeout(1100)
        visitor.go("/fr/")
        visitor.see("Ormeval-sur-Orme")
        if not visitor.page.locator("link[href='/assets/brand/14532d.css']").count():
            raise JourneyFault("the new colour is not in the page")
        visitor.screenshot("green-dark")


def journey_a_role_is_granted_works_and_is_revoked(browser, options):
    """Amina is made a moderator: her very next page shows the queue; revoked: it is gone. An unknown address is refused with words."""
    with Server(options.binary) as server, Person(browser, server, "adele", folder=options.screenshots) as adele, Person(browser, server, "amina") as amina:
        people.sign_in(adele.page, server, "adele")
        people.sign_in(amina.page, server, "amina")
        adele.go("/fr/admin")
        adele.page.locator("main a[href$='/admin/roles']").click()
        adele.page.locator("main [name=email]").fill("nobody@example.org")
        adele.page.locator("main [name=role][value=moderator]").check()
        adele.page.locator("main [name=space]").select_option("all")
        adele.page.locator("main form:has([name=role]) button[type=submit]").click()
        adele.page.wait_for_load_state()
        if adele.page.locator("main [name=email]").get_attribute("aria-invalid") != "true":
            raise JourneyFault("an address without account is not refused beside its field")
        adele.page.locator("main [name=email]").fill("amina@ormeval.example")
        adele.page.locator("main [name=role][value=moderator]").check()
        adele.page.locator("main [name=space]").select_option("all")
        adele.page.locator("main form:has([name=role]) button[type=submit]").click()
        adele.see("C’est enregistré.")
        people.see_no_raw_key(adele)
        amina.go("/fr/moderation")
        adele.page.locator("main li", has_text="amina@ormeval.example").get_by_role("link").click()
        adele.see("Elle perd tout de suite ce que le rôle lui permet.")
        adele.press_button("Retirer")
        answer = amina.page.goto(server.origin + "/fr/moderation")
        if answer.status == 200:
            raise JourneyFault("a revoked moderator still opens the queue")
        last = adele.page.locator("main li", has_text="adele@ormeval.example").filter(has_text="Administration")
        last.get_by_role("link").click()
        adele.press_button("Retirer")
        adele.see("Il faut au moins une personne pour administrer la plateforme.")


def journey_mails_are_shown_where_none_is_sent(browser, options):
    """The page of mails lists what was laid into the folder; a mail opens as it is; nobody else opens either."""
    with Server(options.binary) as server, Person(browser, server, "adele", folder=options.screenshots) as adele, Person(browser, server, "amina") as amina:
        amina.go("/fr/sign-in")
        people.ask_for_code(amina, "amina@ormeval.example")
        people.sign_in(adele.page, server, "adele")
        adele.go("/fr/admin/mails")
        people.see_no_raw_key(adele)
        adele.page.locator("main a[href*='/admin/mails/']").first.click()
        adele.page.wait_for_load_state()
        adele.see("amina@ormeval.example")
        place = urlparse(adele.page.url).path
        people.sign_in(amina.page, server, "amina")
        for path in ("/fr/admin/mails", place, "/fr/admin/settings", "/fr/admin/roles", "/fr/admin/legal"):
            answer = amina.page.goto(server.origin + path)
            if answer.status == 200 or "Votre code" in amina.page.content():
                raise JourneyFault(f"a participant opens {path}")


def found(server, name, host):
    """Makes an organization; returns the set-up link's path."""
    printed = server.command("organization", "create", name, "--host", host, "--title", name.capitalize(), "--contact", f"contact@{name}.example")
    link = re.search(r"https?://\S+/setup/\S+", printed)
    if not link:
        raise JourneyFault(f"`organization create` prints no set-up link: {printed}")
    return urlparse(link[0]).path


def set_up_first_administrator(person, path):
    """Follows the set-up link and sets a second factor up; returns its secret."""
    person.go(path)
    people.see_no_raw_key(person)
    person.write("Nom affiché", "Première Administratrice")
    person.write("Adresse électronique", "premiere@example.org")
    person.page.locator("main form button[type=submit]").click()
    person.page.wait_for_url("**/account/second-factor")
    person.see("Votre rôle demande cette deuxième preuve.")
    person.press_button("Commencer")
    secret = person.page.locator("main code").inner_text()
    person.write("Code donné par l’application", f"{(int(totp(secret)) + 1) % 1_000_000:06}")
    person.press_button("Vérifier le code")
    person.see("Ce code n’est pas le bon")
    person.write("Code donné par l’application", totp(secret))
    person.press_button("Vérifier le code")
    person.see("Codes de secours")
    person.follow("Je les ai gardés")
    return secret


def speak_english_only(administrator, visitor):
    """One language is left: the page goes on in it, and addresses of the other lead to it; then both come back."""
    administrator.page.locator("[name=first_language]").select_option("en")
    administrator.page.locator("[name=language_fr]").uncheck()
    administrator.page.locator("main form button[type=submit]").click()
    administrator.see("Saved.")
    visitor.go("/fr/sign-in")
    if not visitor.page.url.endswith("/en/sign-in"):
        raise JourneyFault(f"an address in a language that is gone leads to {visitor.page.url}")
    administrator.page.locator("[name=language_fr]").check()
    administrator.page.locator("[name=first_language]").select_option("fr")
    administrator.page.locator("main form button[type=submit]").click()
    administrator.see("Saved.")
    administrator.go("/fr/admin/settings")
    administrator.see("Langues proposées")


def journey_the_first_administrator_needs_a_second_factor(browser, options):
    """Without the demonstration: the set-up link works once, nothing is administered before the second factor, each sign-in asks for it."""
    with Server(options.binary, demo=False) as server:
        server.stop()
        path = found(server, "valbourg", "localhost")
        server.start()
        with Person(browser, server, "first", folder=options.screenshots) as first, Person(browser, server, "later", folder=options.screenshots) as later, \
                Person(browser, server, "stranger") as stranger:
            secret = set_up_first_administrator(first, path)
            first.go("/fr/admin/settings")
            first.see("Valbourg")
            people.see_no_raw_key(first)
            speak_english_only(first, later)
            answer = stranger.page.goto(server.origin + path)
            if answer.status == 200 and stranger.page.locator("main form").count():
                raise JourneyFault("the set-up link opens a second time")
            later.go("/fr/sign-in")
            letter = people.ask_for_code(later, "premiere@example.org")
            later.write("Code à six chiffres", letter.code)
            later.press_button("Se connecter")
            later.page.wait_for_load_state()
            answer = later.page.goto(server.origin + "/fr/admin/settings")
            if answer.status == 200 and later.page.locator("[name=brand]").count():
                raise JourneyFault("the mail alone opens the administration")
            later.go("/fr/account/second-factor")
            # A code serves once: the next half minute's.
            wait = 30 - time.time() % 30 + 1
            later.page.wait_for_timeout(wait * 1000)
            later.write("Code donné par l’application", totp(secret))
            later.press_button("Vérifier le code")
            later.see("Le code est juste.")
            later.go("/fr/admin/settings")


def journey_a_cookie_of_one_organization_opens_nothing_of_another(browser, options):
    """Two organizations on one server, by host name: sessions, ids and pages of one are nothing in the other."""
    with Server(options.binary) as server:
        server.stop()
        found(server, "valbourg", "127.0.0.1")
        server.start()
        other = f"http://127.0.0.1:{server.port}"
        with Person(browser, server, "adele", folder=options.screenshots) as adele:
            people.sign_in(adele.page, server, "adele")
            adele.go("/fr/admin/settings")
            session = [cookie for cookie in adele.context.cookies() if "session" in cookie["name"].lower()]
            if not session:
                raise JourneyFault(f"no session cookie is set: {[cookie['name'] for cookie in adele.context.cookies()]}")
            jar = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in session)
            for path in ("/fr/admin/settings", "/fr/account", "/fr/moderation", "/fr/processes/plan-climat", "/fr/go/5017", "/fr/report/5039"):
                status, body, location = plain_get(server, other, path, jar)
                if "Adèle" in body or "Plan climat" in body or "Ormeval" in body or (status == 200 and path != "/fr/account"):
                    raise JourneyFault(f"Ormeval's cookie at Valbourg's {path} is answered {status} ({location})")
            status, body, _ = plain_get(server, other, "/fr/", jar)
            if status != 200 or "Valbourg" not in body or "Adèle" in body:
                raise JourneyFault(f"Valbourg's home is answered {status}, or knows Adèle")


def plain_get(server, origin, path, cookie):
    """GET without following redirects: (status, body, location)."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", path, headers={"Host": urlparse(origin).netloc, "Cookie": cookie})
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace"), answer.getheader("Location")


def journey_a_contribution_answers_only_at_its_own_address(browser, options):
    """An article is nothing under another process, another activity or another kind: neither to read nor to vote on."""
    with Server(options.binary) as server, Person(browser, server, "amina") as amina:
        people.sign_in(amina.page, server, "amina")
        path = people.article(amina, 5)
        number, before = path.rsplit("/", 1)[1], people.votes(amina)
        argument = amina.page.locator("article.argument").first.get_attribute("id").removeprefix("argument-")
        texts = path.rsplit("/articles/", 1)[0]
        people.activity(amina, "Idées")
        ideas = urlparse(amina.page.url).path
        people.activity(amina, "Le projet de loi, article par article", people.REPUBLIC)
        law = urlparse(amina.page.url).path
        wrong, faults = [f"{law}/articles/{number}", f"{ideas}/articles/{number}", f"{texts}/proposals/{number}", f"{ideas}/proposals/{number}",
                         f"{texts}/articles/{argument}"], []
        for base in wrong:
            for page in ("", "/history", "/arguments/new", "/sources", "/sources/new", "/correct"):
                status = amina.context.request.get(server.origin + base + page).status
                if status != 404:
                    faults.append(f"GET {base}{page} is answered {status}")
            for press, form in (("/vote", {"choice": "against", "edition": "1"}), ("/follow", {"follow": "1"})):
                status = amina.context.request.post(server.origin + base + press, form=form, headers={"Origin": server.origin}, max_redirects=0).status
                if status != 404:
                    faults.append(f"POST {base}{press} is answered {status}")
        amina.go(path)
        if people.votes(amina) != before:
            faults.append(f"the votes went from {before} to {people.votes(amina)}")
        if faults:
            raise JourneyFault("; ".join(faults))
