//! A figure beside others as a bar.

use crate::ui::ctx::Ctx;

/// A bar beside the largest, of `most` cells, to the nearest cell; what is less than half a cell is
/// a dot, so that a thousandth doesn't look like a tenth, nor like nothing.
pub fn bar(part: i64, (largest, most): (i64, usize), ctx: &Ctx<'_>) -> String {
    let halves = i128::from(part.max(0)) * 2 * i128::try_from(most).unwrap_or(0)
        / i128::from(largest.max(1));
    let cells = usize::try_from((halves + 1) / 2).unwrap_or(0).min(most);
    let [.., full] = ctx.theme.glyphs.bars;
    match cells {
        0 if part > 0 => ctx.theme.glyphs.dot.to_owned(),
        cells => full.repeat(cells),
    }
}

#[cfg(test)]
mod tests;
