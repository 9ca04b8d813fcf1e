mod carry;
mod entries;
mod rules;
mod shipped;
