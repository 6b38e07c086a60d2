/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The states of a calibration: ask for six pads, take three presses of each, have them kept.
 * Called by daemon/calibration.
 * Owns the presses that were taken.
 */
#include "daemon/calibrate.h"

#include <errno.h>
#include <glib.h>

#include "common/i18n.h"
#include "daemon/calibrate_measure.h"
#include "daemon/calibrate_words.h"

/*
 * Time goes to the right.
 *
 *   start     driver: on                              eighteenth press    driver: kept
 *     |STARTING|             PRESSING                      |   KEEPING   |
 *     +-ANSWER-+                                           +---ANSWER----+
 *   no answer: failed                                    no answer: failed
 *
 *   in PRESSING, one pad of six:
 *
 *   "Press left top ..."|     press  "One"  press  "Two"  press  "Left top is done. Press ..."
 *                       +--IDLE-+      +-IDLE-+      +-IDLE-+
 *   silence for IDLE after a sentence has ended or a press was taken: left
 *   a sentence that does not end within SENTENCE (a voice that hangs) counts as ended
 *   no press taken for GIVE_UP, whatever else touches the panel (a pocket): left
 *
 *   Each touch and each sentence tells the driver that the calibration goes on; it gives the panel
 *   back when that stops (LINK_CALIBRATE_IDLE_MS).
 *
 *   one press:  land ─ lift                           taken
 *               land ───────── LONG ──── lift         a hand, or pressed too long: said
 *               land ── moves SLIP ── lift            slid: said, or a finger that searches: not
 *               land ─ lift ─BOUNCE─ land ─ lift      the second is none
 *               land ─ another land ─ lift ─ lift     two fingers: said
 *               the pad before, once more, before the sentence about the next one has ended: none
 */

/* Issue 3: "can be left by doing nothing for 20 s". */
#define IDLE_MS 20000
/* Time to find a bump by feeling for it, even for the first time. */
#define GIVE_UP_MS 120000
/* The longest sentence here takes 12 s at a slow rate; the driver gives up after 60 s. */
#define SENTENCE_MAX_MS 25000
/* The driver answers in milliseconds, but writing to a slow flash that is busy takes seconds. */
#define ANSWER_MS 10000
/* A press for a second is slow; what lies longer is a hand that holds the device. */
#define LONG_MS 2000
/* Two contacts nearer in time are one that bounced (issue 3). */
#define BOUNCE_MS 40
/* What a press may travel, as in driver/core. */
#define SLIP_MM 6.0
/* A touch that goes further is a finger that feels its way to the bump, and no news. */
#define SEARCH_MM 20.0
/* Nearer than this to the pad before, it was pressed once more. */
#define AGAIN_MM (CALIBRATE_APART_MIN_MM / 2)
/* A neighbour in the way this often was perhaps itself measured at the wrong place. */
#define NEAR_MAX 2

enum state {
	STATE_IDLE,
	STATE_STARTING,
	STATE_PRESSING,
	STATE_KEEPING,
};

#define CONTACTS_MAX 16 /* as many as the driver's core follows */

struct calibrate {
	struct calibrate_output output;
	void *data;
	enum state state;
	uint32_t panel;
	struct calibrate_pad pads[PAD_COUNT];
	enum pad pad;      /* asked for */
	enum pad before;   /* measured last; the same as pad when none is */
	unsigned nears;    /* refusals of this pad for a neighbour, in a row */
	uint32_t sentence; /* being said; 0: it has ended */
	struct usec deadline;
	struct usec give_up;
	struct usec last_up; /* of the last press that was taken */
	struct {
		uint32_t number; /* 0: none */
		struct usec down;
		bool spoilt; /* another one came with it */
	} contacts[CONTACTS_MAX];
};

struct calibrate *
calibrate_new(const struct calibrate_output *output, void *data)
{
	struct calibrate *calibrate = g_new0(struct calibrate, 1);

	calibrate->output = *output;
	calibrate->data = data;
	return calibrate;
}

struct calibrate *
calibrate_free(struct calibrate *calibrate)
{
	g_free(calibrate);
	return NULL;
}

static void
wait_for(struct calibrate *calibrate, struct usec now, unsigned ms)
{
	calibrate->deadline = usec_add(now, usec_from_ms(ms));
	if (calibrate->state == STATE_PRESSING)
		calibrate->deadline = usec_min(calibrate->deadline, calibrate->give_up);
}

