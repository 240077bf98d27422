/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The field's protocols over clips that eval-2 has scored. */
#ifndef VSAUDIT_LIBRARY_PEERS_H
#define VSAUDIT_LIBRARY_PEERS_H

#include "scoring/panel.h"

/* Judges what `result` scored of the clips, as many as it has. Where no time was scored the row has no
 * figures. */
void peers_score(const PanelChoice *choice, const EvalClip *clips, const EvalResult *result, PanelRow *row);

#endif
