//! Colours by meaning and the short list of marks. Nothing is told by colour alone: a mark or a
//! word always says the same.

use ratatui::style::{Color, Modifier, Style};

use super::clean;
use crate::domain::flag::Level;
use crate::domain::loan::Tier;

/// A set of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Scheme {
    /// For dark terminals with 256 colours.
    #[default]
    Dark,
    /// For light terminals with 256 colours.
    Light,
    /// The terminal's own sixteen colours.
    Sixteen,
    /// No colour: weight, underline and reverse only.
    Mono,
}

/// What a style means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// Ordinary text.
    Text,
    /// What one may overlook: labels, units, old values.
    Muted,
    /// Lines that separate.
    Rule,
    /// The one accent: what is in use, keys in hints.
    Accent,
    /// Headings.
    Heading,
    /// Heading of the pane in focus.
    Focused,
    /// The selected row of the pane in focus.
    Selected,
    /// The selected row of another pane.
    Shadow,
    /// Past its date.
    Overdue,
    /// Red flag, breach.
    Red,
    /// Orange flag.
    Orange,
    /// Yellow flag, warning.
    Yellow,
    /// In order, done.
    Good,
    /// What matched a search.
    Match,
    /// Text being typed.
    Input,
    /// A failure.
    Bad,
}

impl Scheme {
    /// All schemes.
    pub const ALL: [Self; 4] = [Self::Dark, Self::Light, Self::Sixteen, Self::Mono];

    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Sixteen,
            Self::Sixteen => Self::Mono,
            Self::Mono => Self::Dark,
        }
    }

    /// Reads `dark`, `light`, `16`, `mono`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "dark" => Self::Dark,
            "light" => Self::Light,
            "16" | "sixteen" => Self::Sixteen,
            "mono" => Self::Mono,
            _ => return None,
        })
    }
}

/// Characters that draw lines and marks; each is one cell in both sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Something was cut here.
    pub cut: &'static str,
    /// Horizontal line.
    pub horizontal: &'static str,
    /// Vertical line.
    pub vertical: &'static str,
    /// Line from above meets a horizontal one.
    pub tee_up: &'static str,
    /// Line to below leaves a horizontal one.
    pub tee_down: &'static str,
    /// Branch to the right.
    pub tee_right: &'static str,
    /// Branch to the left.
    pub tee_left: &'static str,
    /// Corners: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Between two facts on one line.
    pub dot: &'static str,
    /// What was, and what it is now.
    pub becomes: &'static str,
    /// Rising.
    pub up: &'static str,
    /// Falling.
    pub down: &'static str,
    /// Marks of yellow, orange, red.
    pub levels: [&'static str; 3],
    /// Overdue.
    pub overdue: &'static str,
    /// Paused.
    pub paused: &'static str,
    /// A due visit in order.
    pub due: &'static str,
    /// The row under the cursor, where colour can't show it.
    pub cursor: &'static str,
    /// Not done.
    pub open_box: &'static str,
    /// Done.
    pub done_box: &'static str,
    /// The upper half of a cell; a blank where there is no such block.
    pub half: &'static str,
    /// Eight heights of a sparkline.
    pub bars: [&'static str; 8],
}

/// Grey of muted text on dark and on light ground.
const MUTED_DARK: u8 = 245;
const MUTED_LIGHT: u8 = 242;

/// Box drawing and small marks.
const UNICODE: Glyphs = Glyphs {
    cut: "…",
    horizontal: "─",
    vertical: "│",
    tee_up: "┴",
    tee_down: "┬",
    tee_right: "├",
    tee_left: "┤",
    corners: ["┌", "┐", "└", "┘"],
    dot: "·",
    becomes: "→",
    up: "▲",
    down: "▼",
    levels: ["▲", "◆", "●"],
    overdue: "!",
    paused: "=",
    due: "•",
    cursor: "▌",
    open_box: "□",
    done_box: "■",
    half: "▀",
    bars: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
};

/// Nothing that any client draws two cells wide.
const ASCII: Glyphs = Glyphs {
    cut: "~",
    horizontal: "-",
    vertical: "|",
    tee_up: "+",
    tee_down: "+",
    tee_right: "+",
    tee_left: "+",
    corners: ["+", "+", "+", "+"],
    dot: "-",
    becomes: ">",
    up: "^",
    down: "v",
    levels: ["~", "*", "#"],
    overdue: "!",
    paused: "=",
    due: "-",
    cursor: ">",
    open_box: "o",
    done_box: "x",
    half: " ",
    bars: ["_", ".", ":", "-", "=", "+", "*", "#"],
};

/// Colours and glyphs in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    scheme: Scheme,
    wide: bool,
    /// Lines and marks.
    pub glyphs: Glyphs,
}

impl Default for Theme {
    fn default() -> Self {
        Self::new(Scheme::Dark, false, false)
    }
}

impl Theme {
    /// A theme. `ascii`: no box drawing; `wide`: the terminal draws ambiguous characters two cells
    /// wide, so that texts are mapped when shown and `ascii` is implied.
    pub const fn new(scheme: Scheme, ascii: bool, wide: bool) -> Self {
        Self { scheme, wide, glyphs: if ascii || wide { ASCII } else { UNICODE } }
    }

    /// The colours in use.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Whether the terminal draws ambiguous characters wide.
    pub const fn is_wide(&self) -> bool {
        self.wide
    }

    /// The same for a terminal that draws ambiguous characters two cells wide.
    #[must_use]
    pub const fn for_wide(self) -> Self {
        Self::new(self.scheme, true, true)
    }

    /// The same glyphs in other colours.
    #[must_use]
    pub const fn with_scheme(mut self, scheme: Scheme) -> Self {
        self.scheme = scheme;
        self
    }

