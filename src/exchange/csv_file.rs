//! CSV: encoding and delimiter are found out, rows are streamed.

use std::cell::Cell as Shared;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::rc::Rc;

use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, GBK, UTF_8};

use super::fold::{half_width, trim};
use super::header;
use super::rows::{Raw, ReadFault, Rows};
use crate::protocol::tables::Table;

/// Longest record, in bytes; a longer one is an unclosed quotation mark or no CSV at all.
const RECORD_LIMIT: u64 = 16 << 20;
/// How much is read at once.
const CHUNK: usize = 64 << 10;
/// Where the header is looked for, in bytes.
const HEAD: usize = 64 << 10;

/// A CSV file being read.
pub struct CsvRows {
    reader: csv::Reader<Box<dyn Read>>,
    record: csv::StringRecord,
    /// Bytes that the present record may still take from the file.
    left: Rc<Shared<u64>>,
    /// The end of the file was met.
    ended: Rc<Shared<bool>>,
    /// Lines end with carriage return and line feed.
    crlf: bool,
    fault: Rc<Shared<Option<ReadFaultCode>>>,
    /// The line with the first byte that is not UTF-8, where the encoding had to be guessed.
    strange: Option<u64>,
    /// Bytes of the file.
    size: u64,
}

/// What a stream found wrong; an `io::Error` can't carry more than words.
#[derive(Debug, Clone, Copy)]
struct ReadFaultCode {
    encoding: &'static str,
    offset: u64,
}

impl CsvRows {
    /// Opens a file that holds rows of `table`.
    pub fn open(
        path: &Path,
        table: &Table,
        encoding: Option<&'static Encoding>,
    ) -> Result<Self, ReadFault> {
        let (encoding, strange) = match encoding {
            Some(encoding) => (encoding, None),
            None => detect_encoding(path)?,
        };
        let fault = Rc::new(Shared::new(None));
        let mut head = Vec::new();
        open_stream(path, encoding, &fault)?
            .take(HEAD as u64)
            .read_to_end(&mut head)
            .map_err(|e| stream_fault(&fault, &e, strange))?;
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadFault::Empty);
        }
        let delimiter = detect_delimiter(&head, table);
        let left = Rc::new(Shared::new(RECORD_LIMIT));
        let ended = Rc::new(Shared::new(false));
        let crlf = head
            .iter()
            .position(|b| *b == b'\n')
            .is_some_and(|at| at > 0 && head.get(at - 1) == Some(&b'\r'));
        let stream = Metered {
            inner: open_stream(path, encoding, &fault)?,
            left: Rc::clone(&left),
            ended: Rc::clone(&ended),
        };
        let reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(CHUNK)
            .from_reader(Box::new(stream) as Box<dyn Read>);
        let size = std::fs::metadata(path)?.len();
        let record = csv::StringRecord::new();
        Ok(Self { reader, record, left, ended, crlf, fault, strange, size })
    }
}

impl Rows for CsvRows {
    fn advance(&mut self) -> Result<Option<u64>, ReadFault> {
        loop {
            self.left.set(RECORD_LIMIT);
            let before = self.reader.position().line();
            match self.reader.read_record(&mut self.record) {
                Ok(false) => return Ok(None),
                Ok(true) => {}
                Err(error) => return Err(self.explain(&error, before)),
            }
            let blank = self.record.iter().all(|c| trim(c).is_empty());
            if !blank {
                return Ok(Some(self.first_line()));
            }
        }
    }

    fn width(&self) -> usize {
        self.record.len()
    }

    fn cell(&self, at: usize) -> Raw<'_> {
        match self.record.get(at) {
            None | Some("") => Raw::Empty,
            Some(text) => Raw::Text(text),
        }
    }

    fn is_ragged_a_fault(&self) -> bool {
        true
    }

    fn can_be_read_twice(&self) -> bool {
        true
    }

    #[expect(clippy::cast_precision_loss, reason = "shown as per cent")]
    fn done(&self) -> Option<f64> {
        // Two bytes of GB18030 become three of UTF-8: near enough for a bar.
        Some((self.reader.position().byte() as f64 / self.size.max(1) as f64).min(1.0))
    }
}

