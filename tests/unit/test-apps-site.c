/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which host an address of a browser's document has; asking a browser for it is not tried here.
 * Run by tests/run. Owns nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>

#include "daemon/apps_site.h"

static void
hosts(void **state)
{
	static const struct {
		const char *address, *host;
	} cases[] = {
	    {"https://www.example.com/a?b=https://other.example", "www.example.com"},
	    {"http://localhost:8000/", "localhost"},
	    {"https://user:word@shop.example:8443/#pay", "shop.example"},
	    {"https://shop.example%2eevil.example/", "shop.example.evil.example"},
	    {"https://[::1]/", "::1"},
	    {"about:blank", NULL},
	    {"file:///home/user/page.html", NULL},
	    {"data:text/html,https://shop.example/", NULL},
	    {"chrome://settings", NULL},
	    {"javascript://shop.example/%0aalert(1)", NULL},
	    {"https://", NULL},
	    {"", NULL},
	    {"no address", NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *host = apps_site_host(cases[i].address);

		if (cases[i].host)
			assert_string_equal(host, cases[i].host);
		else
			assert_null(host);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(hosts)};

	return cmocka_run_group_tests_name("apps-site", tests, NULL, NULL);
}
