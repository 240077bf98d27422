#!/usr/bin/env bash
# make deb: the packages are made under any umask, lintian finds no error, they install, the program works from any folder with its scenarios,
# a program of somebody else's is compiled against the library, and all goes without a trace.
# shellcheck shell=bash disable=SC2154
set -u
. "$(dirname "$0")/../tap.bash"
cd "$(dirname "$0")/../.." || exit 1
names=("the packages are made under a narrow umask" "the same bytes a second time" "they need the libraries that program and library are linked with"
    "lintian finds no error" "dpkg installs them" "everybody can read what they install" "the installed program runs from any folder"
    "it finds its conformance vectors" "a copy of its folder draws its own clips" "and runs a scenario on them"
    "every scenario and audit for drawn clips is sound there" "dpkg -L names each file, and purge leaves nothing"
    "a program is compiled against the library and runs")
for tool in dpkg-deb dpkg-shlibdeps; do
    command -v $tool >/dev/null && continue
    for name in "${names[@]}"; do skip "$name" "$tool is not installed"; done
    echo "1..$n"
    exit 0
done
export SOURCE_DATE_EPOCH=1700000000
PATH_WITHOUT_LINTIAN=$SCRATCH/bin
mkdir -p "$PATH_WITHOUT_LINTIAN" # once is enough
printf '#!/bin/sh\nexit 0\n' >"$PATH_WITHOUT_LINTIAN/lintian"
chmod +x "$PATH_WITHOUT_LINTIAN/lintian"
make_deb() { PATH=$PATH_WITHOUT_LINTIAN:$PATH scripts/make-deb "$VSAUDIT" "$1" >"$SCRATCH/log" 2>&1; }
(umask 077 && make_deb "$SCRATCH/one")
status=$?
package=$(ls "$SCRATCH"/one/vsaudit_*.deb)
runtime=libvsaudit$(sed -n 's/^#define VSAUDIT_API_MAJOR //p' analyzer/include/vsaudit/base.h)
library=$(ls "$SCRATCH/one/$runtime"_*.deb)
development=$(ls "$SCRATCH"/one/libvsaudit-dev_*.deb)
packages=("$package" "$library" "$development")
[ $status -eq 0 ] || sed 's/^/# /' "$SCRATCH/log"
result $status "${names[0]}"
(umask 022 && make_deb "$SCRATCH/two") && diff -r "$SCRATCH/one" "$SCRATCH/two" >/dev/null
result $? "${names[1]}"
dpkg-deb -f "$package" Depends >"$SCRATCH/depends"
grep -q libavformat "$SCRATCH/depends" && grep -q libglib2.0 "$SCRATCH/depends" && grep -q libopencv-core "$SCRATCH/depends" && grep -q fonts-dejavu-core "$SCRATCH/depends" &&
    dpkg-deb -f "$library" Depends | grep -q libglib2.0 && ! dpkg-deb -f "$library" Depends | grep -q -E 'libav|opencv|sqlite' &&
    dpkg-deb -f "$development" Depends | grep -q "^$runtime (= "
result $? "${names[2]}"
if command -v lintian >/dev/null; then
    lintian --allow-root --fail-on error "${packages[@]}" >"$SCRATCH/lint" 2>&1
    status=$?
    sed 's/^/# /' "$SCRATCH/lint"
    result $status "${names[3]}"
else
    skip "${names[3]}" "lintian is not installed"
fi

root=$SCRATCH/root
mkdir -p "$root"
manage() { dpkg --root="$root" --force-not-root --force-depends --force-script-chrootless --log=/dev/null "$@"; }
if [ "$(id -u)" -eq 0 ]; then
    mkdir -p "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/info"
    touch "$root/var/lib/dpkg/status" "$root/var/lib/dpkg/available"
    (umask 077 && manage --install "${packages[@]}") >"$SCRATCH/log" 2>&1
    status=$?
    [ $status -eq 0 ] || sed 's/^/# /' "$SCRATCH/log"
    result $status "${names[4]}"
else
    for each in "${packages[@]}"; do dpkg-deb -x "$each" "$root"; done
    skip "${names[4]}" "only root can; it was unpacked"
