/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A system that ran, or that sees with a network. See results/fields.h. */
#include "results/fields_internal.h"

static const char *const input_words[] = {"path", NULL};
static const char *const gives_words[] = {"alerts", "observations", NULL};
static const char *const starts_words[] = {"clip", "run", NULL};
static const char *const pace_words[] = {"step", "free", "real-time", NULL};
static const char *const drops_words[] = {"oldest", "newest", NULL};
static const char *const format_words[] = {"gray", "bgr", "gray+bgr", "i420", NULL};

DESCRIBE(engine_file, "engine file", "a file of a system that ran",
         {AT(engine_file, file, STRING), .means = "as written"}, {AT(engine_file, sha256, STRING)});

DESCRIBE(engine_note, "engine note", "what is to be said of a system on one clip",
         {AT(engine_note, clip, STRING)}, {AT(engine_note, text, STRING)});

static const char *const transport_words[] = {"any", "tcp", "udp", NULL};

DESCRIBE(engine_live, "live engine", "how a live system was shown the clips, and what was heard of it",
         {AT(engine_live, transport, WORD), .words = transport_words},
         {AT(engine_live, sinks, STRINGS), .means = "their kinds"},
         {AT(engine_live, warm_up_us, TIME), .means = "of grey, before the first clip"},
         {AT(engine_live, settle_us, TIME), .means = "of each clip’s first picture, before the clip"},
         {AT(engine_live, drain_us, TIME), .means = "of its last picture, after it; messages then are late"},
         {AT(engine_live, connect_us, TIME), .means = "that it could take until it watched"},
         {AT(engine_live, flashes, COUNT), .means = "by which the delay is measured"},
         {AT(engine_live, delay_us, TIME),
          .null_means = "not measured: no alarm came of the flashes, or some before them",
          .means = "from the first flash’s picture to the alarm that it caused"},
         {AT(engine_live, own_us, INTEGER), .null_means = "not measured, or it said no time",
          .means = "the time that this alarm said itself, minus the picture’s"},
         {AT(engine_live, clock_offset_us, INTEGER), .null_means = "it was not asked",
          .means = "its clock minus this machine’s"},
         {AT(engine_live, messages, COUNT)},
         {AT(engine_live, ignored, COUNT), .means = "rows that the map passes over"},
         {AT(engine_live, nothing, COUNT), .means = "messages without a row"},
         {AT(engine_live, wrong, COUNT), .means = "that the map does not say how to read"},
         {AT(engine_live, retained, COUNT), .means = "kept by a broker from before: no alarms"},
         {AT(engine_live, outside, COUNT), .means = "alarms that began while no clip was shown: not scored"},
         {AT(engine_live, on_before, COUNT), .means = "of these, such as went on while a clip was shown"},
         {AT(engine_live, late, COUNT), .means = "alerts that came while a clip’s last picture was held"},
         {AT(engine_live, doubled, COUNT), .means = "messages that said the same once more"},
         {AT(engine_live, alone, COUNT), .means = "ends of alarms that no message began"},
         {AT(engine_live, unasked, COUNT), .means = "alarms of a behaviour that no scenario asks for"},
         {AT(engine_live, disordered, COUNT), .means = "messages older, by their own time, than one before"},
         {AT(engine_live, cut, COUNT), .means = "messages longer than what is kept of one"},
         {AT(engine_live, dropped, COUNT), .means = "messages that were too many at once"},
         {AT(engine_live, refused, COUNT), .means = "messages without the right password or token"},
         {AT(engine_live, broken, COUNT), .means = "messages that ended before their end, or were none"},
         {AT(engine_live, sink_losses, COUNT), .means = "times that nothing could arrive any more"},
         {AT(engine_live, deaf_us, TIME), .means = "for how long"},
         {AT(engine_live, losses, COUNT), .means = "times that it left the camera while a clip was shown"},
         {AT(engine_live, away_us, TIME), .means = "for how long"},
         {AT(engine_live, late_most_us, TIME), .means = "that a picture was sent after its time"},
         {AT(engine_live, recoded, COUNT), .means = "clips that could not be sent as they are recorded"},
         {AT(engine_live, early, COUNT), .optional = true,
          .means = "alarms that began before the flashes, at grey: no delay is measured"},
         {AT(engine_live, cameras, COUNT), .optional = true, .null_means = "it ended no clip",
          .means = "that it watched at the same time, each with clips of its own"},
         {AT(engine_live, unplaced, COUNT), .optional = true,
          .means = "rows of messages that named none of several cameras: not scored"});

DESCRIBE(
    engine, "engine", "a system that ran, and how it was fed",
    {AT(engine, name, STRING), .null_means = "it ended no clip", .means = "by its own word"},
    {AT(engine, version, STRING), .null_means = "it did not say", .means = "by its own word"},
    {AT(engine, protocol, STRING)}, {AT(engine, command, STRINGS)},
    {LIST_AT(engine, files, engine_file), .means = "the program’s own first"}, {AT(engine, settings, MAP)},
    {AT(engine, input, WORD), .optional = true,
     .means = "it is handed the clip’s file, and tells the times itself", .words = input_words},
    {AT(engine, gives, WORD), .words = gives_words},
    {AT(engine, starts, WORD), .words = starts_words, .means = "a process for each clip, or one for all"},
    {AT(engine, pace, WORD), .words = pace_words},
    {AT(engine, queue, COUNT), .null_means = "no pictures wait at this pace"},
    {AT(engine, drops, WORD), .null_means = "no picture is dropped at this pace", .words = drops_words},
    {AT(engine, format, WORD), .null_means = "it ended no clip, or was shown none", .words = format_words},
    {AT(engine, width, COUNT), .null_means = "it ended no clip", .means = "of the first clip’s pictures"},
    {AT(engine, height, COUNT), .null_means = "it ended no clip", .means = "of the first clip’s pictures"},
    {AT(engine, rate, NUMBER), .null_means = "every picture", .means = "at most so many a second"},
    {AT(engine, pictures, COUNT), .means = "that it was shown, on the clips that it ended"},
    {AT(engine, dropped, COUNT), .means = "that it was too slow for"},
    {AT(engine, restarts, COUNT), .means = "new processes after a failure, of one for all clips"},
    {AT(engine, network_refused, COUNT), .optional = true,
     .means = "clips that it ended although it was refused a network; absent: none is known"},
    {LIST_AT(engine, remarks, engine_note), .means = "its own, at most twenty"},
    {LIST_AT(engine, failures, engine_note)},
    {RECORD_AT(engine, live, engine_live), .optional = true, .means = "of a system that is live"});

DESCRIBE(detector, "detector", "the network with which a system sees",
         {AT(detector, model, STRING), .means = "as written"}, {AT(detector, sha256, STRING)},
         {AT(detector, labels, STRING), .null_means = "the classes of COCO", .means = "as written"},
         {AT(detector, labels_sha256, STRING), .null_means = "the classes of COCO"},
         {AT(detector, settings, MAP), .means = "of the whole perception, those of the default included"});
