/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a file is a film or a picture by its first bytes, whatever its name is. Nothing is decoded. */
#ifndef VSAUDIT_MEDIA_KNOWN_H
#define VSAUDIT_MEDIA_KNOWN_H

#include <stdbool.h>

/* False too for what cannot be read, is no regular file, or could as well be something else. */
bool known_as_film(const char *path);

#endif