fi
for each in "${packages[@]}"; do dpkg-deb -c "$each"; done >"$SCRATCH/contents" # as the packages have them
awk '$1 !~ /^(-r..r..r..|dr.xr.xr.x|l)/ || $2 != "root/root"' "$SCRATCH/contents" >"$SCRATCH/private"
sed 's/^/# /' "$SCRATCH/private" | head
[ ! -s "$SCRATCH/private" ]
result $? "${names[5]}"
program=$root/usr/bin/vsaudit share=$root/usr/share/vsaudit
(cd / && "$program" --version) | grep -q -F "$(cat VERSION)"
result $? "${names[6]}"
(cd / && "$program" conform crowd-limit | tail -1) | grep -q ' 0 failed'
result $? "${names[7]}"

# As its README says: a copy of the folder, drawn in there. One short scene stands for the set, and all the names lead to it.
cp -r "$share" "$SCRATCH/copy"
cd "$SCRATCH/copy" || exit 1
mkdir all && mv datasets/sample/*.yaml all/
mv all/tamper-light.yaml datasets/sample/
(cd / && PATH=$root/usr/bin:$PATH "$SCRATCH/copy/scripts/render-sample") >"$SCRATCH/log" 2>&1 && [ -s build/sample/dataset.yaml ]
status=$?
[ $status -eq 0 ] || sed 's/^/# /' "$SCRATCH/log"
result $status "${names[8]}"
(cd / && "$program" run "$SCRATCH/copy/scenarios/savari/camera-tampering.yaml" -o "$SCRATCH/report" --quiet) >"$SCRATCH/log" 2>&1
status=$?
[ $status -le 1 ] || sed 's/^/# /' "$SCRATCH/log"
[ $status -le 1 ] && [ -s "$SCRATCH/report/report.fr.html" ]
result $? "${names[9]}"
cd - >/dev/null || exit 1
if [ -s build/sample/dataset.yaml ]; then # drawn in this checkout by make demo or make check
    rm -rf "$SCRATCH/copy/build/sample"
    cp -r build/sample "$SCRATCH/copy/build/sample"
    bad=0
    for file in "$SCRATCH"/copy/scenarios/sample-audit.yaml "$SCRATCH"/copy/scenarios/savari-claims.yaml "$SCRATCH"/copy/scenarios/savari/*.yaml; do
        (cd / && "$program" check "$file") >"$SCRATCH/log" 2>&1 || { bad=1; sed 's/^/# /' "$SCRATCH/log" | head -5; }
    done
    result $bad "${names[10]}"
else
    skip "${names[10]}" "the sample is not drawn (make sample)"
fi
config=$(find "$root/usr/lib" -name vsaudit.pc)
read -r -a flags < <(PKG_CONFIG_PATH=$(dirname "$config") PKG_CONFIG_SYSROOT_DIR=$root PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1 pkg-config --cflags --libs vsaudit)
gcc "$root/usr/share/doc/libvsaudit-dev/examples/example.c" "${flags[@]}" -o "$SCRATCH/example" >"$SCRATCH/log" 2>&1 &&
    LD_LIBRARY_PATH=$(dirname "$config")/.. "$SCRATCH/example" | grep -q '^hits 2, misses 1, '
compiled=$?
[ $compiled -eq 0 ] || sed 's/^/# /' "$SCRATCH/log"
if [ "$(id -u)" -eq 0 ]; then
    manage -L vsaudit "$runtime" libvsaudit-dev | sort >"$SCRATCH/listed"
    (cd "$root" && find . -path ./var -prune -o -type f -print | sed 's/^\.//' | sort) >"$SCRATCH/there"
    comm -13 "$SCRATCH/listed" "$SCRATCH/there" >"$SCRATCH/unlisted"
    manage --purge vsaudit libvsaudit-dev "$runtime" >"$SCRATCH/log" 2>&1 && [ ! -s "$SCRATCH/unlisted" ] &&
        [ -z "$(find "$root" -mindepth 1 ! -path "$root/var*" ! -path "$root/usr" ! -path "$root/usr/share")" ] && ! ls "$root"/var/lib/dpkg/info/ | grep -q vsaudit
    status=$?
    [ $status -eq 0 ] || { sed 's/^/# /' "$SCRATCH/log"; (cd "$root" && find . ! -path './var*' | head | sed 's/^/# left: /'); }
    result $status "${names[11]}"
else
    skip "${names[11]}" "only root can"
fi
result $compiled "${names[12]}"
echo "1..$n"
