/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where espeak-ng keeps a voice: in a folder of its language's family. Asked for a voice by its
 * name alone, espeak-ng first reads the 250 files of all of them: 3 of the 9 ms that a start takes.
 * Used by the engine. Owns nothing.
 */
#ifndef SIDETOUCH_VOICE_PLACE_H
#define SIDETOUCH_VOICE_PLACE_H

/*
 * "gmw/en" for "en", which espeak-ng takes for a name as well; NULL when there is none. It finds
 * such a place only when it has no capitals.
 */
char *voice_place_find(const char *data, const char *name);

#endif
