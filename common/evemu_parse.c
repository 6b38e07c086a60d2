/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of an evemu recording: N:, I:, P:, B:, A: describe a device, E: is an event.
 * Called by common/evemu.c with the text of a file, and by the fuzzer through evemu_parse().
 * Owns the recording while it grows.
 */
#include <linux/input-event-codes.h>
#include <string.h>

#include "common/evemu_private.h"

/* A clock that a recording could have been made by: up to the year 9999. */
#define SECONDS_MAX UINT64_C(253402300799)
/* The P: and B: lines hold this many bytes each. */
#define LINE_BYTES 8 /* evemu.c of evemu-tools */

struct parser {
	const char *name; /* the file's */
	size_t line;      /* from 1 */
	const char *next; /* in the present line */
	const char *end;
	struct evemu_recording *recording;
	GArray *events;
	bool described;    /* a description was given beside the text */
	bool named;        /* N: was read */
	uint64_t last_us;  /* of the event above */
	size_t end_length; /* of the last line that ended a frame */
	size_t code_bytes[EVEMU_TYPES];
	size_t property_bytes;
	GError **error;
};

G_GNUC_PRINTF(2, 3)
static bool
fail(struct parser *parser, const char *format, ...)
{
	va_list arguments;
	g_autofree char *message = NULL;

	va_start(arguments, format);
	message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(parser->error, EVEMU_ERROR, EVEMU_ERROR_FORMAT, "%s:%zu: %s", parser->name,
		    parser->line, message);
	return false;
}

static void
skip_blanks(struct parser *parser)
{
	while (parser->next < parser->end && g_ascii_isspace(*parser->next))
		parser->next++;
}

/* At the end of a line, or of what is no comment. */
static bool
is_done(struct parser *parser)
{
	skip_blanks(parser);
	return parser->next == parser->end || *parser->next == '#';
}

static bool
expect_done(struct parser *parser)
{
	return is_done(parser) || fail(parser, "there is more in the line than belongs there");
}

/* One number of the given base between minimum and maximum; decimal ones may have a sign. */
static bool
take_number(struct parser *parser, const char *what, int base, int64_t minimum, int64_t maximum,
	    int64_t *out)
{
	int64_t value = 0;
	bool negative = false;
	const char *first;

	if (is_done(parser))
		return fail(parser, "the %s is missing", what);
	if (base == 10 && *parser->next == '-') {
		negative = true;
		parser->next++;
	}
	for (first = parser->next; parser->next < parser->end; parser->next++) {
		int digit = g_ascii_xdigit_value(*parser->next);

		if (digit < 0 || digit >= base)
			break;
		value = value * base + digit;
		if (value > (int64_t)SECONDS_MAX)
			return fail(parser, "the %s is out of range", what);
	}
	if (parser->next == first ||
	    (parser->next < parser->end && !g_ascii_isspace(*parser->next) && *parser->next != '.'))
		return fail(parser, "the %s is not a number", what);
	value = negative ? -value : value;
	if (value < minimum || value > maximum)
		return fail(parser, "the %s is out of range", what);
	*out = value;
	return true;
}

static bool
take_hex(struct parser *parser, const char *what, int64_t maximum, int64_t *out)
{
	return take_number(parser, what, 16, 0, maximum, out);
}

static bool
parse_name(struct parser *parser)
{
	char *name = parser->recording->device.name;
	size_t length;

	skip_blanks(parser);
	length = (size_t)(parser->end - parser->next);
	while (length > 0 && g_ascii_isspace(parser->next[length - 1]))
		length--;
	length = MIN(length, sizeof(parser->recording->device.name) - 1);
	memcpy(name, parser->next, length);
	name[length] = '\0';
	parser->named = true;
	return true;
}

static bool
parse_id(struct parser *parser)
{
	struct evemu_device *device = &parser->recording->device;
	int64_t bus = 0, vendor = 0, product = 0, version = 0;

	if (!take_hex(parser, "bus", UINT16_MAX, &bus) ||
	    !take_hex(parser, "vendor", UINT16_MAX, &vendor) ||
	    !take_hex(parser, "product", UINT16_MAX, &product) ||
	    !take_hex(parser, "version", UINT16_MAX, &version))
		return false;
	device->bus = (uint16_t)bus;
	device->vendor = (uint16_t)vendor;
	device->product = (uint16_t)product;
	device->version = (uint16_t)version;
	return expect_done(parser);
}

