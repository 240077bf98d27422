/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference as a plug-in: the process that loads this library has its eyes and rules, and they are asked
 * through the C interface like those of any plug-in. For the tests. */
#include "vsaudit/system.h"

extern const VsauditSystem *vsaudit_reference_system(void);

const VsauditSystem *vsaudit_system(void)
{
    return vsaudit_reference_system();
}
