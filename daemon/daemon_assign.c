/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Assigning a control to a button, and taking that back: the apps say what is being read, and the
 * user's profile is written on a thread, since a disk may take its time.
 * Called by the brain and the apps, from the loop.
 * Owns nothing: all of it is the daemon's. That the buttons changed is seen in the file, as ever.
 */
#define G_LOG_DOMAIN "sidetouchd"
#include "common/i18n.h"
#include "common/profile_assign.h"
#include "daemon/daemon_private.h"
#include "daemon/message_app.h"

/* What a thread needs, and what it has to tell. */
struct job {
	struct daemon *daemon; /* for the loop only */
	uint32_t press;
	bool is_command; /* not of the brain's own */
	GArray *folders; /* NULL: none */
	char *state;
	bool undoes;
	struct profile_assignment assignment;
	char *reason; /* why it was not done; NULL: it was */
};

static void
job_free(void *data)
{
	struct job *job = data;

	if (job->folders)
		g_array_unref(job->folders);
	g_free(job->state);
	profile_assignment_clear(&job->assignment);
	g_free(job->reason);
	g_free(job);
}

static void
on_thread(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	struct job *job = data;
	g_autofree char *path = NULL;

	(void)source;
	(void)cancellable;
	if (job->undoes)
		profile_assign_undo(job->state, &path, &job->reason);
	else if (!job->reason)
		profile_assign(job->folders, job->state, &job->assignment, &job->reason);
	g_task_return_boolean(task, TRUE);
}

static void
tell(struct daemon *daemon, const struct job *job)
{
	if (!job->is_command) {
		brain_assigned(daemon->brain, job->press, job->reason, daemon_now());
		daemon_rearm(daemon);
		return;
	}
	daemon_tell_result(daemon, job->press,
			   job->reason ? BRAIN_RESULT_FAILED : BRAIN_RESULT_DONE,
			   job->reason ? job->reason : _("Undone. The buttons are as they were"));
}

static void
on_done(GObject *source, GAsyncResult *result, void *data)
{
	const struct job *job = g_task_get_task_data(G_TASK(result));

	(void)source;
	(void)data;
	/* Cancelled: the daemon is gone. */
	if (g_task_propagate_boolean(G_TASK(result), NULL))
		tell(job->daemon, job);
}

static struct job *
job_new(struct daemon *daemon, uint32_t press)
{
	struct job *job = g_new0(struct job, 1);

	job->daemon = daemon;
	job->press = press;
	job->state = g_strdup(daemon->options.state);
	return job;
}

/* Takes the job. */
static void
run(struct job *job)
{
	g_autoptr(GTask) task = g_task_new(NULL, job->daemon->writing, on_done, NULL);

	g_task_set_task_data(task, job, job_free);
	g_task_run_in_thread(task, on_thread);
}

void
daemon_assign_new(struct daemon *daemon)
{
	daemon->writing = g_cancellable_new();
}

void
daemon_assign_free(struct daemon *daemon)
{
	g_cancellable_cancel(daemon->writing);
	g_clear_object(&daemon->writing);
}

void
daemon_point(void *data, uint32_t press)
{
	struct daemon *daemon = data;

	apps_point_out(daemon->apps, press);
}

void
daemon_pointed(void *data, uint32_t press, const struct a11y_naming *naming)
{
	struct daemon *daemon = data;
	struct brain_pointed pointed = {naming->command, naming->label, naming->words};

	/* What people have written is neither said aloud nor kept; a control's name is. */
	if (message_app_is(brain_front_id(daemon->brain)) &&
	    !(naming->command && message_app_is_control(naming->words)))
		pointed = (struct brain_pointed){
		    .words = _("Only a control with a name of its own can be put on a button "
			       "here. Move to a button or a field")};
	brain_pointed(daemon->brain, press, &pointed, daemon_now());
	daemon_rearm(daemon);
}

void
daemon_assign(void *data, uint32_t press, struct input input, const char *command,
	      const char *label)
{
	struct daemon *daemon = data;
	struct job *job = job_new(daemon, press);

	if (daemon->options.profiles &&
	    profile_assign_choose(brain_view(daemon->brain), brain_front_ids(daemon->brain),
				  brain_front_site(daemon->brain), &job->assignment))
		job->folders = g_array_ref((GArray *)daemon->options.profiles);
	else
		job->reason = g_strdup(_("This app does not say who it is, so no button can be its "
					 "own. Nothing was assigned"));
	job->assignment.input = input;
	job->assignment.command = g_strdup(command);
	job->assignment.label = g_strdup(label);
	run(job);
}

void
daemon_undo(void *data, uint32_t press)
{
	struct job *job = job_new(data, press);

	job->undoes = true;
	run(job);
}

void
daemon_undo_run(struct daemon *daemon, uint32_t press)
{
	struct job *job = job_new(daemon, press);

	job->undoes = true;
	job->is_command = true;
	run(job);
}
