/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "live/sink_internal.h"

const SinkDriver *const sink_drivers[SINK_KINDS] = {
    [SINK_WEBHOOK] = &sink_driver_webhook,
    [SINK_MQTT] = &sink_driver_mqtt,
    [SINK_ONVIF] = &sink_driver_onvif,
    [SINK_ALERTSTREAM] = &sink_driver_alertstream,
};
