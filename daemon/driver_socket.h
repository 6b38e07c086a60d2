/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A SOCK_SEQPACKET connection to a path, made without waiting.
 * Called by daemon/driver_link.
 * Owns nothing: the descriptor is the caller's.
 */
#ifndef SIDETOUCH_DRIVER_SOCKET_H
#define SIDETOUCH_DRIVER_SOCKET_H

/* On success *out is a non-blocking descriptor; else -errno, and *out is untouched. */
int driver_socket_connect(const char *path, int *out);

#endif
