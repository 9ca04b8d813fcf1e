//! huifang 回访: the post-loan visit workstation.
//!
//! An officer sees which borrower must be visited and why, goes there prepared, records the visit
//! step by step, raises and follows risk flags, and hands the record in; a supervisor reviews it.
//!
//! The modules in reading order: the pure rooms that know the trade ([`domain`], [`planning`],
//! [`form`], [`risk`], [`warning`], [`notes`], [`access`]), the packs that they are given
//! ([`assets`]), the one vocabulary between screen and store ([`protocol`]), the rooms that touch
//! the world ([`clock`], [`config`], [`media`], [`store`], [`worker`], [`exchange`], [`report`],
//! [`outgoing`]), the screen ([`i18n`], [`ui`], [`app`], [`runtime`]), the invented bank ([`demo`]),
//! and the command line ([`cli`]) with what may go wrong in it ([`fault`]). `ARCHITECTURE.md` tells the
//! whole story.

pub mod access;
pub mod app;
pub mod assets;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod domain;
pub mod exchange;
pub mod fault;
pub mod form;
pub mod i18n;
pub mod media;
pub mod notes;
pub mod outgoing;
pub mod planning;
pub mod protocol;
pub mod report;
pub mod risk;
pub mod runtime;
pub mod store;
pub mod ui;
pub mod warning;
pub mod worker;
