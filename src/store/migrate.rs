//! Brings the schema of a file up: numbered steps, all of them in one transaction, after a copy.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use super::copy;
use super::error::Error;

/// `HFHF`: the mark of our files in SQLite's header.
pub const APPLICATION_ID: u32 = 0x4846_4846;

/// A step of the schema. Shipped ones are never changed: a test holds them to their hash.
#[derive(Debug)]
struct Migration {
    /// Schema number after this step.
    number: i64,
    /// What it does, as its file is called.
    name: &'static str,
    /// The statements.
    sql: &'static str,
    /// SHA-256 of the statements.
    #[cfg_attr(not(test), expect(dead_code, reason = "compared by a test, not at run time"))]
    sha256: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "foundation",
        sql: include_str!("migrations/0001_foundation.sql"),
        sha256: "0cd7a8f67f0a456938333e257a209a482435e6d295110ba3ba43d00e5c71ac35",
    },
    Migration {
        number: 2,
        name: "attachments",
        sql: include_str!("migrations/0002_attachments.sql"),
        sha256: "3f0005a11ba4b08730396298f0c6c2691ce383a690d4fadef31e3fd5ac9e04f9",
    },
    Migration {
        number: 3,
        name: "policies",
        sql: include_str!("migrations/0003_policies.sql"),
        sha256: "52ef8afb33192ad4e2bd499d84e8279579092c16052811348404b25c6f3cc650",
    },
    Migration {
        number: 4,
        name: "todos",
        sql: include_str!("migrations/0004_todos.sql"),
        sha256: "3a45ec4dfba213f5a2f47cacca80e610620f95f14f87c5b05dbdc04346788300",
    },
    Migration {
        number: 5,
        name: "review",
        sql: include_str!("migrations/0005_review.sql"),
        sha256: "23a77c6ababfbcbb7559643713561aa9834786b3ca7e3e77beff01470a54f7a9",
    },
    Migration {
        number: 6,
        name: "requests",
        sql: include_str!("migrations/0006_requests.sql"),
        sha256: "98d71c8c4512673ed47979d70ca4c9cdecb6348914e6c04df3c3e56c8d2abe0b",
    },
    Migration {
        number: 7,
        name: "preparation",
        sql: include_str!("migrations/0007_preparation.sql"),
        sha256: "f753452e60f35ffaa57e09db6b4aaa3796bd95c57d38c4566cfe38466c14d568",
    },
    Migration {
        number: 8,
        name: "conduct",
        sql: include_str!("migrations/0008_conduct.sql"),
        sha256: "fdd206a28f1427954f35e3e69bf815623aafa6af3197d144edf891c208c5da2b",
    },
    Migration {
        number: 9,
        name: "orders",
        sql: include_str!("migrations/0009_orders.sql"),
        sha256: "9eaa253856a27be1e26b116fe83e509cbfc614f833fe6e8308b3972a309a1eb3",
    },
    Migration {
        number: 10,
        name: "holidays",
        sql: include_str!("migrations/0010_holidays.sql"),
        sha256: "50f4afb8fc4f5ce1a0cf21780313369d0b58807e75f1f17ad5121f149f72ca31",
    },
    Migration {
        number: 11,
        name: "calendar",
        sql: include_str!("migrations/0011_calendar.sql"),
        sha256: "7bd48175f386fe216e262034ca6da189119d5d8f32650dc11331dd6f35ccb82d",
    },
    Migration {
        number: 12,
        name: "dossier",
        sql: include_str!("migrations/0012_dossier.sql"),
        sha256: "66b083664fdc51307f12eabc7515c6a05e816917087fab58e8d5bc5deb054fbe",
    },
    Migration {
        number: 13,
        name: "month_plan",
        sql: include_str!("migrations/0013_month_plan.sql"),
        sha256: "66ecb3f33eea125af09b3b3cb2b190d07c0665242bbcc0c4a98126941be66649",
    },
    Migration {
        number: 14,
        name: "stand_in",
        sql: include_str!("migrations/0014_stand_in.sql"),
        sha256: "c754b6b19eb35678a2923e1095bc25e74e393bb34f6af210ec6ece272d3f92d1",
    },
    Migration {
        number: 15,
        name: "statements",
        sql: include_str!("migrations/0015_statements.sql"),
        sha256: "e29fc3f7f7d1e1f57d7f39f3da89f00e10b327c3a674990cff905062c278d829",
    },
    Migration {
        number: 16,
        name: "reveals",
        sql: include_str!("migrations/0016_reveals.sql"),
        sha256: "f7ec4ad5a3ba5d97f4ba3223e4ba956e9eb641f83fc6421e770f8df37e6a2bcc",
    },
    Migration {
        number: 17,
        name: "scores",
        sql: include_str!("migrations/0017_scores.sql"),
        sha256: "ad1130a2183595d73e49b52d83bcf76d6ef03a736aa7843b2fb12acdf1f8712e",
    },
    Migration {
        number: 18,
        name: "signals",
        sql: include_str!("migrations/0018_signals.sql"),
        sha256: "2af7352bd405161b8f77ab1ebce4bdea3ef7ca994c329951496354da338bbff1",
    },
    Migration {
        number: 19,
        name: "cockpit",
        sql: include_str!("migrations/0019_cockpit.sql"),
        sha256: "c16ab2553fe8bb217aa14a97956498dc9fd58320c56ceaff58ffeec67759a05e",
    },
    Migration {
        number: 20,
        name: "deadlines",
        sql: include_str!("migrations/0020_deadlines.sql"),
        sha256: "7531934ebf27ca55ff93ee9dde94e72c2c45e2697a870f3eb518ec20ad0a5fbe",
    },
    Migration {
        number: 21,
        name: "tiers",
        sql: include_str!("migrations/0021_tiers.sql"),
        sha256: "c6965ab355611302a5cfdb444dfecfe38c83347d1666abeeecb16dc421052e36",
    },
    Migration {
        number: 22,
        name: "portfolio",
        sql: include_str!("migrations/0022_portfolio.sql"),
        sha256: "eb42c15d31433ccc29c921e48bdf76bcf8eaefb03a41c9e631922d2cd41c0333",
    },
    Migration {
        number: 23,
        name: "covenant_loans",
        sql: include_str!("migrations/0023_covenant_loans.sql"),
        sha256: "8f6cf45ea2d8f4ed464111a02227560d5c1ea6104ac01ac3bcedda824afff823",
    },
    Migration {
        number: 24,
        name: "packets_given",
        sql: include_str!("migrations/0024_packets_given.sql"),
        sha256: "93a726ac5cc57a3edc5f4efb577dfa541fa265d312cf32a45f4616631d3ac737",
    },
    Migration {
        number: 25,
        name: "score_cards",
        sql: include_str!("migrations/0025_score_cards.sql"),
        sha256: "35083b79154e4d6c0282bb8b76189294df4491eec5f8f15cac3d31d91d826fc1",
    },
    Migration {
        number: 26,
        name: "guard",
        sql: include_str!("migrations/0026_guard.sql"),
        sha256: "144cb2cacdd561b3853478d43b151aa322e8778e2129f80f0deeac54ca694282",
    },
    Migration {
        number: 27,
        name: "subgrades",
        sql: include_str!("migrations/0027_subgrades.sql"),
        sha256: "77dce65fb3ba8874cdebead0d10a3c449cae5c6b7b5e4d108020102c1263c16f",
    },
    Migration {
        number: 28,
        name: "lowered_flags",
        sql: include_str!("migrations/0028_lowered_flags.sql"),
        sha256: "3d8a870553c8f0663407504d68d63156e7d07a646196db450aebb9bc35c2eee4",
    },
    Migration {
        number: 29,
        name: "request_ground",
        sql: include_str!("migrations/0029_request_ground.sql"),
        sha256: "9e1183f02c24355a94e874db076c5d4cf74c7ae2d2274ab7f0b01dbd560f1183",
    },
    Migration {
        number: 30,
        name: "proof",
        sql: include_str!("migrations/0030_proof.sql"),
        sha256: "a81e8cfb3be188f8b4befb7fc9babcfb13d3ef0f0f831f8ce08644721d813f48",
    },
    Migration {
        number: 31,
        name: "strategy",
        sql: include_str!("migrations/0031_strategy.sql"),
        sha256: "7bb97695d8e480edf890b2c0c6d2d38459c7989ae16a94402191ff24282345b1",
    },
    Migration {
        number: 32,
        name: "sealed_words",
        sql: include_str!("migrations/0032_sealed_words.sql"),
        sha256: "8a6bbaad6e79aaebf0b7afa6a456edff754af2a37bd87fa7cb62a583c425fd3e",
    },
    Migration {
        number: 33,
        name: "flag_talk",
        sql: include_str!("migrations/0033_flag_talk.sql"),
        sha256: "8900f68003e2982684a6365496b4edfd4449d2ce7c8740941513073d8bf396ea",
    },
    Migration {
        number: 34,
        name: "circles",
        sql: include_str!("migrations/0034_circles.sql"),
        sha256: "2de2907d6826e566884467e798516c14f41b0fb6583e7af5b0e94fa0f106c2a5",
    },
    Migration {
        number: 35,
        name: "record_versions",
        sql: include_str!("migrations/0035_record_versions.sql"),
        sha256: "262c74e1716e8ec7b0b739291b04089c9e4878ea423835ac6ebcaa470ed3c81f",
    },
    Migration {
        number: 36,
        name: "flag_ends",
        sql: include_str!("migrations/0036_flag_ends.sql"),
        sha256: "b0ebb4ac9a660c4bdc1277d45ef158d86c3a4452ffc5dd847b039b556b993143",
    },
    Migration {
        number: 37,
        name: "hearsay",
        sql: include_str!("migrations/0037_hearsay.sql"),
        sha256: "1f6f37d29c1446987f968c7e6880854c13acb5fa004b0ba98f4333c94e274da1",
    },
    Migration {
        number: 38,
        name: "unread_by_kind",
        sql: include_str!("migrations/0038_unread_by_kind.sql"),
        sha256: "e8470e5f1c39188aa7c0776b5d719e9e6fb3ed17fe87e6915c3c8a344f9a3b82",
    },
    Migration {
        number: 39,
        name: "kept_duties",
        sql: include_str!("migrations/0039_kept_duties.sql"),
        sha256: "54a291e5b0c5cfe9b0be4b300b84b20beb238940e9045aa9b7bd606e8050eeea",
    },
    Migration {
        number: 40,
        name: "kept_duties_revision",
        sql: include_str!("migrations/0040_kept_duties_revision.sql"),
        sha256: "5433fec59b706d75ed54a466a1d4c168e627cf8da268426d0d65738af8b97d85",
    },
    Migration {
        number: 41,
        name: "proposed_rots",
        sql: include_str!("migrations/0041_proposed_rots.sql"),
        sha256: "e2e67662aca3a5d133edb90d71ba1c5b1603b7364324308b2bd94d6362766411",
    },
];

