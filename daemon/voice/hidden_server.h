/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Keeps libraries that would connect to the sound server by themselves, and wait for it, from it:
 * pcaudiolib in espeak-ng, and the plug-ins by which ALSA's "default" is a sound server.
 * Used around their calls, by the engine and the ALSA sink. Owns what was set before.
 */
#ifndef SIDETOUCH_HIDDEN_SERVER_H
#define SIDETOUCH_HIDDEN_SERVER_H

enum hidden_servers {
	HIDDEN_ALL,
	HIDDEN_PULSE, /* who opens PipeWire's plug-in does not wait for it (0.3.65) */
};

struct hidden_server {
	enum hidden_servers which;
	char *pulse;
	char *pipewire;
};

/* Until hidden_server_end(), on the same thread; no other thread looks at the environment then. */
void hidden_server_begin(struct hidden_server *hidden, enum hidden_servers which);
void hidden_server_end(struct hidden_server *hidden);

#endif
