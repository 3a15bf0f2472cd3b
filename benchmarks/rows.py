"""A row of a benchmark: what was measured on both sides, and how it is told."""

import statistics


class Row:
    """A measured quantity: workload and arguments, how to print it, and what we promise."""

    def __init__(self, title, workload, *arguments, tls=False, unit="ms", more=False, at_most=None):
        self.title = title
        self.command = [workload, *arguments]
        self.tls = tls
        self.unit = unit
        self.more_is_better = more
        self.target = at_most  # ratio ours / theirs; with more_is_better the least
        self.theirs = []
        self.ours = []

    def show(self, value):
        scale, digits = {"ms": (1e3, 3), "s": (1, 3), "MB": (1 / 2**20, 1), "per s": (1, 0)}[self.unit]
        return "%.*f" % (digits, value * scale)

    def cell(self, values):
        low, high = quartiles(values)
        return "%s (%s-%s)" % (self.show(statistics.median(values)), self.show(low), self.show(high))

    def line(self):
        ratio = statistics.median(self.ours) / statistics.median(self.theirs)
        cells = [self.title, self.unit, self.cell(self.theirs), self.cell(self.ours), "%.2f" % ratio]
        if self.target is None:
            return cells + ["", ""]
        met = ratio >= self.target if self.more_is_better else ratio <= self.target
        sign = "≥" if self.more_is_better else "≤"
        return cells + ["%s %.2f" % (sign, self.target), "met" if met else "**missed**"]


def quartiles(values):
    low, _, high = statistics.quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return low, high


def table(lines, theirs="C++ module"):
    head = ["", "unit", theirs, "ours", "ratio", "promised", ""]
    rows = [head, ["---"] * len(head), *lines]
    return "\n".join("| %s |" % " | ".join(cells) for cells in rows)
