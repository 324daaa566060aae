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

# Run google/dotprompt's own specification, from a checkout of it (an absolute path).
conformance DIR:
    DOTPROMPT_SPEC={{DIR}} cargo test --test conformance -- --include-ignored --nocapture

# Compare 100,000 random templates with handlebars.js; needs node, and handlebars on NODE_PATH. COUNT and
# SEED set others.
differential:
    cargo test --test handlebars -- --ignored --nocapture

# Fuzz a target for so many seconds; needs `cargo install cargo-fuzz`.
fuzz TARGET SECONDS:
    mkdir -p fuzz/corpus/{{TARGET}}
    RUSTC_BOOTSTRAP=1 cargo fuzz run {{TARGET}} fuzz/corpus/{{TARGET}} fuzz/seeds/{{TARGET}} -- -max_total_time={{SECONDS}} -dict=fuzz/{{TARGET}}.dict -timeout=10 -max_len=8192

# Render in a loop beside the handlebars crate, and parse 1,000 and 10,000 tags.
bench-render:
    cargo bench --bench render
