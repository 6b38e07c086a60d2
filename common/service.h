/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a program says to the service manager that started it, and the sockets it was given by it.
 * Called by the driver and the daemon; without systemd every call does nothing.
 * Owns the timer of the watchdog, on the thread-default main context.
 */
#ifndef SIDETOUCH_SERVICE_H
#define SIDETOUCH_SERVICE_H

#include <stdbool.h>

/* Everything is up. From now on also: "I still run", twice in the time the unit's WatchdogSec=
 * gives. */
void service_ready(void);
void service_stopping(void);

/* The listening SOCK_SEQPACKET socket for this path that a socket unit holds for us, or -1. */
int service_socket(const char *path);
/* Whether a descriptor is one of those: then its file is not ours to remove. */
bool service_owns_socket(int fd);

#endif
