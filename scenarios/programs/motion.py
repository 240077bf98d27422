#!/usr/bin/env python3
"""Somebody moves in a zone: the difference to a learnt background, by OpenCV. Speaks system/1."""
import json, sys
import cv2, numpy

source = sys.stdin.buffer

def say(kind, **values):
    print(json.dumps({"type": kind, **values}), flush=True)

settings = json.loads(source.readline())["settings"]
say("hello", protocol="system/1", name="motion in a zone", version="1", format="gray", width=320, rate=5)
for line in source:
    message = json.loads(line)
    if message["type"] == "clip":
        size = message["height"], message["width"]
        background = cv2.createBackgroundSubtractorMOG2(detectShadows=False)
        zones = {b["id"]: numpy.zeros(size, numpy.uint8) for b in message["behaviours"]}
        for behaviour in message["behaviours"]:
            for corners in behaviour["zones"].values() or [[[0, 0], [1, 0], [1, 1], [0, 1]]]:
                corners = numpy.array(corners) * [size[1], size[0]]
                cv2.fillPoly(zones[behaviour["id"]], [corners.astype(numpy.int32)], 255)
        since = {}  # behaviour -> when the alert began
    elif message["type"] == "frame":
        picture = numpy.frombuffer(source.read(message["bytes"]), numpy.uint8).reshape(size)
        moving = cv2.medianBlur(background.apply(picture), 5)
        for behaviour, zone in zones.items():
            share = cv2.countNonZero(cv2.bitwise_and(moving, zone)) / max(cv2.countNonZero(zone), 1)
            alerted = share > settings["share"] and message["t_us"] > 3000000  # the background is learnt
            if alerted and behaviour not in since:
                since[behaviour] = "%s %d" % (behaviour, message["t_us"])
                say("alert", behaviour=behaviour, onset_us=message["t_us"], id=since[behaviour])
            elif not alerted and behaviour in since:
                say("alert-end", id=since.pop(behaviour), end_us=message["t_us"])
    say("end" if message["type"] == "end" else "ready")
