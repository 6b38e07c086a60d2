#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads ROW <tab> COLUMN <tab> NANOSECONDS from standard input and prints p50 / p99 (nearest rank) of each as an
aligned table, rows and columns in the order they came. Used by the benchmarks of tests/bench and tests/vm.

Usage: percentiles.py us|ms [--against ROW | --beside COLUMN]   (also as a multiple of that row or column)
"""

import math
import sys

unit, divisor = sys.argv[1], {"us": 1e3, "ms": 1e6}[sys.argv[1]]
against = sys.argv[3] if sys.argv[2:3] == ["--against"] else None
beside = sys.argv[3] if sys.argv[2:3] == ["--beside"] else None

times, columns = {}, []
for line in sys.stdin:
    row, column, ns = line.rstrip("\n").split("\t")
    times.setdefault(row, {}).setdefault(column, []).append(int(ns))
    if column not in columns:
        columns.append(column)


def percentile(values, percent):
    return sorted(values)[max(math.ceil(percent / 100 * len(values)), 1) - 1]


def cell(row, column):
    values = times[row].get(column)
    if not values:
        return "-"
    pair = [percentile(values, percent) for percent in (50, 99)]
    text = " / ".join(f"{ns / divisor:.{1 if divisor > 1e3 else 0}f}" for ns in pair)
    base = times.get(against, {}).get(column) or (column != beside and times[row].get(beside))
    if base:
        text += "  x " + " / ".join(f"{ns / percentile(base, percent):.2f}" for ns, percent in zip(pair, (50, 99)))
    return f"{text}  ({len(values)})"


table = [[f"p50 / p99, {unit} (times)"] + columns] + [[row] + [cell(row, column) for column in columns] for row in times]
widths = [max(len(line[i]) for line in table) for i in range(len(table[0]))]
for line in table:
    print("  ".join(text.ljust(width) for text, width in zip(line, widths)).rstrip())