/// The schema number of this program.
pub(super) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.number)
}

/// The schema number of a file. Does not wait for writers.
pub(super) fn version(conn: &Connection) -> Result<i64, Error> {
    let mut statement = conn.prepare_cached("PRAGMA user_version")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Runs the steps that the file does not have yet. An old file is copied first.
pub(super) fn bring_up(conn: &mut Connection, path: &Path) -> Result<(), Error> {
    let found = version(conn)?;
    if found > newest() {
        return Err(Error::NewerSchema { found });
    }
    if found == newest() {
        return Ok(());
    }
    if found > 0 {
        copy_before(conn, path, found)?;
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have done it while this one waited for the lock.
    let found = version(&tx)?;
    if found > newest() {
        return Err(Error::NewerSchema { found });
    }
    for migration in MIGRATIONS.iter().filter(|migration| migration.number > found) {
        tracing::info!(number = migration.number, name = migration.name, "schema step");
        tx.execute_batch(migration.sql)?;
    }
    if tx.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(Error::Damaged { code: rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY });
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    tx.pragma_update(None, "user_version", newest())?;
    tx.commit()?;
    Ok(())
}

/// A whole copy of the file as it was before the step, beside it.
fn copy_before(conn: &Connection, path: &Path, found: i64) -> Result<(), Error> {
    let copy = before_path(path, found);
    if !copy.exists() {
        copy::copy_into(conn, &copy)?;
    }
    Ok(())
}

/// `huifang.db` → `huifang.db.before-2`.
fn before_path(path: &Path, found: i64) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".before-{}", found + 1));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests;
