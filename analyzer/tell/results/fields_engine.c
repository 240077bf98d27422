/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system that ran, or that sees with a network. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const gives_words[] = {"alerts", "observations", NULL};
static const char *const starts_words[] = {"clip", "run", NULL};
static const char *const pace_words[] = {"step", "free", "real-time", NULL};
static const char *const drops_words[] = {"oldest", "newest", NULL};
static const char *const format_words[] = {"gray", "bgr", "gray+bgr", NULL};

DESCRIBE(engine_file, "engine file", "a file of a system that ran",
         {AT(engine_file, file, STRING), .means = "as written"}, {AT(engine_file, sha256, STRING)});

DESCRIBE(engine_note, "engine note", "what is to be said of a system on one clip",
         {AT(engine_note, clip, STRING)}, {AT(engine_note, text, STRING)});

DESCRIBE(
    engine, "engine", "a system that ran, and how it was fed",
    {AT(engine, name, STRING), .null_means = "it ended no clip", .means = "by its own word"},
    {AT(engine, version, STRING), .null_means = "it did not say", .means = "by its own word"},
    {AT(engine, protocol, STRING)}, {AT(engine, command, STRINGS)},
    {LIST_AT(engine, files, engine_file), .means = "the program’s own first"}, {AT(engine, settings, MAP)},
    {AT(engine, gives, WORD), .words = gives_words},
    {AT(engine, starts, WORD), .words = starts_words, .means = "a process for each clip, or one for all"},
    {AT(engine, pace, WORD), .words = pace_words},
    {AT(engine, queue, COUNT), .null_means = "no pictures wait at this pace"},
    {AT(engine, drops, WORD), .null_means = "no picture is dropped at this pace", .words = drops_words},
    {AT(engine, format, WORD), .null_means = "it ended no clip", .words = format_words},
    {AT(engine, width, COUNT), .null_means = "it ended no clip", .means = "of the first clip’s pictures"},
    {AT(engine, height, COUNT), .null_means = "it ended no clip", .means = "of the first clip’s pictures"},
    {AT(engine, rate, NUMBER), .null_means = "every picture", .means = "at most so many a second"},
    {AT(engine, pictures, COUNT), .means = "that it was shown, on the clips that it ended"},
    {AT(engine, dropped, COUNT), .means = "that it was too slow for"},
    {AT(engine, restarts, COUNT), .means = "new processes after a failure, of one for all clips"},
    {LIST_AT(engine, remarks, engine_note), .means = "its own, at most twenty"},
    {LIST_AT(engine, failures, engine_note)});

DESCRIBE(detector, "detector", "the network with which a system sees",
         {AT(detector, model, STRING), .means = "as written"}, {AT(detector, sha256, STRING)},
         {AT(detector, labels, STRING), .null_means = "the classes of COCO", .means = "as written"},
         {AT(detector, labels_sha256, STRING), .null_means = "the classes of COCO"},
         {AT(detector, settings, MAP), .means = "of the whole perception, those of the default included"});
