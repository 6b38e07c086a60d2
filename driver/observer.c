/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The driver's end of the observers' link: lets one in, tells it, never waits for it.
 * Called by driver/watch, on the path of frames too.
 * Owns the listening socket, the observer's socket and a buffer of a fixed size.
 */
#define G_LOG_DOMAIN "sidetouch-driver"
#include "driver/observer.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>

#include "common/cleanup.h"
#include "driver/listen_socket.h"
#include "driver/peer_log.h"

/* About 2 s of five fingers at 120 frames a second, beside what the socket itself holds. */
#define EVENTS_MAX 4096
/* Contacts are over some ten times a second at most. */
#define CONTACTS_MAX 64

/*
 *   connect        START from it           hung up, gone, refused
 *      |   GREETED    |        STARTED          |
 *      +--start_ms----+
 *   too late: hung up
 *
 * BROKEN could not be sent to, or did not read: hung up on from the main loop, since it was found
 * out on the path of a frame.
 */
enum state {
	STATE_NONE,
	STATE_GREETED,
	STATE_STARTED,
	STATE_BROKEN,
};

struct observer_source {
	GSource base;
	struct observer *observer;
};

struct observer {
	struct observer_events events;
	void *data;
	char *path;
	unsigned start_ms;
	GMainContext *context;
	int listen_fd;
	GSource *listen_source;

	enum state state;
	enum observe_role role; /* 0: not started */
	int fd;
	uid_t uid;
	pid_t pid;
	struct peer_log log;
	struct observer_source *source; /* while there is one */
	void *fd_tag;
	bool blocked; /* waits until it has read something */
	bool due;     /* its source will be dispatched */

	size_t event_count, contact_count;
	struct observe_event buffer[EVENTS_MAX];
	struct observe_contact contacts[CONTACTS_MAX];
};

static void
hang_up(struct observer *observer)
{
	enum observe_role role = observer->role;

	if (observer->state == STATE_NONE)
		return;
	g_source_destroy(&observer->source->base);
	g_source_unref(&observer->source->base);
	observer->source = NULL;
	close(steal_fd(&observer->fd));
	observer->state = STATE_NONE;
	observer->role = 0;
	observer->blocked = observer->due = false;
	observer->event_count = observer->contact_count = 0;
	if (role)
		observer->events.stop(observer->data, role);
}

/* Have the main loop come by; on the path of a frame this is done once for many. */
static void
wake(struct observer *observer)
{
	if (observer->due)
		return;
	observer->due = true;
	g_source_set_ready_time(&observer->source->base, 0);
}

static void
break_off(struct observer *observer)
{
	if (observer->state == STATE_NONE || observer->state == STATE_BROKEN)
		return;
	observer->state = STATE_BROKEN;
	observer->due = false;
	wake(observer);
}

static int
send_message(struct observer *observer, struct packet_header *header, enum observe_type type,
	     size_t size)
{
	packet_init(&observe_protocol, header, (uint16_t)type, size);
	return packet_send(observer->fd, header);
}

/* For what is sent before it has started, when its socket is empty. */
static void
send_or_break(struct observer *observer, struct packet_header *header, enum observe_type type,
	      size_t size)
{
	if (observer->state == STATE_NONE || observer->state == STATE_BROKEN)
		return;
	if (send_message(observer, header, type, size) < 0)
		break_off(observer);
}

static void
refuse(int fd, enum observe_refusal reason)
{
	struct observe_refused refused = {.reason = reason};

	packet_init(&observe_protocol, &refused.header, OBSERVE_REFUSED, sizeof(refused));
	(void)packet_send(fd, &refused.header);
}

static void
set_blocked(struct observer *observer, bool blocked)
{
	observer->blocked = blocked;
	g_source_modify_unix_fd(&observer->source->base, observer->fd_tag,
				(GIOCondition)(G_IO_IN | (blocked ? G_IO_OUT : 0)));
}

static int
flush_events(struct observer *observer)
{
	struct observe_events message;
	size_t sent = 0;
	int r = 0;

	while (r == 0 && sent < observer->event_count) {
		size_t count = MIN(observer->event_count - sent, OBSERVE_EVENTS_MAX);
		size_t size = count * sizeof(message.events[0]);

		memcpy(message.events, observer->buffer + sent, size);
		r = send_message(observer, &message.header, OBSERVE_EVENTS,
				 sizeof(message.header) + size);
		if (r == 0)
			sent += count;
	}
	observer->event_count -= sent;
	memmove(observer->buffer, observer->buffer + sent,
		observer->event_count * sizeof(observer->buffer[0]));
	return r;
}

