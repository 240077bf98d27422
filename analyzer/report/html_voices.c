/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sections 16 and 17: what users think, and what vendor and operator reply. Nobody's words are edited. */
#include "report/html_sections.h"

void html_write_opinions(Page *page)
{
    html_section_open(page, "opinions");
    page_say(page, "p", "opinions.intro", NULL);
    page_say(page, "p", "opinions.none", NULL);
    html_section_close(page);
}

void html_write_replies(Page *page)
{
    html_section_open(page, "replies");
    page_say(page, "p", "replies.none", NULL);
    html_section_close(page);
}
