/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Section 12: the alerts before and after people looked at them. */
#include "report/html_sections.h"

void html_write_human(Page *page)
{
    html_section_open(page, "human");
    page_say(page, "p", "human.none", NULL);
    html_section_close(page);
}
