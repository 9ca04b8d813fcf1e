CREATE INDEX appointments_by_officer ON appointments (officer, day);

CREATE INDEX attachments_by_visit ON attachments (visit_id, version);

CREATE INDEX co_inspections_by_user ON co_inspections (user, visit_id, version);

CREATE INDEX collateral_by_customer ON collateral (customer_id);

CREATE INDEX comments_by_record ON comments (visit_id, version);

CREATE INDEX conditions_by_customer ON conditions (customer_id);

CREATE INDEX covenants_by_customer ON covenants (customer_id);

CREATE INDEX customer_facts_by_exposure ON customer_facts (exposure DESC, customer_id, officer);

CREATE INDEX customer_facts_by_flags ON customer_facts (red DESC, orange DESC, yellow DESC, customer_id, officer);

CREATE INDEX customer_facts_by_next_due ON customer_facts (coalesce(next_due, '9999-12-31'), customer_id, officer);

CREATE INDEX customer_facts_by_officer ON customer_facts (officer, customer_id);

CREATE INDEX customer_facts_by_tier ON customer_facts (tier_rank DESC, customer_id, officer);

CREATE INDEX customer_facts_exempt ON customer_facts (officer, exempt) WHERE exempt > 0;

CREATE INDEX customer_facts_flagged ON customer_facts (officer, customer_id, signals) WHERE signals > 0;

CREATE INDEX customer_facts_gaps ON customer_facts (officer, gaps) WHERE gaps > 0;

CREATE INDEX customer_facts_unplanned ON customer_facts (officer, unplanned) WHERE unplanned > 0;

CREATE INDEX customers_by_circle ON customers (trade_circle, customer_id) WHERE trade_circle <> '';

CREATE INDEX customers_by_district ON customers (coalesce(district, ''), officer);

CREATE INDEX customers_by_field ON customers (customer_id, industry, district);

CREATE INDEX customers_by_group ON customers (group_id, customer_id) WHERE group_id IS NOT NULL;

CREATE INDEX customers_by_officer ON customers (officer, customer_id);

CREATE INDEX deadlines_by_due ON deadlines (due, customer_id, kind, ref, officer, opens);

CREATE INDEX deadlines_by_officer ON deadlines (officer, due, customer_id, kind, ref, opens);

CREATE INDEX drawdowns_by_loan ON drawdowns (loan_id);

CREATE INDEX due_visits_by_due ON due_visits (due, urgency, customer_id, n, class, officer);

CREATE INDEX due_visits_by_officer ON due_visits (officer, due, urgency, customer_id, n, class);

CREATE INDEX erasure_customers_by_customer ON erasure_customers (customer_id);

CREATE INDEX erasures_open ON erasures (erasure) WHERE state = 'proposed';

CREATE INDEX events_open ON events (happened_on) WHERE closed_on IS NULL;

CREATE INDEX flag_care_due ON flag_care (step_due) WHERE step_due IS NOT NULL;

CREATE INDEX flag_care_lies_with ON flag_care (lies_with) WHERE lies_with IS NOT NULL;

CREATE INDEX flag_todos_by_flag ON flag_todos (flag_id);

CREATE INDEX flags_by_customer ON flags (customer_id);

CREATE INDEX flags_live ON flags (customer_id, flag_id, level, owner, due_on, raised_on) WHERE state IN ('proposed', 'confirmed');

CREATE INDEX flags_rotting ON flags (customer_id, rots_on) WHERE rots_on IS NOT NULL;

CREATE INDEX handings_wished ON handings (wished_next, visit_id) WHERE wished_next IS NOT NULL;

CREATE INDEX handovers_by_customer ON handovers (customer_id);

CREATE INDEX heard_by_visit ON heard (visit_id);

CREATE INDEX heard_texts_by_visit ON heard_texts (visit_id);

CREATE UNIQUE INDEX holiday_years_in_force ON holiday_years (year) WHERE removed_at IS NULL;

CREATE INDEX journal_about_by_row ON journal_about (seq);

CREATE INDEX journal_anchors ON journal (seq) WHERE command = 'anchor';

CREATE INDEX journal_by_actor ON journal (actor, seq);

CREATE INDEX journal_by_subject ON journal (subject, seq);

CREATE INDEX journal_looks ON journal (at, actor, command, subject)
WHERE command IN ('read', 'read_refused', 'reveal', 'export', 'report', 'note_copy', 'sign_in', 'sign_in_refused', 'unlock');

CREATE INDEX journal_reveals ON journal (actor, at) WHERE command = 'reveal';

CREATE INDEX journal_vouches ON journal (at, actor) WHERE command = 'vouch';

CREATE INDEX look_ats_by_todo ON look_ats (todo_id);

CREATE INDEX month_duties_missed ON month_duties (month, customer_id, late, open) WHERE late + open > 0;

CREATE INDEX notices_unread ON notices (to_user) WHERE acknowledged_at IS NULL;

CREATE INDEX notices_unread_kind ON notices (to_user, kind) WHERE acknowledged_at IS NULL;

CREATE INDEX packet_customers_by_customer ON packet_customers (customer_id);

CREATE INDEX packets_open ON packets (packet) WHERE state = 'open';

CREATE INDEX planned_days_by_day ON planned_days (day, customer_id);

CREATE UNIQUE INDEX policies_active ON policies (state) WHERE state = 'active';

CREATE INDEX proofs_by_flag ON proofs (flag_id, seq);

CREATE INDEX records_by_author ON records (author, state, visit_id, version, started_at)
    WHERE state IN ('draft', 'submitted', 'returned');

CREATE INDEX records_handed_in ON records (submitted_at) WHERE state IN ('submitted', 'approved');

CREATE INDEX records_open ON records (visit_id, version, state, author) WHERE state IN ('draft', 'submitted', 'returned');

CREATE INDEX records_versions ON records (visit_id, version, state);

CREATE INDEX relations_by_related ON relations (related_customer_id) WHERE related_customer_id IS NOT NULL;

CREATE INDEX request_care_by_bundle ON request_care (bundle);

CREATE INDEX requests_by_customer ON requests (customer_id);

CREATE INDEX requests_open ON requests (customer_id) WHERE decision IS NULL;

CREATE UNIQUE INDEX score_cards_active ON score_cards (state) WHERE state = 'active';

CREATE UNIQUE INDEX strategies_in_force ON strategies (customer_id) WHERE in_force = 1;

CREATE INDEX strategies_of_visits ON strategies (visit_id) WHERE visit_id IS NOT NULL;

CREATE UNIQUE INDEX strategies_open ON strategies (customer_id) WHERE state = 'proposed';

CREATE INDEX task_care_by_batch ON task_care (batch);

CREATE INDEX tasks_by_customer ON tasks (customer_id);

CREATE INDEX tasks_by_issue ON tasks (issued_on);

CREATE UNIQUE INDEX tier_decisions_open ON tier_decisions (customer_id) WHERE state = 'proposed';

CREATE INDEX todos_by_customer ON todos (customer_id, state, due_on);

