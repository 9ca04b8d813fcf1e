//! Pure: policy and portfolio and day in, duties and due visits out (`planning.md`).
