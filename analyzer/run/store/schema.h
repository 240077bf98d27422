/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables, as a list of migrations. A released migration is never edited, only followed by another. */
#ifndef VSAUDIT_STORE_SCHEMA_H
#define VSAUDIT_STORE_SCHEMA_H

/* "vsau": the application id in the database's header, so that a foreign database is not taken for ours. */
#define STORE_APPLICATION_ID 0x76736175

/* Element n brings a store of version n (PRAGMA user_version) to version n + 1; ended by NULL. */
extern const char *const store_migrations[];

#endif
