#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# vm: count
# bench-latency.sh with a clock that counts instructions: emulated, a switch between two processes makes the next one pay for
# each page that it touches again, a hundred times what a processor takes for it, and hides what the programs do themselves.
# Run in a guest by tests/bench/run, as root.
exec tests/vm/bench-latency.sh counted
