# Shortcuts for common tasks. `just` lists them.

_default:
    @just --list --unsorted

# Everything that a change must pass
ci:
    bash .ci/run

# The tests
test:
    cargo test --locked

# Formatting and lints, fixed automatically where possible
fix:
    cargo fmt
    cargo clippy --locked --all-targets --fix --allow-dirty --allow-staged

# Read the demonstration page and validate the result
demo:
    cargo run --locked -- ingest raw/page.txt
    cargo run --locked -- validate output/page

# Speed, compared with two Python scripts (needs an idle machine)
bench *OPTIONS:
    python3 benches/throughput.py {{OPTIONS}}

# Fuzz a target (split, clean, profile, charset, html, quick, json_ld or input) for some seconds
fuzz TARGET SECONDS="600":
    bash fuzz/run {{TARGET}} {{SECONDS}}
