/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Follows each contact's way while a recording is played, and draws it all as SVG.
 * Called by ctl/replay_run, and by ctl/replay for the result.
 * Owns the ways.
 */
#include "ctl/replay_picture.h"

#include <glib.h>
#include <linux/input-event-codes.h>
#include <math.h>
#include <string.h>

#include "common/clean_text.h"
#include "ctl/contact_words.h"
#include "ctl/template.h"
#include "driver/watch.h"

#define MARGIN_MM 5.0
#define WORDS_MM  3.0
#define LINE_MM   4.5 /* from one line of words to the next */
/* Room for "123: slid off right-middle, 1234 ms, 123 mm wide, at 123456 ms". */
#define LIST_MM 110.0
/* A panel that does not say its size is drawn this wide. */
#define UNKNOWN_WIDTH_MM 70.0
/* What is nearer to the last point of a way than this is no step that is seen. */
#define STEP_MM 0.1

struct way {
	unsigned slot;
	struct usec down;
	GArray *points; /* of struct mm_point */
	bool judged;
	struct observe_contact became;
};

struct slot {
	int32_t id; /* -1: empty */
	int32_t x, y;
	struct way *way; /* of the list; NULL: none under way */
};

struct replay_picture {
	struct core_panel panel;
	bool to_scale;
	bool has_pads;
	struct overlay overlay;
	int32_t selected;
	struct slot slots[CORE_SLOTS_MAX];
	GPtrArray *ways;
	GPtrArray *ear; /* lines of words */
};

static void
way_free(void *data)
{
	struct way *way = data;

	g_array_unref(way->points);
	g_free(way);
}

struct replay_picture *
replay_picture_new(void)
{
	struct replay_picture *picture = g_new0(struct replay_picture, 1);

	picture->ways = g_ptr_array_new_with_free_func(way_free);
	picture->ear = g_ptr_array_new_with_free_func(g_free);
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++)
		picture->slots[i].id = -1;
	return picture;
}

struct replay_picture *
replay_picture_free(struct replay_picture *picture)
{
	if (!picture)
		return NULL;
	g_ptr_array_unref(picture->ways);
	g_ptr_array_unref(picture->ear);
	g_free(picture);
	return NULL;
}

static double
range(const struct core_axis *axis)
{
	return fmax((double)axis->maximum - axis->minimum, 1);
}

void
replay_picture_begin(struct replay_picture *picture, const struct core_panel *panel,
		     const struct overlay *overlay)
{
	picture->panel = *panel;
	picture->to_scale = panel->width_mm > 0 && panel->height_mm > 0;
	if (!picture->to_scale) {
		picture->panel.width_mm = UNKNOWN_WIDTH_MM;
		picture->panel.height_mm = UNKNOWN_WIDTH_MM * range(&panel->y) / range(&panel->x);
	}
	picture->has_pads = overlay != NULL;
	if (overlay)
		picture->overlay = *overlay;
}

/* --- following --- */

static void
take_event(struct replay_picture *picture, const struct core_event *event)
{
	struct slot *slot;

	if (event->type != EV_ABS)
		return;
	if (event->code == ABS_MT_SLOT)
		picture->selected = event->value;
	/* The core does not see those either. */
	if (picture->selected < 0 || picture->selected >= CORE_SLOTS_MAX)
		return;
	slot = &picture->slots[picture->selected];
	if (event->code == ABS_MT_TRACKING_ID)
		slot->id = event->value;
	else if (event->code == ABS_MT_POSITION_X)
		slot->x = event->value;
	else if (event->code == ABS_MT_POSITION_Y)
		slot->y = event->value;
}

static void
add_point(struct replay_picture *picture, const struct slot *slot)
{
	const struct core_panel *panel = &picture->panel;
	const struct mm_point point = {
	    ((double)slot->x - panel->x.minimum) / range(&panel->x) * panel->width_mm,
	    ((double)slot->y - panel->y.minimum) / range(&panel->y) * panel->height_mm,
	};
	GArray *points = slot->way->points;

	if (points->len > 0 &&
	    mm_distance(point, g_array_index(points, struct mm_point, points->len - 1)) < STEP_MM)
		return;
	g_array_append_val(points, point);
}

