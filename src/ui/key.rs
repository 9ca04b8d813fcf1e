//! A key as the keymap knows it: what the terminal sent, less what differs between clients.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is part of the character; Shift-Tab is `backtab`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: KeyCode,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt, or after Esc.
    pub alt: bool,
}

/// Names of keys that are no characters, as written in the keymap and in tests.
const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
];

impl Key {
    /// A plain key.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A plain character.
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// Reads `j`, `enter`, `ctrl-s`, `f1`.
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(rest) = name.strip_prefix("ctrl-") {
            return Self::parse(rest).map(|k| Self { ctrl: true, ..k });
        }
        if let Some(rest) = name.strip_prefix("alt-") {
            return Self::parse(rest).map(|k| Self { alt: true, ..k });
        }
        if let Some((_, code)) = NAMES.iter().find(|(n, _)| *n == name) {
            return Some(Self::plain(*code));
        }
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::char(c)),
            (Some('f'), Some(_)) => {
                let n: u8 = name.strip_prefix('f')?.parse().ok()?;
                (1..=12).contains(&n).then_some(Self::plain(KeyCode::F(n)))
            }
            _ => None,
        }
    }

    /// The character that this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// In list mode a full-width character means the key that it was typed with.
    #[must_use]
    pub fn half_width(self) -> Self {
        let KeyCode::Char(c) = self.code else { return self };
        let half = match c {
            '\u{3000}' => ' ',
            '、' => '/',
            '。' => '.',
            '【' => '[',
            '】' => ']',
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
            other => other,
        };
        Self { code: KeyCode::Char(half), ..self }
    }

    /// Whether the key types a Han character.
    pub fn is_han(self) -> bool {
        matches!(
            self.typed(),
            Some('\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        )
    }
}

impl From<KeyEvent> for Key {
    fn from(event: KeyEvent) -> Self {
        let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        let alt = event.modifiers.contains(KeyModifiers::ALT);
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        match event.code {
            KeyCode::Tab if shift => Self { code: KeyCode::BackTab, ctrl, alt },
            // Ctrl-H is how some clients send Backspace.
            KeyCode::Char('h') if ctrl => Self::plain(KeyCode::Backspace),
            KeyCode::Char(c) if ctrl => {
                Self { code: KeyCode::Char(c.to_ascii_lowercase()), ctrl, alt }
            }
            code => Self { code, ctrl, alt },
        }
    }
}

impl fmt::Display for Key {
    /// As shown to people: `Ctrl-S`, `Enter`, `F1`, `j`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("Ctrl-")?;
        }
        if self.alt {
            f.write_str("Alt-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::BackTab => f.write_str("S-Tab"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::Delete => f.write_str("Del"),
            code => {
                let name = NAMES.iter().find(|(_, c)| *c == code).map_or("?", |(n, _)| n);
                let mut chars = name.chars();
                if let Some(first) = chars.next() {
                    write!(f, "{}{}", first.to_ascii_uppercase(), chars.as_str())?;
                }
                Ok(())
            }
        }
    }
}
