/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text in both languages of the reports. */
#ifndef VSAUDIT_RECORDS_TEXT_H
#define VSAUDIT_RECORDS_TEXT_H

typedef struct {
    const char *en, *fr;
} Text;

#endif
