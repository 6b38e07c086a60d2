/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The player: turns a scenario into frames of touches in time and checks what it expects.
 * Called by sidetouchctl simulate and the tests, with one of three back ends.
 * Owns the fingers that are down and how far each kind of entry was expected already.
 */
#include "ctl/player.h"

#include <math.h>

#include "common/cleanup.h"
#include "driver/core/overlay.h"

G_DEFINE_QUARK(sidetouch - player, player_error)

struct player {
	const struct scenario *scenario;
	const struct player_backend *backend;
	void *backend_data;
	struct player_log *log;
	player_expect_fn *expected;
	void *data;
	GError **error;

	const struct scenario_device *device;
	struct player_strokes strokes;
	struct usec next_frame;                /* of the fingers that are down */
	size_t checked[SCENARIO_EXPECT_COUNT]; /* entries that expectations were held against */
};

/* Measured: a cheek's middle 74 mm below the ear's, and as wide as a palm. */
#define CHEEK_BELOW_MM 74.0
static const struct mm_point CHEEK_MM = {36, 30};

typedef bool condition_fn(const struct player *player, const void *argument);

static struct usec
now(const struct player *player)
{
	return player->backend->now(player->backend_data);
}

/* A back end's sentence gets the place in the scenario in front of it. */
static bool
located(struct player *player, unsigned line, bool good)
{
	if (!good && player->error)
		g_prefix_error(player->error, "%s:%u: ", player->scenario->name, line);
	return good;
}

/*
 * One frame. A late one (a busy machine) delays those after it: a finger's touch has as many frames
 * as the scenario says, and never a burst of them.
 */
static bool
play_frame(struct player *player)
{
	struct player_touch touches[CORE_SLOTS_MAX];
	size_t count = player_strokes_step(&player->strokes, touches);
	struct usec frame = usec_from_us(PLAYER_FRAME_US);
	struct usec time = now(player);

	player->next_frame = usec_add(player->next_frame, frame);
	if (usec_before(player->next_frame, time))
		player->next_frame = usec_add(time, frame);
	return player->backend->frame(player->backend_data, touches, count, player->error);
}

/* Go on, frames included, until the condition holds or limit has come; false on an error only. */
static bool
go_on(struct player *player, const struct usec *limit, condition_fn *condition,
      const void *argument)
{
	for (;;) {
		struct usec time = now(player);
		bool touching = player_strokes_active(&player->strokes);
		struct usec until;

		if (touching && !usec_before(time, player->next_frame)) {
			if (!play_frame(player))
				return false;
			continue;
		}
		if (condition && condition(player, argument))
			return true;
		if (limit && !usec_before(time, *limit))
			return true;
		if (!limit && !touching)
			return true;
		until = limit ? *limit : player->next_frame;
		if (touching)
			until = usec_min(until, player->next_frame);
		if (!player->backend->wait(player->backend_data, until, player->error))
			return false;
	}
}

static bool
go_on_for(struct player *player, struct usec duration, condition_fn *condition,
	  const void *argument)
{
	struct usec limit = usec_add(now(player), duration);

	return go_on(player, &limit, condition, argument);
}

static bool
slot_lifted(const struct player *player, const void *argument)
{
	return !player_strokes_slot_active(&player->strokes, *(const unsigned *)argument);
}

/* One finger more, as the statement says, here; false when there is no slot for it. */
static bool
add_stroke(struct player *player, const struct scenario_statement *statement, struct mm_point from,
	   struct mm_point to, unsigned *slot)
{
	struct player_finger finger = {
	    .from = from,
	    .to = to,
	    .duration = statement->duration,
	    .major_mm = statement->major_mm,
	    .minor_mm = statement->minor_mm,
	    .palm = statement->palm,
	    .hovers = statement->hovers,
	};
	int free_slot;

	if (!player_strokes_active(&player->strokes))
		player->next_frame = now(player);
	free_slot = player_strokes_add(&player->strokes, &finger);
	if (free_slot < 0) {
		g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "more fingers touch at once than a panel has slots; lift one first");
		return false;
	}
	*slot = (unsigned)free_slot;
	return true;
}

static bool
play_stroke(struct player *player, const struct scenario_statement *statement, struct mm_point from,
	    struct mm_point to)
{
	unsigned slot;

	return add_stroke(player, statement, from, to, &slot) &&
	       (statement->with || go_on(player, NULL, slot_lifted, &slot));
}

static bool
place_of(struct player *player, const struct scenario_statement *statement, enum pad pad,
	 struct mm_point *out)
{
	const struct scenario_device *device = player->device;
	struct overlay overlay;

	if (!device || overlay_default(device->width_mm, device->height_mm, &overlay) < 0) {
		g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    "the panel has no room for pads");
		return false;
	}
	*out = overlay.pads[pad].centre;
	out->x += statement->from.x;
	out->y += statement->from.y;
	return true;
}

