/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a member stands in its struct, for tables that fill structs: it does not compile when the member is
 * not of the type that the table writes there. */
#ifndef VSAUDIT_RECORDS_MEMBER_H
#define VSAUDIT_RECORDS_MEMBER_H

#include <stddef.h>

/* `member` may be a path ("watch.zone"). Qualifiers of the member do not matter. */
#define MEMBER_AT(Struct, member, Type) \
    (offsetof(Struct, member) + _Generic(((Struct *)NULL)->member, Type : (size_t)0))

#endif
