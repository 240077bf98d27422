/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/schema.h"

#include <stddef.h>

/* Version 1. Tables named job_cost and session hold what differs from run to run; all others are results and
 * are the same on every run of one plan. NULL is "unknown" or "none", never zero. */
static const char first[] =
    "CREATE TABLE plan_part ("
    "  ordinal INTEGER PRIMARY KEY,"
    "  kind TEXT NOT NULL,"
    "  name TEXT NOT NULL,"
    "  digest TEXT NOT NULL,"
    "  UNIQUE (kind, name)"
    ") STRICT;"

    "CREATE TABLE job ("
    "  id INTEGER PRIMARY KEY," /* the job's place in the plan, from 0 */
    "  dataset TEXT NOT NULL,"
    "  clip TEXT NOT NULL,"
    "  condition TEXT NOT NULL,"
    "  perception TEXT NOT NULL,"
    "  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'failed', 'missing')),"
    "  fault TEXT CHECK (fault IN ('input', 'harness', 'integrity')),"
    "  reason TEXT,"
    "  quality TEXT,"
    "  duration_us INTEGER,"
    "  aspect REAL,"
    "  file_sha256 TEXT,"
    "  observations TEXT,"
    "  UNIQUE (dataset, clip, condition, perception),"
    "  CHECK ((status IN ('failed', 'missing')) = (reason IS NOT NULL)),"
    "  CHECK ((status IN ('failed', 'missing')) = (fault IS NOT NULL)),"
    "  CHECK ((status = 'done') = (quality IS NOT NULL))"
    ") STRICT;"

    "CREATE TABLE job_use ("
    "  scenario TEXT NOT NULL,"
    "  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,"
    "  PRIMARY KEY (scenario, job)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE look ("
    "  id INTEGER PRIMARY KEY,"
    "  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,"
    "  scenario TEXT NOT NULL,"
    "  system TEXT NOT NULL,"
    "  reason TEXT,"
    "  counters TEXT NOT NULL,"
    "  UNIQUE (job, scenario, system)"
    ") STRICT;"

    "CREATE TABLE alert ("
    "  look INTEGER NOT NULL REFERENCES look (id) ON DELETE CASCADE,"
    "  ordinal INTEGER NOT NULL,"
    "  behaviour TEXT NOT NULL,"
    "  label TEXT,"
    "  onset_us INTEGER NOT NULL,"
    "  decided_us INTEGER NOT NULL CHECK (decided_us >= onset_us),"
    "  end_us INTEGER,"
    "  confidence REAL,"
    "  x REAL, y REAL, w REAL, h REAL,"
    "  track_ids TEXT,"
    "  note TEXT,"
    "  PRIMARY KEY (look, ordinal)"
    ") STRICT, WITHOUT ROWID;"

    "CREATE TABLE job_cost ("
    "  job INTEGER PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,"
    "  attempts INTEGER NOT NULL,"
    "  wall_s REAL,"
    "  cpu_s REAL,"
    "  peak_rss_kib INTEGER,"
    "  log TEXT"
    ") STRICT;"

    "CREATE TABLE session ("
    "  id INTEGER PRIMARY KEY,"
    "  host TEXT NOT NULL,"
    "  started TEXT NOT NULL,"
    "  finished TEXT,"
    "  workers INTEGER NOT NULL,"
    "  jobs INTEGER NOT NULL DEFAULT 0,"
    "  footage_us INTEGER NOT NULL DEFAULT 0,"
    "  wall_s REAL NOT NULL DEFAULT 0"
    ") STRICT;";

/* Version 2: a session may have looked at an earlier run's observations; NULL = at the video. */
static const char second[] = "ALTER TABLE session ADD COLUMN observations_of TEXT;";

/* Version 3: what a rule that counts people counted, as JSON; NULL = it does not, or was not asked. */
static const char third[] = "ALTER TABLE look ADD COLUMN series TEXT;";

/* Version 4: a scenario asks for the job of a clip once for each of its clips. */
static const char fourth[] = "CREATE INDEX job_of_clip ON job (clip, condition);";

/* Version 5: a session says by which libraries, on which kind of processor; NULL = not known. A job is held
 * to what its worker said by a digest; '' = it was written by a program that had none. */
static const char fifth[] = "ALTER TABLE session ADD COLUMN environment TEXT;"
                            "ALTER TABLE job ADD COLUMN digest TEXT;"
                            "UPDATE job SET digest = '' WHERE status <> 'pending';";

/* Version 6: a job may be of a system that runs, which is described in `engine` (NULL: it is the replay that
 * tells of the clip, and rules of our own look at it). What a system said of itself is kept with its look. */
static const char sixth[] = "ALTER TABLE job ADD COLUMN engine TEXT;"
                            "ALTER TABLE look ADD COLUMN said TEXT;"
                            "CREATE TABLE job_engine ("
                            "  scenario TEXT NOT NULL,"
                            "  system TEXT NOT NULL,"
                            "  job INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,"
                            "  PRIMARY KEY (scenario, system, job)"
                            ") STRICT, WITHOUT ROWID;";

const char *const store_migrations[] = {first, second, third, fourth, fifth, sixth, NULL};
