/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/importer.h"

#include <stddef.h>

extern const Importer importer_alert_log, importer_caviar_tracks, importer_clip_index;

const Importer *const importer_registry[] = {&importer_alert_log, &importer_caviar_tracks,
                                             &importer_clip_index, NULL};
