//! Customers that change hands: the packets, and behind each its customers with what the receiver
//! must know. Giver, receiver and witness sign here, each at her own desk.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::Step;
use crate::domain::ids::{CustomerId, PacketId};
use crate::i18n::Lang;
use crate::protocol::command::{Command, OrderCommand, Revision};
use crate::protocol::page::{PacketHead, PacketPage, PacketRow, PacketsPage};
use crate::protocol::query::{Query, Slot};
use crate::protocol::report::{ReportFormat, ReportOrder, ReportSubject};
use crate::ui::action::Action;
use crate::ui::ctx::Ctx;
use crate::ui::key::Key;
use crate::ui::keymap::KeyContext;
use crate::ui::widgets::input::Input;
use crate::ui::widgets::scroll::{Scroll, follow};

mod draw;

/// What is being entered at the foot, of what was on the screen when it began: fresh pages change
/// neither the packet nor what is signed.
#[derive(Debug)]
enum Entry {
    /// A last look before signing.
    Sign { packet: PacketId, content_hash: String },
    /// What no table says of a customer.
    Oddity { packet: PacketId, customer: CustomerId, seen: Revision, text: Input },
    /// Why the packet is taken back.
    Withdraw { packet: PacketId, seen: Revision, reason: Input },
}

/// The packet that is looked into.
#[derive(Debug)]
struct Inside {
    packet: PacketId,
    page: Option<Arc<PacketPage>>,
    scroll: Scroll,
}

impl Inside {
    fn row(&self) -> Option<&PacketRow> {
        self.page.as_ref()?.rows.get(self.scroll.selected())
    }

    fn customer(&self) -> Option<CustomerId> {
        self.row().map(|row| row.customer.clone())
    }
}

/// The packets, or the customers of one.
#[derive(Debug, Default)]
pub struct Packets {
    page: Option<Arc<PacketsPage>>,
    scroll: Scroll,
    inside: Option<Inside>,
    entry: Option<Entry>,
}

impl Packets {
    pub(super) const fn context(&self) -> KeyContext {
        match &self.entry {
            Some(Entry::Sign { .. }) => KeyContext::Confirm,
            Some(Entry::Oddity { .. } | Entry::Withdraw { .. }) => KeyContext::Picking,
            None => KeyContext::Packets,
        }
    }

    pub(super) fn queries(&self) -> Vec<(Slot, Query)> {
        let mut all = vec![(Slot::Packets, Query::Packets)];
        if let Some(inside) = &self.inside {
            let (packet, customer) = (inside.packet.clone(), inside.customer());
            all.push((Slot::Packet, Query::Packet { packet, customer }));
        }
        all
    }

    fn head(&self) -> Option<&PacketHead> {
        match &self.inside {
            Some(inside) => inside.page.as_ref().map(|page| &page.head),
            None => self.page.as_ref()?.rows.get(self.scroll.selected()),
        }
    }

    /// Whether there is nothing in the list.
    pub(super) fn is_empty(&self) -> bool {
        self.inside.is_none() && self.page.as_ref().is_some_and(|page| page.rows.is_empty())
    }

    pub(super) fn load(&mut self, page: Arc<PacketsPage>) {
        let rows = self.page.as_ref().map(|old| &old.rows);
        let wanted = rows.and_then(|rows| Some(rows.get(self.scroll.selected())?.packet.clone()));
        follow(&mut self.scroll, wanted.as_ref(), page.rows.iter().map(|row| row.packet.clone()));
        self.page = Some(page);
    }

    pub(super) fn load_packet(&mut self, page: Arc<PacketPage>) {
        let Some(inside) = self.inside.as_mut().filter(|i| i.packet == page.head.packet) else {
            return;
        };
        let wanted = inside.customer();
        let rows = page.rows.iter().map(|row| row.customer.clone());
        follow(&mut inside.scroll, wanted.as_ref(), rows);
        inside.page = Some(page);
    }

    const fn input(&mut self) -> Option<&mut Input> {
        match &mut self.entry {
            Some(Entry::Oddity { text: input, .. } | Entry::Withdraw { reason: input, .. }) => {
                Some(input)
            }
            _ => None,
        }
    }

    pub(super) fn on_key(&mut self, key: Key) -> bool {
        self.input().is_some_and(|input| input.on_key(key))
    }

    pub(super) fn on_paste(&mut self, text: &str) -> bool {
        let Some(input) = self.input() else { return false };
        input.on_paste(text);
        true
    }

