/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/chain.h"

#include "config/system_live.h"
#include "runner/live_show.h"

#include <string.h>

static bool is_joined(const PlanJob *a, const PlanJob *b)
{
    return a->chained && b->chained && strcmp(a->perception_digest, b->perception_digest) == 0;
}

/* The first job of its chain. */
static guint first_of(const Plan *plan, const PlanJob *job)
{
    guint first = (guint)job->index;
    while (first > 0 && is_joined(g_ptr_array_index(plan->jobs, first - 1), job))
        first--;
    return first;
}

bool chain_is_open(const Plan *plan, const GPtrArray *records, const PlanJob *job, bool again)
{
    for (guint i = first_of(plan, job); i < plan->jobs->len; i++) {
        const PlanJob *other = g_ptr_array_index(plan->jobs, i);
        const JobStatus status = ((const JobRecord *)g_ptr_array_index(records, i))->status;
        if (other != job && !is_joined(other, job))
            break;
        if (status == JOB_PENDING || (again && status != JOB_DONE))
            return true;
    }
    return false;
}

void chain_join(const Plan *plan, GArray *orders, GPtrArray *heads)
{
    for (guint i = 0; i < orders->len; i++) {
        WorkerJob *order = &g_array_index(orders, WorkerJob, i);
        guint count = 1;
        while (i + count < orders->len &&
               is_joined(order->job, g_array_index(orders, WorkerJob, i + count).job))
            count++;
        order->chain_length = count;
        order->chain_place = (guint)order->job->index - first_of(plan, order->job);
        const WorkerJob *before = i > 0 ? &g_array_index(orders, WorkerJob, i - 1) : NULL;
        if (before == NULL || !is_joined(before->job, order->job))
            g_ptr_array_add(heads, order);
    }
}

int64_t chain_length_us(const WorkerJob *order)
{
    int64_t length_us = 0;
    for (guint i = 0; i < order->chain_length; i++) {
        if (order[i].job->clip->duration_us <= 0)
            return 0;
        length_us += order[i].job->clip->duration_us;
    }
    return length_us;
}

double chain_grace_s(gconstpointer data)
{
    const WorkerJob *order = data;
    const LiveOptions *live = order->job->engine != NULL ? system_live(order->job->engine) : NULL;
    if (live == NULL)
        return 0;
    int64_t us = live->connect_us /* of its sinks */ + live->warm_up_us + live->flashes * US_PER_SECOND +
                 live->drain_us;
    for (guint i = 0; i < order->chain_length; i++)
        us += 2 * live->connect_us /* and again after an outage */ + live->settle_us + live->drain_us +
              order[i].seen->duration_us /* of which an empty scene is made */ +
              live_show_length_us(&order[i]);
    return 1.5 * (double)us / 1e6; /* a machine that is busy sends late */
}
