//! Flows of the checklist.
