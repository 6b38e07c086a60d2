/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a text may be said aloud, and stopping it when it may no longer.
 * Called by the daemon's main object and daemon/earside.
 * Owns what struct privacy holds.
 */
#include "daemon/privacy.h"

#include <glib.h>

#include "common/cleanup.h"
#include "common/i18n.h"
#include "common/name_table.h"

bool
privacy_kind_from_str(const char *text, enum privacy_kind *out)
{
	static const char *const names[PRIVACY_KIND_COUNT] = {"message", "password"};
	size_t index;

	if (!name_table_find(names, ARRAY_LENGTH(names), text, &index))
		return false;
	*out = (enum privacy_kind)index;
	return true;
}

/* Whether the user wants this kind to be private. */
static bool
is_private(const struct privacy *privacy, enum privacy_kind kind)
{
	switch (talk_choice(privacy->talk)->private_texts) {
	case VOICE_PRIVATE_NONE:
		return false;
	case VOICE_PRIVATE_MESSAGES:
		return kind == PRIVACY_MESSAGE;
	case VOICE_PRIVATE_PASSWORDS:
		return kind == PRIVACY_PASSWORD;
	case VOICE_PRIVATE_ALL:
		return true;
	}
	return true;
}

bool
privacy_allows(const struct privacy *privacy, enum privacy_kind kind)
{
	bool unheard = privacy->in_headphones && !talk_is_shared(privacy->talk);

	return privacy->at_ear || unheard || !is_private(privacy, kind);
}

static uint32_t
say(struct privacy *privacy, const char *text, bool secret)
{
	const struct speech_request request = {
	    .text = text, .priority = SPEECH_NAVIGATION, .asked = true, .secret = secret};

	return speech_request(privacy->speech, &request);
}

const char *
privacy_refusal(void)
{
	return _("Private. Hold the phone to your ear, or use headphones.");
}

uint32_t
privacy_say(struct privacy *privacy, const char *text, enum privacy_kind kind)
{
	g_autofree char *kept = g_strdup(text);

	if (!privacy_allows(privacy, kind)) {
		privacy_forget(privacy);
		return say(privacy, privacy_refusal(), false);
	}
	privacy_forget(privacy);
	privacy->text = g_steal_pointer(&kept);
	privacy->kind = kind;
	privacy->utterance = say(privacy, privacy->text, true);
	return privacy->utterance;
}

void
privacy_told(struct privacy *privacy)
{
	privacy->told = true;
}

uint32_t
privacy_repeat(struct privacy *privacy)
{
	g_autofree char *text = g_strdup(privacy->text);

	return text ? privacy_say(privacy, text, privacy->kind) : 0;
}

void
privacy_place(struct privacy *privacy, bool at_ear, bool in_headphones)
{
	bool told;

	privacy->at_ear = at_ear;
	privacy->in_headphones = in_headphones;
	told = privacy->told && !privacy_allows(privacy, PRIVACY_MESSAGE);
	/* Also what a touch has stopped, and what waits: nobody shall go on with it aloud. */
	if (!told && (privacy->utterance == 0 || privacy_allows(privacy, privacy->kind)))
		return;
	privacy->told = privacy->told && !told;
	privacy->utterance = 0;
	speech_silence(privacy->speech);
}

void
privacy_forget(struct privacy *privacy)
{
	privacy->utterance = 0;
	g_clear_pointer(&privacy->text, g_free);
}
