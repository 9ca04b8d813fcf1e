//! Whole screens driven by keys, with canned pages behind them.

mod canned;
mod flows;
mod harness;
mod live;
mod screens;
mod storm;
mod wire;
