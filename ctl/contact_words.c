/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a contact, in words and as JSON.
 * Called by ctl/monitor.
 * Owns nothing.
 */
#include "ctl/contact_words.h"

#include <glib.h>

#include "common/i18n.h"

static const char *
kind_name(enum observe_contact_kind kind)
{
	switch (kind) {
	case OBSERVE_CONTACT_FINGER:
		return N_("finger");
	case OBSERVE_CONTACT_PALM:
		return N_("palm");
	case OBSERVE_CONTACT_PRESS:
		return N_("press");
	case OBSERVE_CONTACT_HOLD:
		return N_("hold");
	case OBSERVE_CONTACT_CHORD:
		return N_("chord");
	case OBSERVE_CONTACT_BOUNCE:
		return N_("bounce");
	case OBSERVE_CONTACT_SLID:
		return N_("slid off");
	case OBSERVE_CONTACT_GRIP:
		return N_("grip");
	case OBSERVE_CONTACT_EAR:
		return N_("ear");
	case OBSERVE_CONTACT_SAMPLE:
		return N_("measured");
	}
	return N_("contact");
}

/* Whether it is what it is because of a pad. */
static bool
is_of_pad(enum observe_contact_kind kind)
{
	switch (kind) {
	case OBSERVE_CONTACT_PRESS:
	case OBSERVE_CONTACT_HOLD:
	case OBSERVE_CONTACT_CHORD:
	case OBSERVE_CONTACT_BOUNCE:
	case OBSERVE_CONTACT_SLID:
	case OBSERVE_CONTACT_GRIP:
		return true;
	case OBSERVE_CONTACT_FINGER:
	case OBSERVE_CONTACT_PALM:
	case OBSERVE_CONTACT_EAR:
	case OBSERVE_CONTACT_SAMPLE:
		break;
	}
	return false;
}

static void
append_pad(GString *words, uint32_t pad, bool spoken)
{
	g_autofree char *blanks = g_strdelimit(g_strdup(pad_to_str((enum pad)pad)), "-", ' ');

	g_string_append(words, spoken ? _(blanks) : pad_to_str((enum pad)pad));
}

static void
append_number(GString *words, uint64_t value, bool spoken, const char *shorthand, const char *one,
	      const char *many)
{
	g_string_append_printf(words, "%" G_GUINT64_FORMAT " %s", value,
			       !spoken      ? shorthand
			       : value == 1 ? one
					    : many);
}

static void
append_mm(GString *words, uint64_t um, bool spoken)
{
	append_number(words, (um + 500) / 1000, spoken, _("mm"), _("millimetre"), _("millimetres"));
}

/* Why a finger was nobody's but the screen's. */
static void
append_reason(GString *words, const struct observe_contact *contact, bool spoken)
{
	if (!contact->has_pads) {
		g_string_append(words, _(", this screen has no pads"));
		return;
	}
	if (!contact->live)
		g_string_append(words, _(", the pads are off"));
	if (contact->beside_um <= 0) {
		g_string_append(words, _(", on "));
	} else {
		g_string_append(words, ", ");
		append_mm(words, (uint64_t)contact->beside_um, spoken);
		g_string_append(words, _(" beside "));
	}
	append_pad(words, contact->pad, spoken);
}

char *
contact_words(const struct observe_contact *contact, bool spoken)
{
	enum observe_contact_kind kind = (enum observe_contact_kind)contact->kind;
	GString *words = g_string_new(_(kind_name(kind)));

	if (is_of_pad(kind)) {
		g_string_append_c(words, ' ');
		append_pad(words, contact->pad, spoken);
	} else if (kind == OBSERVE_CONTACT_FINGER) {
		append_reason(words, contact, spoken);
	}
	g_string_append(words, ", ");
	append_number(words, (contact->time_us - contact->down_us + 500) / 1000, spoken, _("ms"),
		      _("millisecond"), _("milliseconds"));
	if (contact->major_um > 0) {
		g_string_append(words, ", ");
		append_mm(words, contact->major_um, spoken);
		g_string_append(words, _(" wide"));
	}
	return g_string_free(words, FALSE);
}

static void
append_thousandth(GString *line, const char *key, int64_t value)
{
	g_string_append_printf(line, ",\"%s\":%s%" G_GINT64_FORMAT ".%03d", key,
			       value < 0 ? "-" : "", ABS(value) / 1000, (int)(ABS(value) % 1000));
}

char *
contact_json(const struct observe_contact *contact)
{
	GString *line = g_string_new(NULL);

	g_string_append_printf(line, "{\"kind\":\"%s\",\"panel\":%u,\"live\":%s",
			       kind_name((enum observe_contact_kind)contact->kind), contact->panel,
			       contact->live ? "true" : "false");
	if (contact->has_pads) {
		g_string_append_printf(line, ",\"pad\":\"%s\"", pad_to_str((enum pad)contact->pad));
		append_thousandth(line, "beside_mm", contact->beside_um);
	}
	if (contact->major_um > 0)
		append_thousandth(line, "size_mm", contact->major_um);
	append_thousandth(line, "down_ms", (int64_t)contact->down_us);
	append_thousandth(line, "duration_ms", (int64_t)(contact->time_us - contact->down_us));
	g_string_append_c(line, '}');
	return g_string_free(line, FALSE);
}
