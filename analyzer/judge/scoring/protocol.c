/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/protocol.h"

#include "scoring/eval.h"
#include "scoring/ilids.h"
#include "scoring/panel.h"

#include <string.h>

static const OptionRow no_options[] = {OPTION_END};

static const Protocol actev18_ad = {.id = "actev18-ad", .options = no_options};
static const Protocol actev19_ad = {.id = "actev19-ad", .options = no_options};
static const Protocol actev19_ad_v2 = {.id = "actev19-ad-v2", .options = no_options};
static const Protocol actev_sdl_v1 = {.id = "actev-sdl-v1", .options = no_options};
static const Protocol actev_sdl_v2 = {.id = "actev-sdl-v2", .options = no_options};
static const Protocol srl_ad_v1 = {.id = "srl-ad-v1", .options = no_options};
static const Protocol srl_ad_v2 = {.id = "srl-ad-v2", .options = no_options};
static const Protocol srl_ad_v3 = {.id = "srl-ad-v3", .options = no_options};
static const Protocol trecvid_sed = {
    .id = "trecvid-sed", .options = panel_trecvid_options, .settings_size = sizeof(PanelTrecvid)};
static const Protocol collar = {
    .id = "collar", .options = panel_collar_options, .settings_size = sizeof(PanelCollar)};
static const Protocol segment = {
    .id = "segment", .options = panel_segment_options, .settings_size = sizeof(PanelSegment)};
static const Protocol intersection = {
    .id = "intersection", .options = panel_intersection_options, .settings_size = sizeof(PanelIntersection)};
static const Protocol ilids = {
    .id = "ilids", .options = ilids_options, .settings_size = sizeof(IlidsSettings)};

const Protocol *const protocol_registry[] = {&protocol_eval1, &protocol_eval2, &actev18_ad,   &actev19_ad,
                                             &actev19_ad_v2,  &actev_sdl_v1,   &actev_sdl_v2, &srl_ad_v1,
                                             &srl_ad_v2,      &srl_ad_v3,      &trecvid_sed,  &collar,
                                             &segment,        &intersection,   &ilids,        NULL};

const Protocol *protocol_find(const char *id)
{
    for (const Protocol *const *protocol = protocol_registry; *protocol != NULL; protocol++)
        if ((*protocol)->for_scenarios && strcmp((*protocol)->id, id) == 0)
            return *protocol;
    return NULL;
}

static Phrase *say(const Protocol *protocol, const char *what)
{
    g_autofree char *key = g_strdup_printf("protocol.%s.%s", protocol->id, what);
    return phrase_new(key);
}

Phrase *protocol_title(const Protocol *protocol)
{
    return say(protocol, "title");
}

Phrase *protocol_definition(const Protocol *protocol)
{
    return say(protocol, "definition");
}
