/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vsaudit plugin-host LIBRARY: the process in which a system of kind plugin lives. vsaudit starts it itself;
 * by hand it speaks system/1 like any program under test. */
#include "systems/plugin_host.h"

#include "cli/command.h"
#include "config/system_program.h"

#include <sys/prctl.h>

extern const Command command_plugin_host;

static const char description[] =
    "Loads a plug-in (vsaudit/system.h) and speaks the protocol system/1 for it on standard input and "
    "output. "
    "vsaudit starts this by itself for systems of kind plugin.\n\n"
    "Exit status: 0 its input ended; 2 wrong usage; 3 the plug-in is at fault, with one sentence on standard "
    "error.\n";

static ExitStatus run(int argc, char **argv, GError **error)
{
    GOptionEntry entries[] = {{NULL}};
    if (!command_parse(&command_plugin_host, entries, description, &argc, &argv, error))
        return EXIT_USAGE;
    if (argc != 2) {
        g_set_error(error, VSAUDIT_ERROR, VSAUDIT_ERROR_USAGE, "expected a library");
        return EXIT_USAGE;
    }
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); /* by hand too: what the guest leaks is not looked for (main.c) */
    return plugin_host_serve(argv[1], error) ? EXIT_DONE : EXIT_BAD_INPUT;
}

const Command command_plugin_host = {PLUGIN_HOST, "LIBRARY", "hold a plug-in and speak system/1 for it", run};
