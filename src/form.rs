//! Pure: checklist definitions, composition, relevance, validation, carry-forward, cross-checks.