static void
tell(struct calibrate *calibrate, enum calibrate_step step, const char *text, struct usec now)
{
	calibrate->sentence = calibrate->output.tell(calibrate->data, step, calibrate->pad,
						     calibrate->pads[calibrate->pad].count, text);
	wait_for(calibrate, now, calibrate->sentence ? SENTENCE_MAX_MS : IDLE_MS);
	calibrate->output.sample(calibrate->data, calibrate->panel, true);
}

static void
ask(struct calibrate *calibrate, enum calibrate_step step, const char *before, struct usec now)
{
	g_autofree char *text = calibrate_words_ask(before, calibrate->pad);

	tell(calibrate, step, text, now);
}

/* It is over, whatever it was. */
static void
end(struct calibrate *calibrate, enum calibrate_step step, const char *text)
{
	bool on = calibrate->state == STATE_STARTING || calibrate->state == STATE_PRESSING;

	calibrate->state = STATE_IDLE;
	if (on)
		calibrate->output.sample(calibrate->data, calibrate->panel, false);
	(void)calibrate->output.tell(calibrate->data, step, calibrate->pad, 0, text);
}

int
calibrate_start(struct calibrate *calibrate, uint32_t panel, struct usec now)
{
	if (calibrate->state != STATE_IDLE)
		return -EBUSY;
	*calibrate = (struct calibrate){
	    .output = calibrate->output,
	    .data = calibrate->data,
	    .state = STATE_STARTING,
	    .panel = panel,
	};
	wait_for(calibrate, now, ANSWER_MS);
	calibrate->output.sample(calibrate->data, panel, true);
	return 0;
}

bool
calibrate_is_running(const struct calibrate *calibrate)
{
	return calibrate->state != STATE_IDLE;
}

void
calibrate_stop(struct calibrate *calibrate, struct usec now)
{
	(void)now;
	switch (calibrate->state) {
	case STATE_STARTING:
	case STATE_PRESSING:
		end(calibrate, CALIBRATE_LEFT,
		    _("Calibration is left. The buttons stay where they were."));
		break;
	case STATE_IDLE:
	case STATE_KEEPING: /* too late: its answer is on the way, and says what is true */
		break;
	}
}

void
calibrate_fail(struct calibrate *calibrate, const char *text)
{
	if (calibrate->state != STATE_IDLE)
		end(calibrate, CALIBRATE_FAILED, text);
}

void
calibrate_answered(struct calibrate *calibrate, const struct link_calibration_done *done,
		   struct usec now)
{
	g_autofree char *text = NULL;

	/* Those that say that it goes on are answered too, and late. */
	if (done->panel != calibrate->panel ||
	    done->request !=
		(calibrate->state == STATE_KEEPING ? LINK_CALIBRATION_SET : LINK_CALIBRATE))
		return;
	switch (calibrate->state) {
	case STATE_STARTING:
		if (done->error < 0) {
			text = calibrate_words_not_begun(done->error);
			end(calibrate, CALIBRATE_FAILED, text);
			return;
		}
		calibrate->state = STATE_PRESSING;
		calibrate->give_up = usec_add(now, usec_from_ms(GIVE_UP_MS));
		ask(calibrate, CALIBRATE_ASK, _("Calibration of six buttons."), now);
		break;
	case STATE_KEEPING:
		if (done->error < 0) {
			text = calibrate_words_not_kept(done->error);
			end(calibrate, CALIBRATE_FAILED, text);
			return;
		}
		end(calibrate, CALIBRATE_DONE, _("Done. All six buttons are where you pressed."));
		break;
	case STATE_IDLE:
	case STATE_PRESSING:
		break;
	}
}

/* --- three presses of one pad --- */

static void
refuse(struct calibrate *calibrate, const char *reason, struct usec now)
{
	calibrate->pads[calibrate->pad].count = 0;
	ask(calibrate, CALIBRATE_REFUSED, reason, now);
}

/* A neighbour is in the way; again and again, the neighbour is measured anew too. */
static void
refuse_near(struct calibrate *calibrate, enum pad other, double distance_mm, struct usec now)
{
	bool both = ++calibrate->nears >= NEAR_MAX;
	g_autofree char *reason = calibrate_words_near(calibrate->pad, other, distance_mm, both);

	if (both) {
		calibrate->nears = 0;
		calibrate->pads[calibrate->pad].count = 0;
		calibrate->pad = other;
		calibrate->before = other;
	}
	refuse(calibrate, reason, now);
}