static bool
parse_bytes(struct parser *parser, uint8_t *bytes, size_t size, size_t *filled)
{
	for (unsigned i = 0; i < LINE_BYTES; i++) {
		int64_t byte;

		if (!take_hex(parser, "byte of bits", UINT8_MAX, &byte))
			return false;
		/* Types with few codes are written with a whole line of eight bytes. */
		if (*filled < size)
			bytes[(*filled)++] = (uint8_t)byte;
		else if (byte != 0)
			return fail(parser, "a bit is set past the last one there is");
	}
	return expect_done(parser);
}

static bool
parse_properties(struct parser *parser)
{
	struct evemu_device *device = &parser->recording->device;

	return parse_bytes(parser, device->properties, sizeof(device->properties),
			   &parser->property_bytes);
}

static bool
parse_codes(struct parser *parser)
{
	int64_t type;

	if (!take_hex(parser, "event type", EVEMU_TYPES - 1, &type))
		return false;
	return parse_bytes(parser, parser->recording->device.codes[type], EVEMU_CODE_BYTES,
			   &parser->code_bytes[type]);
}

/* Code, minimum, maximum, fuzz, flat; evemu 1.1 added the resolution. */
static bool
parse_axis(struct parser *parser)
{
	int64_t code, number[5] = {0};
	static const char *const names[5] = {"minimum", "maximum", "fuzz", "flat", "resolution"};
	struct evemu_abs *axis;

	if (!take_hex(parser, "axis", ABS_MAX, &code))
		return false;
	for (unsigned i = 0; i < 5 && !(i == 4 && is_done(parser)); i++) {
		if (!take_number(parser, names[i], 10, INT32_MIN, INT32_MAX, &number[i]))
			return false;
	}
	if (number[4] < 0)
		return fail(parser, "the axis' resolution is below 0");
	axis = &parser->recording->device.abs[code];
	*axis = (struct evemu_abs){
	    .present = true,
	    .minimum = (int32_t)number[0],
	    .maximum = (int32_t)number[1],
	    .fuzz = (int32_t)number[2],
	    .flat = (int32_t)number[3],
	    .resolution = (int32_t)number[4],
	};
	return expect_done(parser);
}

/* The state of LEDs and switches when the recording began: nothing here wants it. */
static bool
parse_state(struct parser *parser)
{
	int64_t code, value;

	return take_hex(parser, "code", EVEMU_CODE_BYTES * 8 - 1, &code) &&
	       take_number(parser, "state", 10, 0, 1, &value) && expect_done(parser);
}

static bool
parse_time(struct parser *parser, uint64_t *us)
{
	int64_t seconds, fraction;
	const char *point;

	if (!take_number(parser, "time", 10, 0, (int64_t)SECONDS_MAX, &seconds))
		return false;
	if (parser->next == parser->end || *parser->next != '.')
		return fail(parser, "the time is not SECONDS.MICROSECONDS");
	point = parser->next++;
	if (!take_number(parser, "time", 10, 0, 999999, &fraction))
		return false;
	/* evemu always writes six digits: fewer are a number cut off. */
	if (parser->next - point != 7 || point[1] == '-')
		return fail(parser, "the time has not six digits after its point");
	*us = (uint64_t)seconds * 1000000 + (uint64_t)fraction;
	return true;
}

static bool
parse_event(struct parser *parser)
{
	struct evemu_recording *recording = parser->recording;
	struct evemu_event event;
	int64_t type, code, value;
	uint64_t stamp_us = 0, us;

	if (!parser->named && !parser->described)
		return fail(parser, "an event comes before the device's description; "
				    "name a file that has it with --description FILE.desc");
	if (!parse_time(parser, &stamp_us) ||
	    !take_hex(parser, "event type", EVEMU_TYPES - 1, &type) ||
	    !take_hex(parser, "event code", type == EV_ABS ? ABS_MAX : KEY_MAX, &code) ||
	    !take_number(parser, "event value", 10, INT32_MIN, UINT32_MAX, &value) ||
	    !expect_done(parser))
		return false;
	if (parser->events->len == 0)
		recording->start = usec_from_us(stamp_us);
	us = MAX(stamp_us, parser->events->len == 0 ? 0 : parser->last_us);
	parser->last_us = us;
	event = (struct evemu_event){
	    .time = usec_from_us(us - recording->start.us),
	    .stamp = usec_from_us(stamp_us),
	    .type = (uint16_t)type,
	    .code = (uint16_t)code,
	    .value = (int32_t)(uint32_t)value, /* some wrote negative ones without a sign */
	};
	g_array_append_val(parser->events, event);
	return true;
}

