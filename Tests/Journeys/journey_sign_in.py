"""Signing in: by code, by the mail's link, by password; and out, everywhere."""
import http.client, re, sqlite3
from urllib.parse import urlparse

import people, town
from town import JourneyFault, Person, Server


def scan(server, link, times=3):
    """What a mail scanner does: asks for the link by GET and HEAD, without cookies and without pressing anything."""
    for method in ("GET", "HEAD") * times:
        connection = http.client.HTTPConnection("localhost", server.port, timeout=10)
        connection.request(method, urlparse(link).path, headers={"User-Agent": "MailScanner/1.0"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise JourneyFault(f"the scanner's {method} of the link is answered {answer.status}")
        if answer.getheader("Set-Cookie") and "session" in answer.getheader("Set-Cookie"):
            raise JourneyFault(f"the scanner's {method} was given a session")


def unspent(server):
    """How many codes are still good."""
    with sqlite3.connect(f"file:{next(server.folder.glob('organizations/*/organization.sqlite'))}?mode=ro", uri=True) as database:
        return database.execute("SELECT COUNT(*) FROM mailed_codes WHERE spent_at IS NULL").fetchone()[0]


def is_signed_in(person):
    person.go("/fr/")
    return person.page.locator("header a[href$='/account']").count() > 0


def journey_a_code_still_works_after_a_mail_scanner_opened_the_link(browser, options):
    """GET and HEAD by a robot spend nothing; the code typed in the page left open signs in; afterwards the link is over."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "thief", folder=options.screenshots) as thief:
        amina.go("/fr/sign-in?return=/processes/plan-climat")
        letter = people.ask_for_code(amina, "amina@ormeval.example")
        link = letter.link("/sign-in/link/")
        if letter.code in link:
            raise JourneyFault("the mail's link holds the code")
        before = unspent(server)
        scan(server, link)
        if unspent(server) != before:
            raise JourneyFault("a GET or HEAD spent the code")
        amina.write("Code à six chiffres", f"{letter.code[:3]} {letter.code[3:]}")
        amina.press_button("Se connecter")
        amina.see("Vous voilà connectée ou connecté.")
        if not urlparse(amina.page.url).path.endswith("/processes/plan-climat"):
            raise JourneyFault(f"after signing in one is at {amina.page.url}, not where one came from")
        thief.go(urlparse(link).path, status=410)
        thief.see("Ce lien ne marche plus")
        thief.go("/fr/sign-in/code")
        thief.write("Code à six chiffres", letter.code)
        thief.press_button("Se connecter")
        thief.see("Ce code n’est pas le bon")


def journey_the_mails_link_works_on_another_device(browser, options):
    """The page was opened on a computer; the link is pressed on a telephone, once."""
    with Server(options.binary) as server, Person(browser, server, "computer", folder=options.screenshots) as computer, \
            Person(browser, server, "telephone", phone=True, javascript=False, folder=options.screenshots) as telephone:
        computer.go("/fr/sign-in")
        letter = people.ask_for_code(computer, "amina@ormeval.example")
        link = letter.link("/sign-in/link/")
        if not link.startswith(server.origin):
            raise JourneyFault(f"the mail's link leads to {link}, not to {server.origin}")
        telephone.page.goto(link)
        if is_signed_in(telephone):
            raise JourneyFault("opening the link signed in, before anything was pressed")
        telephone.page.goto(link)
        telephone.press_button("Se connecter")
        telephone.see("Vous voilà connectée ou connecté.")
        computer.write("Code à six chiffres", letter.code)
        computer.press_button("Se connecter")
        computer.see("Ce code ne marche plus")
        telephone.go(urlparse(link).path, status=410)


def journey_five_wrong_codes_spend_the_code(browser, options):
    """After five wrong codes the right one no longer works, and a new one does."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina:
        amina.go("/fr/sign-in")
        letter = people.ask_for_code(amina, "amina@ormeval.example")
        for number in range(5):
            amina.write("Code à six chiffres", f"{(int(letter.code) + 1 + number) % 1_000_000:06}")
            amina.press_button("Se connecter")
            amina.see("Ce code n’est pas le bon" if number < 4 else "Ce code ne marche plus")
        amina.see("Envoyé à amina@ormeval.example")
        amina.write("Code à six chiffres", letter.code)
        amina.press_button("Se connecter")
        amina.see("Ce code ne marche plus")
        amina.follow("Demander un autre code")
        fresh = people.ask_for_code(amina, "amina@ormeval.example")
        amina.write("Code à six chiffres", fresh.code)
        amina.press_button("Se connecter")
        amina.see("Vous voilà connectée ou connecté.")


def journey_a_password_signs_in_and_all_other_devices_sign_out(browser, options):
    """By password, with a wrong one first; then “sign out everywhere” ends the other device, and signing out this one."""
    with Server(options.binary) as server, Person(browser, server, "amina", folder=options.screenshots) as amina, \
            Person(browser, server, "amina-phone", phone=True, folder=options.screenshots) as phone:
        amina.go("/fr/sign-in")
        amina.page.get_by_text("J’ai un mot de passe").click()
        amina.page.locator("#password-email").fill("amina@ormeval.example")
        amina.page.locator("#password").fill("not-the-password")
        amina.page.locator("form[action$='/sign-in/password'] button").click()
        amina.see("L’adresse ou le mot de passe n’est pas le bon")
        people.sign_in(amina.page, server, "amina")
        people.sign_in(phone.page, server, "amina")
        if not (is_signed_in(amina) and is_signed_in(phone)):
            raise JourneyFault("the right password does not sign in")
        amina.go("/fr/account")
        amina.press_button("Déconnecter tous les autres")
        amina.see("ces appareils sont déconnectés")
        if is_signed_in(phone):
            raise JourneyFault("the other device is still signed in")
        if not is_signed_in(amina):
            raise JourneyFault("this device was signed out too")
        cookies = amina.context.cookies()
        amina.go("/fr/account")
        amina.press_button("Se déconnecter")
        amina.see("Vous êtes déconnectée ou déconnecté.")
        amina.context.add_cookies(cookies)
        if is_signed_in(amina):
            raise JourneyFault("the old cookie works after signing out")


def journey_the_password_form_keeps_open_and_says_what_is_wrong_without_script(browser, options):
    """After a wrong password, the fault and the form to mend it are both in sight, without JavaScript."""
    with Server(options.binary) as server, Person(browser, server, "amina", javascript=False, folder=options.screenshots) as amina:
        amina.go("/fr/sign-in")
        amina.page.get_by_text("J’ai un mot de passe").click()
        amina.page.locator("#password-email").fill("amina@ormeval.example")
        amina.page.locator("#password").fill("not-the-password")
        amina.page.locator("form[action$='/sign-in/password'] button").click()
        amina.see("L’adresse ou le mot de passe n’est pas le bon")
        if not amina.page.locator("#password").is_visible():
            raise JourneyFault("after a wrong password, the password form is folded away again")
        fault = amina.page.get_by_role("link", name=re.compile("L’adresse ou le mot de passe"))
        if fault.count() and fault.first.get_attribute("href") == "#email":
            raise JourneyFault("the summary of faults leads to the field of the code's form, not to the password's")


def journey_a_newcomer_finds_the_argument_typed_before_signing_in(browser, options):
    """Types an argument, presses publish, signs in by the mail's link in ANOTHER browser, accepts the terms, finds it filled in, publishes."""
    words = "Les enfants de l’école maternelle boiront enfin frais, même en juillet."
    with Server(options.binary) as server, Person(browser, server, "newcomer", folder=options.screenshots) as newcomer, \
            Person(browser, server, "newcomer-phone", phone=True, folder=options.screenshots) as phone:
        path = people.article(newcomer, 3)
        newcomer.follow("Ajouter un argument pour")
        newcomer.write("Votre argument", words)
        newcomer.press_button("Publier")
        newcomer.page.wait_for_url("**/sign-in?**")
        newcomer.see("Ce que vous avez écrit est gardé")
        letter = people.ask_for_code(newcomer, "salome@example.org")
        phone.page.goto(letter.link("/sign-in/link/"))
        phone.press_button("Se connecter")
        phone.page.wait_for_load_state()
        if "/account/terms" not in phone.page.url:
            raise JourneyFault(f"a newcomer who comes in is at {phone.page.url}, not at the terms: {phone.page.locator('main').inner_text()[:200]}")
        people.accept_terms(phone, "Salomé")
        if words not in phone.page.get_by_label("Votre argument").input_value():
            raise JourneyFault("after the terms, the argument is gone")
        phone.press_button("Publier")
        phone.see("Votre argument est publié.")
        newcomer.go(path)
        newcomer.see(words)
        newcomer.see("Salomé")
        if not is_signed_in(phone):
            raise JourneyFault("the newcomer is not signed in")
        phone.go("/fr/account/drafts")
        phone.see("Aucun brouillon.")
