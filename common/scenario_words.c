/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of a scenario's line taken one by one, and the errors that say what should stand there.
 * Called by the parsers of statements: common/scenario, scenario_touch and scenario_expect.
 * Owns nothing; where a line is read up to is the parser's.
 */
#include <string.h>

#include "common/cleanup.h"
#include "common/scenario_line.h"
#include "common/scenario_private.h"
#include "common/suggest.h"

/* Nobody waits a minute in a scenario; longer is a slip of the unit (design: waits of seconds). */
#define SCENARIO_DURATION_MAX_MS 60000
/* An ear pressed flat measured 65 mm (design). */
#define SCENARIO_LENGTH_MAX_MM 80

bool
scenario_fail(struct scenario_parser *parser, const char *format, ...)
{
	va_list arguments;
	g_autofree char *reason = NULL;

	va_start(arguments, format);
	reason = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_set_error(parser->error, SCENARIO_ERROR, SCENARIO_ERROR_FORMAT, "%s:%u: %s", parser->name,
		    parser->line, reason);
	return false;
}

bool
scenario_fail_unknown(struct scenario_parser *parser, const char *what, const char *word,
		      const char *const *known, size_t count)
{
	const char *meant = suggest(word, known, count);
	g_autoptr(GString) list = g_string_new(NULL);

	if (meant)
		return scenario_fail(parser, "unknown %s '%s', did you mean '%s'?", what, word,
				     meant);
	for (size_t i = 0; i < count; i++)
		g_string_append_printf(list, "%s%s", i ? ", " : "", known[i]);
	return scenario_fail(parser, "unknown %s '%s'; there are: %s", what, word, list->str);
}

const char *
scenario_peek(const struct scenario_parser *parser)
{
	return parser->next < parser->words->len ? g_ptr_array_index(parser->words, parser->next)
						 : NULL;
}

/* The next word; an error that says what should stand there when the line has ended. */
const char *
scenario_take(struct scenario_parser *parser, const char *what)
{
	const char *word = scenario_peek(parser);

	if (!word)
		scenario_fail(parser, "%s is missing at the end of the line", what);
	else
		parser->next++;
	return word;
}

bool
scenario_take_point(struct scenario_parser *parser, const char *what, struct mm_point *out)
{
	const char *word = scenario_take(parser, what);
	const char *rest = word;

	if (!word)
		return false;
	if (!scenario_line_number(&rest, &out->x) || *rest++ != ',' ||
	    !scenario_line_number(&rest, &out->y) || *rest != '\0')
		return scenario_fail(
		    parser, "'%s' is no place; %s is written X,Y in mm, such as 30,60", word, what);
	return true;
}

bool
scenario_take_place(struct scenario_parser *parser, const char *what, struct mm_point *out)
{
	const struct scenario_device *device = parser->device;

	if (!scenario_take_point(parser, what, out))
		return false;
	if (out->x < 0 || out->y < 0 || out->x > device->width_mm || out->y > device->height_mm)
		return scenario_fail(parser, "%g,%g is off the %s, which is %g x %g mm", out->x,
				     out->y, device->name, device->width_mm, device->height_mm);
	return true;
}

bool
scenario_take_duration(struct scenario_parser *parser, struct usec *out)
{
	const char *word = scenario_take(parser, "a time such as 60ms");
	const char *unit = word;
	double number;

	if (!word)
		return false;
	if (!g_ascii_isdigit(*word) || !scenario_line_number(&unit, &number) ||
	    (strcmp(unit, "ms") != 0 && strcmp(unit, "s") != 0))
		return scenario_fail(parser, "'%s' is no time; write it such as 60ms or 2s", word);
	if (strcmp(unit, "s") == 0)
		number *= 1000;
	if (number < 1 || number > SCENARIO_DURATION_MAX_MS)
		return scenario_fail(parser, "'%s' is out of range; a time is 1ms to %ds", word,
				     SCENARIO_DURATION_MAX_MS / 1000);
	*out = usec_from_us((uint64_t)(number * 1000));
	return true;
}

bool
scenario_take_pad(struct scenario_parser *parser, const char *word, enum pad *out)
{
	const char *names[PAD_COUNT];

	if (pad_from_str(word, out))
		return true;
	for (size_t i = 0; i < PAD_COUNT; i++)
		names[i] = pad_to_str((enum pad)i);
	return scenario_fail_unknown(parser, "pad", word, names, PAD_COUNT);
}

bool
scenario_take_input(struct scenario_parser *parser, const char *word, struct input *out)
{
	enum pad first, second;

	if (!scenario_take_pad(parser, word, &first))
		return false;
	*out = input_press(first);
	if (!scenario_peek(parser) || strcmp(scenario_peek(parser), "+") != 0)
		return true;
	parser->next++;
	word = scenario_take(parser, "the second pad");
	if (!word || !scenario_take_pad(parser, word, &second))
		return false;
	if (first == second)
		return scenario_fail(parser, "a chord is of two different pads");
	*out = input_chord(first, second);
	return true;
}

bool
scenario_take_length(struct scenario_parser *parser, double *out)
{
	const char *word = scenario_take(parser, "a length such as 26mm");
	const char *unit = word;

	if (!word)
		return false;
	if (!g_ascii_isdigit(*word) || !scenario_line_number(&unit, out) || strcmp(unit, "mm") != 0)
		return scenario_fail(parser, "'%s' is no length; write it such as 26mm", word);
	if (*out < 1 || *out > SCENARIO_LENGTH_MAX_MM)
		return scenario_fail(parser, "'%s' is out of range; a length is 1mm to %dmm", word,
				     SCENARIO_LENGTH_MAX_MM);
	return true;
}

bool
scenario_take_quoted(struct scenario_parser *parser, const char *word, char **out)
{
	g_autofree char *text = scenario_line_unquote(word);

	if (!text)
		return scenario_fail(parser,
				     "put what is said in double quotes: \"Back, press again\"");
	if (!*text)
		return scenario_fail(parser,
				     "an empty text is never said; write 'none' for silence");
	*out = steal(&text);
	return true;
}

/* The rest of X,Y -> X,Y: false with *is_path untouched when no arrow follows. */
bool
scenario_take_arrow(struct scenario_parser *parser, struct mm_point *to, bool *is_path)
{
	if (!scenario_peek(parser) || strcmp(scenario_peek(parser), "->") != 0)
		return true;
	parser->next++;
	*is_path = true;
	return scenario_take_place(parser, "the place where it ends", to);
}