static bool
play_press(struct player *player, const struct scenario_statement *statement)
{
	struct mm_point place;

	return place_of(player, statement, statement->pad, &place) &&
	       play_stroke(player, statement, place, place);
}

/* Both fingers land in the same frame, and lift in the same. */
static bool
play_chord(struct player *player, const struct scenario_statement *statement)
{
	struct mm_point first, second;
	unsigned slot;

	return place_of(player, statement, statement->pad, &first) &&
	       place_of(player, statement, statement->other, &second) &&
	       add_stroke(player, statement, first, first, &slot) &&
	       play_stroke(player, statement, second, second);
}

static bool
ear_is_done(const struct player *player, const void *argument)
{
	(void)argument;
	return !synth_ear_is_busy(&player->strokes.ear);
}

/* The user's command for the ear, where the back end is the daemon that would be told. */
static bool
play_ear_mode(struct player *player, bool on)
{
	if (player->backend->ear_mode)
		return player->backend->ear_mode(player->backend_data, on, player->error);
	g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_SKIP,
		    "'ear mode %s' is for --in-memory and --drive-link only: here the command is "
		    "the real daemon's",
		    on ? "on" : "off");
	return false;
}

static bool
play_ear(struct player *player, const struct scenario_statement *statement)
{
	struct player_strokes *strokes = &player->strokes;
	bool touching = player_strokes_active(strokes);

	if (statement->ear == SCENARIO_EAR_MODE)
		return play_ear_mode(player, statement->up);
	if (!player_strokes_play_ear(strokes, player->device, statement)) {
		g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_WORLD,
			    synth_ear_rests(&strokes->ear)
				? "the ear rests on the glass; lift it first: ear lift"
				: "the ear is off the glass; place it first: ear place");
		return false;
	}
	if (!touching)
		player->next_frame = now(player);
	return go_on(player, NULL, ear_is_done, NULL);
}

static bool
play_cheek(struct player *player, const struct scenario_statement *statement)
{
	const struct scenario_device *device = player->device;
	struct scenario_statement cheek = *statement;
	struct mm_point at = player->strokes.ear.centre;

	at.y += CHEEK_BELOW_MM;
	if (device)
		at.y = fmin(at.y, device->height_mm - CHEEK_MM.y / 2);
	cheek.major_mm = CHEEK_MM.x;
	cheek.minor_mm = CHEEK_MM.y;
	return play_stroke(player, &cheek, at, at);
}

static size_t
unchecked(const struct player *player, enum scenario_expect kind)
{
	return player_log_count(player->log, kind) - player->checked[kind];
}

static const struct player_entry *
first_unchecked(const struct player *player, enum scenario_expect kind)
{
	if (unchecked(player, kind) == 0)
		return NULL;
	return player_log_get(player->log, kind, player->checked[kind]);
}

/* Whether there is enough to hold the expectation against. */
static bool
can_judge(const struct player *player, const void *argument)
{
	const struct scenario_statement *statement = argument;
	size_t wanted = statement->count ? statement->count : 1;

	if (unchecked(player, statement->expect) < wanted)
		return false;
	return !statement->has_path || first_unchecked(player, statement->expect)->ended;
}

static bool
entry_matches(const struct player_entry *entry, const struct scenario_statement *statement)
{
	switch (statement->expect) {
	case SCENARIO_EXPECT_PRESS:
	case SCENARIO_EXPECT_HOLD:
	case SCENARIO_EXPECT_CANCEL:
	case SCENARIO_EXPECT_CHORD:
		return input_equal(entry->input, statement->input);
	case SCENARIO_EXPECT_NOTICE:
	case SCENARIO_EXPECT_SAY:
	case SCENARIO_EXPECT_COMMAND:
		return g_strcmp0(entry->text, statement->text) == 0;
	case SCENARIO_EXPECT_EAR:
		return entry->gesture == statement->gesture;
	case SCENARIO_EXPECT_PASS:
		return entry->ended &&
		       mm_distance(entry->from, statement->from) <= PLAYER_PLACE_MM &&
		       mm_distance(entry->to, statement->to) <= PLAYER_PLACE_MM;
	}
	return false;
}

static char *
describe_expected(const struct scenario_statement *statement)
{
	struct player_entry entry = {
	    .kind = statement->expect,
	    .input = statement->input,
	    .gesture = statement->gesture,
	    .text = statement->text,
	    .from = statement->from,
	    .to = statement->to,
	    .ended = true,
	};

	if (statement->none)
		return g_strdup_printf("no %s", scenario_expect_to_str(statement->expect));
	if (statement->count)
		return g_strdup_printf("pass %u (contacts)", statement->count);
	return player_entry_describe(&entry);
}

