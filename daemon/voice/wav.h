/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A WAV file of 16-bit mono samples that is whole after every write.
 * The paced sink writes it, tests read it back.
 * Owns the open file.
 */
#ifndef SIDETOUCH_WAV_H
#define SIDETOUCH_WAV_H

#include <stddef.h>
#include <stdint.h>

struct wav;

/*
 * Open or make the file. One that is a WAV file of the same rate is continued at its end, so that
 * a voice that replaces another loses nothing of what was said; anything else that is not empty is
 * left alone: -EEXIST.
 */
int wav_open(const char *path, unsigned rate_hz, struct wav **out);
/* Append; -EFBIG when the format's 4 GB are full, -ENOSPC ..., and then its
 * header still tells of what was there before. */
int wav_write(struct wav *wav, const int16_t *samples, size_t count);
int wav_silence(struct wav *wav, uint64_t count);
struct wav *wav_close(struct wav *wav);

#endif
