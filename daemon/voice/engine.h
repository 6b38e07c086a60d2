/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * espeak-ng itself: starting it, its voices and parameters, one part of a plan at a time.
 * The synth makes the one engine a process can have, and uses it on its thread.
 * Owns espeak-ng's global state.
 */
#ifndef SIDETOUCH_ENGINE_H
#define SIDETOUCH_ENGINE_H

#include <espeak-ng/speak_lib.h>
#include <stdbool.h>

#include "daemon/voice/plan.h"

struct engine;
struct synth_settings;

/* Load it and its English voice. -errno, and a sentence in *why (g_free) that says what to do. */
int engine_new(t_espeak_callback *on_samples, struct engine **out, char **why);

/* Whether it has a voice of that name, "de" or "cmn-latn-pinyin". */
bool engine_has_voice(struct engine *engine, const char *name);

unsigned engine_rate_hz(const struct engine *engine);

/* Other settings, from the next part on. */
void engine_set(struct engine *engine, const struct synth_settings *settings);

/* Make the samples of one part; user_data is in the events. 0 or -EIO. */
int engine_say(struct engine *engine, const struct plan_part *part, void *user_data);

#endif
