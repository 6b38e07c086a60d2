/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings and commands of the voice, between the daemon's main object and daemon/speech.
 * Called by the daemon's main object in its loop.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "daemon/talk.h"

#include <string.h>

#include "common/i18n.h"
#include "common/language_mark.h"
#include "daemon/brain_words.h"
#include "daemon/screen_reader.h"
#include "daemon/voice_file.h"

struct talk {
	struct speech *speech;
	struct voice_choice choice;
	struct voice_file *file;
	struct screen_reader *reader;
	bool reads; /* a screen reader */
	bool
	    at_ear; /* then speech is our own: speech-dispatcher's cannot be moved to an earpiece */
	void (*problem)(void *data, const char *sentence);
	void *data;
	void (*changed)(void *data); /* NULL: nobody wants to know */
	void *changed_data;
};

bool
talk_is_shared(const struct talk *talk)
{
	return talk->reads && talk->choice.beside == VOICE_BESIDE_QUEUE && !talk->at_ear;
}

void
talk_set_at_ear(struct talk *talk, bool at_ear)
{
	struct voice_settings link = talk->choice.link;
	bool before = talk_is_shared(talk);

	talk->at_ear = at_ear;
	link.shared = talk_is_shared(talk);
	/* Otherwise nothing changes, and the word in hand is not begun anew. */
	if (link.shared != before)
		speech_set(talk->speech, &link);
}

static void
apply(struct talk *talk)
{
	struct voice_settings link = talk->choice.link;

	link.shared = talk_is_shared(talk);
	speech_set(talk->speech, &link);
	speech_set_reader(talk->speech, talk->reads && talk->choice.beside == VOICE_BESIDE_OWN);
	if (talk->changed)
		talk->changed(talk->changed_data);
}

static void
on_file_changed(void *data)
{
	struct talk *talk = data;
	struct voice_choice before = talk->choice;

	voice_file_read(talk->file, &talk->choice);
	/* What lies between the members can only make one more apply(). */
	/* NOLINTNEXTLINE(bugprone-suspicious-memory-comparison) */
	if (memcmp(&before, &talk->choice, sizeof(before)) != 0)
		apply(talk);
}

static void
on_file_problem(void *data, const char *sentence)
{
	struct talk *talk = data;

	talk->problem(talk->data, sentence);
}

static const struct voice_file_events file_events = {
    .changed = on_file_changed,
    .problem = on_file_problem,
};

static void
on_reader(void *data, bool reads)
{
	struct talk *talk = data;

	talk->reads = reads;
	apply(talk);
}

struct talk *
talk_new(struct speech *speech, const char *path, void (*problem)(void *data, const char *sentence),
	 void *data)
{
	struct talk *talk = g_new0(struct talk, 1);

	talk->speech = speech;
	talk->problem = problem;
	talk->data = data;
	talk->file = voice_file_new(path, &file_events, talk);
	voice_file_read(talk->file, &talk->choice);
	apply(talk);
	return talk;
}

void
talk_bus(struct talk *talk, GDBusConnection *bus)
{
	screen_reader_free(talk->reader);
	talk->reader = screen_reader_new(bus, on_reader, talk);
}

struct talk *
talk_free(struct talk *talk)
{
	if (!talk)
		return NULL;
	screen_reader_free(talk->reader);
	voice_file_free(talk->file);
	g_free(talk);
	return NULL;
}

void
talk_prepare(struct talk *talk, const struct profile_view *view)
{
	g_autoptr(GPtrArray) prompts = g_ptr_array_new_with_free_func(g_free);

	/* Presses come first: there is room for not all of them in every profile. */
	for (unsigned index = 0; index < INPUT_COUNT; index++) {
		const struct input input = {index};
		const struct profile_binding *binding = profile_view_binding(view, input);

		if (!binding)
			continue;
		g_ptr_array_add(prompts, binding->confirm == PROFILE_CONFIRM_SINGLE
					     ? g_strdup(binding->label)
					     : brain_words_announcement(binding->label, input,
									binding->confirm));
	}
	speech_prepare(talk->speech, (const char *const *)prompts->pdata, prompts->len);
}

/* --- settings --- */

const struct voice_choice *
talk_choice(const struct talk *talk)
{
	return &talk->choice;
}

void
talk_on_change(struct talk *talk, void (*changed)(void *data), void *data)
{
	talk->changed = changed;
	talk->changed_data = data;
}

GVariant *
talk_settings(const struct talk *talk)
{
	GVariantBuilder builder;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("a{ss}"));
	for (size_t i = 0; i < voice_settings_count(); i++) {
		const char *name = voice_settings_name(i);
		g_autofree char *value = voice_settings_get(&talk->choice, name);

		g_variant_builder_add(&builder, "{ss}", name, value);
	}
	return g_variant_builder_end(&builder);
}

char *
talk_set(struct talk *talk, const char *name, const char *value, char **reason)
{
	struct voice_choice wanted = talk->choice;
	int error;

	if (!voice_settings_set(&wanted, name, value, reason))
		return NULL;
	talk->choice = wanted;
	apply(talk);
	error = voice_file_write(talk->file, &talk->choice);
	if (error < 0) {
		*reason =
		    g_strdup_printf(_("it holds until Sidetouch is started again, but it cannot "
				      "be kept in voice.conf: %s"),
				    g_strerror(-error));
		return NULL;
	}
	return voice_settings_get(&talk->choice, name);
}

GVariant *
talk_history(const struct talk *talk)
{
	GVariantBuilder builder;
	const char *text;

	g_variant_builder_init(&builder, G_VARIANT_TYPE("as"));
	for (size_t ago = 0; (text = speech_history(talk->speech, ago)); ago++) {
		g_autofree char *plain = language_mark_strip(text);

		g_variant_builder_add(&builder, "s", plain);
	}
	return g_variant_builder_end(&builder);
}

/* --- commands --- */

static char *
run_voice(struct talk *talk, const struct command *command)
{
	g_autofree char *reason = NULL;
	g_autofree char *value = talk_set(talk, command->name, command->value, &reason);

	/* "rate 195": the new rate is heard in saying it. */
	return value ? g_strdup_printf("%s %s", command->name, value) : g_steal_pointer(&reason);
}

char *
talk_run(struct talk *talk, const struct command *command, bool interrupted, uint32_t *resumed)
{
	*resumed = 0;
	switch (command->type) {
	case COMMAND_STOP_OR_REPEAT:
		if (interrupted) {
			speech_silence(talk->speech);
			return NULL;
		}
		return speech_repeat(talk->speech) ? NULL : g_strdup(_("Nothing was said yet"));
	case COMMAND_REPEAT:
		return speech_repeat(talk->speech) ? NULL : g_strdup(_("Nothing was said yet"));
	case COMMAND_SPELL:
		return speech_spell(talk->speech) ? NULL : g_strdup(_("Nothing was said yet"));
	case COMMAND_PAUSE:
		/* The touch has paused it; another press goes on. */
		*resumed = interrupted ? 0 : speech_resume(talk->speech);
		if (interrupted || *resumed != 0)
			return NULL;
		return g_strdup(_("Nothing to go on with"));
	case COMMAND_VOICE:
		return run_voice(talk, command);
	default:
		break; /* others carry them out */
	}
	return NULL;
}