CREATE UNIQUE INDEX todos_by_item ON todos (visit_id, item) WHERE kind = 'document';

CREATE INDEX todos_open ON todos (due_on, customer_id, todo_id) WHERE state = 'open';

CREATE INDEX visits_by_customer ON visits (customer_id, visited_on, visit_id, class, state, submitted_on, purposes);

CREATE INDEX visits_by_officer ON visits (officer, visited_on, state);

CREATE INDEX visits_here ON visits (customer_id) WHERE origin = 'here';

CREATE INDEX visits_open ON visits (officer, state) WHERE state IN ('draft', 'returned', 'submitted');

CREATE TABLE account_flows (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    inflow INTEGER,
    outflow INTEGER,
    end_balance INTEGER,
    min_balance INTEGER,
    transactions INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE answers (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    evidence TEXT CHECK (evidence IN ('oral', 'photo', 'copy', 'original')),
    note TEXT NOT NULL DEFAULT '',
    unchanged INTEGER NOT NULL DEFAULT 0 CHECK (unchanged IN (0, 1)),
    answered_by TEXT NOT NULL,
    answered_at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (visit_id, version, item),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointments (
    appointment_id TEXT NOT NULL PRIMARY KEY,
    officer TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('pre_loan', 'other')),
    title TEXT NOT NULL,
    -- Where it leads; null = nowhere that visits could join.
    district TEXT,
    trade_circle TEXT,
    points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 99),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attachment_refusals (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    sha256 TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    first_visit TEXT NOT NULL,
    tried_by TEXT NOT NULL,
    tried_at TEXT NOT NULL, first_flag TEXT,
    PRIMARY KEY (visit_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE attachments (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    category TEXT,
    media TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    width INTEGER CHECK (width > 0),
    height INTEGER CHECK (height > 0),
    -- Time of the branch, as the camera says.
    taken_at TEXT CHECK (taken_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    -- Millionths of a degree.
    latitude INTEGER,
    longitude INTEGER,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    -- Number of the journal row: the order in which they were registered.
    seq INTEGER NOT NULL,
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar_events (
    officer TEXT NOT NULL,
    uid TEXT NOT NULL,
    due TEXT NOT NULL CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    summary TEXT NOT NULL,
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    cancelled_on TEXT CHECK (cancelled_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    PRIMARY KEY (officer, uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE call_backs (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    version INTEGER NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('confirmed', 'not_reached', 'differs')),
    contact TEXT NOT NULL,
    text TEXT NOT NULL,
    user TEXT NOT NULL,
    at TEXT NOT NULL,
    flag_id TEXT,
    PRIMARY KEY (visit_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_figures (
    branch TEXT NOT NULL,
    month TEXT NOT NULL,
    grouping TEXT NOT NULL CHECK (grouping IN ('officer', 'district')),
    -- Login name or district; empty = without a district.
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    figure TEXT NOT NULL,
    n INTEGER NOT NULL,
    -- Of a share: of how many.
    of INTEGER NOT NULL,
    PRIMARY KEY (branch, month, grouping, key, figure),
    FOREIGN KEY (branch, month) REFERENCES closed_months (branch, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_months (
    branch TEXT NOT NULL,
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    closed_by TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    PRIMARY KEY (branch, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE co_inspections (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    user TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    stand TEXT CHECK (stand IN ('agree', 'reserve', 'disagree')),
    opinion TEXT,
    signed_at TEXT,
    content_hash TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (visit_id, version),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version),
    CHECK (user <> asked_by),
    CHECK ((stand IS NULL) = (signed_at IS NULL) AND (opinion IS NULL) = (signed_at IS NULL)
        AND (content_hash IS NULL) = (signed_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE collateral (
    collateral_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    loan_id TEXT REFERENCES loans (loan_id),
    kind TEXT NOT NULL,
    place TEXT,
    area INTEGER,
    value INTEGER NOT NULL,
    valued_on TEXT CHECK (valued_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    next_valuation_on TEXT CHECK (next_valuation_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    registered_no TEXT,
    insured_until TEXT CHECK (insured_until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (collateral_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment_replies (
    comment_id TEXT NOT NULL PRIMARY KEY REFERENCES comments (comment_id),
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
    comment_id TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    resolved INTEGER NOT NULL DEFAULT 0 CHECK (resolved IN (0, 1)),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE conditions (
    condition_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    loan_id TEXT REFERENCES loans (loan_id),
    text TEXT NOT NULL,
    due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (condition_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    name TEXT NOT NULL,
    role TEXT CHECK (role IN ('controller', 'legal_rep', 'finance', 'borrower', 'agent', 'guarantor', 'custodian', 'project_lead', 'other')),
    phone TEXT,
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE covenant_loans (
    covenant_id TEXT NOT NULL REFERENCES covenants (covenant_id),
    loan_id TEXT NOT NULL REFERENCES loans (loan_id),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (covenant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE covenants (
    covenant_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    kind TEXT CHECK (kind IN ('reporting', 'financial')),
    indicator TEXT,
    operator TEXT CHECK (operator IN ('<', '<=', '>=', '>')),
    "limit" INTEGER,
    frequency TEXT CHECK (frequency IN ('monthly', 'quarterly', 'half_yearly', 'yearly', 'once')),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (covenant_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE customer_facts (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    officer TEXT NOT NULL,
    exposure INTEGER,
    tier TEXT NOT NULL,
    tier_rank INTEGER GENERATED ALWAYS AS (
        CASE tier WHEN 'loss' THEN 4 WHEN 'doubtful' THEN 3 WHEN 'substandard' THEN 2 WHEN 'special_mention' THEN 1 ELSE 0 END) VIRTUAL,
    days_past_due INTEGER NOT NULL,
    red INTEGER NOT NULL,
    orange INTEGER NOT NULL,
    yellow INTEGER NOT NULL,
    proposed INTEGER NOT NULL,
    signals INTEGER GENERATED ALWAYS AS (red + orange + yellow + proposed) STORED,
    next_due TEXT,
    last_visit TEXT,
    gaps INTEGER NOT NULL,
    cell TEXT
, unplanned INTEGER NOT NULL DEFAULT 0, exempt INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE customer_index USING fts5(
    tokens, content='', contentless_delete=1, detail='none', tokenize='unicode61 remove_diacritics 0');

CREATE TABLE 'customer_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'customer_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'customer_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'customer_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE customers (
    rid INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL,
    name TEXT NOT NULL,
    line TEXT CHECK (line IN ('corporate', 'small_business', 'personal_business', 'personal_consumption', 'micro_shop', 'project')),
    id_type TEXT,
    id_no TEXT,
    industry TEXT,
    district TEXT,
    trade_circle TEXT,
    grade TEXT,
    officer TEXT NOT NULL,
    tier TEXT CHECK (tier IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    low_risk INTEGER NOT NULL DEFAULT 0 CHECK (low_risk IN (0, 1)),
    group_id TEXT,
    legal_rep TEXT,
    controller TEXT,
    phone TEXT,
    address TEXT,
    onboarded_on TEXT CHECK (onboarded_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    cadence_since TEXT CHECK (cadence_since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    extra_visit_from TEXT CHECK (extra_visit_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    revision INTEGER NOT NULL DEFAULT 1,
    UNIQUE (customer_id)
) STRICT;

CREATE TABLE deadline_flags (
    customer_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    due TEXT NOT NULL,
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    PRIMARY KEY (customer_id, kind, ref, due)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadline_marks (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    kind TEXT NOT NULL CHECK (kind IN ('statement', 'covenant', 'condition', 'valuation', 'insurance', 'limitation', 'drawdown')),
    ref TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    mark TEXT NOT NULL CHECK (mark IN ('received', 'waived')),
    marked_on TEXT NOT NULL CHECK (marked_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    marked_by TEXT,
    reason TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')), value INTEGER,
    PRIMARY KEY (customer_id, kind, ref, due_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadlines (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    due TEXT NOT NULL,
    officer TEXT NOT NULL,
    opens TEXT NOT NULL,
    about TEXT NOT NULL,
    period_end TEXT,
    headroom TEXT,
    figure INTEGER,
    in_a_row INTEGER NOT NULL, loan_id TEXT, target INTEGER, balance INTEGER,
    PRIMARY KEY (customer_id, kind, ref, due)
) STRICT, WITHOUT ROWID;

CREATE TABLE declared_answers (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    declared_by TEXT NOT NULL,
    declared_on TEXT NOT NULL CHECK (declared_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    decided TEXT CHECK (decided IN ('own', 'declared')),
    taken_by TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, item),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE dossier_updates (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    item TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    version INTEGER NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('industry', 'address', 'phone', 'legal_rep', 'controller')),
    before TEXT,
    after TEXT NOT NULL CHECK (after <> ''),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (visit_id, item, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE drawdowns (
    drawdown_id TEXT NOT NULL,
    loan_id TEXT NOT NULL REFERENCES loans (loan_id),
    drawn_on TEXT NOT NULL CHECK (drawn_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    amount INTEGER NOT NULL,
    payee TEXT,
    payment_mode TEXT CHECK (payment_mode IN ('entrusted', 'self')),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (drawdown_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE due_load (
    officer TEXT NOT NULL,
    due TEXT NOT NULL,
    class TEXT NOT NULL,
    visits INTEGER NOT NULL,
    PRIMARY KEY (officer, due, class)
) STRICT, WITHOUT ROWID;

CREATE TABLE due_visits (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL,
    officer TEXT NOT NULL,
    class TEXT NOT NULL CHECK (class IN ('any', 'onsite')),
    opens TEXT NOT NULL,
    due TEXT NOT NULL,
    level INTEGER NOT NULL,
    tier TEXT NOT NULL,
    exposure INTEGER,
    -- Level, tier and exposure in one number, most urgent lowest: after `due` the order of lists.
    urgency INTEGER NOT NULL,
    codes TEXT NOT NULL,
    -- The duties, one a line: code, ref, class, opens, raw_due, due, delayed_from, rule, policy; parted by tabs.
    duties TEXT NOT NULL,
    PRIMARY KEY (customer_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure_customers (
    erasure TEXT NOT NULL REFERENCES erasures (erasure),
    customer_id TEXT NOT NULL,
    -- The last day of the relation.
    ended_on TEXT NOT NULL CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- What came of it: rows and files that were erased, and a hash of what they said; null = kept.
    rows INTEGER,
    files INTEGER,
    proof TEXT, words_gone INTEGER, words_kept INTEGER,
    PRIMARY KEY (erasure, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE erasures (
    erasure TEXT NOT NULL PRIMARY KEY,
    branch TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'done', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'proposed') = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    -- Two people: nobody erases what she put forward.
    CHECK (state NOT IN ('done', 'refused') OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
    event_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('price', 'policy', 'disaster', 'other')),
    title TEXT NOT NULL,
    -- Change in ten-thousandths of a percent, for a price.
    change INTEGER,
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- Words of industries, districts and codes of drivers, parted by `;`.
    industries TEXT NOT NULL DEFAULT '',
    districts TEXT NOT NULL DEFAULT '',
    drivers TEXT NOT NULL DEFAULT '',
    -- What is to be looked at, and until when.
    points TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    branch TEXT NOT NULL DEFAULT '',
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    finding TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((closed_on IS NULL) = (finding IS NULL)),
    CHECK (kind = 'price' OR change IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE field_drafts (
    visit_id TEXT NOT NULL,
    user TEXT NOT NULL,
    item TEXT NOT NULL,
    text TEXT NOT NULL,
    caret INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (visit_id, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_care (
    flag_id TEXT NOT NULL PRIMARY KEY REFERENCES flags (flag_id),
    step TEXT NOT NULL CHECK (step IN ('open', 'acknowledged', 'measure_decided', 'acting', 'verify', 'cleared', 'transferred')),
    visit_id TEXT,
    item TEXT,
    raised_by TEXT,
    acknowledged_by TEXT,
    acknowledged_at TEXT
, step_due TEXT, rule TEXT, rule_stamp TEXT, proposed_level TEXT CHECK (proposed_level IN ('yellow', 'orange', 'red')), lowered_why TEXT, lies_with TEXT CHECK (lies_with IN ('supervisor', 'risk', 'compliance')), held_at_end INTEGER CHECK (held_at_end IN (0, 1)), note_en TEXT, lowered_stamp TEXT) STRICT, WITHOUT ROWID;

CREATE TABLE flag_end_inputs (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    n INTEGER NOT NULL,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    as_of TEXT,
    PRIMARY KEY (flag_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_history (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (flag_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_inputs (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    n INTEGER NOT NULL,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    as_of TEXT,
    PRIMARY KEY (flag_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_owners (
    flag_id TEXT NOT NULL,
    user TEXT NOT NULL,
    PRIMARY KEY (flag_id, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE flag_todos (
    todo_id TEXT NOT NULL PRIMARY KEY REFERENCES todos (todo_id),
    flag_id TEXT NOT NULL REFERENCES flags (flag_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE flags (
    flag_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    signal TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('yellow', 'orange', 'red')),
    state TEXT CHECK (state IN ('proposed', 'confirmed', 'rejected', 'closed')),
    raised_on TEXT NOT NULL CHECK (raised_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    confirmed_on TEXT CHECK (confirmed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    level_since TEXT CHECK (level_since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    owner TEXT,
    measure TEXT,
    due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')), rots_on TEXT GENERATED ALWAYS AS (
    CASE state WHEN 'proposed' THEN ''
        WHEN 'confirmed' THEN
            CASE WHEN owner IS NULL OR coalesce(measure, '') = '' THEN '' ELSE due_on END END) VIRTUAL,
    PRIMARY KEY (flag_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE guarantors (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    name TEXT NOT NULL,
    id_no TEXT,
    amount INTEGER,
    relation TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE handings (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    likeness_reason TEXT,
    planned_next TEXT CHECK (planned_next GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    planned_codes TEXT NOT NULL DEFAULT '',
    wished_next TEXT CHECK (wished_next GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    wish_reason TEXT,
    PRIMARY KEY (visit_id, version),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE handovers (
    handover_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "on" TEXT NOT NULL CHECK ("on" GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    witness TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')),
    PRIMARY KEY (handover_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE heard (
    sha256 TEXT NOT NULL,
    n INTEGER NOT NULL,
    visit_id TEXT NOT NULL,
    -- `00:01:05` of a talk, the number of the line of a text.
    mark TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('signal', 'tag', 'attitude')),
    code TEXT NOT NULL,
    words TEXT NOT NULL, hearsay INTEGER NOT NULL DEFAULT 0 CHECK (hearsay IN (0, 1)),
    PRIMARY KEY (sha256, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE heard_texts (
    sha256 TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL,
    -- The words by which it was read.
    pack TEXT NOT NULL,
    read_at TEXT NOT NULL
, fault TEXT, fault_line INTEGER) STRICT, WITHOUT ROWID;

CREATE TABLE holds (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    -- Number of the journal row that set it.
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE holiday_years (
    year INTEGER NOT NULL CHECK (year BETWEEN 2007 AND 2199),
    n INTEGER NOT NULL CHECK (n >= 1),
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    removed_by TEXT,
    removed_at TEXT,
    remove_reason TEXT,
    PRIMARY KEY (year, n),
    CHECK ((removed_by IS NULL) = (removed_at IS NULL) AND (remove_reason IS NULL) = (removed_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE job_runs (
    job TEXT NOT NULL,
    business_date TEXT NOT NULL,
    at TEXT NOT NULL,
    by_session TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (job, business_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE jobs (
    job TEXT NOT NULL PRIMARY KEY,
    enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
    failures INTEGER NOT NULL DEFAULT 0,
    failed_for TEXT,
    last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    os_user TEXT NOT NULL,
    session TEXT NOT NULL,
    op TEXT UNIQUE,
    command TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
, digest TEXT, salt TEXT) STRICT;

CREATE TABLE journal_about (
    customer_id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (customer_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE kept_duties (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    code TEXT NOT NULL,
    ref TEXT NOT NULL,
    raw_due TEXT NOT NULL CHECK (raw_due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    class TEXT NOT NULL,
    opens TEXT NOT NULL,
    -- Before any delay: what was decided about the duty stands in `requests`.
    due TEXT NOT NULL,
    -- Rule and version that judge it, with the rule's source.
    rule TEXT NOT NULL,
    policy TEXT NOT NULL,
    source TEXT NOT NULL,
    verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
    -- Day of the visit that had met it; null = none had.
    met_on TEXT,
    -- Day of the change.
    kept_on TEXT NOT NULL,
    -- What the policy in force since would ask instead; null for periodic duties.
    instead TEXT,
    standing TEXT NOT NULL CHECK (standing IN ('owed', 'past', 'served', 'spared')), revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, code, ref, raw_due)
) STRICT, WITHOUT ROWID;

CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    boot_id TEXT NOT NULL,
    until_boottime_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE likenesses (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    percent INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
    other_visit TEXT NOT NULL,
    other_version INTEGER NOT NULL,
    other_item TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, item),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE loans (
    loan_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    product TEXT,
    contract_no TEXT,
    purpose TEXT,
    guarantee_mode TEXT CHECK (guarantee_mode IN ('credit', 'guarantee', 'mortgage', 'pledge')),
    amount INTEGER NOT NULL,
    balance INTEGER,
    rate INTEGER,
    disbursed_on TEXT NOT NULL CHECK (disbursed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    matures_on TEXT CHECK (matures_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    status TEXT NOT NULL CHECK (status IN ('active', 'settled', 'written_off')),
    settled_on TEXT CHECK (settled_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    days_past_due INTEGER,
    tier TEXT CHECK (tier IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    repayment TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    -- Kept together by customer: the plan reads them so, a hundred thousand times in a row.
    PRIMARY KEY (customer_id, loan_id),
    UNIQUE (loan_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE look_ats (
    origin TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    todo_id TEXT NOT NULL REFERENCES todos (todo_id),
    PRIMARY KEY (origin, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE month_duties (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    officer TEXT NOT NULL,
    district TEXT NOT NULL,
    on_time INTEGER NOT NULL,
    late INTEGER NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (customer_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE month_load (
    month TEXT NOT NULL,
    officer TEXT NOT NULL,
    district TEXT NOT NULL,
    on_time INTEGER NOT NULL,
    late INTEGER NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (month, officer, district)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
    notice_id INTEGER PRIMARY KEY,
    to_user TEXT NOT NULL,
    kind TEXT NOT NULL,
    customer_id TEXT,
    visit_id TEXT,
    flag_id TEXT,
    subject TEXT NOT NULL,
    business_date TEXT NOT NULL,
    created_at TEXT NOT NULL,
    acknowledged_at TEXT,
    UNIQUE (to_user, kind, subject)
) STRICT;

CREATE TABLE opinion_needs (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('second', 'risk', 'compliance')),
    PRIMARY KEY (visit_id, version, level),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE opinions (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('review', 'second', 'risk', 'compliance')),
    user TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('agree', 'conditions', 'disagree')),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (visit_id, version, content_hash, level),
    UNIQUE (visit_id, version, content_hash, user),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE packet_customers (
    packet TEXT NOT NULL REFERENCES packets (packet),
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    -- What no table says: habits, who really decides, what was promised by word.
    oddity TEXT NOT NULL DEFAULT '',
    written_by TEXT,
    written_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (packet, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE packet_given (
    packet TEXT NOT NULL REFERENCES packets (packet),
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    tier TEXT NOT NULL,
    exposure INTEGER,
    yellow INTEGER NOT NULL,
    orange INTEGER NOT NULL,
    red INTEGER NOT NULL,
    todos INTEGER NOT NULL,
    last_visit TEXT,
    next_due TEXT,
    PRIMARY KEY (packet, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE packet_open (
    packet TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('flag', 'todo')),
    ref TEXT NOT NULL,
    state TEXT NOT NULL,
    level TEXT,
    measure TEXT,
    due_on TEXT,
    owner TEXT,
    PRIMARY KEY (packet, customer_id, kind, ref),
    FOREIGN KEY (packet, customer_id) REFERENCES packet_given (packet, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE packet_signatures (
    packet TEXT NOT NULL REFERENCES packets (packet),
    content_hash TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('giver', 'receiver', 'witness')),
    user TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (packet, content_hash, part),
    UNIQUE (packet, content_hash, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE packets (
    packet TEXT NOT NULL PRIMARY KEY,
    giver TEXT NOT NULL,
    receiver TEXT NOT NULL,
    witness TEXT NOT NULL,
    effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'withdrawn')),
    started_by TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT,
    end_reason TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK (giver <> receiver AND giver <> witness AND receiver <> witness),
    CHECK ((state = 'open') = (ended_at IS NULL) AND (ended_by IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE packs (
    pack TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('checklists', 'policy')),
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    first_used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pauses (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pins (
    user TEXT NOT NULL PRIMARY KEY REFERENCES users (user),
    -- Never the PIN: `argon2id:memory:rounds:salt:hash`.
    sealed TEXT NOT NULL,
    set_at TEXT NOT NULL,
    -- Wrong ones since the last right one.
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE planned_days (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    -- A duty of the due visit: by it the visit is found again when others join or leave it.
    code TEXT NOT NULL,
    ref TEXT NOT NULL,
    raw_due TEXT NOT NULL CHECK (raw_due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    -- Number of the journal row that set it.
    revision INTEGER NOT NULL,
    PRIMARY KEY (customer_id, code, ref, raw_due)
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
    -- Id and version: `chengdong@2`.
    policy TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'active', 'retired', 'refused')),
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    -- Four eyes: nobody brings her own proposal into force. Taking it back is her right.
    CHECK (state NOT IN ('active', 'retired') OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE portfolio_days (
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    officer TEXT NOT NULL,
    tier TEXT NOT NULL,
    customers INTEGER NOT NULL,
    exposure INTEGER NOT NULL,
    PRIMARY KEY (day, officer, tier)
) STRICT, WITHOUT ROWID;

CREATE TABLE prep_checks (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    code TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    option TEXT NOT NULL,
    -- 'withdrawn': taken back, as if it had never been noted.
    result TEXT NOT NULL CHECK (result IN ('none', 'found', 'not_queried', 'withdrawn')),
    detail TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    looked_up_on TEXT CHECK (looked_up_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- The due visit for which it was noted; null = none was planned.
    due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- Written by taking back: the entry that counts again, 0 where there was none.
    restores INTEGER,
    pack TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (customer_id, code, n),
    -- Never "none" without a day, never a finding or a reason without words.
    CHECK (result IN ('not_queried', 'withdrawn') OR looked_up_on IS NOT NULL),
    CHECK (result NOT IN ('found', 'not_queried') OR detail <> '')
) STRICT, WITHOUT ROWID;

CREATE TABLE prep_meetings (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (customer_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE prep_people (
    customer_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (customer_id, n, name),
    FOREIGN KEY (customer_id, n) REFERENCES prep_meetings (customer_id, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE proof_refusals (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    -- One of the two.
    first_visit TEXT,
    first_flag TEXT,
    tried_by TEXT NOT NULL,
    tried_at TEXT NOT NULL,
    PRIMARY KEY (flag_id, sha256),
    CHECK (first_visit IS NOT NULL OR first_flag IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE proofs (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    media TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    width INTEGER CHECK (width > 0),
    height INTEGER CHECK (height > 0),
    -- Time of the branch, as the camera says.
    taken_at TEXT CHECK (taken_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    -- Millionths of a degree.
    latitude INTEGER,
    longitude INTEGER,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    -- Number of the journal row: the order in which they were registered.
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE record_writers (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    user TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, user)
) STRICT, WITHOUT ROWID;

CREATE TABLE records (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    version INTEGER NOT NULL CHECK (version >= 1),
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved')),
    pack TEXT NOT NULL,
    sections TEXT NOT NULL,
    facts TEXT NOT NULL,
    author TEXT NOT NULL,
    started_at TEXT NOT NULL,
    cursor TEXT,
    amend_reason TEXT,
    lateness_reason TEXT,
    submitted_by TEXT,
    submitted_at TEXT,
    content_hash TEXT,
    reviewed_by TEXT,
    reviewed_at TEXT,
    review_note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (visit_id, version),
    -- Four eyes: nobody reviews a record that she wrote or handed in.
    CHECK (reviewed_by IS NULL OR (reviewed_by <> author AND reviewed_by <> submitted_by))
) STRICT, WITHOUT ROWID;

CREATE TABLE relations (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    related_name TEXT NOT NULL,
    related_customer_id TEXT REFERENCES customers (customer_id),
    kind TEXT NOT NULL CHECK (kind IN ('control', 'guarantee', 'mutual_guarantee', 'family', 'upstream', 'downstream', 'group')),
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, related_name, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE repayments (
    loan_id TEXT NOT NULL REFERENCES loans (loan_id),
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    principal INTEGER,
    interest INTEGER,
    paid_on TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    paid_amount INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (loan_id, due_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE request_care (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES requests (request_id),
    bundle TEXT NOT NULL,
    interim TEXT NOT NULL DEFAULT '',
    asked_at TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
, ground TEXT CHECK (ground IN ('customer_away', 'customer_unwilling',
    'officer_away', 'workload', 'hindrance', 'papers', 'settling', 'other'))) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
    request_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    code TEXT NOT NULL CHECK (code IN ('use_of_funds', 'day90', 'renewal_talk', 'before_maturity', 'handover', 'flag_revisit', 'directed', 'periodic_onsite', 'periodic_offsite', 'sample')),
    ref TEXT NOT NULL,
    raw_due TEXT NOT NULL CHECK (raw_due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('delay', 'termination')),
    new_due TEXT CHECK (new_due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT,
    requested_by TEXT,
    decided_by TEXT,
    decided_on TEXT CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    decision TEXT CHECK (decision IN ('approved', 'refused')),
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')),
    PRIMARY KEY (request_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE returned_answers (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    evidence TEXT,
    note TEXT NOT NULL,
    unchanged INTEGER NOT NULL,
    PRIMARY KEY (visit_id, version, n, item),
    FOREIGN KEY (visit_id, version, n) REFERENCES returns (visit_id, version, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE returns (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    user TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, n),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_cards (
    -- Id and version: `score-own@1`.
    card TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'active', 'retired', 'refused')),
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    -- Four eyes: nobody brings her own proposal into force. Taking it back is her right.
    CHECK (state NOT IN ('active', 'retired') OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE scores (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    scored_on TEXT NOT NULL CHECK (scored_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    card TEXT NOT NULL,
    score INTEGER NOT NULL,
    -- Ten-thousandths.
    probability INTEGER NOT NULL CHECK (probability BETWEEN 0 AND 10000),
    grade TEXT NOT NULL,
    -- How many inputs of the statements were known.
    known INTEGER NOT NULL,
    PRIMARY KEY (customer_id, scored_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement_details (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    period_end TEXT NOT NULL CHECK (period_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    source TEXT CHECK (source IN ('customer', 'tax', 'public', 'third')),
    audited INTEGER NOT NULL DEFAULT 0 CHECK (audited IN (0, 1)),
    restricted_cash INTEGER,
    fixed_assets INTEGER,
    noncurrent_assets INTEGER,
    noncurrent_liabilities INTEGER,
    paid_in_capital INTEGER,
    profit_before_tax INTEGER,
    income_tax INTEGER,
    investing_cash_flow INTEGER,
    financing_cash_flow INTEGER,
    cash_change INTEGER,
    opening_cash INTEGER,
    closing_cash INTEGER,
    top5_sales INTEGER,
    affiliate_sales INTEGER,
    guarantees_given INTEGER,
    debt_service INTEGER,
    -- Ten-thousandths of a percent.
    shares_pledged INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, period_end)
) STRICT, WITHOUT ROWID;

CREATE TABLE statements (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    period_end TEXT NOT NULL CHECK (period_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    period_months INTEGER,
    cash INTEGER,
    receivables INTEGER,
    inventory INTEGER,
    current_assets INTEGER,
    total_assets INTEGER,
    short_debt INTEGER,
    payables INTEGER,
    current_liabilities INTEGER,
    long_debt INTEGER,
    total_liabilities INTEGER,
    retained_earnings INTEGER,
    equity INTEGER,
    revenue INTEGER,
    cost_of_sales INTEGER,
    gross_profit INTEGER,
    operating_expenses INTEGER,
    ebit INTEGER,
    depreciation INTEGER,
    interest_expense INTEGER,
    net_profit INTEGER,
    operating_cash_flow INTEGER,
    employees INTEGER,
    market_value INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, period_end)
) STRICT, WITHOUT ROWID;

CREATE TABLE strategies (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'noted', 'refused', 'withdrawn')),
    in_force INTEGER NOT NULL DEFAULT 0 CHECK (in_force IN (0, 1)),
    before TEXT NOT NULL CHECK (before IN ('increase', 'keep', 'reduce', 'exit')),
    strategy TEXT NOT NULL CHECK (strategy IN ('increase', 'keep', 'reduce', 'exit')),
    reason TEXT NOT NULL,
    -- The visit whose record caused it.
    visit_id TEXT REFERENCES visits (visit_id),
    -- Fen; balance of the loans when it was proposed.
    balance INTEGER,
    pack TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, n),
    CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL)),
    CHECK (in_force = 0 OR state IN ('approved', 'noted')),
    -- Nobody approves her own strategy.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE strategy_steps (
    customer_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step >= 1),
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- Fen; what the balance is at most from that day on.
    target INTEGER NOT NULL CHECK (target >= 0),
    measure TEXT NOT NULL,
    -- The day on which the balance was found there, and the balance.
    met_on TEXT CHECK (met_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    met_balance INTEGER,
    -- Noted by hand.
    mark TEXT CHECK (mark IN ('received', 'waived')),
    marked_on TEXT,
    marked_by TEXT,
    proof TEXT,
    PRIMARY KEY (customer_id, n, step),
    FOREIGN KEY (customer_id, n) REFERENCES strategies (customer_id, n),
    CHECK ((mark IS NULL) = (marked_by IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE task_care (
    task_id TEXT NOT NULL PRIMARY KEY REFERENCES tasks (task_id),
    batch TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    cancelled_by TEXT,
    cancelled_at TEXT,
    cancel_reason TEXT,
    CHECK ((cancelled_by IS NULL) = (cancelled_at IS NULL) AND (cancel_reason IS NULL) = (cancelled_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
    task_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    issued_on TEXT NOT NULL CHECK (issued_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    class TEXT NOT NULL CHECK (class IN ('onsite', 'any')),
    issued_by TEXT,
    points TEXT,
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')),
    PRIMARY KEY (task_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_bands (
    band INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    PRIMARY KEY (band, text_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE text_prints (
    text_id INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- Empty = all texts of the record together.
    item TEXT NOT NULL,
    UNIQUE (visit_id, version, item)
) STRICT;

CREATE TABLE tier_decisions (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
    before TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    -- What the machine said when the tier was put forward, and by which pack.
    machine TEXT NOT NULL,
    machine_reasons TEXT NOT NULL,
    pack TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    note TEXT, subgrade TEXT,
    PRIMARY KEY (customer_id, n),
    CHECK ((state IN ('confirmed', 'refused')) = (decided_by IS NOT NULL)),
    -- Nobody confirms her own tier.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;

CREATE TABLE tier_events (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    event TEXT NOT NULL,
    since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    ended_on TEXT,
    note TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (customer_id, event, since)
) STRICT, WITHOUT ROWID;

CREATE TABLE tier_proposals (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    tier TEXT NOT NULL CHECK (tier IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    -- One a line, as `TierReason` writes them.
    reasons TEXT NOT NULL,
    since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE todos (
    todo_id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    -- The visit and the item at which it was noted; null = noted outside of one.
    visit_id TEXT,
    item TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('document', 'agreed', 'recommendation', 'measure')),
    text TEXT NOT NULL,
    -- The same in English, where it comes from a checklist.
    text_en TEXT,
    owner TEXT NOT NULL,
    promised_by TEXT NOT NULL CHECK (promised_by IN ('customer', 'bank')),
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- What proves that it is done; a visit's id where a later record says so.
    proof TEXT,
    -- Why it was dropped: words, or a code of the program.
    reason TEXT,
    noted_by TEXT NOT NULL,
    noted_on TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'done') = (done_on IS NOT NULL)),
    CHECK (state <> 'dropped' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE users (
    user TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'risk', 'compliance', 'auditor', 'admin')),
    branch TEXT,
    ssh_key TEXT,
    disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (user)
) STRICT, WITHOUT ROWID;

CREATE TABLE utilities (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('power', 'water', 'gas', 'phone')),
    quantity INTEGER,
    amount INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, month, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE visits (
    visit_id TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    visited_on TEXT NOT NULL CHECK (visited_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    submitted_on TEXT CHECK (submitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    class TEXT NOT NULL CHECK (class IN ('onsite', 'offsite')),
    channel TEXT,
    officer TEXT,
    state TEXT CHECK (state IN ('draft', 'submitted', 'returned', 'approved')),
    purposes TEXT,
    conclusion TEXT,
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')),
    PRIMARY KEY (visit_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER call_backs_no_delete BEFORE DELETE ON call_backs
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN visits v USING (customer_id) WHERE v.visit_id = OLD.visit_id)
BEGIN SELECT RAISE(ABORT, 'call_backs: rows are never deleted'); END;

CREATE TRIGGER call_backs_no_update BEFORE UPDATE ON call_backs
BEGIN SELECT RAISE(ABORT, 'call_backs: rows are never changed'); END;

CREATE TRIGGER closed_figures_no_delete BEFORE DELETE ON closed_figures
BEGIN SELECT RAISE(ABORT, 'closed_figures: what was closed stays so'); END;

CREATE TRIGGER closed_figures_no_update BEFORE UPDATE ON closed_figures
BEGIN SELECT RAISE(ABORT, 'closed_figures: what was closed stays so'); END;

CREATE TRIGGER closed_months_no_delete BEFORE DELETE ON closed_months
BEGIN SELECT RAISE(ABORT, 'closed_months: what was closed stays so'); END;

CREATE TRIGGER closed_months_no_update BEFORE UPDATE ON closed_months
BEGIN SELECT RAISE(ABORT, 'closed_months: what was closed stays so'); END;

CREATE TRIGGER co_inspections_not_the_lead BEFORE INSERT ON co_inspections
WHEN EXISTS (SELECT 1 FROM records r WHERE r.visit_id = NEW.visit_id AND r.version = NEW.version
    AND NEW.user IN (r.author, r.submitted_by))
BEGIN SELECT RAISE(ABORT, 'co_inspections: the lead can''t inspect beside herself'); END;

CREATE TRIGGER co_inspections_one_name BEFORE UPDATE OF user ON co_inspections WHEN NEW.user <> OLD.user
BEGIN SELECT RAISE(ABORT, 'co_inspections: another name is another row'); END;

CREATE TRIGGER co_inspections_signed AFTER UPDATE OF signed_at ON co_inspections WHEN NEW.signed_at IS NOT NULL
BEGIN INSERT INTO record_writers (visit_id, version, user) VALUES (NEW.visit_id, NEW.version, NEW.user) ON CONFLICT DO NOTHING; END;

CREATE TRIGGER due_load_less AFTER DELETE ON due_visits
BEGIN
    UPDATE due_load SET visits = visits - 1 WHERE officer = OLD.officer AND due = OLD.due AND class = OLD.class;
    DELETE FROM due_load WHERE officer = OLD.officer AND due = OLD.due AND class = OLD.class AND visits = 0;
END;

CREATE TRIGGER due_load_more AFTER INSERT ON due_visits
BEGIN
    INSERT INTO due_load (officer, due, class, visits) VALUES (NEW.officer, NEW.due, NEW.class, 1)
    ON CONFLICT (officer, due, class) DO UPDATE SET visits = visits + 1;
END;

CREATE TRIGGER erasure_customers_no_delete BEFORE DELETE ON erasure_customers
BEGIN SELECT RAISE(ABORT, 'erasure_customers: rows are never deleted'); END;

CREATE TRIGGER erasures_ended BEFORE UPDATE OF state ON erasures WHEN OLD.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'erasures: what has ended stays so'); END;

CREATE TRIGGER erasures_keep_words BEFORE UPDATE OF erasure, branch, reason, proposed_by, proposed_at ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures: what was put forward stays as it was'); END;

CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures: rows are never deleted'); END;

CREATE TRIGGER flag_owners_no_delete BEFORE DELETE ON flag_owners
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN flags f USING (customer_id) WHERE f.flag_id = OLD.flag_id)
BEGIN SELECT RAISE(ABORT, 'flag_owners: rows are never deleted'); END;

CREATE TRIGGER flag_owners_no_update BEFORE UPDATE ON flag_owners
BEGIN SELECT RAISE(ABORT, 'flag_owners: rows are never changed'); END;

CREATE TRIGGER flags_first_owner AFTER INSERT ON flags WHEN NEW.owner IS NOT NULL
BEGIN INSERT INTO flag_owners (flag_id, user) VALUES (NEW.flag_id, NEW.owner) ON CONFLICT DO NOTHING; END;

CREATE TRIGGER flags_next_owner AFTER UPDATE OF owner ON flags WHEN NEW.owner IS NOT NULL
BEGIN INSERT INTO flag_owners (flag_id, user) VALUES (NEW.flag_id, NEW.owner) ON CONFLICT DO NOTHING; END;

CREATE TRIGGER holiday_years_no_delete BEFORE DELETE ON holiday_years
BEGIN SELECT RAISE(ABORT, 'holiday_years: rows are never deleted'); END;

CREATE TRIGGER holiday_years_same_text BEFORE UPDATE OF year, n, content, sha256, added_by, added_at ON holiday_years
BEGIN SELECT RAISE(ABORT, 'holiday_years: what was added stays as it was'); END;

CREATE TRIGGER journal_about_new BEFORE INSERT ON journal_about
WHEN NEW.seq IS NOT (SELECT max(seq) FROM journal)
BEGIN SELECT RAISE(ABORT, 'journal_about: only of the row that was just written'); END;

CREATE TRIGGER journal_about_no_delete BEFORE DELETE ON journal_about
BEGIN SELECT RAISE(ABORT, 'journal_about: rows are never deleted'); END;

CREATE TRIGGER journal_about_no_update BEFORE UPDATE ON journal_about
BEGIN SELECT RAISE(ABORT, 'journal_about: rows are never changed'); END;

CREATE TRIGGER journal_in_order BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal)
BEGIN SELECT RAISE(ABORT, 'journal: seq out of order'); END;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'journal: rows are never deleted'); END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
WHEN NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.salt IS NOT NULL
    OR OLD.digest IS NULL OR OLD.salt IS NULL OR OLD.command = 'erase'
    OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor
    OR NEW.role IS NOT OLD.role OR NEW.os_user IS NOT OLD.os_user
    OR NEW.session IS NOT OLD.session OR NEW.op IS NOT OLD.op
    OR NEW.command IS NOT OLD.command OR NEW.subject IS NOT OLD.subject
    OR NEW.digest IS NOT OLD.digest OR NEW.prev_hash IS NOT OLD.prev_hash
    OR NEW.hash IS NOT OLD.hash
    OR NOT EXISTS (SELECT 1 FROM journal_about a JOIN erasing USING (customer_id)
        WHERE a.seq = OLD.seq)
    OR EXISTS (SELECT 1 FROM journal_about a JOIN customers c USING (customer_id)
        WHERE a.seq = OLD.seq AND c.customer_id NOT IN (SELECT customer_id FROM erasing))
BEGIN SELECT RAISE(ABORT, 'journal: rows are never changed'); END;

CREATE TRIGGER journal_sealed BEFORE INSERT ON journal
WHEN NEW.digest IS NULL OR NEW.salt IS NULL
BEGIN SELECT RAISE(ABORT, 'journal: words without a digest'); END;

CREATE TRIGGER month_load_less AFTER DELETE ON month_duties
BEGIN
    UPDATE month_load SET
        on_time = on_time - OLD.on_time, late = late - OLD.late, open = open - OLD.open
    WHERE month = OLD.month AND officer = OLD.officer AND district = OLD.district;
    DELETE FROM month_load WHERE month = OLD.month AND officer = OLD.officer
        AND district = OLD.district AND on_time = 0 AND late = 0 AND open = 0;
END;

CREATE TRIGGER month_load_more AFTER INSERT ON month_duties
BEGIN
    INSERT INTO month_load (month, officer, district, on_time, late, open)
    VALUES (NEW.month, NEW.officer, NEW.district, NEW.on_time, NEW.late, NEW.open)
    ON CONFLICT (month, officer, district) DO UPDATE SET
        on_time = on_time + NEW.on_time, late = late + NEW.late, open = open + NEW.open;
END;

CREATE TRIGGER opinions_four_eyes BEFORE INSERT ON opinions
WHEN EXISTS (
    SELECT 1 FROM records r WHERE r.visit_id = NEW.visit_id AND r.version = NEW.version AND NEW.user IN (r.author, r.submitted_by))
    OR EXISTS (
    SELECT 1 FROM record_writers w WHERE w.visit_id = NEW.visit_id AND w.version = NEW.version AND w.user = NEW.user)
    OR EXISTS (
    SELECT 1 FROM visits v JOIN customers c USING (customer_id)
    WHERE v.visit_id = NEW.visit_id AND NEW.user IN (v.officer, c.officer))
BEGIN SELECT RAISE(ABORT, 'four eyes: whose opinion it is had a hand in this record'); END;

CREATE TRIGGER opinions_same_person BEFORE UPDATE OF user, level, content_hash ON opinions
BEGIN SELECT RAISE(ABORT, 'opinions: an opinion stays whose and of what it is'); END;

CREATE TRIGGER packet_given_no_delete BEFORE DELETE ON packet_given
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE customer_id = OLD.customer_id)
BEGIN SELECT RAISE(ABORT, 'packet_given: rows are never deleted'); END;

CREATE TRIGGER packet_given_no_update BEFORE UPDATE ON packet_given
BEGIN SELECT RAISE(ABORT, 'packet_given: rows are never changed'); END;

CREATE TRIGGER packet_open_no_delete BEFORE DELETE ON packet_open
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE customer_id = OLD.customer_id)
BEGIN SELECT RAISE(ABORT, 'packet_open: rows are never deleted'); END;

CREATE TRIGGER packet_open_no_update BEFORE UPDATE ON packet_open
BEGIN SELECT RAISE(ABORT, 'packet_open: rows are never changed'); END;

CREATE TRIGGER packet_signatures_no_delete BEFORE DELETE ON packet_signatures
BEGIN SELECT RAISE(ABORT, 'packet_signatures: rows are never deleted'); END;

CREATE TRIGGER packet_signatures_no_update BEFORE UPDATE ON packet_signatures
BEGIN SELECT RAISE(ABORT, 'packet_signatures: rows are never changed'); END;

CREATE TRIGGER packet_signatures_own BEFORE INSERT ON packet_signatures
WHEN NOT EXISTS (SELECT 1 FROM packets p WHERE p.packet = NEW.packet AND p.state = 'open' AND NEW.user =
    CASE NEW.part WHEN 'giver' THEN p.giver WHEN 'receiver' THEN p.receiver ELSE p.witness END)
AND NOT EXISTS (SELECT 1 FROM packets p JOIN users g ON g.user = p.giver AND g.disabled = 1
    JOIN users s ON s.user = NEW.user AND s.disabled = 0 AND s.role = 'supervisor'
    WHERE p.packet = NEW.packet AND p.state = 'open' AND NEW.part = 'giver'
    AND NEW.user NOT IN (p.giver, p.receiver, p.witness))
BEGIN SELECT RAISE(ABORT, 'packet_signatures: everybody signs for herself, while it is open'); END;

CREATE TRIGGER packets_ended BEFORE UPDATE OF state ON packets WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'packets: what has ended stays so'); END;

CREATE TRIGGER packets_same_people BEFORE UPDATE OF giver, receiver, witness, effective_on ON packets
BEGIN SELECT RAISE(ABORT, 'packets: another agreement is another packet'); END;

CREATE TRIGGER packets_three_signed BEFORE UPDATE OF state ON packets
WHEN NEW.state = 'done' AND NOT EXISTS (
    SELECT 1 FROM packet_signatures s WHERE s.packet = NEW.packet
    GROUP BY s.content_hash HAVING count(DISTINCT s.user) = 3)
BEGIN SELECT RAISE(ABORT, 'packets: three people sign the same content'); END;

CREATE TRIGGER policies_keep_content BEFORE UPDATE OF content, sha256, proposed_by, proposed_at ON policies
BEGIN SELECT RAISE(ABORT, 'policies: a version is never changed'); END;

CREATE TRIGGER policies_no_delete BEFORE DELETE ON policies
BEGIN SELECT RAISE(ABORT, 'policies: versions are never deleted'); END;

CREATE TRIGGER prep_checks_no_delete BEFORE DELETE ON prep_checks
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE customer_id = OLD.customer_id)
BEGIN SELECT RAISE(ABORT, 'prep_checks: rows are never deleted'); END;

CREATE TRIGGER prep_checks_no_update BEFORE UPDATE ON prep_checks
BEGIN SELECT RAISE(ABORT, 'prep_checks: rows are never changed'); END;

CREATE TRIGGER record_writers_no_delete BEFORE DELETE ON record_writers
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN visits v USING (customer_id) WHERE v.visit_id = OLD.visit_id)
BEGIN SELECT RAISE(ABORT, 'record_writers: rows are never deleted'); END;

CREATE TRIGGER record_writers_no_update BEFORE UPDATE ON record_writers
BEGIN SELECT RAISE(ABORT, 'record_writers: rows are never changed'); END;

CREATE TRIGGER records_all_opinions BEFORE UPDATE OF state ON records
WHEN NEW.state = 'approved' AND EXISTS (
    SELECT 1 FROM opinion_needs n WHERE n.visit_id = NEW.visit_id AND n.version = NEW.version AND NOT EXISTS (
        SELECT 1 FROM opinions o WHERE o.visit_id = n.visit_id AND o.version = n.version AND o.level = n.level
            AND o.content_hash = NEW.content_hash AND o.verdict <> 'disagree'))
BEGIN SELECT RAISE(ABORT, 'opinions: one that is needed is missing'); END;

CREATE TRIGGER records_four_eyes BEFORE UPDATE OF reviewed_by ON records
WHEN NEW.reviewed_by IS NOT NULL AND (EXISTS (
    SELECT 1 FROM answers a WHERE a.visit_id = NEW.visit_id AND a.version = NEW.version AND a.answered_by = NEW.reviewed_by)
    OR EXISTS (
    SELECT 1 FROM record_writers w WHERE w.visit_id = NEW.visit_id AND w.version = NEW.version AND w.user = NEW.reviewed_by)
    OR EXISTS (
    SELECT 1 FROM visits v JOIN customers c USING (customer_id)
    WHERE v.visit_id = NEW.visit_id AND NEW.reviewed_by IN (v.officer, c.officer)))
BEGIN SELECT RAISE(ABORT, 'four eyes: reviewer had a hand in this record'); END;

CREATE TRIGGER requests_four_eyes BEFORE UPDATE OF decided_by ON requests
WHEN NEW.decided_by IS NOT NULL AND NEW.decided_by IS NEW.requested_by
BEGIN SELECT RAISE(ABORT, 'four eyes: whoever asked does not decide'); END;

CREATE TRIGGER score_cards_keep_content BEFORE UPDATE OF content, sha256, proposed_by, proposed_at ON score_cards
BEGIN SELECT RAISE(ABORT, 'score_cards: a version is never changed'); END;

CREATE TRIGGER score_cards_no_delete BEFORE DELETE ON score_cards
BEGIN SELECT RAISE(ABORT, 'score_cards: versions are never deleted'); END;

CREATE TRIGGER strategies_stay BEFORE UPDATE OF state, before, strategy, reason, visit_id, balance, pack,
    proposed_by, proposed_at, decided_by, decided_at, note ON strategies
WHEN OLD.state <> 'proposed'
BEGIN
    SELECT RAISE(ABORT, 'a decided strategy does not change');
END;

CREATE VIEW erasing AS
SELECT x.customer_id FROM erasure_customers x JOIN erasures e USING (erasure)
WHERE e.state = 'done' AND x.proof IS NULL;