static void
begin_way(struct replay_picture *picture, unsigned index, struct usec time)
{
	struct way *way = g_new0(struct way, 1);

	*way = (struct way){.slot = index, .down = time};
	way->points = g_array_new(FALSE, FALSE, sizeof(struct mm_point));
	g_ptr_array_add(picture->ways, way);
	picture->slots[index].way = way;
}

void
replay_picture_frame(struct replay_picture *picture, struct usec time,
		     const struct core_event *events, size_t count)
{
	int32_t before[CORE_SLOTS_MAX];

	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++)
		before[i] = picture->slots[i].id;
	for (size_t i = 0; i < count; i++)
		take_event(picture, &events[i]);
	for (unsigned i = 0; i < CORE_SLOTS_MAX; i++) {
		struct slot *slot = &picture->slots[i];

		if (slot->id != before[i])
			slot->way = NULL;
		if (slot->id >= 0 && !slot->way)
			begin_way(picture, i, time);
		if (slot->way)
			add_point(picture, slot);
	}
}

/* The last one of its slot that had landed by then: one that hovers is told of only when it has
 * touched. */
void
replay_picture_became(struct replay_picture *picture, const struct core_became *became)
{
	for (guint i = picture->ways->len; i-- > 0;) {
		struct way *way = g_ptr_array_index(picture->ways, i);

		if (way->slot != became->slot || way->judged ||
		    usec_before(became->down, way->down))
			continue;
		way->judged = true;
		way->became = watch_describe_contact(became, 0);
		return;
	}
}

void
replay_picture_ear(struct replay_picture *picture, const struct ear_event *event)
{
	g_ptr_array_add(picture->ear,
			g_strdup_printf("ear: %s, at %.0f ms", ear_kind_to_str(event->kind),
					usec_to_ms(event->time)));
}

/* --- drawing --- */

/* How its line looks; each kind differs in its form. */
static const char *
class_of(const struct way *way)
{
	if (!way->judged)
		return "open";
	switch ((enum observe_contact_kind)way->became.kind) {
	case OBSERVE_CONTACT_PRESS:
	case OBSERVE_CONTACT_HOLD:
	case OBSERVE_CONTACT_CHORD:
		return "press";
	case OBSERVE_CONTACT_EAR:
		return "ear";
	case OBSERVE_CONTACT_GRIP:
	case OBSERVE_CONTACT_PALM:
		return "hand";
	case OBSERVE_CONTACT_FINGER:
	case OBSERVE_CONTACT_SLID:
	case OBSERVE_CONTACT_BOUNCE:
	case OBSERVE_CONTACT_SAMPLE:
		break;
	}
	return "finger";
}

static char *
words_of(const struct way *way, unsigned number)
{
	g_autofree char *words =
	    way->judged ? contact_words(&way->became, false) : g_strdup("not over, or only near");

	return g_strdup_printf("%u: %s, at %.0f ms", number, words, usec_to_ms(way->down));
}

static void
append_point(GString *out, const char *format_x, const char *format_y, struct mm_point point)
{
	g_string_append(out, format_x);
	template_append_mm(out, point.x);
	g_string_append(out, format_y);
	template_append_mm(out, point.y);
}

static void
append_way(GString *out, const struct way *way, unsigned number)
{
	g_autofree char *words = words_of(way, number);
	struct mm_point start = g_array_index(way->points, struct mm_point, 0);

	g_string_append_printf(out,
			       "<g id=\"contact-%u\" class=\"%s\">\n<title>%s</title>\n"
			       "<polyline points=\"",
			       number, class_of(way), words);
	for (guint i = 0; i < way->points->len; i++)
		append_point(out, i > 0 ? " " : "", ",",
			     g_array_index(way->points, struct mm_point, i));
	append_point(out, "\"/>\n<circle r=\"0.7\" cx=\"", "\" cy=\"", start);
	start.x += 1;
	start.y -= 1;
	append_point(out, "\"/>\n<text x=\"", "\" y=\"", start);
	g_string_append_printf(out, "\">%u</text>\n</g>\n", number);
}

