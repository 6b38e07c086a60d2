/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assigning by doing: the user goes to a control, presses the button that it should go to, and
 * presses it again. Nothing else is done meanwhile.
 * Called by daemon/brain_mode; what was asked is answered by brain_pointed() and brain_assigned().
 * Owns the strings of what was found, in struct brain.
 *
 *   state   | left-top,        | left-bottom | another input  | the same      | the answer
 *           | left-middle      |             |                | input         |
 *   --------+------------------+-------------+----------------+---------------+-----------------
 *   (off)   | both top pads held: READY, said
 *   READY   | READY: previous, | UNDO, said  | LOOKING        | -             | -
 *           | next             |             |                |               |
 *   LOOKING | as READY         | UNDO, said  | LOOKING        | LOOKING       | found: OFFERED,
 *           |                  |             |                |               | said; else READY,
 *           |                  |             |                |               | said why
 *   OFFERED | as READY         | UNDO, said  | LOOKING        | WRITING       | -
 *   UNDO    | as READY         | WRITING     | LOOKING        | -             | -
 *   WRITING | -                | -           | -              | -             | READY, said
 *
 *   (any)   | both top pads held; another app, page, or the lock in front; no buttons any more;
 *           | 30 s of silence: off, said
 */
#include "common/i18n.h"
#include "daemon/brain_private.h"

/* A left pad's press; the right ones, holds, pairs and the ear are what is assigned to. */
#define UNDO_PAD PAD_LEFT_BOTTOM

static void
forget(struct brain_assign *assign)
{
	g_clear_pointer(&assign->command, g_free);
	g_clear_pointer(&assign->label, g_free);
	g_clear_pointer(&assign->words, g_free);
}

static void
become(struct brain *brain, enum brain_assign_state state)
{
	brain->assign.state = state;
	if (state != BRAIN_ASSIGN_OFFERED && state != BRAIN_ASSIGN_WRITING)
		forget(&brain->assign);
}

static void
move_init(struct profile_binding *move, const char *text)
{
	g_autofree char *reason = NULL;

	if (command_parse(text, &move->command, &reason) == 0)
		move->label = command_default_label(move->command);
}

void
brain_assign_init(struct brain *brain)
{
	move_init(&brain->assign.previous, "previous");
	move_init(&brain->assign.next, "next");
}

void
brain_assign_clear(struct brain *brain)
{
	struct profile_binding *moves[] = {&brain->assign.previous, &brain->assign.next};

	forget(&brain->assign);
	g_free(brain->assign.done);
	for (size_t i = 0; i < G_N_ELEMENTS(moves); i++) {
		command_free(moves[i]->command);
		g_free(moves[i]->label);
	}
}

static void
begin(struct brain *brain, struct usec time)
{
	brain_mode_set(brain, BRAIN_MODE_ASSIGN);
	become(brain, BRAIN_ASSIGN_READY);
	brain_mode_say(brain, 0,
		       _("Assigning. Move to a control and press the button it should go to. Left "
			 "top and left middle move. Left bottom undoes. To leave, hold both top "
			 "buttons"),
		       time);
}

static void
end(struct brain *brain, const char *sentence, struct usec time)
{
	become(brain, BRAIN_ASSIGN_READY);
	brain_mode_set(brain, BRAIN_MODE_USUAL);
	brain_mode_say(brain, 0, sentence, time);
}

bool
brain_assign_held(struct brain *brain, const struct brain_occurrence *it)
{
	if (!input_equal(it->input, input_chord(PAD_LEFT_TOP, PAD_RIGHT_TOP)))
		return false;
	if (brain->mode == BRAIN_MODE_ASSIGN)
		end(brain, _("Assigning is over. The buttons work again"), it->time);
	else
		begin(brain, it->time);
	return true;
}

void
brain_assign_silence(struct brain *brain, struct usec now)
{
	end(brain, _("Nothing was pressed, so assigning is over. The buttons work again"), now);
}

void
brain_assign_leave(struct brain *brain, enum brain_reason reason, struct usec time)
{
	g_autofree char *text = NULL;

	if (brain->mode != BRAIN_MODE_ASSIGN)
		return;
	text = brain_words_cancelled(_("Assigning"), reason);
	end(brain, text, time);
}

