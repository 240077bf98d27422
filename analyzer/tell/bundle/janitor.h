/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder that goes when its maker goes, however that happens: by its own will, by Ctrl-C, killed. A small
 * process of its own waits for that. */
#ifndef VSAUDIT_BUNDLE_JANITOR_H
#define VSAUDIT_BUNDLE_JANITOR_H

/* From now on the folder is removed when this process ends; it need not be there yet. Where no process can be
 * made nothing is done. */
void janitor_watch(const char *folder);
/* It is no longer. */
void janitor_dismiss(const char *folder);

#endif
