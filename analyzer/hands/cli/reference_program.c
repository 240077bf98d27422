/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit reference-program: the reference behind the protocol of programs under test. */
#include "runner/reference_program.h"
#include "cli/command.h"

static ExitStatus run(int argc, char **argv, GError **error)
{
    extern const Command command_reference_program;
    GOptionEntry entries[] = {{NULL, 0, 0, 0, NULL, NULL, NULL}};
    static const char description[] =
        "Speaks system/1 on its standard input and output, as “vsaudit run” does with a system of kind "
        "program:\n  - {id: mine, kind: program, command: [vsaudit, reference-program]}\n"
        "It alerts what the kind reference alerts. Its settings are the behaviour's parameters (vsaudit list "
        "parameters);\nthose of perception begin with “perception.”.\n\n"
        "Exit status: 0 its input ended; 2 wrong usage; 3 what it was told is not of the protocol, or a "
        "setting "
        "is wrong.\n";
    if (!command_parse(&command_reference_program, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc > 1) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "found “%s”, expected nothing", argv[1]);
        return EXIT_USAGE;
    }
    return reference_program_talk(stdin, stdout, error) ? EXIT_DONE : EXIT_BAD_INPUT;
}

extern const Command command_reference_program;
const Command command_reference_program = {"reference-program", "",
                                           "the reference behind the protocol of programs under test", run};
