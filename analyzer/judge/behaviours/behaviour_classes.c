/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects of which classes a rule is about (declared in behaviour.h). */
#include "behaviours/watch.h"

#include <string.h>

static const char *value_of(const ParamList *values, const char *name)
{
    const Param *param = values != NULL ? param_list_find(values, name) : NULL;
    return param != NULL ? param->value : NULL;
}

unsigned behaviour_classes(const Behaviour *behaviour, const ParamList *params)
{
    g_autoptr(ParamList) values = options_effective(behaviour->options, behaviour->settings_size, params);
    const char *classes = value_of(values, "classes");
    if (classes != NULL)
        return watch_classes(classes);
    return g_strcmp0(value_of(values, "count_unknown"), "true") == 0 ? 0 : behaviour->classes;
}
