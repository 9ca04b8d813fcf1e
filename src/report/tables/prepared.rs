//! What was prepared: look-ups with their results, whom to meet, what to say.

use super::super::Desk;
use super::super::model::{Block, Said, Table};
use super::super::show::pick;
use crate::assets::preparation;
use crate::domain::preparation::LookedUp;
use crate::form::preparation::{Channel, LookUp};
use crate::i18n::words;
use crate::protocol::page::{BriefPage, LookUpEntry, LookUpRow, Person};

impl Desk<'_> {
    /// Look-ups with result, source, day and person; `later` says when what was left out is made
    /// up. What was not asked is printed as that, with the reason.
    pub(in super::super) fn look_ups(
        &self,
        rows: &[LookUpRow],
        later: &dyn Fn(&str) -> Option<String>,
    ) -> Block {
        let c = self.c;
        let heads = [c.look_up, c.result, c.looked_up_on, c.source, c.by, c.found_or_why];
        let mut table = Table::new(&heads);
        let pack = preparation::shared().ok();
        for row in rows {
            let lookup = pack.as_ref().and_then(|pack| pack.lookup(&row.code));
            let title = lookup.map_or(&*row.code, |lookup| pick(&lookup.title, self.lang));
            let mut cells = vec![Said::from(title)];
            cells.extend(self.look_up(row, lookup, later(&row.code)));
            table.row(cells);
        }
        table.or(c.no_look_ups)
    }

    fn look_up(
        &self,
        row: &LookUpRow,
        lookup: Option<&LookUp>,
        later: Option<String>,
    ) -> [Said; 5] {
        let (t, c) = (self.t, self.c);
        let words = &crate::i18n::Catalog::of(self.lang).prepare;
        let named = |entry: &LookUpEntry| {
            let option = lookup.and_then(|lookup| lookup.option(&entry.option));
            option
                .map_or(words.looked_up(entry.result), |one| pick(&one.words, self.lang))
                .to_owned()
        };
        let not_queried = words.looked_up(LookedUp::NotQueried);
        let mut details: Vec<String> = Vec::new();
        let (result, entry) = match &row.last {
            None => (Said::missing(not_queried), None),
            Some(entry) if row.stale => {
                let on = entry.on.map(|on| on.to_string()).unwrap_or_default();
                details.push(format!("{} {on}{}", named(entry), t.bracketed(c.aged)));
                (Said::missing(not_queried), None)
            }
            Some(entry) => match entry.result {
                LookedUp::Nothing => (named(entry).into(), Some(entry)),
                LookedUp::Found => (Said::strong(named(entry)), Some(entry)),
                LookedUp::NotQueried => (Said::missing(not_queried), Some(entry)),
            },
        };
        details.extend(entry.map(|entry| entry.detail.clone()).filter(|text| !text.is_empty()));
        details.extend(later.map(|text| c.made_up(&text)));
        let detail = match (result.tone == super::super::model::Tone::Missing, details.is_empty()) {
            (true, true) => Said::missing(t.no_reason),
            _ => details.join("\n").into(),
        };
        let of = |text: Option<String>| text.map_or_else(Said::default, Said::from);
        [
            result,
            of(entry.and_then(|entry| entry.on).map(|on| on.to_string())),
            of(entry.map(|entry| entry.place.clone())),
            of(entry.map(|entry| entry.by.clone())),
            detail,
        ]
    }

    /// Whom the rules want met, then everybody on file with who is chosen.
    pub(in super::super) fn meetings(&self, page: &BriefPage) -> Vec<Block> {
        let (t, c) = (self.t, self.c);
        let words = &crate::i18n::Catalog::of(self.lang).prepare;
        let pack = preparation::shared().ok();
        let mut rules = Table::new(&[c.should_meet, t.state, c.why]);
        for must in &page.must_meet {
            let rule = pack.as_ref().and_then(|p| p.meetings.iter().find(|r| r.id == must.rule));
            let why = rule.map_or(&*must.rule, |rule| pick(&rule.reason, self.lang));
            let unsure = rule.is_some_and(|rule| !rule.verified);
            let mark = if unsure { t.bracketed(t.unverified) } else { String::new() };
            rules.row(vec![
                words.one_of(&must.roles).into(),
                match (must.chosen, must.on_file) {
                    (true, _) => c.state_chosen.into(),
                    (false, true) => Said::strong(c.state_on_file),
                    (false, false) => Said::missing(c.state_nobody),
                },
                format!("{why}{mark}").into(),
            ]);
        }
        let mut people = Table::new(&[c.person, t.role, t.phone, t.state]);
        let mut sorted: Vec<&Person> = page.people.iter().collect();
        sorted.sort_by_key(|person| !person.chosen);
        for person in sorted {
            let role = person.role.as_deref().map(|role| words::contact_role(self.lang, role));
            let chosen = if person.chosen { Said::strong(c.state_chosen) } else { Said::default() };
            people.row(vec![
                person.name.as_str().into(),
                self.or_missing(role),
                self.or_missing(person.phone.as_deref()),
                chosen,
            ]);
        }
        vec![rules.or(c.no_rule), people.or(t.no_contacts)]
    }

    /// What to say on the spot about the focus that is proposed, part by part.
    pub(in super::super) fn script(&self, page: &BriefPage) -> Vec<Block> {
        let words = &crate::i18n::Catalog::of(self.lang).prepare;
        let focus = page.focus.as_ref().map_or(crate::domain::visit::Focus::RiskControl, |f| f.0);
        let Ok(pack) = preparation::shared() else { return Vec::new() };
        let mut blocks: Vec<Block> = Vec::new();
        let mut part = None;
        for said in pack.script(focus, Channel::Onsite, page.dossier.line) {
            if part != Some(said.part) {
                blocks.push(Block::Heading(2, words.part(said.part).to_owned()));
                blocks.push(Block::List(Vec::new()));
                part = Some(said.part);
            }
            if let Some(Block::List(points)) = blocks.last_mut() {
                points.push(pick(&said.words, self.lang).into());
            }
        }
        if blocks.is_empty() {
            blocks.push(Block::Text(Said::missing(words.no_script)));
        }
        blocks
    }
}
