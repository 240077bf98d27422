/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of an endless multipart answer, as they arrive. libsoup's own reader gives a part away when the
 * boundary of the next one is there, which is minutes later when the next alarm is; this one gives it away
 * with its last byte, where its length was said. What a part costs is bounded, whatever is sent. */
#ifndef VSAUDIT_LIVE_MULTIPART_H
#define VSAUDIT_LIVE_MULTIPART_H

#include <glib.h>
#include <stdbool.h>

typedef struct Multipart Multipart;

/* A whole part: its Content-Type (NULL: not said), what is kept of its body, and how long that was. */
typedef void (*MultipartFunction)(const char *type, GBytes *kept, guint64 length, void *user);

/* `boundary` as the Content-Type of the answer has it. Of each body part_bytes are kept. */
Multipart *multipart_new(const char *boundary, guint64 part_bytes, MultipartFunction each, void *user);
void multipart_free(Multipart *multipart); /* NULL is fine */
/* The next bytes. False with an INPUT error when a part's head does not end; nothing more may be fed then. */
bool multipart_feed(Multipart *multipart, const char *bytes, gsize length, GError **error);
/* Whether the last bytes lie within a part that has not ended. */
bool multipart_is_within(const Multipart *multipart);

#endif