static int
flush_contacts(struct observer *observer)
{
	size_t sent = 0;
	int r = 0;

	while (r == 0 && sent < observer->contact_count) {
		struct observe_contact *contact = &observer->contacts[sent];

		r = send_message(observer, &contact->header, OBSERVE_CONTACT, sizeof(*contact));
		if (r == 0)
			sent++;
	}
	observer->contact_count -= sent;
	memmove(observer->contacts, observer->contacts + sent,
		observer->contact_count * sizeof(observer->contacts[0]));
	return r;
}

static void
flush(struct observer *observer)
{
	int r = flush_events(observer);

	if (r == 0)
		r = flush_contacts(observer);
	if (r < 0 && r != -EAGAIN)
		hang_up(observer);
	else
		set_blocked(observer, r == -EAGAIN);
}

/* Whether the log has not been told that of this process yet. */
static bool
is_news(struct observer *observer, unsigned trouble)
{
	return peer_log_is_new(&observer->log, observer->uid, observer->pid, trouble);
}

static void
take_start(struct observer *observer, const struct observe_start *start)
{
	enum observe_role role = (enum observe_role)start->role;

	if (observer->state != STATE_GREETED)
		return; /* said twice: harmless */
	g_source_set_ready_time(&observer->source->base, -1);
	observer->state = STATE_STARTED;
	observer->role = role;
	if (observer->events.start(observer->data, role, start->panel))
		return;
	observer->role = 0;
	observer_end(observer, OBSERVE_REFUSED_PANEL);
}

static void
receive(struct observer *observer)
{
	union {
		struct packet_header header;
		struct observe_start start;
		uint64_t align;
		char bytes[PACKET_SIZE_MAX];
	} buffer;
	enum packet_fault fault;
	int r =
	    packet_receive(observer->fd, &observe_protocol, PACKET_FROM_CLIENT, &buffer, &fault);

	if (r == -EPROTO && is_news(observer, PEER_TROUBLE_MESSAGE + fault))
		g_warning("a message from an observer of user %u %s: hanging up",
			  (unsigned)observer->uid, packet_fault_to_str(fault));
	if (r > 0)
		take_start(observer, &buffer.start);
	else if (r != -EAGAIN)
		hang_up(observer);
}

static void
on_due(struct observer *observer)
{
	observer->due = false;
	g_source_set_ready_time(&observer->source->base, -1);
	switch (observer->state) {
	case STATE_NONE:
		break;
	case STATE_GREETED:
		if (is_news(observer, PEER_TROUBLE_SILENT))
			g_warning("an observer of user %u did not say what it wants: hanging up",
				  (unsigned)observer->uid);
		hang_up(observer);
		break;
	case STATE_STARTED:
		if (!observer->blocked)
			flush(observer);
		break;
	case STATE_BROKEN:
		if (is_news(observer, PEER_TROUBLE_UNREAD))
			g_warning(
			    "an observer of user %u does not read what it is told: hanging up",
			    (unsigned)observer->uid);
		hang_up(observer);
		break;
	}
}