impl CsvRows {
    /// The line on which the present record begins. The reader says where the search for it began,
    /// which is before any blank lines; so it is counted back from its end.
    fn first_line(&self) -> u64 {
        let within: usize =
            self.record.iter().map(|c| c.bytes().filter(|b| *b == b'\n').count()).sum();
        let unterminated = self.ended.get();
        // After CR LF the reader has not yet taken the LF; after the end of the file there is none.
        let taken = u64::from(!self.crlf && !unterminated);
        self.reader.position().line().saturating_sub(within as u64 + taken)
    }

    fn explain(&self, error: &csv::Error, line: u64) -> ReadFault {
        if self.left.get() == 0 {
            return ReadFault::EndlessRecord(line);
        }
        match error.kind() {
            csv::ErrorKind::Io(error) => stream_fault(&self.fault, error, self.strange),
            csv::ErrorKind::Utf8 { pos, .. } => ReadFault::WrongEncoding {
                encoding: "UTF-8",
                offset: pos.as_ref().map_or(0, csv::Position::byte),
            },
            other => ReadFault::Io(format!("{other:?}")),
        }
    }
}

fn stream_fault(
    fault: &Shared<Option<ReadFaultCode>>,
    error: &io::Error,
    strange: Option<u64>,
) -> ReadFault {
    match (fault.get(), strange) {
        (Some(_), Some(line)) => ReadFault::NoEncoding(line),
        (Some(code), None) => {
            ReadFault::WrongEncoding { encoding: code.encoding, offset: code.offset }
        }
        (None, _) => ReadFault::Io(error.to_string()),
    }
}

/// The encoding that a user named; GBK is read as GB18030, which holds it.
pub fn encoding_named(name: &str) -> Result<&'static Encoding, ReadFault> {
    match Encoding::for_label(trim(name).as_bytes()) {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err(ReadFault::UnknownEncoding(name.to_owned())),
    }
}

/// By its mark; else UTF-8 if every byte fits, else GB18030, with the line that made the difference.
fn detect_encoding(path: &Path) -> Result<(&'static Encoding, Option<u64>), ReadFault> {
    let feeds = |bytes: &[u8]| bytes.split(|b| *b == b'\n').count() as u64 - 1;
    let mut line = 1;
    let mut file = File::open(path)?;
    let mut chunk = vec![0; CHUNK];
    let mut held = 0;
    let mut first = true;
    loop {
        let more = file.read(chunk.get_mut(held..).unwrap_or_default())?;
        let filled = chunk.get(..held + more).unwrap_or_default();
        if first {
            first = false;
            match Encoding::for_bom(filled) {
                Some((encoding, _)) if encoding == UTF_8 => return Ok((UTF_8, None)),
                Some(_) => return Err(ReadFault::Utf16),
                // Neither UTF-8 nor GB18030 has a zero in a text: so it is told without a mark.
                None if filled.iter().take(4).any(|b| *b == 0) => return Err(ReadFault::Utf16),
                None => {}
            }
        }
        match std::str::from_utf8(filled) {
            Ok(_) => {
                line += feeds(filled);
                held = 0;
            }
            // The chunk ends within a character: keep its first bytes for the next one.
            Err(fault) if fault.error_len().is_none() && more > 0 => {
                let from = fault.valid_up_to();
                let end = filled.len();
                line += feeds(filled.get(..from).unwrap_or_default());
                chunk.copy_within(from..end, 0);
                held = end - from;
            }
            Err(fault) => {
                let whole = filled.get(..fault.valid_up_to()).unwrap_or_default();
                return Ok((GB18030, Some(line + feeds(whole))));
            }
        }
        if more == 0 {
            return Ok((UTF_8, None));
        }
    }
}

