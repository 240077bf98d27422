/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind program: a command that speaks system/1. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_H
#define VSAUDIT_SYSTEMS_PROGRAM_H

#include "config/system_program.h"
#include "systems/engine.h"

extern const Engine engine_program, engine_plugin;

/* Parts of a description, also of other kinds that start a command: its words; its files (NULL with an INPUT
 * error). Caller owns. */
json_t *program_describe_command(const ProgramOptions *program);
json_t *program_describe_files(const ProgramOptions *program, GError **error);
/* Adds what the command and its interpreter may read. */
void program_confine(const ProgramOptions *program, SandboxSpec *limits);

#endif
