"""The people of Ormeval: how they sign in, and where the demonstration's pages are."""
import re, subprocess, tempfile
from urllib.parse import urlencode, urljoin, urlparse
from urllib.request import Request, urlopen

import town

PASSWORD = "ormeval-demonstration"
CLIMATE, REPUBLIC = "/fr/processes/plan-climat", "/fr/processes/republique-numerique"


def sign_in(page, server, who, language="fr"):
    """Signs someone of the demonstration in by password, in this page."""
    page.goto(urljoin(server.origin, f"/{language}/sign-in"))
    if not page.locator("#password").is_visible():
        page.locator("main details > summary").first.click()
    page.locator("#password-email").fill(who if "@" in who else f"{who}@ormeval.example")
    page.locator("#password").fill(PASSWORD)
    # A password takes its time to be hashed: the answer is waited for, not the page that is there already.
    with page.expect_navigation():
        page.locator("form[action$='/sign-in/password'] button[type=submit]").click()
    page.wait_for_load_state()
    if "/sign-in" in urlparse(page.url).path:
        raise town.JourneyFault(f"{who} could not sign in: {page.locator('main').inner_text()[:300]}")


def send_letter(server, address="nobody@ormeval.example"):
    """Asks for a code from outside a browser, so that the outbox holds a letter."""
    form = urlencode({"email": address}).encode()
    before = len(server.letters(address))
    urlopen(Request(f"{server.origin}/fr/sign-in", form, {"Origin": server.origin}))
    return server.next_letter(address, after=before)


def ask_for_code(person, address):
    """Asks for a code in the person's page, which stays open on the question for it; returns the letter."""
    before = len(person.server.letters(address))
    person.write("Adresse électronique", address)
    person.press_button("Recevoir un code")
    person.page.wait_for_url("**/sign-in/code")
    return person.server.next_letter(address, after=before)


def join(person, address, name):
    """A newcomer signs in by code and accepts the terms under this name."""
    person.go("/fr/sign-in")
    letter = ask_for_code(person, address)
    person.write("Code à six chiffres", letter.code)
    person.press_button("Se connecter")
    person.see("Vous voilà connectée ou connecté.")
    accept_terms(person, name)


def accept_terms(person, name):
    if "/account/terms" not in person.page.url:
        person.go("/fr/account/terms")
    person.write("Nom affiché", name)
    person.choose("J’accepte les conditions")
    person.choose("J’accepte que ce que j’écris")
    person.press_button("Continuer")
    person.see("Bienvenue !")


def activity(person, title, process=CLIMATE):
    """Opens an activity of a process by its title."""
    person.go(process)
    person.page.get_by_role("heading", name=title).get_by_role("link").first.click()
    person.page.wait_for_load_state()


def article(person, number):
    """Opens an article of the rules for cool streets; returns its path."""
    activity(person, "Règlement des rues fraîches")
    person.follow(re.compile(rf"^Article {number}\b"))
    person.page.wait_for_load_state()
    return urlparse(person.page.url).path


def votes(person):
    """For, mixed and against, as the buttons or the legend of the open page say."""
    if person.page.locator("form.vote").count():
        texts = person.page.locator("form.vote button").all_inner_texts()
    else:
        texts = person.page.locator("#vote dl dd").all_inner_texts()
    return [int(re.sub(r"\D", "", text.split("(")[0])) for text in texts]


def vote(person, choice):
    person.page.locator("form.vote").get_by_role("button", name=choice).click()
    person.page.wait_for_load_state()


def see_no_raw_key(person):
    """No key of a catalogue stands on the page instead of words."""
    raw = raw_keys(person.page.locator("body").inner_text())
    if raw:
        raise town.JourneyFault(f"{urlparse(person.page.url).path} shows keys instead of words: {sorted(set(raw))[:8]} ({len(set(raw))})")


def raw_keys(text):
    found = re.findall(r"(?<![\w./@-])(?:[a-z][a-z0-9-]*\.){1,3}[a-z][a-z0-9-]+(?![\w/@.]|\.[a-z])", text)
    return [word for word in found if word.split(".")[0] in PREFIXES]


PREFIXES = {"account", "admin", "arguments", "assist", "authors", "commitment", "error", "events", "flash", "follows", "form", "frame", "guarantor", "help",
            "home", "legal", "list", "mails", "moderation", "pages", "phase-acts", "proposals", "refusal", "resources", "roles", "search",
            "second-factor", "settings", "setup", "sign-in", "sources", "spaces", "terms", "texts", "topics", "unsubscribe", "votes", "wordings"}


def scan(drawing):
    """What a camera reads in a drawing on the page, by zbar."""
    with tempfile.NamedTemporaryFile(suffix=".png") as picture:
        drawing.screenshot(path=picture.name)
        done = subprocess.run(["zbarimg", "--quiet", "--raw", "--nodbus", picture.name], capture_output=True, text=True, timeout=30)
    if done.returncode != 0:
        raise town.JourneyFault(f"a camera reads nothing in the drawing: zbarimg ended with {done.returncode}: {done.stderr[:300]}")
    return done.stdout.rstrip("\n")
