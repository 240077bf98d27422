/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference as a system that runs: our own eyes and rules behind the protocol system/1, so that whoever
 * builds a system has one that works to compare with, and the protocol one whose alerts are known. */
#ifndef VSAUDIT_RUNNER_REFERENCE_PROGRAM_H
#define VSAUDIT_RUNNER_REFERENCE_PROGRAM_H

#include "records/error.h"

#include <stdbool.h>
#include <stdio.h>

/* Talks until `in` ends. Settings are the rule's parameters; those that begin with “perception.” are the
 * perception's. False with an INPUT error when a line is not of the protocol, or a setting is wrong. */
bool reference_program_talk(FILE *in, FILE *out, GError **error);

#endif
