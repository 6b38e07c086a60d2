/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The link between sidetouchd (client) and its child sidetouch-voice (server): every message there
 * is. SOCK_SEQPACKET on a socketpair, the voice's end is file descriptor VOICE_LINK_FD, both sides
 * check. The voice says READY once, then SAYs are spoken in order until a STOP.
 */
#ifndef SIDETOUCH_VOICE_LINK_H
#define SIDETOUCH_VOICE_LINK_H

#include "common/packet.h"

#define VOICE_LINK_VERSION 3
#define VOICE_LINK_FD      3
#define VOICE_TEXT_MAX     4096 /* bytes an utterance, its NUL included (design) */

enum voice_link_type {
	/* voice to daemon */
	VOICE_READY = 1,
	VOICE_STARTED = 2,
	VOICE_ENDED = 3,
	VOICE_SINK = 4,
	VOICE_PROGRESS = 5,
	VOICE_ROUTED = 6,
	/* daemon to voice */
	VOICE_SAY = 32,
	VOICE_STOP = 33,
	VOICE_SETTINGS = 34,
	VOICE_PREPARE = 35,
	VOICE_PAUSE = 36,
	VOICE_ROUTE = 37,
	VOICE_CHIME = 38,
};

/* Short sounds made in code; mixed into the start of what is said, or alone. */
enum voice_earcon {
	VOICE_EARCON_NONE,
	VOICE_EARCON_ARMED,    /* a first press waits for the second */
	VOICE_EARCON_DONE,     /* a command was carried out */
	VOICE_EARCON_REFUSED,  /* it was not */
	VOICE_EARCON_EAR,      /* the phone is at the ear */
	VOICE_EARCON_EAR_OFF,  /* it is not any more */
	VOICE_EARCON_BOUNDARY, /* nothing further this way */
	VOICE_EARCON_KEY,      /* a key was typed, of a secret */
};

enum voice_punctuation {
	VOICE_PUNCTUATION_NONE,
	VOICE_PUNCTUATION_SOME,
	VOICE_PUNCTUATION_MOST,
	VOICE_PUNCTUATION_ALL,
};

enum voice_capitals {
	VOICE_CAPITALS_NONE,
	VOICE_CAPITALS_WORD,  /* "capital" is said */
	VOICE_CAPITALS_PITCH, /* a higher pitch */
};

/* Who can hear it, as far as the sound server knows. */
enum voice_place {
	VOICE_PLACE_OPEN, /* whoever is near */
	VOICE_PLACE_EARPIECE,
	VOICE_PLACE_HEADPHONES,
};

enum voice_end {
	VOICE_END_SPOKEN = 1,  /* the last sample was played */
	VOICE_END_STOPPED = 2, /* a STOP, or the utterance it interrupted */
	VOICE_END_FAILED = 3,  /* espeak-ng or every sink refused it */
};

struct voice_ready {
	struct packet_header header;
	uint32_t sample_rate_hz;
};

/*
 * The first sample of an utterance was handed to the sound server. Once more when the server was
 * lost and the utterance begins anew.
 */
struct voice_started {
	struct packet_header header;
	uint32_t utterance;
	uint32_t reserved;
	uint64_t time_us; /* CLOCK_MONOTONIC */
};

/* Samples of it are still being taken: at least once a second, so that a hung voice is seen. */
struct voice_progress {
	struct packet_header header;
	uint32_t utterance;
};

struct voice_ended {
	struct packet_header header;
	uint32_t utterance;
	uint32_t end; /* enum voice_end */
	uint64_t time_us;
};

/* The name of the sink that is no sound server. */
#define VOICE_SINK_CARD "alsa"

/* Whether there is a sink that sounds: told at the start and whenever it changes. */
struct voice_sink {
	struct packet_header header;
	uint32_t working; /* 0 or 1 */
	char name[64];    /* "pulse", "wav", "null": valid UTF-8, NUL-terminated */
};

struct voice_say {
	struct packet_header header;
	uint32_t utterance; /* rising, never 0 */
	uint32_t earcon;    /* enum voice_earcon */
	uint32_t spell;     /* 1: each character by its name */
	uint32_t urgent;    /* 1: before what others say, where speech is shared */
	char language[16];  /* of the text, BCP 47: "de", "zh-CN"; "": the user's */
	char text[];        /* valid UTF-8, NUL-terminated, at most VOICE_TEXT_MAX bytes */
};
#define VOICE_SAY_SIZE(text_bytes) (offsetof(struct voice_say, text) + (text_bytes) + 1)

/* Stop speaking at once; every utterance up to and with this number ends as stopped. */
struct voice_stop {
	struct packet_header header;
	uint32_t up_to_utterance;
};

/* Holds from the word in hand on: it is begun anew. */
struct voice_settings {
	struct packet_header header;
	uint32_t rate_wpm; /* words a minute, 80 to 449 (above, three times the CPU: measured) */
	uint32_t pitch_percent;  /* 0 to 99 */
	uint32_t range_percent;  /* of the pitch, 0 (monotonous) to 99 */
	uint32_t volume_percent; /* 0 to 200, 100 is normal */
	uint32_t punctuation;    /* enum voice_punctuation */
	uint32_t capitals;       /* enum voice_capitals */
	uint32_t earcons;        /* 0 or 1 */
	uint32_t shared;   /* 1: through speech-dispatcher, after what a screen reader says there */
	char voice[32];    /* espeak-ng's variant, "f2"; "": none */
	char language[16]; /* the user's, BCP 47: "en-GB" */
	char latin[16];    /* of Latin letters when that language is not written in them: "en" */
};

/* Have the samples of this text ready: it is likely to be said soon, in the user's language. */
struct voice_prepare {
	struct packet_header header;
	uint32_t first; /* 1: what was prepared before is not likely any more */
	char text[];    /* as in voice_say */
};
#define VOICE_PREPARE_SIZE(text_bytes) (offsetof(struct voice_prepare, text) + (text_bytes) + 1)

/* Sound this into what is being said, without ending it; when nothing is, nothing sounds. */
struct voice_chime {
	struct packet_header header;
	uint32_t earcon; /* enum voice_earcon */
};

/* 1: silence at once; 0: go on with the word that was being said. A STOP or another SAY ends it. */
struct voice_pause {
	struct packet_header header;
	uint32_t paused;
};

/*
 * Where speech is to sound, and how loud there, from this sample on; nothing said is cut. Only our
 * stream moves, but a sink whose port is switched takes everything on it along. Kept, and looked at
 * again, when the server is restarted and when a sink comes or goes. Answered by ROUTED.
 */
struct voice_route {
	struct packet_header header;
	uint32_t volume_percent;  /* of the stream, 0 to 150; 100 is as made */
	uint32_t ear;             /* 1: the phone is at an ear: to the earpiece */
	uint32_t lowered_percent; /* instead of it where there is no earpiece */
	uint32_t again;           /* 1: the voice before this one was told the same */
	/* The server's name of a sink; "": the server's choice, at the ear the one with an
	 * earpiece. */
	char sink[128];
};

/* The answer, and told again when it has become another one by itself; and once at the start. */
struct voice_routed {
	struct packet_header header;
	uint32_t done;  /* 0: not where it was wanted, or no server that can move a stream */
	uint32_t place; /* enum voice_place */
	uint32_t ear;   /* what the ROUTE had asked for, 0 when there was none */
	char sink[128];
};

extern const struct packet_protocol voice_link_protocol;

#endif
