/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit sample: how many alerts of a log are false, where nobody knows what truly happened. */
#include "cli/sample.h"
#include "cli/publish.h"

#include <math.h>
#include <string.h>

extern const Command command_sample;

static const char description[] =
    "A log of alerts and their pictures, and no truth: people judge a sample of them, blind.\n\n"
    "  plan    how many to draw, and how many there are by stratum; nothing is drawn\n"
    "  draw    draws at random (without --seed the lots follow from the log itself): a sheet for each of two "
    "people, without\n"
    "          what the system thought, pictures, instructions, draw.json. LOG.draws tells of it: a second "
    "draw needs --again\n"
    "  check   what a filled sheet holds, or all that is wrong in it\n"
    "  score   the share of false alerts of this log with exact bounds (what is not decided stands in both), "
    "agreement,\n"
    "          a verdict on the claim\n\n"
    "A vendor's table needs --map (scenarios/README.md: columns number, picture, treated). A size: --size "
    "(in "
    "proportion),\n"
    "--each and --of (stated), --half-width (of the interval), --power (when the share is --ratio times the "
    "claim's limit).\n\n"
    "Exit status: 0 done, and the claim is not refuted; 1 it is refuted; 2 wrong usage, or drawn already; 3 "
    "bad input; 4 the\n"
    "harness failed; 5 a file is not what its hash says.\n\n"
    "Examples:\n"
    "  vsaudit sample draw export.csv --map map.yaml --claim '< 10 %' --power 0.8 -o sample\n"
    "  vsaudit sample score sample judge-1.csv judge-2.csv\n";

typedef struct {
    char *out, *map, *by, *treated, *seed, *again, *claim, *claim_text, *half_width, *expected, *pictures,
        *languages, *agreed, *log, *published, *key;
    char **of;
    gint64 size, each, judges, population;
    gdouble power, ratio, alpha, hours, level;
    gboolean quiet;
} SampleOptions;

static void sample_options_clear(SampleOptions *options)
{
    char *const texts[] = {options->out,      options->map,        options->by,        options->treated,
                           options->seed,     options->again,      options->claim,     options->claim_text,
                           options->pictures, options->half_width, options->expected,  options->languages,
                           options->agreed,   options->log,        options->published, options->key};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(texts[i]);
    g_strfreev(options->of);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SampleOptions, sample_options_clear)

static bool usage(GError **error, const char *message)
{
    g_set_error_literal(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, message);
    return false;
}

/* "5 %" or "0.05"; NAN for NULL. */
static bool parse_share(const char *text, const char *option, double *out, GError **error)
{
    ResultsSurveyClaim share = {.op = NULL};
    g_autofree char *as_claim = g_strconcat(">", text != NULL ? text : "", NULL);
    *out = (double)NAN;
    if (text == NULL)
        return true;
    if (!survey_claim_parse(as_claim, &share)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "%s: found “%s”, expected a share such as 5%% or 0.05", option, text);
        return false;
    }
    *out = (double)share.limit_millionths / (double)FINITE_MILLION;
    return true;
}

static bool take_claim(const SampleOptions *options, ResultsSurveyClaim *claim, GError **error)
{
    *claim = (ResultsSurveyClaim){.op = NULL};
    if (options->claim == NULL)
        return options->claim_text == NULL || usage(error, "--claim-text: found no --claim, expected one");
    if (!survey_claim_parse(options->claim, claim)) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE,
                    "--claim: found “%s”, expected <, <=, > or >= and a share of false alerts that some logs "
                    "have and some have not, such as '< 10 %%'",
                    options->claim);
        return false;
    }
    claim->text = options->claim_text;
    claim->alpha = options->alpha;
    return (options->alpha > 0 && options->alpha < 0.5) ||
           usage(error, "--alpha: expected more than 0 and less than 0.5");
}

/* The parts of --by, in that order. */
static bool check_by(char **by, GError **error)
{
    for (char **part = by; part != NULL && *part != NULL; part++) {
        if (!g_strv_contains(survey_parts, *part)) {
            g_autofree char *known = g_strjoinv(", ", (char **)(uintptr_t)survey_parts);
            g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "--by: found “%s”, expected a list of %s",
                        *part, known);
            return false;
        }
    }
    return true;
}

