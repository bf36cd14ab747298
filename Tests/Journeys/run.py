#!/usr/bin/env python3
"""Runs the journeys: every function journey_* of every journey_*.py beside this file, or those whose name contains a NAME.

    python Tests/Journeys/run.py --binary .build/debug/isegoria [NAME…]

A journey takes (browser, options); it fails by raising. One line each, and at the end "N passed, N failed".
"""
import argparse, importlib, inspect, pathlib, sys, time, traceback

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import town


def journeys(names):
    for path in sorted(here.glob("journey_*.py")):
        module = importlib.import_module(path.stem)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if name.startswith("journey_") and function.__module__ == module.__name__ and (not names or any(part in name for part in names)):
                yield name, function


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--binary", type=pathlib.Path, default=here.parent.parent / ".build/debug/isegoria")
    parser.add_argument("--share", type=town.share, default=(0, 1), metavar="I/N", help="every Nth journey, from the Ith")
    parser.add_argument("--screenshots", type=pathlib.Path, help="folder for pictures, of faults and where journeys take them")
    options = parser.parse_args()
    if not options.binary.exists():
        sys.exit(f"{options.binary} is not there: swift build --product isegoria")
    options.binary = options.binary.resolve()
    passed = failed = 0
    with town.open_browser() as browser:
        first, step = options.share
        for name, journey in list(journeys(options.names))[first::step]:
            start, fault = time.monotonic(), None
            try:
                journey(browser, options)
                passed += 1
            except Exception as error:
                failed += 1
                fault = error
            sentence = name.removeprefix("journey_").replace("_", " ")
            print(f"{'FAILED' if fault else 'passed'}  {sentence} ({time.monotonic() - start:.1f} s)", flush=True)
            if fault:
                print("    " + "".join(traceback.format_exception_only(fault)).strip().replace("\n", "\n    "))
                frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if pathlib.Path(frame.filename).parent == here]
                for frame in frames[-3:]:
                    print(f"    {pathlib.Path(frame.filename).name}:{frame.lineno} {frame.line}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
