# Everything that a change must pass.
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test
    RUSTDOCFLAGS='-D warnings' cargo doc --no-deps
    if command -v cargo-deny >/dev/null; then cargo deny check; fi
    if command -v typos >/dev/null; then typos; fi

# Write what the program prints now into the expectations of the tests.
bless:
    SNAPSHOTS=overwrite cargo test

# Render a prompt of this repository with one of its examples.
demo:
    cargo run --quiet -- render analysis/summary --example for_executive
