//! Where data of a customer lie: every table that the data dictionary keeps as long as a customer, and
//! what is worked out of these. A test holds the list to the dictionary.

const OWN: &str = "customer_id = ?1";
const BY_VISIT: &str = "visit_id IN (SELECT visit_id FROM visits WHERE customer_id = ?1)";
const BY_FLAG: &str = "flag_id IN (SELECT flag_id FROM flags WHERE customer_id = ?1)";
const BY_LOAN: &str = "loan_id IN (SELECT loan_id FROM loans WHERE customer_id = ?1)";

/// What names several customers, or has no index by which hers are found: gone through once for all
/// that are being erased.
pub(in crate::store) const SHARED: &[(&str, &str)] = &[
    (
        "notices",
        "customer_id IN (SELECT customer_id FROM erasing)
            OR visit_id IN (SELECT v.visit_id FROM visits v JOIN erasing x USING (customer_id))
            OR flag_id IN (SELECT f.flag_id FROM flags f JOIN erasing x USING (customer_id))",
    ),
    (
        "calendar_events",
        "EXISTS (SELECT 1 FROM customers c JOIN erasing x USING (customer_id)
            WHERE instr(calendar_events.summary, c.name) > 0)",
    ),
    (
        "text_bands",
        "text_id IN (SELECT t.text_id FROM text_prints t JOIN visits v USING (visit_id)
            JOIN erasing x USING (customer_id))",
    ),
    (
        "likenesses",
        "visit_id IN (SELECT v.visit_id FROM visits v JOIN erasing x USING (customer_id))
            OR other_visit IN (SELECT v.visit_id FROM visits v JOIN erasing x USING (customer_id))",
    ),
];

/// Table and condition, with `?1` the customer. What refers to others comes before them.
pub(in crate::store) const TABLES: &[(&str, &str)] = &[
    // Texts of records, by which later ones are compared.
    ("text_prints", BY_VISIT),
    // Records.
    ("field_drafts", BY_VISIT),
    ("returned_answers", BY_VISIT),
    ("returns", BY_VISIT),
    (
        "comment_replies",
        "comment_id IN (SELECT comment_id FROM comments WHERE visit_id IN
            (SELECT visit_id FROM visits WHERE customer_id = ?1))",
    ),
    ("comments", BY_VISIT),
    ("opinions", BY_VISIT),
    ("opinion_needs", BY_VISIT),
    ("co_inspections", BY_VISIT),
    ("declared_answers", BY_VISIT),
    ("handings", BY_VISIT),
    ("answers", BY_VISIT),
    ("heard", BY_VISIT),
    ("heard_texts", BY_VISIT),
    ("attachments", BY_VISIT),
    ("attachment_refusals", BY_VISIT),
    ("call_backs", BY_VISIT),
    ("dossier_updates", BY_VISIT),
    ("record_writers", BY_VISIT),
    ("records", BY_VISIT),
    // Flags and to-dos.
    ("deadline_flags", OWN),
    ("flag_care", BY_FLAG),
    ("flag_history", BY_FLAG),
    ("flag_inputs", BY_FLAG),
    ("flag_end_inputs", BY_FLAG),
    ("flag_todos", BY_FLAG),
    ("flag_owners", BY_FLAG),
    ("proofs", BY_FLAG),
    ("proof_refusals", BY_FLAG),
    ("flags", OWN),
    (
        "look_ats",
        "customer_id = ?1 OR todo_id IN (SELECT todo_id FROM todos WHERE customer_id = ?1)",
    ),
    ("todos", OWN),
    // Requests, inspections, handovers.
    ("request_care", "request_id IN (SELECT request_id FROM requests WHERE customer_id = ?1)"),
    ("requests", OWN),
    ("task_care", "task_id IN (SELECT task_id FROM tasks WHERE customer_id = ?1)"),
    ("tasks", OWN),
    ("strategy_steps", OWN),
    ("strategies", OWN),
    ("handovers", OWN),
    ("packet_open", OWN),
    ("packet_given", OWN),
    ("packet_customers", OWN),
    ("visits", OWN),
    // What the bank's system and the plan say.
    ("covenant_loans", BY_LOAN),
    ("drawdowns", BY_LOAN),
    ("repayments", BY_LOAN),
    ("collateral", OWN),
    ("conditions", OWN),
    ("loans", OWN),
    ("account_flows", OWN),
    ("contacts", OWN),
    ("covenants", OWN),
    ("customer_facts", OWN),
    ("deadline_marks", OWN),
    ("deadlines", OWN),
    ("due_visits", OWN),
    ("guarantors", OWN),
    ("kept_duties", OWN),
    ("month_duties", OWN),
    ("pauses", OWN),
    ("planned_days", OWN),
    ("prep_checks", OWN),
    ("prep_people", OWN),
    ("prep_meetings", OWN),
    ("relations", OWN),
    ("scores", OWN),
    ("statement_details", OWN),
    ("statements", OWN),
    ("tier_decisions", OWN),
    ("tier_events", OWN),
    ("tier_proposals", OWN),
    ("utilities", OWN),
    ("holds", OWN),
    ("customers", OWN),
];

/// Tables that the dictionary keeps as long as a customer and that hold none of her data: packets
/// name people of the bank alone.
#[cfg(test)]
pub(in crate::store) const NOT_HERS: [&str; 2] = ["packets", "packet_signatures"];
