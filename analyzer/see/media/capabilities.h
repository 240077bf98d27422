/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the video libraries on this machine can do. */
#ifndef VSAUDIT_MEDIA_CAPABILITIES_H
#define VSAUDIT_MEDIA_CAPABILITIES_H

#include <jansson.h>
#include <stdbool.h>

/* "libavcodec 59.37.100, libavformat 59.27.100, …". Caller frees. */
char *media_describe_libraries(void);
/* The versions that are loaded, {"libavcodec": "59.37.100", …}, into an object. */
void media_add_versions(json_t *object);
bool media_can_encode_h264(void);

#endif
