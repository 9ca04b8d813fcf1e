mod carried;
mod carry;
mod entries;
mod laws;
mod limits;
mod meaning;
mod rules;
mod shipped;
