/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * callaudiod on the session bus (org.mobian_project.CallAudio), which on phones moves sound between
 * loudspeaker and earpiece for calls: asked where the sound server shows no earpiece.
 * Called by daemon/earside; never waits.
 * Owns the name's watch, and what has to be put back.
 */
#ifndef SIDETOUCH_CALLAUDIO_H
#define SIDETOUCH_CALLAUDIO_H

#include <gio/gio.h>
#include <stdbool.h>

/* The answer to callaudio_to_ear(): whether sound comes from the earpiece now. */
typedef void callaudio_moved_fn(void *data, bool done);

struct callaudio;

struct callaudio *callaudio_new(GDBusConnection *bus, callaudio_moved_fn *moved, void *data);
struct callaudio *callaudio_free(struct callaudio *callaudio);

/* Whether somebody has the name. */
bool callaudio_is_there(const struct callaudio *callaudio);
/* Whether a call goes on: then the routes are callaudiod's, and nobody else's. */
bool callaudio_is_calling(const struct callaudio *callaudio);

/* To the earpiece; and back to how it was, but for what a call has changed meanwhile. */
void callaudio_to_ear(struct callaudio *callaudio);
void callaudio_back(struct callaudio *callaudio);

#endif
