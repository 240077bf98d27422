/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Secret lots: numbers that follow from a seed of 256 bits and from nothing else, and tell nothing of it.
 * The n-th number for a purpose is the first eight bytes of SHA-256 over seed, purpose and n; so what is
 * drawn for one purpose does not depend on what was drawn for another. */
#ifndef VSAUDIT_CAPSULE_LOTS_H
#define VSAUDIT_CAPSULE_LOTS_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define LOTS_SEED_BYTES 32

typedef struct {
    uint8_t bytes[LOTS_SEED_BYTES];
} LotsSeed;

/* From the system's own source of secrets. HARNESS error when it gives none. */
bool lots_seed_new(LotsSeed *seed, GError **error);
/* From 64 hex digits; USAGE error. */
bool lots_seed_parse(const char *text, LotsSeed *seed, GError **error);
char *lots_seed_text(const LotsSeed *seed); /* 64 hex digits; caller frees */

uint64_t lots_draw(const LotsSeed *seed, const char *purpose, uint64_t n);
/* 0 … below - 1, below >= 1. */
uint64_t lots_below(const LotsSeed *seed, const char *purpose, uint64_t n, uint64_t below);
/* Puts the members (of a GPtrArray) into an order that only the seed tells. */
void lots_shuffle(const LotsSeed *seed, const char *purpose, GPtrArray *members);

#endif
