//! Whole screens driven by keys: with canned pages behind them, and (`desk`, `job`) with the real
//! worker and store on a file.

mod canned;
mod desk;
mod flows;
mod harness;
mod idle;
mod job;
mod keys;
mod live;
mod screens;
mod storm;
mod wire;
