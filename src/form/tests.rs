mod rules;
mod shipped;