/// The delimiter with which the first line names the most columns; comma if none does.
fn detect_delimiter(head: &[u8], table: &Table) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(Cursor::new(head));
        let mut record = csv::StringRecord::new();
        let mut named = 0;
        // The header may stand in the second line only if the first is blank.
        while reader.read_record(&mut record).unwrap_or(false) {
            let cells: Vec<String> = record.iter().map(half_width).collect();
            if cells.iter().any(|c| !c.is_empty()) {
                named = header::matches(table, &cells) * 1_000 + cells.len();
                break;
            }
        }
        named
    };
    [b';', b'\t']
        .into_iter()
        .fold((b',', score(b',')), |best, delimiter| {
            let points = score(delimiter);
            if points > best.1 { (delimiter, points) } else { best }
        })
        .0
}

/// The file as UTF-8 without a mark.
fn open_stream(
    path: &Path,
    encoding: &'static Encoding,
    fault: &Rc<Shared<Option<ReadFaultCode>>>,
) -> Result<Box<dyn Read>, ReadFault> {
    let file = File::open(path)?;
    if encoding == UTF_8 {
        let mut file = BufReader::with_capacity(CHUNK, file);
        let mut mark = [0; 3];
        let mut held = 0;
        while held < mark.len() {
            let more = file.read(mark.get_mut(held..).unwrap_or_default())?;
            if more == 0 {
                break;
            }
            held += more;
        }
        let start = if mark == *b"\xEF\xBB\xBF" {
            Vec::new()
        } else {
            mark.iter().take(held).copied().collect()
        };
        return Ok(Box::new(Cursor::new(start).chain(file)));
    }
    Ok(Box::new(Decoding {
        inner: file,
        decoder: encoding.new_decoder_with_bom_removal(),
        encoding,
        raw: vec![0; CHUNK],
        raw_from: 0,
        raw_to: 0,
        consumed: 0,
        ended: false,
        over: Vec::new(),
        fault: Rc::clone(fault),
    }))
}

/// Counts what a record takes, so that an unclosed quotation mark can't fill the memory.
struct Metered {
    inner: Box<dyn Read>,
    left: Rc<Shared<u64>>,
    ended: Rc<Shared<bool>>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.ended.set(read == 0 && !buffer.is_empty());
        match self.left.get().checked_sub(read as u64) {
            Some(left) if left > 0 || read == 0 => {
                self.left.set(left);
                Ok(read)
            }
            _ => {
                self.left.set(0);
                Err(io::Error::other("record too long"))
            }
        }
    }
}

/// Turns an encoding into UTF-8 on the way; a byte that the encoding does not have ends it.
struct Decoding {
    inner: File,
    decoder: Decoder,
    encoding: &'static Encoding,
    raw: Vec<u8>,
    raw_from: usize,
    raw_to: usize,
    consumed: u64,
    ended: bool,
    /// Decoded bytes that did not fit where the caller wanted them.
    over: Vec<u8>,
    fault: Rc<Shared<Option<ReadFaultCode>>>,
}

impl Read for Decoding {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.over.is_empty() {
            let fits = self.over.len().min(buffer.len());
            for (to, from) in buffer.iter_mut().zip(self.over.drain(..fits)) {
                *to = from;
            }
            return Ok(fits);
        }
        // The decoder asks for room for one whole character.
        if buffer.len() < 16 {
            let mut room = [0; 64];
            let decoded = self.decode(&mut room)?;
            self.over.extend(room.iter().take(decoded));
            return if decoded == 0 { Ok(0) } else { self.read(buffer) };
        }
        self.decode(buffer)
    }
}

impl Decoding {
    fn decode(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.raw_from == self.raw_to && !self.ended {
                self.raw_from = 0;
                self.raw_to = self.inner.read(&mut self.raw)?;
                self.ended = self.raw_to == 0;
            }
            let raw = self.raw.get(self.raw_from..self.raw_to).unwrap_or_default();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(raw, buffer, self.ended);
            self.raw_from += read;
            self.consumed += read as u64;
            if let DecoderResult::Malformed(..) = result {
                self.fault.set(Some(ReadFaultCode {
                    encoding: self.encoding.name(),
                    offset: self.consumed,
                }));
                return Err(io::Error::other("bytes that the encoding does not have"));
            }
            let finished = self.ended && matches!(result, DecoderResult::InputEmpty);
            if written > 0 || finished {
                return Ok(written);
            }
        }
    }
}

#[cfg(test)]
mod tests;
