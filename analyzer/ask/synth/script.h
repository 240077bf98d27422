/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A scene script: what is drawn and what happens, from YAML (schema vsaudit/scene/1).
 *
 * The script is the truth: every event follows from it by calculation, before a pixel is drawn. All times are
 * seconds of the clip, all places normalised picture points on the ground, all sizes metres. */
#ifndef VSAUDIT_SYNTH_SCRIPT_H
#define VSAUDIT_SYNTH_SCRIPT_H

#include "records/scene.h"
#include "synth/path.h"
#include "yaml/yaml_table.h"

typedef enum { BACKDROP_STREET, BACKDROP_JUNCTION, BACKDROP_SQUARE, BACKDROP_PLATFORM } BackdropKind;

typedef enum {
    ACTOR_PERSON,
    ACTOR_BICYCLE,
    ACTOR_CAR,
    ACTOR_VAN,
    ACTOR_LORRY,
    ACTOR_BUS,
} ActorKind;

typedef enum {
    PROP_NONE,
    PROP_BAG,
    PROP_RUCKSACK,
    PROP_PRAM,
    PROP_UMBRELLA,
    PROP_SUITCASE,
    PROP_BICYCLE, /* pushed */
} Prop;

/* What an actor does that is an event; the time follows from its path. */
typedef enum {
    ACT_NONE,
    ACT_TAILGATING,  /* crosses the line "gate" close behind someone who has validated */
    ACT_FORCED,      /* pushes through a closed gate */
    ACT_JUMP,        /* leaps over it */
    ACT_BACKWARD,    /* comes in through the way out */
    ACT_UNVALIDATED, /* walks through an open gate without validating */
    ACT_STOPPED,     /* a vehicle stands in the zone "carriageway" */
    ACT_SUDDEN_STOP, /* and it braked hard before */
    ACT_COLLISION,   /* and it hit another */
} Act;

/* How a person holds the body for a while, instead of walking or standing. */
typedef enum { POSE_FALLEN, POSE_SITTING, POSE_CROUCHED, POSE_FIGHTING, POSE_HUGGING } PoseKind;

typedef struct {
    int kind; /* PoseKind */
    double start_s, end_s;
} PoseSpan;

/* A pose is taken and given up within this time. */
#define POSE_RAMP_S 0.6

typedef struct {
    char *id; /* or NULL */
    int kind; /* ActorKind */
    double at_s;
    GArray *stops; /* of PathStop */
    double speed;  /* m/s; NAN = usual for the kind */
    double height; /* of a person, m; NAN = drawn by lot */
    double brake;  /* m/s²; NAN = usual for the kind */
    int prop;      /* Prop */
    int act;       /* Act */
    bool validates;
    bool lights;      /* head lamps on */
    bool vest;        /* a yellow vest */
    GPtrArray *poses; /* of PoseSpan; NULL: none */
    int64_t look;     /* seed of clothes and colours; 0 = by lot */
    /* ---- worked out, not read ---- */
    Path path;
    double shade_delay; /* phase of small idle movements, 0..1 */
} Actor;

typedef enum { FLOW_PEDESTRIANS, FLOW_BICYCLES, FLOW_CARS, FLOW_TRAFFIC } FlowKind;

/* Background life: actors at random times on one of several ways. */
typedef struct {
    int kind;              /* FlowKind */
    double start_s, end_s; /* when they set out; NAN = the whole clip */
    double per_minute;
    double gap_s; /* never closer together than this */
    double speed_low, speed_high;
    double sway; /* ways differ by up to this to each side, m */
    bool validates, lights;
    GPtrArray *ways; /* of Way */
} Flow;

typedef struct {
    GArray *stops; /* of PathStop */
} Way;

/* Persons who come to a zone, stand there and leave. */
typedef struct {
    char *zone;
    int64_t count;
    double arrive_s, arrive_over_s; /* when they reach the zone, spread evenly with some chance */
    double leave_s, leave_over_s;
    double leave_speed; /* m/s; NAN: at a walk. Who is given one takes the nearest door. */
    bool umbrellas;
    GArray *doors; /* of Point: where they come from and go to */
} Gathering;

typedef enum {
    EFFECT_LIGHT,    /* brightness goes from `from` to `to` and stays there */
    EFFECT_INFRARED, /* grey night picture between start and end */
    EFFECT_RAIN,     /* streaks, value = density 0..1 */
    EFFECT_NOISE,    /* value = standard deviation in grey levels */
    EFFECT_SHAKE,    /* value = amplitude in pixels */
    EFFECT_FLICKER,  /* value = amplitude of exposure, 0..1 */
    EFFECT_GLARE,    /* headlights that sweep through the lens, value = strength 0..1 */
    EFFECT_DROPS,    /* rain drops on the lens, value = how many */
    EFFECT_SHADOW,   /* a cloud's shadow that passes, value = depth 0..1 */
} EffectKind;

