/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole numbers to and from text without the C library's memory and locks. Inside sandbox/ only. */
#ifndef VSAUDIT_SANDBOX_DIGITS_H
#define VSAUDIT_SANDBOX_DIGITS_H

#include <stdint.h>

/* Writes it in decimal, without a 0 at the end; returns the place behind. At most 20 characters. */
static inline char *digits_write(char *to, uint64_t number)
{
    char reversed[20];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0)
        *to++ = reversed[--count];
    return to;
}

/* The number at the text's beginning, 0 where there is none; *text goes behind it. */
static inline uint64_t digits_read(const char **text)
{
    uint64_t number = 0;
    for (; **text >= '0' && **text <= '9'; (*text)++)
        number = number * 10 + (uint64_t)(**text - '0');
    return number;
}

#endif
