#!/bin/sh
# Finds a Python that can run yige by running each candidate, then hands over to config.launcher.setup.
# A name on PATH proves nothing: version managers leave shims there for interpreters that are not installed.
set -u
cd "$(dirname "$0")/.." || exit 1

try='import sys; sys.exit(sys.version_info < (3, 12))'
try_venv='import ensurepip, fcntl, ssl, venv'
without_venv=

candidates() {
    printf '%s\n' .venv/bin/python "${YIGE_PYTHON:-}"
    printf '%s\n' python3.14 python3.13 python3.12 python3
    for folder in "${PYENV_ROOT:-$HOME/.pyenv}/versions" "${XDG_DATA_HOME:-$HOME/.local/share}/uv/python"; do
        ls -d "$folder"/*/bin/python3 2>/dev/null | sort -rV
    done
    ls /usr/bin/python3.1[2-9] /usr/local/bin/python3.1[2-9] /opt/homebrew/bin/python3.1[2-9] 2>/dev/null
}

for python in $(candidates); do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c "$try" >/dev/null 2>&1 || continue
    if "$python" -c "$try_venv" >/dev/null 2>&1; then
        exec "$python" -m config.launcher.setup "$@"
    fi
    without_venv=$python
done

if [ -n "$without_venv" ]; then
    echo "找到了 $without_venv，但缺少 venv 模块。Debian/Ubuntu 请先执行：apt install python3-venv" >&2
    echo "($without_venv lacks the venv module; on Debian/Ubuntu: apt install python3-venv)" >&2
else
    echo "没有找到 Python 3.12 或更高版本。请安装后重试，或用 YIGE_PYTHON=/路径/python3 指定。" >&2
    echo "(No Python >= 3.12 found: install one, or name it with YIGE_PYTHON=/path/to/python3.)" >&2
fi
exit 1
