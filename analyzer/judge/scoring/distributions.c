/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/distributions.h"

/* Rmath.h has TRUE and FALSE of its own: GLib stays out of this file. */
#define MATHLIB_STANDALONE 1
#include <Rmath.h>

#include <math.h>
#include <stdbool.h>

/* Rmath may print on the standard output about arguments outside a distribution: it is never asked for them.
 */
static bool is_share(double share)
{
    return share >= 0 && share <= 1;
}

static bool is_shape(double shape)
{
    return shape > 0 && isfinite(shape);
}

double distribution_normal(double z, DistributionSide side)
{
    return pnorm(z, 0, 1, side == DISTRIBUTION_BELOW, false);
}

double distribution_normal_quantile(double share, DistributionSide side)
{
    return is_share(share) ? qnorm(share, 0, 1, side == DISTRIBUTION_BELOW, false) : (double)NAN;
}

double distribution_chi_square(double x, double freedom, DistributionSide side)
{
    return is_shape(freedom) ? pchisq(x, freedom, side == DISTRIBUTION_BELOW, false) : (double)NAN;
}

double distribution_student(double t, double freedom, DistributionSide side)
{
    return freedom > 0 && !isnan(t) ? pt(t, freedom, side == DISTRIBUTION_BELOW, false) : (double)NAN;
}

double distribution_gamma(double x, double shape, DistributionSide side)
{
    return is_shape(shape) ? pgamma(x, shape, 1, side == DISTRIBUTION_BELOW, false) : (double)NAN;
}

double distribution_gamma_quantile(double share, double shape, DistributionSide side)
{
    return is_share(share) && is_shape(shape) ? qgamma(share, shape, 1, side == DISTRIBUTION_BELOW, false)
                                              : (double)NAN;
}

double distribution_beta(double x, double a, double b, DistributionSide side)
{
    return is_shape(a) && is_shape(b) ? pbeta(x, a, b, side == DISTRIBUTION_BELOW, false) : (double)NAN;
}

double distribution_beta_quantile(double share, double a, double b, DistributionSide side)
{
    return is_share(share) && is_shape(a) && is_shape(b)
               ? qbeta(share, a, b, side == DISTRIBUTION_BELOW, false)
               : (double)NAN;
}

double distribution_binomial_chance(double k, double n, double p)
{
    return k >= 0 && k <= n && is_share(p) ? dbinom(k, n, p, false) : (double)NAN;
}

double distribution_hypergeometric_log(double x, double marked, double others, double drawn,
                                       DistributionSide side)
{
    return marked >= 0 && others >= 0 && drawn >= 0 && drawn <= marked + others
               ? phyper(x, marked, others, drawn, side == DISTRIBUTION_BELOW, true)
               : (double)NAN;
}

const char *distribution_library(void)
{
    return "Rmath " R_VERSION_STRING;
}
