/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kind program: a command that speaks system/1. */
#ifndef VSAUDIT_SYSTEMS_PROGRAM_H
#define VSAUDIT_SYSTEMS_PROGRAM_H

#include "systems/engine.h"

extern const Engine engine_program, engine_plugin;

#endif
