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
/* Lets it read an interpreter's own files, which is at `path` or where that links to: all below the folder
 * that holds its bin/ (or shims/, of those who have several versions), unless that is a person's, or holds
 * the folder `audit`. */
void program_allow_interpreter(SandboxSpec *limits, const char *path, const char *audit);

#endif
