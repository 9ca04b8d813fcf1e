//! The loop: receive, update, effects, draw; terminal, input thread, signals.
