#!/usr/bin/env bash
# Clips as RTSP cameras: what ffmpeg (and python3-opencv) receive is the clip, picture by picture; many clients and many cameras
# at once; passwords; clients that vanish, lag or speak nonsense cost nobody but themselves.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../tap.bash"
echo "1..28"
cd "$SCRATCH" || exit 1

if ! command -v ffmpeg >/dev/null; then
    for _ in {1..28}; do skip "a camera is what a client sees" "needs ffmpeg"; done
    exit 0
fi

draw() { # name, seconds, more options: a clip that moves
    ffmpeg -nostdin -loglevel error -y -f lavfi -i "testsrc2=size=320x240:rate=25:duration=$2" -pix_fmt yuv420p "${@:3}" "$1"
}
pictures() { # what ffmpeg reads of it: the MD5 of each picture, in order
    timeout 60 ffmpeg -nostdin -loglevel error "$@" -map 0:v -fps_mode passthrough -f framemd5 - 2>>ffmpeg.err | awk -F, '!/^#/ { gsub(/ /, "", $6); print $6 }'
}
receive() { # address, tcp|udp
    pictures -rtsp_transport "$2" -i "$1"
}
# Starts cameras; their addresses are in the array `at` when they can be watched, the process is $camera.
open_cameras() {
    : >addresses
    "$VSAUDIT" camera --address rtsp://127.0.0.1:0 "$@" >addresses 2>camera.err &
    camera=$!
    for _ in {1..100}; do
        grep -q rtsp addresses && break
        kill -0 "$camera" 2>/dev/null || break
        sleep 0.1
    done
    sleep 0.1
    mapfile -t at <addresses
    port=$(sed -n '1s#rtsp://127.0.0.1:\([0-9]*\)/.*#\1#p' addresses)
}
close_cameras() { # 0: they ended well
    kill -TERM "$camera" 2>/dev/null
    wait "$camera"
}
alive() {
    kill -0 "$camera"
}
same() { # expected, got
    [ -s "$1" ] && cmp -s "$1" "$2" || { echo "# $(wc -l <"$1") pictures expected, $(wc -l <"$2") came"; return 1; }
}

draw h264.mp4 3 -c:v libx264 -bf 2 -g 25
draw hevc.mp4 3 -c:v libx265 -x265-params log-level=none -g 25
draw mpeg4.mp4 3 -c:v mpeg4 -q:v 3
draw jpeg.mkv 3 -c:v mjpeg -huffman default -q:v 3 -pix_fmt yuvj420p
draw mpeg1.ts 3 -c:v mpeg1video -q:v 3
draw msmpeg4.avi 3 -c:v msmpeg4
for clip in h264.mp4 hevc.mp4 mpeg4.mp4 jpeg.mkv mpeg1.ts msmpeg4.avi; do pictures -i $clip >"${clip%.*}.is"; done

# ---- the clip, picture by picture
open_cameras h264.mp4 hevc.mp4 mpeg4.mp4 jpeg.mkv mpeg1.ts msmpeg4.avi --log sent.csv
for address in "${at[@]}"; do receive "$address" tcp >"${address##*/}.tcp" & readers[$!]=1; done
wait "${!readers[@]}"
for name in h264 hevc mpeg4 jpeg mpeg1; do
    same $name.is $name.tcp
    result $? "$name over TCP is the clip, picture by picture"
done
[ "$(wc -l <msmpeg4.tcp)" = "$(wc -l <msmpeg4.is)" ] && [ "$(grep "coded anew" camera.err)" = "${at[5]}: coded anew: RTP carries no such codec" ]
result $? "what RTP does not carry is coded anew, every picture of it"
wait "$camera"
status=$?
[ $status -eq 0 ] && grep -q "h264: 75 pictures sent" camera.err
result $? "the command ends with the clips, and says what was sent"
# the time line: 75 pictures of h264 in their order of sending, 2.96 s of PTS, sent in about as much time
awk -F, 'BEGIN { back = -1 } $1 == "h264" { n++; if ($6 <= last) bad = 1; last = $6; if (n == 1) first = $6; if ($4 > top) top = $4; if ($4 == back) bad = 1; back = $4 }
    END { exit !(n == 75 && !bad && top == 2.96 && last - first > 2.9e6 && last - first < 4.5e6) }' sent.csv
