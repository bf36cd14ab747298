"""Measures the first rows of the project's table of quality; `run` beside this file starts it."""
import argparse
import pathlib
import shutil
import sqlite3
import statistics
import tempfile
import time

import load
from report import Table, machine
from server import Postgres, Server, program

ROWS = ["start", "memory", "health", "list", "cached", "vote", "growth", "pages", "statements", "import", "many", "postgres"]
MEGABYTE = 1_000_000


class Benchmark:
    def __init__(self, options, folder):
        self.options, self.folder, self.table = options, folder, Table()
        self.data = folder / "data"
        self.wanted = set(options.only.split(",")) if options.only else set(ROWS)

    # Data

    def fill(self):
        """Two organizations in one data folder, the second a hundred times smaller; kept when the folder is."""
        counts = {"bench": (self.options.proposals, self.options.votes), "small": (self.options.proposals // 100, self.options.votes // 100)}
        self.facts, spent = {}, {}
        for name, (proposals, votes) in counts.items():
            facts = self.folder / f"{name}.facts"
            if not facts.exists():
                host = "localhost" if name == "bench" else "small.localhost"
                text, wall, cpu = program(
                    "bench", "fill", "--name", name, "--host", host, "--proposals", proposals, "--votes", votes, "--data", self.data,
                    "--cookies", self.folder / f"{name}.cookies", "--sessions", 1_024)
                facts.write_text(text)
                spent[name] = (wall, cpu)
            self.facts[name] = dict(line.split() for line in facts.read_text().splitlines())
        self.file = self.data / "organizations/bench/organization.sqlite"
        self.size = self.file.stat().st_size
        if "bench" in spent:
            wall, cpu = spent["bench"]
            self.table.add(
                f"filling {counts['bench'][0]:,} proposals, {counts['bench'][1]:,} votes", f"{wall:.1f} s, {cpu:.1f} s of processor, "
                f"{self.size / MEGABYTE:.0f} MB")

    def list_path(self, name="bench"):
        return f"/fr/processes/bench/f/{self.facts[name]['component']}"

    def serve(self, **more):
        return Server("serve", "--data", self.data, first=self.list_path(), **more)

    def bare(self, size=40_000):
        return Server("bench", "serve-bare", "--database", self.file, "--bytes", size)

    # Loads

    def against(self, bare, server, path, **more):
        """A load, and the baseline measured just before and just after it: the machine is shared and its speed drifts."""
        brief = max(2, self.options.seconds // 2)
        before = load.run(bare, "/", brief)
        found = load.run(server, path, self.options.seconds, **more)
        after = load.run(bare, "/", brief)
        if found.faulty:
            raise RuntimeError(f"{path}: {found.faulty} answers failed")
        return found, statistics.mean([before.rate, after.rate]), statistics.mean([before.cpu, after.cpu])

    def rated(self, what, result, least, also=""):
        found, base, base_cpu = result
        ratio = found.rate / base
        self.table.add(
            what, f"{found.rate:,.0f}/s, p99 {found.p99 * 1000:.0f} ms, {found.cpu * 1e6:.0f} µs of processor{also}",
            f"{ratio:.1%} of {base:,.0f}/s (by processor time {base_cpu / found.cpu:.1%})", f"≥ {least:.0%}", ratio >= least)

    # Rows

    def start(self):
        times = []
        for _ in range(3):
            with self.serve() as server:
                times.append(server.first_answer)
        self.table.add(
            "start to first answer (the list page)", f"{statistics.median(times):.3f} s with {self.size / MEGABYTE:.0f} MB", "", "< 0.5 s",
            statistics.median(times) < 0.5)

    def memory(self):
        with self.serve() as server:
            time.sleep(3)
            idle = server.memory()
            self.table.add("memory idle", f"{idle / MEGABYTE:.0f} MB", "", "< 60 MB", idle < 60 * MEGABYTE)
            load.run(server, self.list_path(), self.options.seconds, headers=["Host: localhost", "Cookie: session=x"])
            most = server.memory("VmHWM")
            self.table.add("memory at most under 64 clients", f"{most / MEGABYTE:.0f} MB", "", "< 250 MB", most < 250 * MEGABYTE)

    def health(self):
        with self.serve() as server, self.bare() as bare:
            self.rated("/health/live", self.against(bare, server, "/health/live", headers=["Host: localhost"]), 0.85)

    def list(self):
        with self.serve() as server:
            size = len(server.get(self.list_path(), {"Cookie": "session=x"})[2])
            with self.bare(size) as bare:
                page = ["Host: localhost", "Cookie: session=x"]
                result = self.against(bare, server, self.list_path(), headers=page)
                self.rated(f"list page from the database, {size:,} bytes", result, 0.05)
                same = load.run(bare, "/list", self.options.seconds)
                again = load.run(server, self.list_path(), self.options.seconds, headers=page)
                ratio = statistics.mean([result[0].rate, again.rate]) / same.rate
                self.table.add(
                    "the same beside a bare route with the same SQL and bytes", f"{again.rate:,.0f}/s of {same.rate:,.0f}/s",
                    f"{ratio:.1%} (by processor time {same.cpu / again.cpu:.1%})", "≥ 35%", ratio >= 0.35)
                constant = load.run(bare, "/constant", max(2, self.options.seconds // 2))
                self.table.add(
                    "a bare route with as many constant bytes", f"{constant.rate:,.0f}/s", f"{constant.rate / result[1]:.1%} of the baseline")
                self.table.add("one list page", f"{again.cpu * 1000:.2f} ms of processor, {size:,} bytes")

    def cached(self):
        with self.serve() as server, self.bare() as bare:
            path = self.list_path() + "?order=recent"
            status, headers, body = server.get(path, {"Accept-Encoding": "gzip"})
            assert status == 200 and headers["Content-Encoding"] == "gzip"
            asked = ["Host: localhost", "Accept-Encoding: gzip"]
            self.rated(
                f"the same page anonymous, gzip, {len(body):,} bytes", self.against(bare, server, path, headers=asked), 0.50)
            known = {"Accept-Encoding": "gzip", "If-None-Match": headers["ETag"]}
            if server.get(path, known)[0] != 304:
                raise RuntimeError("the page changed between two looks")
            result = self.against(bare, server, path, headers=[*asked, f"If-None-Match: {headers['ETag']}"])
            if server.get(path, known)[0] != 304:
                raise RuntimeError("the page changed during the load")
            self.rated("the same as 304", result, 0.70)

    def voted(self, server, bare, name, where, counted):
        """Votes on one hot idea; only those count that were answered and left an event in the database."""
        # The last idea: hardly anybody supports it yet, so that the first press of each person changes something.
        idea = int(self.facts[name]["first"]) + int(self.facts[name]["proposals"]) - 1
        path = f"{self.list_path(name)}/proposals/{idea}/vote"
        host = "localhost" if name != "small" else "small.localhost"
        before, groups = counted(), server.metric("isegoria_database_groups_total")
        arguments = [path, f"http://{host}", self.folder / f"{name}.cookies", 2]
        found, base, base_cpu = self.against(bare, server, path, script="vote.lua", arguments=arguments, headers=[f"Host: {host}"])
        kept, groups = counted() - before, server.metric("isegoria_database_groups_total") - groups
        # A press that found what it wanted to say said already changes nothing and counts for nothing; there are few.
        written = min(kept, found.accepted)
        if found.refused or written < 0.97 * found.accepted or written == 0:
            raise RuntimeError(f"{found.accepted} votes answered, {found.refused} refused, {kept} kept")
        rate = found.rate * written / found.answers
        ok = rate >= 1000 and rate / base >= 0.05 and found.p99 < 0.2
        also = f", {kept / groups:.0f} a commit" if groups else ""
        self.table.add(
            f"durable votes on one idea, {where}", f"{rate:,.0f}/s, p99 {found.p99 * 1000:.0f} ms{also}",
            f"{rate / base:.1%} of {base:,.0f}/s (by processor time {base_cpu / found.cpu:.1%})", "≥ 5%, ≥ 1,000/s, p99 < 200 ms", ok)
        self.table.add(
            f"one vote, {where}", f"{found.cpu * 1000:.2f} ms of processor, {found.bytes_read / found.rate:,.0f} bytes answered, "
            f"{found.disk:,.0f} bytes to disk by our process")

    def vote(self):
        with self.serve() as server, self.bare() as bare:
            def counted():
                with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as database:
                    return database.execute("SELECT COUNT(*) FROM events WHERE kind = 'votes.counted'").fetchone()[0]
            self.voted(server, bare, "bench", "SQLite", counted)

    def postgres(self):
        if not Postgres.is_there():
            return self.table.add("durable votes on one idea, PostgreSQL", "PostgreSQL 15 is not installed")
        with Postgres() as postgres, tempfile.TemporaryDirectory() as data:
            environment = {"ISEGORIA_POSTGRES": postgres.connection}
            text, wall, _ = program(
                "bench", "fill", "--name", "elephant", "--proposals", self.options.proposals // 100, "--votes", self.options.votes // 100,
                "--data", data, "--cookies", self.folder / "elephant.cookies", "--sessions", 1_024, environment=environment)
            self.facts["elephant"] = dict(line.split() for line in text.splitlines())
            first = self.list_path("elephant")
            with Server("serve", "--data", data, environment=environment, first=first) as server, self.bare() as bare:
                def counted():
                    return int(postgres.query("isegoria_elephant", "SELECT COUNT(*) FROM events WHERE kind = 'votes.counted'"))
                self.voted(server, bare, "elephant", "PostgreSQL", counted)

    def growth(self):
        with self.serve() as server:
            found = {"small": [], "bench": []}
            for name in ["small", "bench", "small", "bench"]:
                host = "localhost" if name == "bench" else "small.localhost"
                found[name].append(load.run(
                    server, self.list_path(name), max(2, self.options.seconds // 2), headers=[f"Host: {host}", "Cookie: session=x"]))
            rate = {name: statistics.mean(each.rate for each in loads) for name, loads in found.items()}
            cpu = {name: statistics.mean(each.cpu for each in loads) for name, loads in found.items()}
            self.table.add(
                f"list page, {self.options.proposals // 100:,} proposals → {self.options.proposals:,}",
                f"{rate['small']:,.0f}/s → {rate['bench']:,.0f}/s",
                f"×{rate['small'] / rate['bench']:.2f} (by processor time ×{cpu['bench'] / cpu['small']:.2f})", "≤ ×1.3",
                rate["small"] / rate["bench"] <= 1.3)

    def pages(self):
        """What the other pages that people open most cost, on little and on much."""
        pages = {
            "home": lambda name: "/fr/", "page of a process": lambda name: "/fr/processes/bench",
            "page of an idea": lambda name: f"{self.list_path(name)}/proposals/{self.facts[name]['first']}",
            "a word searched in the list": lambda name: self.list_path(name) + "?q=ville",
        }
        with self.serve() as server:
            for what, path in pages.items():
                cost = {}
                for name in ["small", "bench"]:
                    host = "localhost" if name == "bench" else "small.localhost"
                    cost[name] = load.run(
                        server, path(name), max(2, self.options.seconds // 2), headers=[f"Host: {host}", "Cookie: session=x"]).cpu
                self.table.add(
                    f"{what}, {self.options.proposals // 100:,} proposals → {self.options.proposals:,}",
                    f"{cost['small'] * 1000:.2f} ms → {cost['bench'] * 1000:.2f} ms of processor", f"×{cost['bench'] / cost['small']:.2f}")

    def statements(self):
        with self.serve() as server:
            found = {}
            for name in ["small", "bench"]:
                server.host = "localhost" if name == "bench" else "small.localhost"
                server.get(self.list_path(name), {"Cookie": "session=x"})
                before = [server.metric(f"isegoria_database_{what}_total") for what in ("statements", "reads")]
                for _ in range(50):
                    server.get(self.list_path(name), {"Cookie": "session=x"})
                after = [server.metric(f"isegoria_database_{what}_total") for what in ("statements", "reads")]
                found[name] = [round((late - early) / 50, 1) for early, late in zip(before, after)]
            self.table.add(
                "SQL statements for one list page",
                f"{found['small'][0]:g} and {found['bench'][0]:g} ({found['bench'][1]:g} reading transactions)", "",
                "the same", found["small"] == found["bench"])

    def imported(self):
        with tempfile.TemporaryDirectory() as data:
            text, wall, cpu = program("demo", "--data", data)
            size = (pathlib.Path(data) / "organizations/ormeval/organization.sqlite").stat().st_size
            words = next(line for line in text.splitlines() if line.startswith("République"))
            self.table.add("importing the demonstration", f"{wall:.2f} s, {cpu:.2f} s of processor, {size / MEGABYTE:.0f} MB", words)

    def many(self):
        with tempfile.TemporaryDirectory() as data:
            start = time.perf_counter()
            for number in range(300):
                program("organization", "create", f"town-{number}", "--host", f"town-{number}.localhost", "--data", data)
            made = time.perf_counter() - start
            with Server("serve", "--data", data, first="/fr/processes", host="town-0.localhost") as server:
                for number in range(300):
                    server.host = f"town-{number}.localhost"
                    if server.get("/fr/processes")[0] != 200:
                        raise RuntimeError(f"town-{number} does not answer")
                time.sleep(135)
                opened = server.metric("isegoria_organizations_open")
                memory = server.memory() / MEGABYTE
                self.table.add(
                    "300 organizations, each visited once, idle",
                    f"{memory:.0f} MB, {opened:.0f} open; first answer after {server.first_answer:.2f} s, made in {made:.0f} s", "", "< 150 MB",
                    memory < 150)
                before = server.cpu()
                time.sleep(10)
                self.table.add("the same: work", f"{(server.cpu() - before) / 10:.1%} of one processor")

    def run(self):
        self.fill()
        names = {"import": self.imported}
        for row in ROWS:
            if row in self.wanted:
                try:
                    names.get(row, getattr(self, row, None))()
                except (RuntimeError, OSError, AssertionError) as fault:
                    self.table.add(row, f"could not be measured: {fault}", "", "", False)


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description=__doc__)
    parser.add_argument("--only", help="rows to measure, by commas: " + ", ".join(ROWS))
    parser.add_argument("--seconds", type=int, default=8, help="length of each load")
    parser.add_argument("--keep", help="a folder for the data, filled once and used again")
    parser.add_argument("--proposals", type=int, default=40_000)
    parser.add_argument("--votes", type=int, default=400_000)
    options = parser.parse_args()
    unknown = set((options.only or "").split(",")) - {"", *ROWS}
    if unknown:
        parser.error("unknown rows: " + ", ".join(sorted(unknown)))
    folder = pathlib.Path(options.keep or tempfile.mkdtemp(prefix="isegoria-benchmark-"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        print(machine(), flush=True)
        benchmark = Benchmark(options, folder)
        benchmark.run()
        print("\n" + benchmark.table.text())
    finally:
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


main()
