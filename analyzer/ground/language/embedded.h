/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of reports/ that are built into the program, so that it writes reports from any folder. */
#ifndef VSAUDIT_LANGUAGE_EMBEDDED_H
#define VSAUDIT_LANGUAGE_EMBEDDED_H

/* The text of a file by its path below reports/ ("texts/en.json"); NULL when it is not built in. */
const char *embedded_text(const char *name);
/* The languages that there is a file of texts for, ended by NULL. */
extern const char *const embedded_languages[];

#endif