static gboolean
source_dispatch(GSource *source, GSourceFunc callback, void *data)
{
	struct observer *observer = ((struct observer_source *)source)->observer;
	GIOCondition condition = g_source_query_unix_fd(source, observer->fd_tag);
	gint64 ready = g_source_get_ready_time(source);

	(void)callback;
	(void)data;
	if (ready >= 0 && ready <= g_source_get_time(source))
		on_due(observer);
	else if (condition & (G_IO_IN | G_IO_HUP | G_IO_ERR))
		receive(observer);
	else if (condition & G_IO_OUT)
		flush(observer);
	return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = {.dispatch = source_dispatch};

static void
greet(struct observer *observer, int fd, const struct ucred *peer)
{
	struct observe_ready ready = {0};
	GSource *source = g_source_new(&source_funcs, sizeof(*observer->source));

	observer->source = (struct observer_source *)source;
	observer->source->observer = observer;
	observer->fd = fd;
	observer->uid = peer->uid;
	observer->pid = peer->pid;
	observer->state = STATE_GREETED;
	observer->fd_tag = g_source_add_unix_fd(source, fd, G_IO_IN);
	g_source_set_ready_time(source, g_get_monotonic_time() + (gint64)observer->start_ms * 1000);
	g_source_attach(source, observer->context);
	observer->events.list(observer->data);
	send_or_break(observer, &ready.header, OBSERVE_READY, sizeof(ready));
}

static gboolean
on_connection(int listen_fd, GIOCondition condition, void *data)
{
	struct observer *observer = data;
	_autoclose_ int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	struct ucred peer;
	socklen_t size = sizeof(peer);
	enum observe_refusal refusal;

	(void)condition;
	if (fd < 0 || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		return G_SOURCE_CONTINUE;
	refusal = observer->events.refuse(observer->data, peer.uid);
	if (!refusal && observer->state != STATE_NONE)
		refusal = OBSERVE_REFUSED_BUSY;
	if (refusal)
		refuse(fd, refusal);
	else
		greet(observer, steal_fd(&fd), &peer);
	return G_SOURCE_CONTINUE;
}

struct observer *
observer_new(const struct observer_config *config, const struct observer_events *events, void *data,
	     GError **error)
{
	struct observer *observer;
	int fd = -1;
	int r = listen_socket_open(config->path, &fd);

	if (r < 0) {
		g_set_error(
		    error, G_FILE_ERROR, g_file_error_from_errno(-r),
		    "cannot listen for sidetouchctl at %s (%s): remove that file, or choose "
		    "another place with --socket",
		    config->path, g_strerror(-r));
		return NULL;
	}
	observer = g_new0(struct observer, 1);
	observer->path = g_strdup(config->path);
	observer->start_ms = config->start_ms ? config->start_ms : OBSERVE_START_MS;
	observer->events = *events;
	observer->data = data;
	observer->context = g_main_context_ref_thread_default();
	observer->fd = -1;
	observer->listen_fd = fd;
	observer->listen_source = g_unix_fd_source_new(fd, G_IO_IN);
	g_source_set_callback(observer->listen_source, (GSourceFunc)(void (*)(void))on_connection,
			      observer, NULL);
	g_source_attach(observer->listen_source, observer->context);
	return observer;
}

struct observer *
observer_free(struct observer *observer)
{
	if (!observer)
		return NULL;
	observer->role = 0;
	hang_up(observer);
	g_source_destroy(observer->listen_source);
	g_source_unref(observer->listen_source);
	listen_socket_close(observer->listen_fd, observer->path);
	g_main_context_unref(observer->context);
	g_free(observer->path);
	g_free(observer);
	return NULL;
}

void
observer_send_panel(struct observer *observer, uint32_t panel, const char *name)
{
	struct observe_panel message = {.panel = panel};

	g_strlcpy(message.name, name, sizeof(message.name));
	send_or_break(observer, &message.header, OBSERVE_PANEL, sizeof(message));
}

void
observer_send_text(struct observer *observer, const char *text, size_t size)
{
	struct observe_text message;

	for (;;) {
		size_t piece = MIN(size, sizeof(message.text));

		memcpy(message.text, text, piece);
		send_or_break(observer, &message.header, OBSERVE_TEXT,
			      sizeof(message.header) + piece);
		if (piece == 0)
			return;
		text += piece;
		size -= piece;
	}
}

void
observer_add_events(struct observer *observer, struct usec time, const struct core_event *events,
		    size_t count)
{
	if (observer->role != OBSERVE_RECORD || observer->state != STATE_STARTED)
		return;
	if (count > EVENTS_MAX - observer->event_count) {
		break_off(observer);
		return;
	}
	for (size_t i = 0; i < count; i++)
		observer->buffer[observer->event_count++] = (struct observe_event){
		    time.us, events[i].type, events[i].code, events[i].value};
	if (!observer->blocked)
		wake(observer);
}

void
observer_add_contact(struct observer *observer, const struct observe_contact *contact)
{
	if (observer->role != OBSERVE_MONITOR || observer->state != STATE_STARTED)
		return;
	if (observer->contact_count == CONTACTS_MAX) {
		break_off(observer);
		return;
	}
	observer->contacts[observer->contact_count++] = *contact;
	if (!observer->blocked)
		wake(observer);
}

void
observer_recheck(struct observer *observer)
{
	enum observe_refusal refusal;

	if (observer->state == STATE_NONE)
		return;
	refusal = observer->events.refuse(observer->data, observer->uid);
	if (refusal)
		observer_end(observer, refusal);
}

void
observer_end(struct observer *observer, enum observe_refusal reason)
{
	if (observer->state == STATE_NONE)
		return;
	/* What happened before it is told before it. */
	if (observer->state == STATE_STARTED && !observer->blocked)
		(void)(flush_events(observer) == 0 && flush_contacts(observer) == 0);
	refuse(observer->fd, reason);
	hang_up(observer);
}
