/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A Kalman filter for one coordinate with constant velocity and white acceleration. */
#ifndef VSAUDIT_PERCEPTION_KALMAN_H
#define VSAUDIT_PERCEPTION_KALMAN_H

typedef struct {
    double x, v;          /* position and velocity per second */
    double pxx, pxv, pvv; /* covariance */
} Kalman;

static inline Kalman kalman_start(double x, double position_deviation, double velocity_deviation)
{
    return (Kalman){x, 0, position_deviation * position_deviation, 0,
                    velocity_deviation * velocity_deviation};
}

/* `dt` seconds on; `acceleration` is its standard deviation per second squared. */
static inline void kalman_predict(Kalman *k, double dt, double acceleration)
{
    const double q = acceleration * acceleration;
    k->x += dt * k->v;
    k->pxx += dt * (2 * k->pxv + dt * k->pvv) + q * dt * dt * dt * dt / 4;
    k->pxv += dt * k->pvv + q * dt * dt * dt / 2;
    k->pvv += q * dt * dt;
}

static inline void kalman_correct(Kalman *k, double measured, double deviation)
{
    const double s = k->pxx + deviation * deviation;
    const double gx = k->pxx / s, gv = k->pxv / s, residual = measured - k->x;
    k->x += gx * residual;
    k->v += gv * residual;
    k->pvv -= gv * k->pxv;
    k->pxv *= 1 - gx;
    k->pxx *= 1 - gx;
}

#endif