result $? "its log says when each picture was sent"

unset readers
open_cameras h264.mp4 --address rtsp://127.0.0.1:0/hall --wait 4
for i in 1 2; do for way in tcp udp; do receive "${at[0]}" $way >four.$i.$way & readers[$!]=1; done; done
wait "${!readers[@]}"
[ "${at[0]}" = "rtsp://127.0.0.1:$port/hall" ] && same h264.is four.1.tcp && same h264.is four.2.tcp
result $? "four clients at once: two over TCP see every picture"
same h264.is four.1.udp && same h264.is four.2.udp
result $? "and two over UDP"
close_cameras

if python3 -c 'import cv2' 2>/dev/null; then
    cat >read.py <<'PY'
import cv2, hashlib, sys
clip, all = cv2.VideoCapture(sys.argv[1], cv2.CAP_FFMPEG), hashlib.md5()
while True:
    good, picture = clip.read()
    if not good:
        break
    all.update(picture.tobytes())
print(all.hexdigest(), clip.get(cv2.CAP_PROP_FRAME_WIDTH))
PY
    open_cameras h264.mp4
    [ "$(timeout 60 python3 read.py "${at[0]}")" = "$(python3 read.py h264.mp4)" ]
    result $? "python3-opencv sees the clip"
    close_cameras
else
    skip "python3-opencv sees the clip" "python3-opencv is not installed"
fi

# ---- time
open_cameras h264.mp4 hevc.mp4 --speed 10 --together --lead 1 --flashes 2 --flash 0.4 --gap 2 --log fast.csv
begin=$(date +%s%N)
receive "${at[0]}" tcp >together.tcp
took=$((($(date +%s%N) - begin) / 1000000))
wait "$camera"
# 25 grey and 25 flashed pictures come first; HEVC is coded anew there, for a camera does not change its codec
[ "$(wc -l <together.tcp)" = 200 ] && tail -n +51 together.tcp | head -75 | cmp -s - h264.is &&
    [ "$(head -25 together.tcp | sort -u | wc -l)" = 1 ]
result $? "two clips together are one stream: grey, flashes, the first clip untouched, the second coded anew"
# 1 s of grey, 1 s of flashes, 3 s, 2 s of silence, 3 s, ten times as fast, and what a client needs to begin
awk -F, 'NR > 1 { if (part[$3]++ == 0) first[$3] = $6; last[$3] = $6 }
    END { gap = first[4] - last[2]; exit !(part[0] == 25 && part[1] == 25 && part[2] == 75 && part[4] == 75 && gap > 2.0e5 && gap < 5e5) }' fast.csv && [ $took -lt 8000 ]
result $? "ten times real time, with a silence between them"

# ---- who may look
open_cameras h264.mp4 --user "ann:s:cret" --wait 0 --loop
refused() { # address
    timeout 20 ffmpeg -nostdin -loglevel error -rtsp_transport tcp -i "$1" -t 0.2 -f null - 2>&1 | grep -q 401
}
admitted() { # address
    timeout 20 ffmpeg -nostdin -loglevel error -rtsp_transport tcp -i "$1" -t 0.2 -f null - 2>auth.err
}
refused "rtsp://127.0.0.1:$port/h264" && refused "rtsp://ann:wrong@127.0.0.1:$port/h264" && refused "rtsp://bob:s%3Acret@127.0.0.1:$port/h264"
result $? "no password, a wrong one, a wrong name: refused"
admitted "rtsp://ann:s%3Acret@127.0.0.1:$port/h264"
result $? "the right password is let in (Digest)"
talk() { # what to send, how many seconds to listen: what comes back
    python3 - "$port" "$1" "$2" <<'PY'
import socket, sys, time
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
s.settimeout(0.2)
got, end = b"", time.time() + float(sys.argv[3])
try:
    s.sendall(sys.argv[2].encode().decode("unicode_escape").encode("latin-1"))
    while time.time() < end:
        try:
            more = s.recv(65536)
        except socket.timeout:
            continue
        if not more:
            print("CLOSED", end=" ")
            break
        got += more
except (ConnectionResetError, BrokenPipeError):
    print("CLOSED", end=" ")
print(got.decode("latin-1"))
PY
}
url="rtsp://127.0.0.1:$port/h264"
talk "DESCRIBE $url RTSP/1.0\\r\\nCSeq: 4\\r\\nAuthorization: Basic YW5uOnM6Y3JldA==\\r\\n\\r\\n" 0.6 >basic.txt
grep -q "^RTSP/1.0 200 OK" basic.txt && grep -q "^m=video 0 RTP/AVP 96" basic.txt && grep -q "^a=rtpmap:96 H264/90000" basic.txt
result $? "and with Basic"
close_cameras

