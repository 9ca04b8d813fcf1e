//! The store's thread: requests, standing queries, live refresh, jobs.
