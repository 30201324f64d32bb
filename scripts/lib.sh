# Shared by the scripts: where things are, and how they speak. Sourced, not run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Tools that are slow to install are kept outside the checkout, by version, so that a clean checkout finds them.
# shellcheck disable=SC2034
tools=${GRIDPACT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/gridpact/tools}
script=$(basename "$0")

note() { printf '%s: %s\n' "$script" "$*" >&2; }
fail() { note "$*"; exit 1; }

need() { # command, what it is for and how to get it
    command -v "$1" >/dev/null || fail "$1 is missing: $2"
}

# wasm-opt, installed by name on first use; sets wasm_opt.
install_wasm_opt() {
    need node "wasm-opt runs on Node.js 18 or newer; install nodejs and npm"
    need npm "wasm-opt comes from the npm registry; install npm"
    local lock binaryen
    lock=$(sha256sum "$root/scripts/wasm-tools/package-lock.json" | cut -c1-16)
    binaryen=$tools/binaryen-$lock
    wasm_opt=$binaryen/node_modules/.bin/wasm-opt
    if [ ! -x "$wasm_opt" ]; then
        note "installing binaryen"
        mkdir -p "$binaryen"
        cp "$root"/scripts/wasm-tools/package*.json "$binaryen/"
        npm ci --prefix "$binaryen" --no-audit --no-fund --loglevel=error
    fi
}

# Optimises, and rewrites the instructions that Rust emits and the chain's VM refuses. wasm-opt would put every function that is
# called once into its caller, whatever its size: readers of messages then have more than the 100 locals that the VM takes.
lower_wasm() { # input, output, and how it is optimised where not for speed
    "$wasm_opt" "${3:--O3}" --one-caller-inline-max-function-size=30 --strip-debug --strip-producers \
        --enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext --enable-nontrapping-float-to-int \
        --enable-mutable-globals \
        --llvm-memory-copy-fill-lowering --signext-lowering --llvm-nontrapping-fptoint-lowering \
        "$1" -o "$2"
}

# RUSTFLAGS that keep this machine's paths out of what is built, so that the bytes do not depend on where that is.
remapped_paths() { # checkout
    local sysroot
    sysroot=$(cd "$1" && rustc --print sysroot)
    printf '%s' "--remap-path-prefix=$1=/gridpact --remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$sysroot=/rust"
}

# The contracts as wasm, where artifacts/ has not what its checksums.txt lists: none yet, or of another commit.
build_contracts() {
    (cd "$root/artifacts" && sha256sum --check --status checksums.txt 2>/dev/null) || "$root/scripts/build-wasm"
}

# Every test and program of the workspace in one build. All scripts call just this: packages built alone would be built
# again, since their dependencies then have other features.
build_everything() {
    need cargo "install Rust with rustup; rust-toolchain.toml names the version"
    cargo test --workspace --locked --quiet --no-run
    # shellcheck disable=SC2034
    programs=$(cd "${CARGO_TARGET_DIR:-$root/target}/debug" && pwd)
}