# ---- clients that cost nobody but themselves
open_cameras h264.mp4 --wait 0 --loop --idle 2
url="rtsp://127.0.0.1:$port/h264"
talk "DESCRIBE rtsp://127.0.0.1:$port/nowhere RTSP/1.0\\r\\nCSeq: 1\\r\\n\\r\\n" 0.5 | grep -q "RTSP/1.0 404" &&
    talk "PLAY $url RTSP/1.0\\r\\nCSeq: 1\\r\\nSession: 1\\r\\n\\r\\n" 0.5 | grep -q "RTSP/1.0 454" &&
    talk "SETUP $url RTSP/1.0\\r\\nCSeq: 1\\r\\nTransport: RTP/AVP;multicast\\r\\n\\r\\n" 0.5 | grep -q "RTSP/1.0 461" &&
    talk "FROB $url RTSP/1.0\\r\\nCSeq: 1\\r\\n\\r\\n" 0.5 | grep -q "RTSP/1.0 501" &&
    talk "OPTIONS * RTSP/1.0\\r\\nCSeq: 9\\r\\n\\r\\n" 0.5 | grep -q "Public:.*GET_PARAMETER"
result $? "wrong addresses, sessions, ways and words are answered"
talk 'GET / HTTP/1.1\r\nHost: x\r\n\r\n' 5 | grep -q "^CLOSED.*400" && talk '\x16\x03\x01\x02\x00' 5 | grep -q "^CLOSED"
result $? "who speaks another language is told so, and let go"
python3 - "$port" <<'PY' >long.txt
import socket, sys
s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
s.settimeout(5)
try:
    s.sendall(b"OPTIONS rtsp://" + b"a" * 1000000)
    print(s.recv(100))
except OSError:
    print("closed")
PY
grep -qE "closed|413" long.txt && alive
result $? "a request line of a megabyte is cut off"
if grep -q "^Seccomp:" /proc/self/status 2>/dev/null; then
    # calls are filtered for all, but privileges and files are a thread's own: none may be older than the sandbox
    [ "$(sed -n 's/^Seccomp:[[:space:]]*//p' /proc/"$camera"/task/*/status | sort -u)" = 2 ] &&
        [ "$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/"$camera"/task/*/status | sort -u | wc -l)" = 1 ]
    result $? "each of its threads is confined"
else
    skip "each of its threads is confined" "this kernel filters no calls"
fi
begin=$(date +%s%N)
talk 'OPTIO' 10 | grep -q "^CLOSED" && took=$((($(date +%s%N) - begin) / 1000000)) && [ $took -gt 1500 ] && [ $took -lt 6000 ]
result $? "half a request is waited for, and not for ever"
python3 - "$port" "$url" <<'PY'
import os, random, socket, struct, sys
random.seed(7)
ask = b"SETUP %s/streamid=0 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n" % sys.argv[2].encode()
for i in range(200):
    s = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    whole = bytearray(ask)
    for _ in range(random.randrange(1, 6)):
        whole[random.randrange(len(whole))] = random.randrange(256)
    try:
        s.sendall(whole[: random.randrange(1, len(whole))] if i % 2 else whole)
        if i % 3 == 0: # gone without a word
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        s.close()
    except OSError:
        pass
