/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scoring/ranked.h"

int ranked_rising(const void *a, const void *b)
{
    const Ranked *left = a, *right = b;
    if (left->value != right->value)
        return left->value < right->value ? -1 : 1;
    return left->index < right->index ? -1 : left->index > right->index;
}

int ranked_falling(const void *a, const void *b)
{
    return ranked_rising(b, a);
}
