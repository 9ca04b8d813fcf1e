//! Files in and out: import, template, export (`exchange.md`).