PY
alive && receive "$url" tcp 2>/dev/null | head -20 | sort -u | wc -l | grep -qx 20
result $? "two hundred spoilt requests and broken connections later it still plays"
cat >lazy.py <<'PY'
import socket, sys, time
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
s.connect(("127.0.0.1", int(sys.argv[1])))
s.sendall(b"SETUP %s/streamid=0 RTSP/1.0\r\nCSeq: 1\r\nTransport: RTP/AVP/TCP;interleaved=0-1\r\n\r\n" % sys.argv[2].encode())
session = s.recv(4096).decode().split("Session: ")[1].split(";")[0]
s.sendall(f"PLAY {sys.argv[2]} RTSP/1.0\r\nCSeq: 2\r\nSession: {session}\r\n\r\n".encode())
time.sleep(float(sys.argv[3]))
PY
# one that asks for pictures and does not read, one that is killed
python3 lazy.py "$port" "$url" 20 &
lazy=$!
ffmpeg -nostdin -loglevel quiet -rtsp_transport udp -i "$url" -f null - &
victim=$!
sleep 1
kill -KILL $victim
wait $victim 2>/dev/null
timeout 6 ffmpeg -nostdin -loglevel error -rtsp_transport tcp -i "$url" -t 3 -f null - 2>slow.err
[ $? -eq 0 ] && [ ! -s slow.err ] && alive
result $? "a client that does not read and one that is killed disturb no other"
kill $lazy
close_cameras
[ $? -eq 0 ] && ! grep -qE "ERROR|runtime error|Sanitizer" camera.err
result $? "and a camera that loops ends when it is asked to"
draw noisy.mp4 3 -vf noise=alls=60:allf=t -c:v libx264 -preset ultrafast -qp 10 -g 25
open_cameras noisy.mp4 --loop --speed 4
python3 lazy.py "$port" "${at[0]}" 4
close_cameras
left=$(sed -n 's/.*came, \([0-9]*\) pictures left out.*/\1/p' camera.err)
[ "${left:-0}" -gt 20 ]
result $? "pictures left out for a client that does not keep up are counted"

# ---- many
if [ -r /proc/self/stat ]; then
    draw long.mp4 8 -c:v libx264 -b:v 1M -g 50
    cp long.mp4 l2.mp4
    for i in {1..8}; do ln -sf long.mp4 "eight$i.mp4"; done
    open_cameras eight?.mp4 --wait 0 --loop
    unset readers
    for address in "${at[@]}"; do timeout 30 ffmpeg -nostdin -loglevel quiet -rtsp_transport tcp -i "$address" -c copy -t 6 -f null - & readers[$!]=1; done
    before=$(awk '{ print $14 + $15 }' "/proc/$camera/stat")
    sleep 5
    ticks=$(($(awk '{ print $14 + $15 }' "/proc/$camera/stat") - before))
    echo "# eight cameras with a client each: $ticks of 500 ticks of processor time"
    [ ${#at[@]} = 8 ] && [ $ticks -lt 250 ]
    result $? "eight cameras in real time take less than half a core"
    wait "${!readers[@]}"
    close_cameras
else
    skip "eight cameras in real time take less than half a core" "needs /proc"
fi

# ---- numbers that mean nothing
for wish in "--speed 1e-300" "--speed nan" "--lead nan" "--gap 1e300" "--flashes 1 --flash 1e-9" "--idle 1e-9" "--rate inf"; do
    # shellcheck disable=SC2086
    timeout 10 "$VSAUDIT" camera h264.mp4 --address rtsp://127.0.0.1:0 $wish >wish.log 2>&1
    [ $? -eq 2 ] || echo "# $wish"
done >wishes
[ ! -s wishes ]
result $? "numbers beyond all sense are a wrong usage"
cat wishes

# ---- a product that nobody here wrote
if command -v motion >/dev/null; then
    open_cameras h264.mp4 --lead 3 --flashes 7 --stay --log flashed.csv
    printf '%s\n' 'daemon off' "netcam_url ${at[0]}" 'netcam_params rtsp_transport = tcp' 'width 320' 'height 240' 'framerate 25' \
        'movie_output off' 'picture_output off' 'webcontrol_port 0' 'stream_port 0' "on_event_start date +%s.%N >>$PWD/events" >motion.conf
    touch events
    timeout -s INT -k 10 20 motion -n -c motion.conf >motion.log 2>&1 &
    watcher=$!
    for _ in {1..150}; do
        [ -s events ] && break
        sleep 0.1
    done
    kill -INT $watcher
    wait $watcher
    close_cameras
    awk -F, 'NR == FNR { if ($3 == 1 && white == 0 && $4 >= 0.5) white = $5; next } { exit !(white > 0 && $1 > white && $1 < white + 10) }' flashed.csv events
    result $? "motion watches the camera, and is alarmed by its flashes"
else
    skip "motion watches the camera, and is alarmed by its flashes" "motion is not installed"
fi
