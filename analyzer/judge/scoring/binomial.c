/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Binomial tails (declared in statistics.h), to ten digits for any number of trials up to 1e9. */
#include "scoring/statistics.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>
#include <math.h>

/* GSL's continued fraction of the incomplete beta function stops after a few hundred terms and then gives no
 * number; near the mean it needs about as many as the square root of the trials. */
#define LARGE_TRIALS 100000
#define MOST_TERMS 2000000

/* x log(x/m) + m - x, without the loss of digits of that formula. */
static double deviance(double x, double m)
{
    return -x * gsl_sf_log_1plusx_mx((m - x) / x);
}

/* n!/(sqrt(2 pi n) (n/e)^n), as a logarithm. */
static double stirling_rest(double n)
{
    return log(gsl_sf_gammastar(n));
}

/* log of P(X = k) for 0 < k < n, by the saddle-point form (Loader 2000), which keeps its digits where the
 * logarithms of the factorials are large and cancel. */
static double log_chance(double k, double n, double p, double q)
{
    return stirling_rest(n) - stirling_rest(k) - stirling_rest(n - k) - deviance(k, n * p) -
           deviance(n - k, n * q) + log(n / (2 * G_PI * k * (n - k))) / 2;
}

/* The continued fraction of I_x(a, b), by the modified method of Lentz (NIST DLMF 8.17.22). */
static double beta_fraction(double x, double a, double b)
{
    const double tiny = 1e-300, precision = 1e-15;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double fraction = d;
    for (int i = 1; i < MOST_TERMS; i++) {
        const double m = i;
        const double terms[] = {m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
                                -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))};
        double step = 1;
        for (size_t j = 0; j < G_N_ELEMENTS(terms); j++) {
            d = 1 + terms[j] * d;
            c = 1 + terms[j] / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            if (fabs(c) < tiny)
                c = tiny;
            step = c * d;
            fraction *= step;
        }
        if (fabs(step - 1) < precision)
            break;
    }
    return fraction;
}

/* P(X >= k) for 0 < k <= n, with q = 1 - p. */
static double upper_tail(double k, double n, double p, double q)
{
    if (k >= n)
        return exp(n * (p < 0.5 ? log(p) : log1p(-q)));
    const double a = k, b = n - k + 1;
    /* x^a (1-x)^b / (a B(a, b)) is the chance of k, times q. */
    const double front = exp(log_chance(k, n, p, q)) * q;
    return p < (a + 1) / (a + b + 2) ? fmin(1, front * beta_fraction(p, a, b))
                                     : fmax(0, 1 - front * a / b * beta_fraction(q, b, a));
}

double statistics_binomial_at_least(int64_t k, int64_t n, double p)
{
    if (k <= 0)
        return 1;
    if (k > n || p <= 0)
        return 0;
    if (p >= 1)
        return 1;
    return n < LARGE_TRIALS ? gsl_cdf_beta_P(p, (double)k, (double)(n - k) + 1)
                            : upper_tail((double)k, (double)n, p, 1 - p);
}

double statistics_binomial_at_most(int64_t k, int64_t n, double p)
{
    if (k >= n)
        return 1;
    if (k < 0 || p >= 1)
        return 0;
    if (p <= 0)
        return 1;
    return n < LARGE_TRIALS ? gsl_cdf_beta_Q(p, (double)k + 1, (double)(n - k))
                            : upper_tail((double)(n - k), (double)n, 1 - p, p);
}
