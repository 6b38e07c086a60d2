/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A listening SOCK_SEQPACKET socket at a path, to which everybody may connect.
 * Called by driver/link_server and driver/observer.
 * Owns nothing: the descriptor and the file are the caller's.
 */
#ifndef SIDETOUCH_LISTEN_SOCKET_H
#define SIDETOUCH_LISTEN_SOCKET_H

/*
 * Listen at path, on the service manager's socket when it holds one there and its file is left. A
 * socket file that nobody answers on is replaced; -EADDRINUSE when somebody does, or when the file
 * is no socket of this kind. On failure nothing is left behind.
 */
int listen_socket_open(const char *path, int *out);
/* Stop listening, and remove the file. What a socket unit holds for us stays, with whoever knocks.
 */
void listen_socket_close(int fd, const char *path);

#endif