static bool check_sizes(const SampleOptions *options, double half_width, double expected, GError **error)
{
    const int ways = (options->size >= 0) + (options->each >= 0 || options->of != NULL) + !isnan(half_width) +
                     (options->power >= 0);
    if (ways != 1)
        return usage(error, "found no size or two, expected one of --size N, --each N (and --of STRATUM=N), "
                            "--half-width SHARE, --power P");
    if (options->size > FINITE_POPULATION_MOST || options->size == 0 || options->each == 0)
        return usage(error, "--size, --each: expected 1 to 1000000");
    if (half_width == 0 || half_width >= 0.5)
        return usage(error, "--half-width: expected more than 0 and less than 50%");
    if (options->power >= 0 && !(options->power > 0 && options->power < 1))
        return usage(error, "--power: expected more than 0 and less than 1");
    if (!(options->ratio >= 0) || options->ratio == 1)
        return usage(error, "--ratio: expected 0 or more, and not 1");
    if (!(options->level >= 0.5 && options->level < 1))
        return usage(error, "--level: expected 0.5 to less than 1");
    (void)expected;
    return true;
}

static ExitStatus draw_or_plan(int argc, char **argv, const SampleOptions *options, GError **error)
{
    const bool draw = strcmp(argv[1], "draw") == 0, no_log = options->population >= 0;
    double half_width = 0, expected = 0;
    g_auto(GStrv) by = options->by != NULL ? g_strsplit(options->by, ",", -1) : NULL;
    g_auto(GStrv) treated = options->treated != NULL ? g_strsplit(options->treated, ",", -1) : NULL;
    SampleDrawing drawing = {.folder = options->out,
                             .pictures = options->pictures,
                             .key = options->key,
                             .language = options->languages != NULL ? options->languages : "en",
                             .judges = options->judges,
                             .population = options->population,
                             .quiet = options->quiet};
    if (argc != (no_log ? 2 : 3) || (draw && no_log)) {
        usage(error, draw ? "draw: expected one log" : "plan: expected one log, or --population N");
        return EXIT_USAGE;
    }
    if (draw && options->out == NULL) {
        usage(error, "draw: found no folder, expected -o FOLDER");
        return EXIT_USAGE;
    }
    if (!parse_share(options->half_width, "--half-width", &half_width, error) ||
        !parse_share(options->expected, "--expected", &expected, error) || !check_by(by, error) ||
        !take_claim(options, &drawing.order.claim, error) ||
        !check_sizes(options, half_width, expected, error) ||
        !publish_check_lists(drawing.language, NULL, error))
        return EXIT_USAGE;
    if (options->judges < 1 || options->judges > 2 || strchr(drawing.language, ',') != NULL) {
        usage(error, "--judges: expected 1 or 2; --lang: expected one language for the sheets");
        return EXIT_USAGE;
    }
    SurveyOrder *order = &drawing.order;
    order->log = no_log ? NULL : argv[2];
    order->map = options->map;
    order->seed = options->seed;
    order->again = options->again;
    order->by = (const char *const *)by;
    order->treated = (const char *const *)treated;
    order->size = options->size;
    order->each = options->each;
    order->of = (const char *const *)options->of;
    order->half_width = half_width;
    order->expected = isnan(expected) ? 0.5 : expected;
    order->power = options->power;
    order->ratio = options->ratio;
    order->level = options->level;
    return draw ? sample_draw_command(&drawing, error) : sample_plan_command(&drawing, error);
}

static ExitStatus score(int argc, char **argv, const SampleOptions *options, GError **error)
{
    SampleScoring scoring = {.draw = argv[2],
                             .first = argc > 3 ? argv[3] : NULL,
                             .second = argc > 4 ? argv[4] : NULL,
                             .agreed = options->agreed,
                             .folder = options->out,
                             .log = options->log,
                             .published = options->published,
                             .key = options->key,
                             .languages = options->languages,
                             .hours = options->hours < 0 ? (double)NAN : options->hours,
                             .quiet = options->quiet};
    if (argc < 4 || argc > 5) {
        usage(error, "score: expected the folder of a draw and one or two sheets");
        return EXIT_USAGE;
    }
    if (!take_claim(options, &scoring.claim, error) || !publish_check_lists(options->languages, NULL, error))
        return EXIT_USAGE;
    if (scoring.hours == 0 || isinf(scoring.hours)) {
        usage(error, "--hours: expected more than 0 camera-hours");
        return EXIT_USAGE;
    }
    return sample_score_command(&scoring, error);
}

