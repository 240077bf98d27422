/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records/observation_measures.h"

#include <glib.h>

const ObservationMeasure observation_quality[] = {
    {"luma", offsetof(QualityObservation, luma)},
    {"contrast", offsetof(QualityObservation, contrast)},
    {"dark_share", offsetof(QualityObservation, dark_share)},
    {"bright_share", offsetof(QualityObservation, bright_share)},
    {"sharpness", offsetof(QualityObservation, sharpness)},
    {"sharpness_ratio", offsetof(QualityObservation, sharpness_ratio)},
    {"edge_similarity", offsetof(QualityObservation, edge_similarity)},
    {"covered_share", offsetof(QualityObservation, covered_share)},
    {"shift_x", offsetof(QualityObservation, shift_x)},
    {"shift_y", offsetof(QualityObservation, shift_y)},
    {"shift_response", offsetof(QualityObservation, shift_response)},
    {"changed_share", offsetof(QualityObservation, changed_share)},
    {"frozen_s", offsetof(QualityObservation, frozen_s)},
};
const size_t observation_quality_count = G_N_ELEMENTS(observation_quality);

const ObservationMeasure observation_motion[] = {
    {"foreground_share", offsetof(MotionObservation, foreground_share)},
    {"flow_x", offsetof(MotionObservation, flow_x)},
    {"flow_y", offsetof(MotionObservation, flow_y)},
    {"flow_speed", offsetof(MotionObservation, flow_speed)},
    {"flow_disorder", offsetof(MotionObservation, flow_disorder)},
};
const size_t observation_motion_count = G_N_ELEMENTS(observation_motion);

const ObservationMeasure observation_fire[] = {
    {"area", offsetof(FireObservation, area)},
    {"share", offsetof(FireObservation, share)},
    {"flicker", offsetof(FireObservation, flicker)},
};
const size_t observation_fire_count = G_N_ELEMENTS(observation_fire);

const char *const observation_fire_names[] = {"flame", "smoke"};
const char *const observation_state_names[] = {"tentative", "confirmed", "coasting"};
