#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints a PDF of N pages, each with one line that says which page it is. Used by tests/integration/profiles-shipped.sh."""

import sys

pages = int(sys.argv[1])
objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    f"<< /Type /Pages /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(pages))}] /Count {pages} >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
]
for i in range(pages):
    words = f"BT /F1 24 Tf 72 700 Td (This is page {i + 1}.) Tj ET"
    objects.append(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R"
        " /Resources << /Font << /F1 3 0 R >> >> >>"
    )
    objects.append(f"<< /Length {len(words)} >>\nstream\n{words}\nendstream")
text = "%PDF-1.4\n"
places = []
for number, body in enumerate(objects, 1):
    places.append(len(text))
    text += f"{number} 0 obj\n{body}\nendobj\n"
table = "".join(f"{place:010} 00000 n \n" for place in places)
print(
    f"{text}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF"
)
