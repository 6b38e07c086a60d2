/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Writing a WAV file: samples first, then the two sizes in its header, so that whoever opens it at
 * any moment finds a whole file. Silence is a hole in the file and takes no room on the disk.
 * Used by the paced sink; owns the descriptor.
 */
#include "daemon/voice/wav.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/cleanup.h"

/* The canonical header of PCM (Microsoft's RIFF specification): all numbers are little-endian. */
struct wav_header {
	char riff[4];
	uint32_t riff_size; /* of what follows this field */
	char wave[4];
	char fmt[4];
	uint32_t fmt_size;
	uint16_t format; /* 1: PCM */
	uint16_t channels;
	uint32_t rate_hz;
	uint32_t bytes_per_second;
	uint16_t bytes_per_frame;
	uint16_t bits;
	char data[4];
	uint32_t data_size;
};
_Static_assert(sizeof(struct wav_header) == 44, "the header of a PCM file has 44 bytes");

/* riff_size counts the header but its first 8 bytes. */
#define RIFF_OVERHEAD (sizeof(struct wav_header) - 8)
#define DATA_MAX      (UINT32_MAX - RIFF_OVERHEAD - 1)

struct wav {
	int fd;
	unsigned rate_hz;
	uint64_t data_size; /* in bytes */
};

static struct wav_header
header_of(unsigned rate_hz, uint64_t data_size)
{
	return (struct wav_header){
	    .riff = "RIFF",
	    .riff_size = htole32((uint32_t)(RIFF_OVERHEAD + data_size)),
	    .wave = "WAVE",
	    .fmt = "fmt ",
	    .fmt_size = htole32(16),
	    .format = htole16(1),
	    .channels = htole16(1),
	    .rate_hz = htole32(rate_hz),
	    .bytes_per_second = htole32(rate_hz * 2),
	    .bytes_per_frame = htole16(2),
	    .bits = htole16(16),
	    .data = "data",
	    .data_size = htole32((uint32_t)data_size),
	};
}

static int
write_all(int fd, const void *bytes, size_t size, off_t offset)
{
	const char *at = bytes;

	while (size > 0) {
		ssize_t done = pwrite(fd, at, size, offset);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return done < 0 ? -errno : -EIO;
		at += done;
		offset += done;
		size -= (size_t)done;
	}
	return 0;
}

/* The size of the samples of a file that is ours to continue. */
static int
data_size_of(int fd, unsigned rate_hz, uint64_t *out)
{
	struct wav_header found;
	struct wav_header ours;
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	*out = 0;
	if (status.st_size == 0)
		return 0;
	if (pread(fd, &found, sizeof(found), 0) != (ssize_t)sizeof(found))
		return -EEXIST;
	*out = le32toh(found.data_size);
	ours = header_of(rate_hz, *out);
	if (*out > DATA_MAX || memcmp(&found, &ours, sizeof(ours)) != 0)
		return -EEXIST;
	/* A writer that died between samples and sizes left more than the header says. */
	return ftruncate(fd, (off_t)(sizeof(ours) + *out)) < 0 ? -errno : 0;
}

/* Samples up to data_size are in the file: say so in its header. */
static int
commit(struct wav *wav, uint64_t data_size)
{
	struct wav_header header = header_of(wav->rate_hz, data_size);
	int error = write_all(wav->fd, &header, sizeof(header), 0);

	if (!error)
		wav->data_size = data_size;
	return error;
}

int
wav_open(const char *path, unsigned rate_hz, struct wav **out)
{
	_autoclose_ int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	struct wav wav = {.rate_hz = rate_hz};
	int error;

	if (fd < 0)
		return -errno;
	error = data_size_of(fd, rate_hz, &wav.data_size);
	wav.fd = fd;
	if (!error)
		error = commit(&wav, wav.data_size);
	if (error)
		return error;
	steal_fd(&fd);
	*out = g_memdup2(&wav, sizeof(wav));
	return 0;
}

int
wav_write(struct wav *wav, const int16_t *samples, size_t count)
{
	int16_t piece[512]; /* any size: only to turn bytes round on a big-endian machine */
	uint64_t at = wav->data_size;
	int error = 0;

	if (at + count * 2 > DATA_MAX)
		return -EFBIG;
	while (count > 0 && !error) {
		size_t run = MIN(count, ARRAY_LENGTH(piece));

		for (size_t i = 0; i < run; i++)
			piece[i] = (int16_t)htole16((uint16_t)samples[i]);
		error = write_all(wav->fd, piece, run * 2, (off_t)(sizeof(struct wav_header) + at));
		samples += run;
		count -= run;
		at += run * 2;
	}
	return error ? error : commit(wav, at);
}

int
wav_silence(struct wav *wav, uint64_t count)
{
	uint64_t size = wav->data_size + count * 2;

	if (count > DATA_MAX || size > DATA_MAX)
		return -EFBIG;
	if (ftruncate(wav->fd, (off_t)(sizeof(struct wav_header) + size)) < 0)
		return -errno;
	return commit(wav, size);
}

struct wav *
wav_close(struct wav *wav)
{
	if (!wav)
		return NULL;
	close(wav->fd);
	g_free(wav);
	return NULL;
}