static ExitStatus run(int argc, char **argv, GError **error)
{
    g_auto(SampleOptions) options = {.size = -1,
                                     .each = -1,
                                     .judges = 2,
                                     .population = -1,
                                     .power = -1,
                                     .ratio = 0.5,
                                     .alpha = 0.05,
                                     .level = 0.95,
                                     .hours = -1};
    GOptionEntry entries[] = {
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.out,
         "draw: the folder to make; score: where the report goes (default DRAW/report)", "FOLDER"},
        {"map", 0, 0, G_OPTION_ARG_FILENAME, &options.map, "how a vendor's log is to be read (alert map)",
         "FILE"},
        {"treated", 0, 0, G_OPTION_ARG_STRING, &options.treated,
         "draw from alerts alone of which the log says one of these (column treated of the map)", "WORD,…"},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options.by,
         "strata: camera, behaviour, day, hour, month, treated (of the map), or several", "LIST"},
        {"size", 0, 0, G_OPTION_ARG_INT64, &options.size, "so many in all, in proportion to the strata", "N"},
        {"each", 0, 0, G_OPTION_ARG_INT64, &options.each, "so many of each stratum, or all that it has", "N"},
        {"of", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.of, "so many of one stratum; may be repeated",
         "STRATUM=N"},
        {"half-width", 0, 0, G_OPTION_ARG_STRING, &options.half_width,
         "as many as give bounds so near, if --expected are false", "SHARE"},
        {"expected", 0, 0, G_OPTION_ARG_STRING, &options.expected,
         "with --half-width: the share supposed (default 50%)", "SHARE"},
        {"claim", 0, 0, G_OPTION_ARG_STRING, &options.claim,
         "what is claimed of the share of false alerts: '< 10 %', '>= 0.5'", "CLAIM"},
        {"claim-text", 0, 0, G_OPTION_ARG_STRING, &options.claim_text, "the words of who claims it", "TEXT"},
        {"power", 0, 0, G_OPTION_ARG_DOUBLE, &options.power,
         "as many as give the right verdict on the claim with this probability", "P"},
        {"ratio", 0, 0, G_OPTION_ARG_DOUBLE, &options.ratio,
         "with --power: suppose that the share is R times the limit (default 0.5)", "R"},
        {"alpha", 0, 0, G_OPTION_ARG_DOUBLE, &options.alpha,
         "error probability of the verdict on the claim (default 0.05)", "A"},
        {"level", 0, 0, G_OPTION_ARG_DOUBLE, &options.level, "plan, draw: of the interval (default 0.95)",
         "L"},
        {"population", 0, 0, G_OPTION_ARG_INT64, &options.population,
         "plan: without a log, so many alerts in one stratum", "N"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &options.seed,
         "draw: any text, such as the numbers of a public lottery to come (default: the log's SHA-256)",
         "TEXT"},
        {"again", 0, 0, G_OPTION_ARG_STRING, &options.again,
         "draw: why a log is drawn from once more; it stands in the report", "REASON"},
        {"pictures", 0, 0, G_OPTION_ARG_FILENAME, &options.pictures,
         "draw: folder from which the log's pictures are named (default: the log's)", "DIR"},
        {"judges", 0, 0, G_OPTION_ARG_INT64, &options.judges, "draw: sheets for so many (default 2)", "1|2"},
        {"agreed", 0, 0, G_OPTION_ARG_FILENAME, &options.agreed,
         "score: a third sheet, with what was agreed on where two differ", "SHEET"},
        {"log", 0, 0, G_OPTION_ARG_FILENAME, &options.log,
         "score: the log, to see that it is the same and whether it was drawn from again", "FILE"},
        {"published", 0, 0, G_OPTION_ARG_STRING, &options.published,
         "score: the SHA-256 of draw.json, as a third person was given it", "HEX"},
        {"key", 0, 0, G_OPTION_ARG_FILENAME, &options.key,
         "draw: sign draw.json with this key (vsaudit keygen); score: the public key that must have", "KEY"},
        {"hours", 0, 0, G_OPTION_ARG_DOUBLE, &options.hours,
         "score: camera-hours for which the log stands, for a rate per hour", "H"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &options.languages,
         "draw: language of the sheets (default en); score: of the reports (default: all)", "LIST"},
        {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "print nothing but failures", NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL}};
    if (!command_parse(&command_sample, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "draw") == 0 || strcmp(verb, "plan") == 0)
        return draw_or_plan(argc, argv, &options, error);
    if (strcmp(verb, "score") == 0)
        return score(argc, argv, &options, error);
    if (strcmp(verb, "check") == 0 && argc > 3)
        return sample_check_command(argv[2], argv + 3, error);
    usage(error, "expected “plan LOG”, “draw LOG -o FOLDER”, “check DRAW SHEET…” or “score DRAW FIRST.csv "
                 "[SECOND.csv]” (see “vsaudit sample --help”)");
    return EXIT_USAGE;
}

const Command command_sample = {
    "sample", "plan LOG | draw LOG -o FOLDER | check DRAW SHEET… | score DRAW FIRST.csv [SECOND.csv]",
    "draw alerts of a log for two people to judge, and bound the share of false ones", run};
