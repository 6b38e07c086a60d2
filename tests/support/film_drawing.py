# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a film's drawing back, and compares it with what `sidetouchctl overlay --json` told.
Used by tests/integration/overlay.sh.
Usage: film_drawing.py JSON FILE"""
import json
import re
import sys
import xml.etree.ElementTree as xml
import zlib

MM = 72 / 25.4
NEAR = 0.002  # mm: what three decimals, and cairo's fixed point, leave


def svg(path):
    """Circles of a class by their pad, the page in mm, and where the top edge has its notch."""
    root = xml.parse(path).getroot()
    name = "{http://www.w3.org/2000/svg}"
    left, top, width, height = map(float, root.get("viewBox").split())
    assert root.get("width") == f"{width:g}mm" and root.get("height") == f"{height:g}mm", root.attrib
    circles = {}
    for group in root.iter(name + "g"):
        assert "".join(group.itertext()).strip(), "a group without words"
        for circle in group.iter(name + "circle"):
            at = tuple(float(circle.get(key)) for key in ("cx", "cy", "r"))
            circles.setdefault(circle.get("class"), {})[group.get("id")] = at
    cut = root.find(f".//{name}path[@id='cut']").get("d").split()
    window = root.find(f".//{name}rect[@id='window']")
    box = window is not None and [float(window.get(key)) for key in ("x", "y", "width", "height")]
    return circles, (left, top, width, height), cut, box


def check_svg(told, path):
    circles, page, cut, box = svg(path)
    for pad in told["pads"]:
        drawn = circles["pad"][pad["pad"]]
        for value, want in zip(drawn, (pad["x_mm"], pad["y_mm"], pad["radius_mm"])):
            assert abs(value - want) < NEAR, (pad, drawn)
        assert circles["bump"][pad["pad"]][:2] == drawn[:2]
        x, y, r = drawn
        assert not box or x + r <= box[0] or x - r >= box[0] + box[2] or y + r <= box[1] or y - r >= box[1] + box[3], "the window cuts a pad"
    assert len(circles["pad"]) == 6
    assert page[0] < 0 and page[1] < 0 and page[2] + page[0] > told["width_mm"] and page[3] + page[1] > told["height_mm"]
    # M 0 0 H middle-r A r r 0 0 0 middle+r 0 H width V height H 0 Z
    notch = [float(cut[i]) for i in (4, 6, 7, 11, 12)]
    assert notch[4] == 0 and abs(notch[0] + notch[1] - told["width_mm"] / 2) < NEAR and abs(notch[3] - notch[0] - 2 * notch[1]) < NEAR, cut
    assert notch[1] >= 3 and cut[10] == "0", "the notch is felt, and goes into the film"
    assert abs(float(cut[14]) - told["width_mm"]) < NEAR and abs(float(cut[16]) - told["height_mm"]) < NEAR, cut


def check_scad(told, path):
    text = open(path, encoding="utf-8").read()
    number = lambda name: float(re.search(rf"^{name} = ([\d.]+);", text, re.M).group(1))
    assert number("width") == told["width_mm"] and number("height") == told["height_mm"]
    pads = [tuple(map(float, found)) for found in re.findall(r"^\t\[([\d.]+), ([\d.]+), ([\d.]+)\],", text, re.M)]
    assert pads == [(pad["x_mm"], pad["y_mm"], pad["radius_mm"]) for pad in told["pads"]], pads
    assert number("wall") < min(pad[2] for pad in pads), "a hole in each ring"
    assert all(text.count(a) == text.count(b) for a, b in ("()", "[]", "{}"))


def pdf_paths(data):
    """Each subpath's corners and controls in mm from the page's top left corner."""
    body = re.search(rb"/Length \d+ 0 R\s*/Filter /FlateDecode\s*>>\s*stream\r?\n(.*?)\r?\nendstream", data, re.S)
    words = zlib.decompress(body.group(1)).decode("latin-1").split()
    page = [float(value) for value in re.search(rb"/MediaBox \[([^\]]*)\]", data).group(1).split()]
    matrix, stack, numbers, paths, here = (1, 0, 0, 1, 0, 0), [], [], [], None
    place = lambda x, y: ((x * matrix[0] + y * matrix[2] + matrix[4]) / MM, (page[3] - (x * matrix[1] + y * matrix[3] + matrix[5])) / MM)
    for word in words:
        if re.fullmatch(r"-?\d*\.?\d+", word):
            numbers.append(float(word))
            continue
        if word == "q":
            stack.append(matrix)
        elif word == "Q":
            matrix = stack.pop()
        elif word == "cm":
            a, b, c, d, e, f = numbers[-6:]
            A, B, C, D, E, F = matrix
            matrix = (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)
        elif word == "m":
            here = [place(*numbers[-2:])]
            paths.append(here)
        elif word in ("l", "c"):
            points = numbers[-6:] if word == "c" else numbers[-2:]
            here.extend([place(*points[-2:])])
        numbers = []
    return page, paths


def check_pdf(told, path):
    page, paths = pdf_paths(open(path, "rb").read())
    width, height = page[2] / MM, page[3] / MM
    left, top = (width - told["width_mm"]) / 2, (height - told["height_mm"]) / 2
    near = 0.02  # cairo counts a 256th of a point
    boxes = [(min(x for x, _ in path), min(y for _, y in path), max(x for x, _ in path), max(y for _, y in path)) for path in paths]
    for pad in told["pads"]:
        x, y, r = left + pad["x_mm"], top + pad["y_mm"], pad["radius_mm"]
        want = (x - r, y - r, x + r, y + r)
        assert any(all(abs(a - b) < near for a, b in zip(box, want)) for box in boxes), (want, boxes)
    edge = (left, top, left + told["width_mm"], top + told["height_mm"])
    assert any(all(abs(a - b) < near for a, b in zip(box, edge)) for box in boxes), (edge, boxes)
    fits = told["width_mm"] <= 180 and told["height_mm"] <= 267
    assert not fits or (abs(width - 210) < 0.1 and abs(height - 297) < 0.1), "A4"
    assert left >= 14.9 and top >= 14.9


told = json.load(open(sys.argv[1], encoding="utf-8"))
kind = sys.argv[2].rsplit(".", 1)[1]
{"svg": check_svg, "scad": check_scad, "pdf": check_pdf}[kind](told, sys.argv[2])