static void
append_pads(GString *out, const struct overlay *overlay)
{
	for (unsigned i = 0; i < PAD_COUNT; i++) {
		const struct overlay_pad *pad = &overlay->pads[i];
		struct mm_point words = {pad->centre.x, pad->centre.y + pad->radius_mm + WORDS_MM};

		g_string_append_printf(out, "<g id=\"%s\" class=\"pad\">\n<circle r=\"",
				       pad_to_str((enum pad)i));
		template_append_mm(out, pad->radius_mm);
		append_point(out, "\" cx=\"", "\" cy=\"", pad->centre);
		append_point(out, "\"/>\n<text text-anchor=\"middle\" x=\"", "\" y=\"", words);
		g_string_append_printf(out, "\">%s</text>\n</g>\n", pad_to_str((enum pad)i));
	}
}

static void
append_line(GString *out, const struct replay_picture *picture, unsigned line, const char *words)
{
	const struct mm_point at = {picture->panel.width_mm + MARGIN_MM, WORDS_MM + line * LINE_MM};

	append_point(out, "<text x=\"", "\" y=\"", at);
	g_string_append_printf(out, "\">%s</text>\n", words);
}

static void
append_list(GString *out, const struct replay_picture *picture)
{
	unsigned line = 0;

	append_line(out, picture, line++,
		    picture->to_scale ? "Each contact: what it became, and when it landed"
				      : "Not to scale: this panel does not say its size");
	for (guint i = 0; i < picture->ways->len; i++) {
		g_autofree char *words = words_of(g_ptr_array_index(picture->ways, i), i + 1);

		append_line(out, picture, line++, words);
	}
	for (guint i = 0; i < picture->ear->len; i++)
		append_line(out, picture, line++, g_ptr_array_index(picture->ear, i));
}

static void
append_head(GString *out, const struct replay_picture *picture, const char *name)
{
	g_autofree char *clean = clean_text(name, strlen(name));
	g_autofree char *escaped = g_markup_escape_text(clean, -1);
	double lines = 1 + picture->ways->len + picture->ear->len;
	double width = picture->panel.width_mm + LIST_MM + 3 * MARGIN_MM;
	double height = fmax(picture->panel.height_mm, lines * LINE_MM) + 2 * MARGIN_MM;

	g_string_append(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			     "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
	template_append_mm(out, width);
	g_string_append(out, "mm\" height=\"");
	template_append_mm(out, height);
	g_string_append_printf(out, "mm\" viewBox=\"%g %g ", -MARGIN_MM, -MARGIN_MM);
	template_append_mm(out, width);
	g_string_append_c(out, ' ');
	template_append_mm(out, height);
	g_string_append_printf(
	    out,
	    "\">\n<title>Touches of %s</title>\n"
	    "<style>svg { fill: none; stroke: black; stroke-width: 0.3 } "
	    "text { fill: black; stroke: none; font: %gpx sans-serif } "
	    ".pad { stroke-dasharray: 1 1 } .press { stroke-width: 1.2; stroke: #0050b0 } "
	    ".ear { stroke-dasharray: 0.3 0.9; stroke: #b04000 } "
	    ".hand { stroke-dasharray: 3 1.5; stroke: #606060 } "
	    ".open { stroke-dasharray: 3 1 0.3 1 }</style>\n",
	    escaped, WORDS_MM);
}

char *
replay_picture_svg(const struct replay_picture *picture, const char *name)
{
	GString *out = g_string_new(NULL);

	append_head(out, picture, name);
	g_string_append(out, "<rect id=\"panel\" x=\"0\" y=\"0\" width=\"");
	template_append_mm(out, picture->panel.width_mm);
	g_string_append(out, "\" height=\"");
	template_append_mm(out, picture->panel.height_mm);
	g_string_append(out, "\"/>\n");
	if (picture->has_pads)
		append_pads(out, &picture->overlay);
	for (guint i = 0; i < picture->ways->len; i++)
		append_way(out, g_ptr_array_index(picture->ways, i), i + 1);
	append_list(out, picture);
	g_string_append(out, "</svg>\n");
	return g_string_free(out, FALSE);
}
