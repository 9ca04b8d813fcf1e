//! Policy packs: TOML to the rules of planning.