/* What there was instead; NULL when the expectation held. Allocated. */
static char *
judge(struct player *player, const struct scenario_statement *statement)
{
	enum scenario_expect kind = statement->expect;
	const struct player_entry *entry = first_unchecked(player, kind);
	size_t count = unchecked(player, kind);
	g_autofree char *found = entry ? player_entry_describe(entry) : NULL;

	if (statement->none)
		return entry ? g_strdup_printf("there was %s", found) : NULL;
	if (!entry)
		return g_strdup_printf("there was none within %u s",
				       player->backend->await_ms / 1000);
	if (statement->count) {
		player->checked[kind] += count;
		if (count == statement->count)
			return NULL;
		return g_strdup_printf(count == 1 ? "there was %zu" : "there were %zu", count);
	}
	player->checked[kind]++;
	return entry_matches(entry, statement) ? NULL : g_strdup_printf("there was %s", found);
}

static bool
play_expect(struct player *player, const struct scenario_statement *statement)
{
	struct usec quiet = usec_from_ms(PLAYER_QUIET_MS);
	g_autofree char *but = NULL;
	g_autofree char *wanted = NULL;

	if (statement->none) {
		if (!go_on_for(player, quiet, can_judge, statement))
			return false;
	} else {
		if (!go_on_for(player, usec_from_ms(player->backend->await_ms), can_judge,
			       statement))
			return false;
		if (statement->count && !go_on_for(player, quiet, NULL, NULL))
			return false;
	}
	but = judge(player, statement);
	if (player->expected)
		player->expected(player->data, statement, but);
	if (!but)
		return true;
	wanted = describe_expected(statement);
	g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_EXPECT, "expected %s, but %s", wanted,
		    but);
	return false;
}

static bool
play_statement(struct player *player, const struct scenario_statement *statement)
{
	const struct player_backend *backend = player->backend;

	switch (statement->kind) {
	case SCENARIO_DEVICE:
		player->device = statement->device;
		player_strokes_init(&player->strokes, statement->device);
		return backend->open(player->backend_data, statement->device, player->error);
	case SCENARIO_APP:
		return backend->front(player->backend_data, statement->text, player->error);
	case SCENARIO_PRESS:
		return play_press(player, statement);
	case SCENARIO_CHORD:
		return play_chord(player, statement);
	case SCENARIO_FINGER:
		return play_stroke(player, statement, statement->from, statement->to);
	case SCENARIO_WAIT:
		return go_on_for(player, statement->duration, NULL, NULL);
	case SCENARIO_LINK:
		return backend->link(player->backend_data, statement->up, player->error);
	case SCENARIO_EAR:
		return play_ear(player, statement);
	case SCENARIO_CHEEK:
		return play_cheek(player, statement);
	case SCENARIO_PROXIMITY:
		return backend->proximity(player->backend_data, statement->proximity,
					  player->error);
	case SCENARIO_EXPECT:
		return play_expect(player, statement);
	}
	return false;
}

/* What must hold at every scenario's end, whether it says so or not. */
static bool
play_end(struct player *player)
{
	const struct player_entry *entry;

	if (synth_ear_rests(&player->strokes.ear))
		synth_ear_lift(&player->strokes.ear);
	if (!go_on(player, NULL, NULL, NULL) ||
	    !go_on_for(player, usec_from_ms(PLAYER_QUIET_MS), NULL, NULL))
		return false;
	entry = first_unchecked(player, SCENARIO_EXPECT_COMMAND);
	if (entry) {
		g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_EXPECT,
			    "at the end: the command '%s' ran, which no line expects", entry->text);
		return false;
	}
	if (player_log_down(player->log) > 0) {
		g_set_error(player->error, PLAYER_ERROR, PLAYER_ERROR_EXPECT,
			    "at the end: every finger has lifted, but the clone still reports %zu "
			    "down",
			    player_log_down(player->log));
		return false;
	}
	return true;
}

bool
player_play(const struct scenario *scenario, const struct player_backend *backend,
	    void *backend_data, struct player_log *log, player_expect_fn *expected, void *data,
	    GError **error)
{
	g_autoptr(GError) reason = NULL;
	struct player player = {
	    .scenario = scenario,
	    .backend = backend,
	    .backend_data = backend_data,
	    .log = log,
	    .expected = expected,
	    .data = data,
	    .error = &reason,
	};
	unsigned line = 1;
	bool good = true;

	for (size_t i = 0; good && i < scenario->count; i++) {
		line = scenario->statements[i].line;
		good = located(&player, line, play_statement(&player, &scenario->statements[i]));
	}
	if (good)
		good = located(&player, line, play_end(&player));
	if (!good)
		g_propagate_error(error, steal(&reason));
	return good;
}