static void
look(struct brain *brain, const struct brain_occurrence *it)
{
	brain->assign.input = it->input;
	brain->assign.press = it->press;
	become(brain, BRAIN_ASSIGN_LOOKING);
	brain_mode_wait(brain, it->time);
	if (brain->output.point)
		brain->output.point(brain->data, it->press);
}

static void
move(struct brain *brain, const struct brain_occurrence *it, const struct profile_binding *binding)
{
	become(brain, BRAIN_ASSIGN_READY);
	brain_mode_wait(brain, it->time);
	brain->newest = it->press;
	brain_run(brain, it, binding);
}

static void
assign_it(struct brain *brain, const struct brain_occurrence *it)
{
	struct brain_assign *assign = &brain->assign;
	g_autofree char *input = brain_words_input(assign->input);

	assign->press = it->press;
	g_free(assign->done);
	assign->done = g_strdup_printf(_("Assigned. %s is %s"), input, assign->words);
	become(brain, BRAIN_ASSIGN_WRITING);
	brain_mode_wait(brain, it->time);
	if (brain->output.assign)
		brain->output.assign(brain->data, it->press, assign->input, assign->command,
				     assign->label);
}

static void
undo(struct brain *brain, const struct brain_occurrence *it)
{
	if (brain->assign.state != BRAIN_ASSIGN_UNDO) {
		become(brain, BRAIN_ASSIGN_UNDO);
		brain_mode_say(brain, it->press, _("Undo the last assignment, press again"),
			       it->time);
		return;
	}
	brain->assign.press = it->press;
	g_free(brain->assign.done);
	brain->assign.done = g_strdup(_("Undone. The buttons are as they were"));
	become(brain, BRAIN_ASSIGN_WRITING);
	brain_mode_wait(brain, it->time);
	if (brain->output.undo)
		brain->output.undo(brain->data, it->press);
}

void
brain_assign_input(struct brain *brain, const struct brain_occurrence *it)
{
	const struct brain_assign *assign = &brain->assign;

	if (assign->state == BRAIN_ASSIGN_WRITING)
		return;
	if (input_equal(it->input, input_press(PAD_LEFT_TOP)))
		move(brain, it, &assign->previous);
	else if (input_equal(it->input, input_press(PAD_LEFT_MIDDLE)))
		move(brain, it, &assign->next);
	else if (input_equal(it->input, input_press(UNDO_PAD)))
		undo(brain, it);
	else if (assign->state == BRAIN_ASSIGN_OFFERED && input_equal(it->input, assign->input))
		assign_it(brain, it);
	else
		look(brain, it);
}

static bool
is_awaited(const struct brain *brain, uint32_t press, enum brain_assign_state state)
{
	return brain->mode == BRAIN_MODE_ASSIGN && brain->assign.state == state &&
	       brain->assign.press == press;
}

void
brain_pointed(struct brain *brain, uint32_t press, const struct brain_pointed *pointed,
	      struct usec time)
{
	struct brain_assign *assign = &brain->assign;
	g_autofree char *input = NULL;
	g_autofree char *where = NULL;
	g_autofree char *text = NULL;

	if (!is_awaited(brain, press, BRAIN_ASSIGN_LOOKING))
		return;
	if (!pointed->command) {
		become(brain, BRAIN_ASSIGN_READY);
		brain_mode_say(brain, press,
			       pointed->words ? pointed->words : _("Not possible here"), time);
		return;
	}
	assign->command = g_strdup(pointed->command);
	assign->label = g_strdup(pointed->label);
	assign->words = g_strdup(pointed->words);
	become(brain, BRAIN_ASSIGN_OFFERED);
	input = brain_words_input(assign->input);
	where = g_strdup_printf(_("%s, to %s"), assign->words, input);
	text = brain_words_announcement(where, assign->input, PROFILE_CONFIRM_DOUBLE);
	brain_mode_say(brain, press, text, time);
}

void
brain_assigned(struct brain *brain, uint32_t press, const char *reason, struct usec time)
{
	g_autofree char *done = NULL;

	/* Whoever has left meanwhile is told all the same: a file has changed, or has not. */
	if (!brain->assign.done || brain->assign.press != press)
		return;
	done = g_steal_pointer(&brain->assign.done);
	become(brain, BRAIN_ASSIGN_READY);
	brain_mode_say(brain, press, reason ? reason : done, time);
}
