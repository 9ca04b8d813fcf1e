//! Which pieces of collateral count, at one place for everybody who reads `collateral`; signals ask the
//! same of their rows (`src/warning/derive.rs`).
//!
//! The conditions name the piece `k`. A loan of somebody else's is none that it names.

/// Condition: `k` still secures something. Its own loan is running, or it names none and stands for all
/// that are.
macro_rules! held {
    () => {
        "coalesce((SELECT o.status = 'active' FROM loans o \
         WHERE o.loan_id = k.loan_id AND o.customer_id = k.customer_id), \
         EXISTS (SELECT 1 FROM loans o WHERE o.customer_id = k.customer_id AND o.status = 'active'))"
    };
}

/// Condition: the value of `k` is held against what collateral secures. Its own loan is running and
/// stands on collateral, or it names none and there is such a loan.
macro_rules! counts {
    () => {
        "coalesce((SELECT o.status = 'active' AND coalesce(o.guarantee_mode, '') IN \
         ('mortgage', 'pledge') FROM loans o \
         WHERE o.loan_id = k.loan_id AND o.customer_id = k.customer_id), \
         EXISTS (SELECT 1 FROM loans o WHERE o.customer_id = k.customer_id AND o.status = 'active' \
         AND o.guarantee_mode IN ('mortgage', 'pledge')))"
    };
}

pub(in crate::store) use {counts, held};

#[cfg(test)]
mod tests;
