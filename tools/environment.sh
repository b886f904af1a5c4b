#!/bin/sh
# Makes the virtual environment, or says in plain Chinese what this machine lacks for it.
# Usage: sh tools/environment.sh PYTHON FOLDER. Installs no package: the Makefile does.
set -eu
python=$1
folder=$2

missing() {
    printf '\n缺少%s。\n' "$1" >&2
    printf '  Debian、Ubuntu、统信、麒麟：sudo apt-get install python3 python3-venv python3-pip\n' >&2
    printf '  Fedora、openEuler、龙蜥：  sudo dnf install python3 python3-pip\n' >&2
    printf '  macOS：                    brew install python3\n' >&2
    printf '装好后再运行一次 make；解释器另有名称时写 make PYTHON=python3.12。\n\n' >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 || missing " Python（找不到命令 $python，需要 3.11 或更高版本）"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    missing " Python 3.11 或更高版本（$python 是 $("$python" -c 'import platform; print(platform.python_version())')）"
"$python" -c 'import venv' 2>/dev/null || missing " venv（Python 的虚拟环境模块）"
"$python" -c 'import ensurepip' 2>/dev/null || missing " pip（Python 的安装工具 ensurepip，在 python3-venv 软件包里）"

echo "建立环境 $folder …"
if ! "$python" -m venv --clear "$folder"; then
    rm -rf "$folder" # half an environment would pass for a whole one next time
    missing "建立虚拟环境所需的组件（原因见上）"
fi
