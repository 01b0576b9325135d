#!/bin/sh
# Sees to it that what the program needs of the system is there: `setup.sh build` for building and running,
# `setup.sh test` for the tests too. On Debian and Ubuntu it installs what is missing, as root or through sudo without a
# password; otherwise it prints the one command that does. On other systems it says what is missing.
# Nothing happens when all is there, and running it again does no harm.
set -eu

want=${1:-build}

build_packages="gcc libc6-dev pkg-config libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev"
test_packages="xvfb xauth xdotool scrot libgl1-mesa-dri zbar-tools poppler-utils cups-ipp-utils dbus"

packages=$build_packages
if [ "$want" = test ]; then
	packages="$packages $test_packages"
fi

fail() {
	printf '%s\n' "$@" >&2
	exit 1
}

need_go() {
	if ! command -v go >/dev/null 2>&1; then
		fail "Go is missing: install Go 1.26 or newer from https://go.dev/dl/ (缺少 Go,请安装 1.26 或更新版本)"
	fi
}

# missing_debian prints those of our packages that are not installed. A package that another one provides counts.
missing_debian() {
	for p in $packages; do
		state=$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true)
		case $state in
		*installed*) [ "${state#*not-installed}" = "$state" ] || printf '%s ' "$p" ;;
		*) printf '%s ' "$p" ;;
		esac
	done
}

setup_debian() {
	missing=$(missing_debian)
	if [ -z "$missing" ]; then
		return
	fi
	if [ "$(id -u)" = 0 ]; then
		as_root=""
	elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
		as_root="sudo"
	else
		fail "System packages are missing. Install them with this command, then run make again" \
			"(缺少系统软件包,请运行下面这条命令,然后重新 make):" "" \
			"  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing% }" ""
	fi
	echo "Installing system packages (正在安装系统软件包): $missing" >&2
	# shellcheck disable=SC2086 # the list is to be split
	{
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
		$as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -yq --no-install-recommends $missing
	} </dev/null >&2
}

# setup_other only looks: every system has its own names for these.
setup_other() {
	absent=""
	for tool in gcc pkg-config; do
		command -v "$tool" >/dev/null 2>&1 || absent="$absent $tool"
	done
	if command -v pkg-config >/dev/null 2>&1; then
		for lib in gl x11 xcursor xrandr xinerama xi xxf86vm; do
			pkg-config --exists "$lib" 2>/dev/null || absent="$absent lib:$lib"
		done
	fi
	if [ "$want" = test ]; then
		for tool in Xvfb xdotool scrot zbarimg pdftoppm pdftotext ippeveprinter dbus-daemon; do
			command -v "$tool" >/dev/null 2>&1 || absent="$absent $tool"
		done
	fi
	if [ -n "$absent" ]; then
		fail "Missing on this system; install their development packages (本系统缺少下列软件,请先安装):" "  $absent"
	fi
}

setup_mac() {
	if ! xcode-select -p >/dev/null 2>&1; then
		fail "The Xcode command line tools are missing: run xcode-select --install (缺少 Xcode 命令行工具)"
	fi
}

setup_windows() {
	if ! command -v gcc >/dev/null 2>&1; then
		fail "A C compiler is missing: install MSYS2 with mingw-w64-x86_64-gcc and put it on PATH (缺少 C 编译器)"
	fi
}

need_go
case $(uname -s) in
Linux)
	if command -v apt-get >/dev/null 2>&1 && command -v dpkg-query >/dev/null 2>&1; then
		setup_debian
	else
		setup_other
	fi
	;;
Darwin) setup_mac ;;
MINGW* | MSYS* | CYGWIN*) setup_windows ;;
*) setup_other ;;
esac