    pub(super) fn on_action(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        if self.entry.is_some() {
            return self.on_entry(action, ctx);
        }
        let moved = if let Some(inside) = &mut self.inside {
            let len = inside.page.as_ref().map_or(0, |page| page.rows.len());
            inside.scroll.on_action(action, len)
        } else {
            let len = self.page.as_ref().map_or(0, |page| page.rows.len());
            self.scroll.on_action(action, len)
        };
        if moved {
            return Step::stay();
        }
        let text = &ctx.text.orders;
        let head = self.head();
        match action {
            Action::Open => self.open(),
            Action::Back | Action::Left if self.inside.is_some() => {
                self.inside = None;
                Step::stay()
            }
            Action::Sign => match head {
                // One signs what one has before one's eyes.
                Some(_) if self.inside.is_none() => self.open(),
                Some(head) if head.mine.is_some() => match self.content_hash() {
                    Some(content_hash) => {
                        let packet = head.packet.clone();
                        self.begin(Entry::Sign { packet, content_hash })
                    }
                    None => Step::stay(),
                },
                _ => warn(text.nothing_to_sign),
            },
            Action::Edit => match (head.filter(|head| head.notes), self.row()) {
                (Some(head), Some(row)) => {
                    let (packet, customer) = (head.packet.clone(), row.customer.clone());
                    let (seen, text) = (row.revision, Input::new(&row.oddity));
                    self.begin(Entry::Oddity { packet, customer, seen, text })
                }
                (Some(_), None) => self.open(),
                (None, _) => warn(text.notes_giver_only),
            },
            Action::Withdraw => match head {
                Some(head) if head.withdraws => {
                    let (packet, seen) = (head.packet.clone(), head.revision);
                    self.begin(Entry::Withdraw { packet, seen, reason: Input::default() })
                }
                _ => warn(text.not_yours),
            },
            Action::Report => {
                let order = head.map(|head| report(head.packet.clone(), ctx.lang));
                let made =
                    order.map(|order| Action::apply(Command::MakeReport { order, made: None }));
                Step::only(made.into_iter().collect())
            }
            Action::Right => Step::stay(),
            _ => Step::close(Vec::new()),
        }
    }

    fn row(&self) -> Option<&PacketRow> {
        self.inside.as_ref()?.row()
    }

    /// Of the packet as it stands on the screen.
    fn content_hash(&self) -> Option<String> {
        Some(self.inside.as_ref()?.page.as_ref()?.content_hash.clone())
    }

    fn begin(&mut self, entry: Entry) -> Step {
        self.entry = Some(entry);
        Step::stay()
    }

    /// From the list into a packet; from there nowhere further, for its customers may be out of
    /// scope.
    fn open(&mut self) -> Step {
        if self.inside.is_none()
            && let Some(packet) = self.head().map(|head| head.packet.clone())
        {
            self.inside = Some(Inside { packet, page: None, scroll: Scroll::default() });
        }
        Step::stay()
    }

    /// Enter writes, Esc goes back.
    fn on_entry(&mut self, action: &Action, ctx: &Ctx<'_>) -> Step {
        match action {
            Action::Accept => {
                let Some(entry) = self.entry.take() else { return Step::stay() };
                let Some(command) = command(&entry) else {
                    self.entry = Some(entry);
                    return warn(ctx.text.orders.needs_words);
                };
                Step::only(vec![Action::apply(Command::Order(command))])
            }
            Action::Back | Action::Cancel => {
                self.entry = None;
                Step::stay()
            }
            _ => Step::stay(),
        }
    }

    pub(super) fn render(&mut self, frame: &mut Frame<'_>, area: Rect, ctx: &Ctx<'_>) {
        draw::render(self, frame, area, ctx);
    }
}

/// What is sent to the store; nothing while words are missing.
fn command(entry: &Entry) -> Option<OrderCommand> {
    Some(match entry {
        Entry::Sign { packet, content_hash } => {
            OrderCommand::Sign { packet: packet.clone(), content_hash: content_hash.clone() }
        }
        Entry::Oddity { packet, customer, seen, text } => OrderCommand::NoteOddity {
            packet: packet.clone(),
            customer: customer.clone(),
            text: text.text(),
            seen: *seen,
        },
        Entry::Withdraw { packet, seen, reason } => {
            let reason = reason.text();
            if reason.trim().is_empty() {
                return None;
            }
            OrderCommand::WithdrawPacket { packet: packet.clone(), seen: *seen, reason }
        }
    })
}

fn warn(text: &str) -> Step {
    Step::only(vec![Action::warn(text)])
}

/// The packet as a document; other kinds of files come from the command line.
const fn report(packet: PacketId, lang: Lang) -> ReportOrder {
    ReportOrder {
        subject: ReportSubject::Packet(packet),
        format: ReportFormat::Docx,
        lang: lang.of_file(),
        unmasked: false,
        reason: String::new(),
    }
}
