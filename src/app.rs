//! The state of the screen: events in, effects out.