static void
keep(struct calibrate *calibrate, struct usec now)
{
	struct link_calibration_set film = {.panel = calibrate->panel};

	calibrate_result(calibrate->pads, &film);
	calibrate->state = STATE_KEEPING;
	calibrate->sentence = 0;
	wait_for(calibrate, now, ANSWER_MS);
	calibrate->output.sample(calibrate->data, calibrate->panel, false);
	calibrate->output.keep(calibrate->data, &film);
}

static void
next_pad(struct calibrate *calibrate, struct usec now)
{
	g_autofree char *measured = calibrate_words_measured(calibrate->pad);

	calibrate->nears = 0;
	calibrate->before = calibrate->pad;
	for (unsigned pad = 0; pad < PAD_COUNT; pad++) {
		if (calibrate->pads[pad].count == CALIBRATE_PRESSES)
			continue;
		calibrate->pad = (enum pad)pad;
		ask(calibrate, CALIBRATE_ASK, measured, now);
		return;
	}
	keep(calibrate, now);
}

static void
judge_pad(struct calibrate *calibrate, struct usec now)
{
	double spread_mm = calibrate_spread_mm(&calibrate->pads[calibrate->pad]);
	g_autofree char *reason = NULL;
	double distance_mm;
	enum pad nearest;

	if (spread_mm > CALIBRATE_SPREAD_MAX_MM) {
		reason = calibrate_words_spread(spread_mm);
		refuse(calibrate, reason, now);
	} else if (calibrate_nearest(calibrate->pads, calibrate->pad, &nearest, &distance_mm) &&
		   distance_mm < CALIBRATE_APART_MIN_MM) {
		refuse_near(calibrate, nearest, distance_mm, now);
	} else {
		next_pad(calibrate, now);
	}
}

/* --- one press --- */

static bool
is_pad_before_again(const struct calibrate *calibrate, struct mm_point place)
{
	const struct calibrate_pad *before = &calibrate->pads[calibrate->before];

	return calibrate->before != calibrate->pad && before->count == CALIBRATE_PRESSES &&
	       calibrate->pads[calibrate->pad].count == 0 && calibrate->sentence != 0 &&
	       mm_distance(place, calibrate_median(before)) < AGAIN_MM;
}

static void
take_press(struct calibrate *calibrate, const struct link_sample *sample, struct usec now)
{
	struct calibrate_pad *pad = &calibrate->pads[calibrate->pad];
	struct mm_point place = {sample->x_um / 1000.0, sample->y_um / 1000.0};

	if (is_pad_before_again(calibrate, place))
		return;
	calibrate->last_up = usec_from_us(sample->time_us);
	calibrate->give_up = usec_add(now, usec_from_ms(GIVE_UP_MS));
	pad->at[pad->count] = place;
	pad->major_mm[pad->count] = sample->major_um / 1000.0;
	pad->count++;
	if (pad->count < CALIBRATE_PRESSES)
		tell(calibrate, CALIBRATE_COUNTED, calibrate_words_count(pad->count), now);
	else
		judge_pad(calibrate, now);
}

static void
judge_press(struct calibrate *calibrate, const struct link_sample *sample, bool spoilt,
	    struct usec now)
{
	struct usec down = usec_from_us(sample->down_us);
	struct usec lasted = usec_since(usec_from_us(sample->time_us), down);
	double travel_mm = sample->travel_um / 1000.0;

	if (travel_mm > SEARCH_MM)
		return;
	if (lasted.us > usec_from_ms(LONG_MS).us)
		tell(calibrate, CALIBRATE_REFUSED, _("That was long. Press, and let go at once."),
		     now);
	else if (travel_mm > SLIP_MM)
		tell(calibrate, CALIBRATE_REFUSED, _("That slid. Press, and let go."), now);
	else if (spoilt)
		tell(calibrate, CALIBRATE_REFUSED, _("Two fingers were there. Press with one."),
		     now);
	else if (usec_since(down, calibrate->last_up).us >= usec_from_ms(BOUNCE_MS).us)
		take_press(calibrate, sample, now);
}

