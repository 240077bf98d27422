#!/bin/sh
# A product of a dozen lines: ffmpeg watches a camera for pictures that differ from the one before, and tells a broker.
#   ffmpeg-mqtt.sh CAMERA BROKER-HOST BROKER-PORT SHARE
# One message for all changes of five seconds; SHARE is ffmpeg's score of a new scene, 0 to 1.
last=0
ffmpeg -nostdin -loglevel error -rtsp_transport tcp -i "$1" -an \
    -vf "scale=320:-2,select='gt(scene,$4)',metadata=print:file=-:direct=1" -f null - |
    while read -r line; do
        case $line in frame:*) ;; *) continue ;; esac
        now=$(date +%s)
        [ $((now - last)) -ge 5 ] || continue
        last=$now
        mosquitto_pub -h "$2" -p "$3" -q 1 -t cameras/1/change -m "{\"time\": $now}"
    done
