//! What lies around a flag: how it ended, whether its rule still holds, whose it is.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::OWN_FLAG;
use crate::domain::flag::{FlagState, FlagStep, Level};
use crate::domain::ids::FlagId;
use crate::protocol::page::FlagBeside;
use crate::store::instant;
use crate::store::proposal::LAPSED;
use crate::store::read::Asked;
use crate::store::row::{count, id, maybe_code, maybe_day};

impl Asked<'_> {
    /// Who ended a flag, and on which day.
    fn ended(&self, flag: &FlagId) -> Result<Option<(String, NaiveDate)>> {
        const SQL: &str = "
            SELECT coalesce(u.name, h.by), h.at
            FROM flag_history h LEFT JOIN users u ON u.user = h.by
            WHERE h.flag_id = ?1 AND h.what IN ('rejected', 'cleared', 'transferred')
            ORDER BY h.n DESC LIMIT 1";
        let mut statement = self.db.prepare_cached(SQL)?;
        let last = statement.query_row([flag.as_str()], |row| {
            let at = instant::read(row.get_ref(1)?.as_str()?).map(instant::business_date);
            Ok(Some(row.get(0)?).zip(at))
        });
        Ok(last.optional()?.flatten())
    }

    /// Since when the rule of a proposal does not hold any more.
    fn lapsed(&self, flag: &FlagId) -> Result<Option<NaiveDate>> {
        let sql = format!(
            "SELECT max(t.at) FROM flags f JOIN flag_history t ON t.flag_id = f.flag_id \
             AND t.what = 'lapsed' WHERE f.flag_id = ?1 AND {LAPSED}"
        );
        let at: Option<String> =
            self.db.prepare_cached(&sql)?.query_row([flag.as_str()], |row| row.get(0))?;
        Ok(at.as_deref().and_then(instant::read).map(instant::business_date))
    }

    /// What lies around a flag, in its level and in a state as it is told. Of those that are live
    /// nobody asks how they ended.
    pub(super) fn beside(
        &self,
        row: &Row<'_>,
        flag: &FlagId,
        (level, told): (Level, FlagState),
    ) -> Result<FlagBeside> {
        let state = maybe_code(row, 5, FlagState::from_code)?;
        let has_ended = matches!(state, Some(FlagState::Rejected | FlagState::Closed));
        let how = maybe_code(row, 27, FlagStep::from_code)?;
        Ok(FlagBeside {
            officer: id(row, 24)?,
            todos: count(row, 25)?,
            note_en: row.get(28)?,
            again: how.zip(maybe_day(row, 26)?),
            ended: if has_ended { self.ended(flag)? } else { None },
            lapsed: if told == FlagState::Proposed { self.lapsed(flag)? } else { None },
            own: matches!(told, FlagState::Proposed | FlagState::Confirmed)
                && level > Level::Yellow
                && self.is_own_flag(flag)?,
        })
    }

    /// Whether the actor raised a flag, confirmed it, owns it or owned it once.
    fn is_own_flag(&self, flag: &FlagId) -> Result<bool> {
        self.db
            .prepare_cached(OWN_FLAG)?
            .exists(named_params! {":flag": flag.as_str(), ":me": self.actor.user.as_str()})
    }
}
