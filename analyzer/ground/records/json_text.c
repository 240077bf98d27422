/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/json_text.h"

#include <string.h>

const char *json_text_skip_string(const char *at)
{
    for (at++; *at != '"'; at++) {
        if (*at == '\\')
            at++;
    }
    return at + 1;
}

const char *json_text_skip_blank(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

const char *json_text_skip_value(const char *at)
{
    int depth = 0;
    do {
        at = json_text_skip_blank(at);
        if (*at == '"') {
            at = json_text_skip_string(at);
        } else if (*at == '[' || *at == '{') {
            depth++;
            at++;
        } else if (*at == ']' || *at == '}') {
            depth--;
            at++;
        } else if (*at == ',' || *at == ':') {
            at++;
        } else {
            at += strcspn(at, " \t\r\n,:]}");
        }
    } while (depth > 0);
    return at;
}
