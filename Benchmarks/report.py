"""The table, and what it was measured on."""
import os
import platform


class Table:
    """What was measured, a row at a time; printed as it comes and again as a whole."""

    def __init__(self):
        self.rows = []

    def add(self, what, measured, ratio="", target="", ok=None):
        row = (what, measured, ratio, target, "" if ok is None else "ok" if ok else "NOT")
        self.rows.append(row)
        print("  ".join(cell for cell in row if cell), flush=True)

    def text(self):
        head = ("what", "measured", "ratio", "target", "")
        widths = [max(len(row[column]) for row in [head, *self.rows]) for column in range(5)]
        lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in [head, *self.rows]]
        return "\n".join([lines[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *lines[1:]])


def machine():
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    return f"{os.cpu_count()} × {model}; other work on the machine when this began: load {os.getloadavg()[0]:.1f}"
