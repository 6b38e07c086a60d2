#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A shop on this machine only: its page, a cart and a till; and a page with a widget of each other kind. Says its port on
standard output, then a line for each thing that came in: "cart N" or "pay N", and of the other page what was done there,
such as "volume 6". That is what a test believes, whatever a browser shows."""

import http.server
import pathlib

HERE = pathlib.Path(__file__).parent
PAGES = {"/": (HERE / "index.html").read_bytes(), "/kinds": (HERE / "kinds.html").read_bytes()}


class Shop(http.server.BaseHTTPRequestHandler):
    count = 0

    def answer(self, code, kind, body):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path in PAGES:
            self.answer(200, "text/html; charset=utf-8", PAGES[self.path])
        else:
            self.answer(404, "text/plain", b"")

    def do_POST(self):
        if self.path not in ("/cart", "/pay"):
            print(self.path[1:].replace("/", " "), flush=True)
            self.answer(200, "text/plain", b"")
            return
        if self.path == "/cart":
            Shop.count += 1
            words = f"{Shop.count} in the cart"
        else:
            words = f"Paid for {Shop.count}"
        print(self.path[1:], Shop.count, flush=True)
        if self.path == "/pay":
            Shop.count = 0
        self.answer(200, "text/plain", words.encode())

    def log_message(self, *_arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Shop)
print(server.server_address[1], flush=True)
server.serve_forever()
