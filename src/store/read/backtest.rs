//! What signals and scores foretold, within the actor's scope.

use super::Asked;
use crate::assets::backtest as pack;
use crate::protocol::page::BacktestPage;
use crate::protocol::reply::Refusal;
use crate::store::backtest;

impl Asked<'_> {
    pub(super) fn backtest(&self) -> Result<BacktestPage, Refusal> {
        Ok(backtest::page(self.db, &self.sight, pack::shared(), self.today)?)
    }
}