static bool
parse_line(struct parser *parser)
{
	static const struct {
		char letter;
		bool (*parse)(struct parser *);
	} lines[] = {
	    {'N', parse_name}, {'I', parse_id},    {'P', parse_properties}, {'B', parse_codes},
	    {'A', parse_axis}, {'L', parse_state}, {'S', parse_state},      {'E', parse_event},
	};

	if (memchr(parser->next, '\0', (size_t)(parser->end - parser->next)))
		return fail(parser, "a zero byte; this is no text, so no evemu recording");
	if (is_done(parser))
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		if (parser->end - parser->next > 1 && parser->next[0] == lines[i].letter &&
		    parser->next[1] == ':') {
			parser->next += 2;
			if (lines[i].parse != parse_event && parser->events->len > 0)
				return fail(parser, "a description after the first event; "
						    "keep one recording in one file");
			return lines[i].parse(parser);
		}
	}
	return fail(parser, "this line is none of an evemu recording "
			    "(N: I: P: B: A: L: S: E: or a # comment)");
}

/* What a description promises, its A: lines must hold. */
static bool
check_device(struct parser *parser)
{
	const struct evemu_device *device = &parser->recording->device;

	if (!parser->named)
		return fail(parser, "the device's description is missing (no N: line)");
	for (uint16_t code = 0; code <= ABS_MAX; code++) {
		if (evemu_has_code(device, EV_ABS, code) && !device->abs[code].present)
			return fail(parser, "the description is cut off: axis %02x has no A: line",
				    code);
	}
	return true;
}

static bool
ends_frame(const struct parser *parser)
{
	const struct evemu_event *last;

	if (parser->events->len == 0)
		return false;
	last = &g_array_index(parser->events, struct evemu_event, parser->events->len - 1);
	return last->type == EV_SYN && last->code == SYN_REPORT;
}

static bool
check_events(struct parser *parser)
{
	if (parser->events->len == 0)
		return fail(parser, "there is no event (no E: line)");
	if (!ends_frame(parser))
		return fail(parser, "the recording is cut off: its last frame has no SYN_REPORT");
	return true;
}

static bool
parse_text(struct parser *parser, const char *text, size_t size)
{
	const char *end = text + size;

	parser->line = 1;
	if (size == 0)
		return fail(parser, "the file is empty");
	if (size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3; /* an editor's mark of UTF-8 */
	for (; text < end; parser->line++) {
		size_t length;
		const char *newline = memchr(text, '\n', (size_t)(end - text));

		parser->next = text;
		parser->end = newline ? newline : end;
		if (!parse_line(parser))
			return false;
		/* A last line without its end is whole when it looks like the one that ended the
		 * frame before. */
		length = (size_t)(parser->end - text);
		if (!newline && (!ends_frame(parser) || length != parser->end_length))
			return fail(parser, "the recording is cut off: its last line has no end");
		if (ends_frame(parser))
			parser->end_length = length;
		text = newline ? newline + 1 : end;
	}
	parser->line--; /* what is missing is missing at the last line */
	return true;
}

struct evemu_recording *
evemu_parse_parts(const char *name, const char *text, size_t size,
		  const struct evemu_device *description, enum evemu_part part, GError **error)
{
	struct evemu_recording *recording = g_new0(struct evemu_recording, 1);
	struct parser parser = {
	    .name = name,
	    .recording = recording,
	    .events = g_array_new(FALSE, FALSE, sizeof(struct evemu_event)),
	    .described = description != NULL,
	    .error = error,
	};
	bool good = parse_text(&parser, text, size);

	if (good && (!description || parser.named))
		good = check_device(&parser);
	if (good && part == EVEMU_PART_ALL)
		good = check_events(&parser);
	recording->event_count = parser.events->len;
	recording->events = (struct evemu_event *)(void *)g_array_free(parser.events, FALSE);
	if (!good) {
		evemu_free(recording);
		return NULL;
	}
	if (description)
		recording->device = *description;
	return recording;
}
