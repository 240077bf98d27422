/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where values stand in a JSON text, which jansson does not tell: steps over what it has read without error, in a
 * text with a NUL behind it. */
#ifndef VSAUDIT_RECORDS_JSON_TEXT_H
#define VSAUDIT_RECORDS_JSON_TEXT_H

/* Past white space. */
const char *json_text_skip_blank(const char *at);
/* Past the string that begins at `at`. */
const char *json_text_skip_string(const char *at);
/* Past the value that begins at `at`, or behind white space there. */
const char *json_text_skip_value(const char *at);

#endif