    /// The style of a meaning.
    pub fn style(&self, meaning: Meaning) -> Style {
        let style = Style::new();
        let colour = |c: Color| style.fg(c);
        match self.scheme {
            Scheme::Mono => mono(meaning),
            Scheme::Sixteen => match meaning {
                Meaning::Text | Meaning::Input => style,
                Meaning::Muted | Meaning::Rule => colour(Color::DarkGray),
                Meaning::Accent => colour(Color::Cyan),
                Meaning::Heading => style.add_modifier(Modifier::BOLD),
                Meaning::Overdue | Meaning::Red | Meaning::Bad => {
                    colour(Color::Red).add_modifier(Modifier::BOLD)
                }
                Meaning::Orange => colour(Color::Magenta),
                Meaning::Yellow => colour(Color::Yellow),
                Meaning::Good => colour(Color::Green),
                Meaning::Focused | Meaning::Selected => style.add_modifier(Modifier::REVERSED),
                Meaning::Shadow => style.add_modifier(Modifier::UNDERLINED),
                Meaning::Match => colour(Color::Cyan).add_modifier(Modifier::UNDERLINED),
            },
            Scheme::Dark | Scheme::Light => self.indexed(meaning),
        }
    }

    /// 256 colours; the two schemes differ in lightness only.
    fn indexed(&self, meaning: Meaning) -> Style {
        let dark = self.scheme == Scheme::Dark;
        let fg = |on_dark: u8, on_light: u8| {
            Style::new().fg(Color::Indexed(if dark { on_dark } else { on_light }))
        };
        let bg = |style: Style, on_dark: u8, on_light: u8| {
            style.bg(Color::Indexed(if dark { on_dark } else { on_light }))
        };
        match meaning {
            Meaning::Text => Style::new(),
            Meaning::Muted => fg(MUTED_DARK, MUTED_LIGHT),
            Meaning::Rule => fg(239, 250),
            Meaning::Accent => fg(80, 30),
            Meaning::Heading => Style::new().add_modifier(Modifier::BOLD),
            Meaning::Focused => bg(fg(16, 231), 80, 30).add_modifier(Modifier::BOLD),
            Meaning::Selected => bg(Style::new(), 24, 153),
            Meaning::Input | Meaning::Shadow => bg(Style::new(), 236, 254),
            Meaning::Overdue | Meaning::Red | Meaning::Bad => {
                fg(203, 160).add_modifier(Modifier::BOLD)
            }
            Meaning::Orange => fg(214, 130),
            Meaning::Yellow => fg(221, 94),
            Meaning::Good => fg(114, 28),
            Meaning::Match => fg(80, 30).add_modifier(Modifier::UNDERLINED),
        }
    }

    /// Whether a colour is one of those for what one may overlook; on the ground of a selected row
    /// such a text would be lost.
    pub const fn is_faint(colour: Color) -> bool {
        matches!(colour, Color::Indexed(MUTED_DARK | MUTED_LIGHT) | Color::DarkGray)
    }

    /// The mark of a flag level.
    pub fn level_mark(&self, level: Level) -> &'static str {
        let [yellow, orange, red] = self.glyphs.levels;
        match level {
            Level::Yellow => yellow,
            Level::Orange => orange,
            Level::Red => red,
        }
    }

    /// The style of a flag level.
    pub fn level(&self, level: Level) -> Style {
        self.style(match level {
            Level::Yellow => Meaning::Yellow,
            Level::Orange => Meaning::Orange,
            Level::Red => Meaning::Red,
        })
    }

    /// The style of a tier.
    pub fn tier(&self, tier: Tier) -> Style {
        self.style(match tier {
            Tier::Normal => Meaning::Text,
            Tier::SpecialMention => Meaning::Yellow,
            Tier::Substandard => Meaning::Orange,
            Tier::Doubtful | Tier::Loss => Meaning::Red,
        })
    }

    /// An external text fit for the screen: cleaned, and mapped to what the terminal draws right.
    pub fn clean(&self, raw: &str) -> String {
        let clean = clean::text(raw);
        if !self.wide {
            return clean;
        }
        let mut out = String::with_capacity(clean.len());
        for c in clean.chars() {
            match clean::narrow(c) {
                Some(ascii) => out.push_str(ascii),
                None => out.push(c),
            }
        }
        out
    }

    /// Cleans and cuts or pads to exactly `width` cells.
    pub fn fit(&self, raw: &str, width: usize) -> String {
        super::width::fit(&self.clean(raw), width, self.glyphs.cut)
    }

    /// Cleans and cuts or pads on the left to exactly `width` cells.
    pub fn fit_right(&self, raw: &str, width: usize) -> String {
        super::width::fit_right(&self.clean(raw), width, self.glyphs.cut)
    }

    /// Cleans and cuts to at most `width` cells.
    pub fn cut(&self, raw: &str, width: usize) -> String {
        super::width::cut(&self.clean(raw), width, self.glyphs.cut)
    }
}

fn mono(meaning: Meaning) -> Style {
    let style = Style::new();
    match meaning {
        Meaning::Text | Meaning::Input | Meaning::Rule | Meaning::Good | Meaning::Yellow => style,
        Meaning::Muted => style.add_modifier(Modifier::DIM),
        Meaning::Accent | Meaning::Heading | Meaning::Orange => style.add_modifier(Modifier::BOLD),
        Meaning::Overdue | Meaning::Red | Meaning::Bad => {
            style.add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
        }
        Meaning::Focused | Meaning::Selected => style.add_modifier(Modifier::REVERSED),
        Meaning::Shadow | Meaning::Match => style.add_modifier(Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests;
