/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a client sends to a camera. */
#include "corpus.h"
#include "live/rtsp.h"

#include <string.h>

static void use(const RtspGuard *guard, const RtspRequest *request)
{
    RtspTransport transport;
    g_assert_nonnull(request->method);
    g_assert_nonnull(request->url);
    rtsp_guard_admits(guard, request);
    const char *ways = rtsp_header(request, "Transport");
    if (ways != NULL && rtsp_choose_transport(ways, true, true, &transport))
        g_assert_true(transport.udp ? transport.ports[0] > 0 : transport.channels[0] < 256);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    RtspGuard guard;
    rtsp_guard_init(&guard, "ann", "secret");
    for (size_t at = 0; at < size;) {
        g_auto(RtspRequest) request = {0};
        int channel = -1;
        size_t used = 0;
        const RtspTaken taken = rtsp_take(data + at, size - at, &request, &channel, &used);
        g_assert_true(used <= size - at);
        g_assert_true((used > 0) == (taken == RTSP_REQUEST || taken == RTSP_DATA));
        g_assert_true((request.method != NULL) == (taken == RTSP_REQUEST));
        if (taken == RTSP_REQUEST)
            use(&guard, &request);
        if (used == 0)
            break;
        at += used;
    }
    rtsp_guard_clear(&guard);
    return 0;
}

#ifndef FUZZER
int main(void)
{
    return replay("tests/fuzz/corpus/rtsp");
}
#endif
