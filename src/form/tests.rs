mod carry;
mod entries;
mod laws;
mod limits;
mod rules;
mod shipped;
