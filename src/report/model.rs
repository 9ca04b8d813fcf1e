//! What a report is made of, before it is written as a file of some kind. Pure values: the same
//! content gives the same document, the same document the same bytes.

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Who issues it, above the title; may be empty.
    pub issuer: String,
    /// Heading of the first page.
    pub title: String,
    /// Lines below it.
    pub subtitle: Vec<String>,
    /// What stands at the top of each page.
    pub running: String,
    /// Texts around the numbers at the foot of each page.
    pub foot: Foot,
    /// What is written at the places to sign and to date.
    pub sign: (&'static str, &'static str),
    /// Chinese or English: decides fonts and the language mark of the file.
    pub chinese: bool,
    /// The content.
    pub blocks: Vec<Block>,
}

/// `第 1 页 共 7 页`: the texts before, between and after the two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Foot {
    /// Before the number of the page.
    pub before: &'static str,
    /// Between the two.
    pub between: &'static str,
    /// After the number of pages.
    pub after: &'static str,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A chapter (1) or a part of one (2).
    Heading(u8, String),
    /// Running text.
    Text(Said),
    /// Labels with their values.
    Pairs(Vec<(String, Said)>),
    /// A table.
    Table(Table),
    /// Points of a list.
    List(Vec<Said>),
    /// A remark in small print.
    Note(String),
    /// Empty lines to write on by hand.
    Lines(u8),
    /// Who signs: role and name.
    Signatures(Vec<Signature>),
    /// A new page begins.
    Break,
}

/// A text with the weight it has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// The words; line feeds part its lines.
    pub text: String,
    /// How they are meant.
    pub tone: Tone,
}

/// How a text is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// As it is.
    #[default]
    Plain,
    /// It matters.
    Strong,
    /// Something is not there, and this says why.
    Missing,
}

impl Said {
    /// A text that matters.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Strong }
    }

    /// Why something is not there.
    pub fn missing(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Missing }
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self { text, tone: Tone::Plain }
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

/// On which side a column is flush.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Figures.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Flush left or right.
    pub align: Align,
}

/// A table. Every row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// What it shows; empty = its heading says it.
    pub caption: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<Said>>,
    /// How the columns share the width; empty = by what stands in them.
    pub shares: Vec<u16>,
}

impl Table {
    /// An empty table; a title that begins with `>` is that of a column of figures.
    pub fn new(titles: &[&str]) -> Self {
        let columns = titles.iter().map(|title| match title.strip_prefix('>') {
            Some(figures) => Column { title: figures.to_owned(), align: Align::Right },
            None => Column { title: (*title).to_owned(), align: Align::Left },
        });
        Self { columns: columns.collect(), ..Self::default() }
    }

    /// The table with columns of fixed shares of the width.
    #[must_use]
    pub fn shared(mut self, shares: &[u16]) -> Self {
        self.shares = shares.to_vec();
        self
    }

    /// Adds a row; what it lacks is empty, what is too much is left out.
    pub fn row(&mut self, cells: Vec<Said>) {
        let mut cells = cells;
        cells.resize(self.columns.len(), Said::default());
        self.rows.push(cells);
    }

    /// The block, or a text that says why there is no row.
    pub fn or(self, nothing: &str) -> Block {
        if self.rows.is_empty() { Block::Text(Said::missing(nothing)) } else { Block::Table(self) }
    }
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// As what.
    pub role: String,
    /// Who; empty = not known yet.
    pub name: String,
}

/// A text without what neither a page nor an XML file may hold: control characters, marks that
/// turn the direction of a line, halves of characters. Line feeds stay.
pub fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    text.chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' // control
            | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}' => None,
            c if u32::from(c) & 0xfffe == 0xfffe => None,
            c => Some(c),
        })
        .collect()
}

impl Document {
    /// The document with every text cleaned: the writers rely on it.
    #[must_use]
    pub fn cleaned(mut self) -> Self {
        for block in &mut self.blocks {
            if let Block::Table(table) = block {
                // A row that is too short would shift what stands below it.
                table
                    .rows
                    .iter_mut()
                    .for_each(|row| row.resize(table.columns.len(), Said::default()));
            }
        }
        self.each_text(&mut |text| *text = clean(text));
        self
    }

    /// Does something with every text of the document.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(&mut self.issuer);
        change(&mut self.title);
        change(&mut self.running);
        self.subtitle.iter_mut().for_each(&mut *change);
        for block in &mut self.blocks {
            match block {
                Block::Heading(_, text) | Block::Note(text) => change(text),
                Block::Text(said) => change(&mut said.text),
                Block::Pairs(pairs) => {
                    for (label, said) in pairs {
                        change(label);
                        change(&mut said.text);
                    }
                }
                Block::Table(table) => {
                    change(&mut table.caption);
                    table.columns.iter_mut().for_each(|column| change(&mut column.title));
                    table.rows.iter_mut().flatten().for_each(|said| change(&mut said.text));
                }
                Block::List(points) => points.iter_mut().for_each(|said| change(&mut said.text)),
                Block::Signatures(all) => {
                    for signature in all {
                        change(&mut signature.role);
                        change(&mut signature.name);
                    }
                }
                Block::Lines(_) | Block::Break => {}
            }
        }
    }
}