static void
contact_landed(struct calibrate *calibrate, const struct link_sample *sample)
{
	struct usec down = usec_from_us(sample->down_us);
	unsigned place = 0;
	bool spoilt = false;

	for (unsigned i = CONTACTS_MAX; i-- > 0;) {
		if (calibrate->contacts[i].number == 0) {
			place = i;
		} else if (usec_since(down, calibrate->contacts[i].down).us <
			   usec_from_ms(LONG_MS).us) {
			/* What lies there for longer is a hand that holds the device. */
			calibrate->contacts[i].spoilt = true;
			spoilt = true;
		}
	}
	calibrate->contacts[place].number = sample->contact;
	calibrate->contacts[place].down = down;
	calibrate->contacts[place].spoilt = spoilt;
}

/* Forget a contact; whether another one came with it. One whose landing was not told is not ours.
 */
static bool
contact_ended(struct calibrate *calibrate, const struct link_sample *sample, bool *spoilt)
{
	for (unsigned i = 0; i < CONTACTS_MAX; i++) {
		if (calibrate->contacts[i].number != sample->contact)
			continue;
		calibrate->contacts[i].number = 0;
		*spoilt = calibrate->contacts[i].spoilt;
		return true;
	}
	return false;
}

void
calibrate_sampled(struct calibrate *calibrate, const struct link_sample *sample, struct usec now)
{
	bool spoilt;

	if (calibrate->state != STATE_PRESSING || sample->panel != calibrate->panel ||
	    sample->contact == 0)
		return;
	/* Whoever touches the panel has not gone. */
	if (calibrate->sentence == 0)
		wait_for(calibrate, now, IDLE_MS);
	switch ((enum press_phase)sample->phase) {
	case PRESS_DOWN:
		calibrate->output.sample(calibrate->data, calibrate->panel, true);
		contact_landed(calibrate, sample);
		break;
	case PRESS_UP:
		if (contact_ended(calibrate, sample, &spoilt))
			judge_press(calibrate, sample, spoilt, now);
		break;
	case PRESS_CANCEL:
		(void)contact_ended(calibrate, sample, &spoilt);
		break;
	case PRESS_HOLD:
		break;
	}
}

/* --- time --- */

static void
sentence_ended(struct calibrate *calibrate, struct usec now)
{
	calibrate->sentence = 0;
	wait_for(calibrate, now, IDLE_MS);
}

void
calibrate_spoken(struct calibrate *calibrate, uint32_t utterance, struct usec now)
{
	if (calibrate->state == STATE_PRESSING && utterance != 0 &&
	    utterance == calibrate->sentence)
		sentence_ended(calibrate, now);
}

bool
calibrate_next_deadline(const struct calibrate *calibrate, struct usec *deadline)
{
	*deadline = calibrate->deadline;
	return calibrate->state != STATE_IDLE;
}

void
calibrate_tick(struct calibrate *calibrate, struct usec now)
{
	g_autofree char *text = NULL;

	if (usec_before(now, calibrate->deadline))
		return;
	switch (calibrate->state) {
	case STATE_STARTING:
		text = calibrate_words_not_begun(-ETIMEDOUT);
		end(calibrate, CALIBRATE_FAILED, text);
		break;
	case STATE_PRESSING:
		if (!usec_before(now, calibrate->give_up))
			end(calibrate, CALIBRATE_LEFT,
			    _("No press was taken for two minutes, so calibration is left. The "
			      "buttons stay where they were."));
		else if (calibrate->sentence != 0)
			sentence_ended(calibrate, now);
		else
			end(calibrate, CALIBRATE_LEFT,
			    _("Nothing was pressed for 20 seconds, so calibration is left. The "
			      "buttons stay where they were."));
		break;
	case STATE_KEEPING:
		text = calibrate_words_not_kept(-ETIMEDOUT);
		end(calibrate, CALIBRATE_FAILED, text);
		break;
	case STATE_IDLE:
		break;
	}
}

const char *
calibrate_step_to_str(enum calibrate_step step)
{
	switch (step) {
	case CALIBRATE_ASK:
		return "ask";
	case CALIBRATE_COUNTED:
		return "counted";
	case CALIBRATE_REFUSED:
		return "refused";
	case CALIBRATE_DONE:
		return "done";
	case CALIBRATE_LEFT:
		return "left";
	case CALIBRATE_FAILED:
		return "failed";
	}
	return "failed";
}
