//! Panes, overlays, widgets, keymap, theme.
