/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * espeak-ng's calls, each with what was learnt about it. A voice is changed only when the next part
 * wants another one (0.2 ms, design).
 * Called by the synth.
 */
#define G_LOG_DOMAIN "sidetouch-voice"
#include "daemon/voice/engine.h"

#include <errno.h>
#include <espeak-ng/espeak_ng.h>
#include <glib.h>
#include <string.h>

#include "common/voice_link.h"
#include "daemon/voice/hidden_server.h"
#include "daemon/voice/synth.h"
#include "daemon/voice/voice_place.h"

/* Of one call of the callback. Short, so that the first one comes soon and a stop is seen soon. */
#define CHUNK_MS 10

/* What "some" and "most" punctuation are: what changes the meaning, and all but what only parts
 * sentences. espeak-ng wants them as wide characters. */
static const wchar_t some_punctuation[] = L"#$%&*+/<=>@\\^_|~";
static const wchar_t most_punctuation[] = L"#$%&*+/<=>@\\^_|~()[]{}\"`:;-";

struct engine {
	unsigned rate_hz;
	GHashTable *places; /* of each name asked for; the name itself where none is found */
	char voice[64];     /* with its variant; "" when unknown */
	char variant[32];
};

static char *
sentence(espeak_ng_STATUS status)
{
	char message[256] = "";

	espeak_ng_GetStatusCodeMessage(status, message, sizeof(message));
	return g_strdup_printf("espeak-ng does not start (%s); install the packages espeak-ng and "
			       "espeak-ng-data, or install them again.",
			       message);
}

/*
 * In synchronous mode, too, espeak-ng makes an audio object of pcaudiolib, which connects to the
 * PulseAudio server and waits for it (seen with 1.51): a server that hangs would hold us up, and a
 * stream of its own would stay there.
 */
static espeak_ng_STATUS
initialize_output(void)
{
	struct hidden_server hidden;
	espeak_ng_STATUS status;

	hidden_server_begin(&hidden, HIDDEN_ALL);
	status = espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, CHUNK_MS, NULL);
	hidden_server_end(&hidden);
	return status;
}

static const char *
place_of(struct engine *engine, const char *name)
{
	char *place = g_hash_table_lookup(engine->places, name);
	const char *data = NULL;

	if (place)
		return place;
	espeak_Info(&data);
	if (data)
		place = voice_place_find(data, name);
	if (!place)
		place = g_strdup(name);
	g_hash_table_insert(engine->places, g_strdup(name), place);
	return place;
}

/* The variant is "+f2", or "". */
static espeak_ng_STATUS
load_voice(struct engine *engine, const char *name, const char *variant)
{
	g_autofree char *place = g_strconcat(place_of(engine, name), variant, NULL);
	g_autofree char *plain = g_strconcat(name, variant, NULL);
	espeak_ng_STATUS status = espeak_ng_SetVoiceByName(place);

	return status == ENS_OK ? status : espeak_ng_SetVoiceByName(plain);
}

int
engine_new(t_espeak_callback *on_samples, struct engine **out, char **why)
{
	espeak_ng_STATUS status;
	struct engine *engine;

	espeak_ng_InitializePath(NULL);
	status = espeak_ng_Initialize(NULL);
	if (status == ENS_OK)
		status = initialize_output();
	engine = g_new0(struct engine, 1);
	engine->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	if (status == ENS_OK)
		status = load_voice(engine, "en", "");
	if (status != ENS_OK) {
		*why = sentence(status);
		g_hash_table_unref(engine->places);
		g_free(engine);
		return -ENOENT;
	}
	espeak_SetSynthCallback(on_samples);
	engine->rate_hz = (unsigned)espeak_ng_GetSampleRate();
	g_strlcpy(engine->voice, "en", sizeof(engine->voice));
	*out = engine;
	return 0;
}

unsigned
engine_rate_hz(const struct engine *engine)
{
	return engine->rate_hz;
}

static void
set_punctuation(enum voice_punctuation punctuation)
{
	espeak_PUNCT_TYPE type = espeakPUNCT_NONE;

	switch (punctuation) {
	case VOICE_PUNCTUATION_NONE:
		break;
	case VOICE_PUNCTUATION_SOME:
		type = espeakPUNCT_SOME;
		espeak_ng_SetPunctuationList(some_punctuation);
		break;
	case VOICE_PUNCTUATION_MOST:
		type = espeakPUNCT_SOME;
		espeak_ng_SetPunctuationList(most_punctuation);
		break;
	case VOICE_PUNCTUATION_ALL:
		type = espeakPUNCT_ALL;
		break;
	}
	espeak_ng_SetParameter(espeakPUNCTUATION, type, 0);
}

static void
set_capitals(enum voice_capitals capitals)
{
	/* speak_lib.h: 0 none, 1 a sound, 2 the word, 3 and up a raise of the pitch in Hz. */
	int value = 0;

	switch (capitals) {
	case VOICE_CAPITALS_NONE:
		break;
	case VOICE_CAPITALS_WORD:
		value = 2;
		break;
	case VOICE_CAPITALS_PITCH:
		value = 40; /* clearly heard, and espeak-ng's own example is of that order */
		break;
	}
	espeak_ng_SetParameter(espeakCAPITALS, value, 0);
}

void
engine_set(struct engine *engine, const struct synth_settings *settings)
{
	espeak_ng_SetParameter(espeakRATE, (int)settings->rate_wpm, 0);
	espeak_ng_SetParameter(espeakPITCH, (int)settings->pitch_percent, 0);
	espeak_ng_SetParameter(espeakRANGE, (int)settings->range_percent, 0);
	espeak_ng_SetParameter(espeakVOLUME, (int)settings->volume_percent, 0);
	set_punctuation((enum voice_punctuation)settings->punctuation);
	set_capitals((enum voice_capitals)settings->capitals);
	g_strlcpy(engine->variant, settings->variant, sizeof(engine->variant));
}

static bool
try_voice(struct engine *engine, const char *voice, const char *variant)
{
	char name[sizeof(engine->voice)];

	g_snprintf(name, sizeof(name), "%s%s", voice, variant);
	if (strcmp(engine->voice, name) == 0)
		return true;
	if (load_voice(engine, voice, variant) != ENS_OK)
		return false;
	g_strlcpy(engine->voice, name, sizeof(engine->voice));
	return true;
}

static void
use_voice(struct engine *engine, const char *voice)
{
	char variant[sizeof(engine->variant) + 1];

	g_snprintf(variant, sizeof(variant), "+%s", engine->variant);
	if (engine->variant[0] && try_voice(engine, voice, variant))
		return;
	/* A language that espeak-ng does not speak: its letters by their English names. */
	if (!try_voice(engine, voice, "") && !try_voice(engine, "en", ""))
		engine->voice[0] = '\0';
}

bool
engine_has_voice(struct engine *engine, const char *name)
{
	return try_voice(engine, name, "");
}

int
engine_say(struct engine *engine, const struct plan_part *part, void *user_data)
{
	espeak_ng_STATUS status;

	use_voice(engine, part->voice);
	if (part->spell) {
		/* Its name, which a text of one character is not: "a" is an article. It has no
		 * user_data of its own; that of the last text is the same. */
		status = espeak_ng_SpeakCharacter((wchar_t)g_utf8_get_char(part->text));
	} else {
		/* Neither espeakSSML nor espeakPHONEMES: an app's text is never markup. */
		status = espeak_ng_Synthesize(part->text, strlen(part->text) + 1, 0, POS_CHARACTER,
					      0, espeakCHARS_UTF8, NULL, user_data);
	}
	return status == ENS_OK ? 0 : -EIO;
}
