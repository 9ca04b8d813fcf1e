//! Checklist packs: TOML to form definitions.
