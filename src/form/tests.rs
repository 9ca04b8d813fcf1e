mod carry;
mod entries;
mod laws;
mod rules;
mod shipped;