typedef struct {
    int kind; /* EffectKind */
    double start_s, end_s;
    double value, from, to;
} Effect;

typedef enum {
    TAMPER_COVERED, /* a cloth or bag over the lens */
    TAMPER_HAND,
    TAMPER_SPRAYED,
    TAMPER_DEFOCUSED,
    TAMPER_MOVED,
    TAMPER_DARK,
    TAMPER_BRIGHT,
    TAMPER_FROZEN,
    TAMPER_BLANK, /* the recorder's blue picture */
} TamperKind;

typedef struct {
    int kind; /* TamperKind */
    double start_s, end_s;
    double ramp_s; /* until it is complete, and again at its end */
    double share;  /* of the picture, or strength, 0..1 */
    Point shift;   /* MOVED: in picture widths and heights */
    double turn;   /* MOVED: degrees */
} Tamper;

/* Something that stands on the ground for a while: part of the scene when it is there from the start, else
 * left by somebody. */
typedef enum { ITEM_BAG, ITEM_RUCKSACK, ITEM_SUITCASE, ITEM_PARCEL } ItemKind;

typedef struct {
    char *id; /* or NULL */
    int kind; /* ItemKind */
    Point at;
    double from_s, until_s; /* NAN: from the start, to the end */
} Item;

/* Fires and what is like them. */
typedef enum {
    BLAZE_FLAME, /* with smoke */
    BLAZE_SMOKE, /* without flames */
    BLAZE_LIGHTER,
    BLAZE_BEACON,     /* an orange light that flashes once a second */
    BLAZE_REFLECTION, /* of an unsteady light, on the ground */
    BLAZE_GLOW,       /* low sun on a wall: grows, steady */
} BlazeKind;

typedef struct {
    int kind; /* BlazeKind */
    Point at;
    double start_s, end_s;
    double grow_s; /* until it has its full size */
    double size_m;
    double smoke; /* 0 … 1 */
} Blaze;

typedef struct {
    char *zone;
    double limit; /* people per square metre of ground */
    double hold_s, clear_share, off_s;
} Density;

typedef struct {
    char *zone;
    int64_t limit;
    double hold_s;
    int64_t clear_margin;
    double off_s;
} Crowd;

typedef struct {
    int kind; /* BackdropKind */
    double horizon, camera_m, lens;
    double light;     /* 1 = day, 0.35 = lit night */
    double sun;       /* strength of shadows, 0..1 */
    GArray *gates;    /* PLATFORM: of double, x of each passage's middle, m */
    double gate_z;    /* PLATFORM: distance of the gates, m */
    bool gates_aside; /* PLATFORM: the row leads away from the camera at x = 0, and `gates` are distances */
} Backdrop;

typedef struct {
    char *id, *camera, *description;
    int64_t seed;
    double duration_s;
    int64_t width, height;
    double rate;
    int rate_num, rate_den; /* worked out */
    GPtrArray *tags;        /* of char * */
    ParamList *attributes;
    Backdrop backdrop;
    Scene *scene;
    GPtrArray *actors;     /* of Actor: those written, then those made by flows and gatherings */
    GPtrArray *flows;      /* of Flow */
    GPtrArray *gatherings; /* of Gathering */
    GPtrArray *effects;    /* of Effect */
    GPtrArray *tampers;    /* of Tamper */
    GPtrArray *items;      /* of Item */
    GPtrArray *blazes;     /* of Blaze */
    Density density;       /* zone NULL = no limit here */
    Crowd crowd;           /* zone NULL = no limit here */
    bool validation_log;   /* tickets are logged */
    View view;             /* worked out */
} Script;

extern const YamlTable script_table; /* for documentation */

/* Reads, checks and expands a script: flows and gatherings have become actors, all paths are built. NULL when
 * anything is wrong; `problems` says what. */
Script *script_load(const char *path, Problems *problems);
/* The same from memory, for tests. */
Script *script_parse(const char *text, const char *name, Problems *problems);
void script_free(Script *script); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Script, script_free)
int64_t script_frames(const Script *script);

/* Makes actors of flows and gatherings and builds every path (synth/expand.c). Called by script_load. */
void script_expand(Script *script);
/* A usual speed (m/s), pick-up and braking (m/s²) for a kind. */
void actor_habits(ActorKind kind, double *speed, double *gain, double *brake);
bool actor_is_vehicle(const Actor *actor);

#endif
