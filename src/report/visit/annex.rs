//! Chapter 15: documents, what is missing and why, signatures, versions and their hashes.

use super::Writing;
use crate::domain::gap::GapKind;
use crate::domain::preparation::LookedUp;
use crate::domain::user::Role;
use crate::form::Problem;
use crate::i18n::{Catalog, words};
use crate::report::model::{Block, Said, Signature, Table};
use crate::report::show::pick;

impl Writing<'_> {
    pub(super) fn annex(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut blocks = vec![Block::Heading(2, t.documents.to_owned())];
        match self.judged {
            Some(judged) => blocks.push(desk.documents(judged).or(t.no_documents)),
            None => blocks.push(Block::Text(Said::missing(t.no_record))),
        }
        blocks.extend(self.files());
        blocks.push(Block::Heading(2, t.missing_items.to_owned()));
        blocks.push(self.missing());
        blocks.extend(self.likeness());
        blocks.push(Block::Heading(2, t.signatures.to_owned()));
        blocks.push(Block::Signatures(self.signers()));
        blocks.push(Block::Heading(2, t.versions.to_owned()));
        blocks.push(self.versions());
        blocks.extend(self.hashes());
        blocks
    }

    /// Photos and documents with the hash of their content, and attempts to use others' ones.
    fn files(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let Some(record) = &self.report.record else { return Vec::new() };
        let titles = &Catalog::of(desk.lang).files;
        let mut table =
            Table::new(&[t.document, &t.begun(titles.name), &t.begun(titles.remark), "SHA-256"]); // tidy: not a text
        for file in &record.visit.attachments {
            let category = file.category.map(|c| words::photo_category(desk.lang, c).to_owned());
            let odd = file.warnings.iter().map(|warning| titles.warning(*warning));
            let missing = file.missing.then(|| titles.missing.to_owned());
            let remarks: Vec<String> = category.into_iter().chain(odd).chain(missing).collect();
            table.row(vec![
                desk.item_title(&file.item).into(),
                file.name.as_str().into(),
                desk.join(&remarks).into(),
                file.sha256.as_str().into(),
            ]);
        }
        let mut blocks =
            vec![Block::Heading(2, t.registered_files.to_owned()), table.or(titles.no_files)];
        if !record.visit.reused.is_empty() {
            let tried = record.visit.reused.iter().map(|row| {
                format!("{}  {}  {}", row.at, row.by, titles.reused(&row.name, row.first.as_ref()))
            });
            blocks.push(Block::Heading(2, titles.reused_title.to_owned()));
            blocks.push(Block::List(tried.map(Said::from).collect()));
        }
        blocks
    }

    /// Texts that were like others when the record was handed in: only for those who review.
    fn likeness(&self) -> Vec<Block> {
        let (desk, c) = (self.desk, self.desk.c);
        let Some(record) = &self.report.record else { return Vec::new() };
        if desk.base.role == Role::Officer || record.submitted_at.is_none() {
            return Vec::new();
        }
        let mut blocks = vec![Block::Heading(2, c.likeness.to_owned())];
        let words = &Catalog::of(desk.lang).conduct;
        let points: Vec<Said> = record
            .handing
            .like
            .iter()
            .map(|row| {
                let title = row.item.as_deref().map(|item| desk.item_title(item));
                let there = row.place.as_deref().map(|item| desk.item_title(item));
                let title = title.as_deref().unwrap_or(words.whole);
                words.like_line(title, there.as_deref(), row).into()
            })
            .collect();
        if points.is_empty() {
            blocks.push(Block::Text(Said::missing(c.likeness_none)));
            return blocks;
        }
        blocks.push(Block::List(points));
        let why = match record.handing.likeness_reason.as_deref() {
            Some(why) => Said::from(why),
            None => Said::missing(c.no_why),
        };
        blocks.push(Block::Pairs(vec![(c.likeness_why.to_owned(), why)]));
        blocks
    }

    /// Everything that was asked and not answered, or answered on less than was to be seen, and what
    /// was not looked up.
    fn missing(&self) -> Block {
        let (desk, t) = (self.desk, self.desk.t);
        let Some(judged) = self.judged else { return Block::Text(Said::missing(t.no_record)) };
        let mut table = Table::new(&[t.section, t.item, t.reason_or_detail]);
        for gap in &judged.state.gaps {
            let Some(row) = judged.state.row(&gap.item) else { continue };
            let section = judged.state.sections.get(row.section);
            let why = match gap.kind {
                _ if row.problem == Some(Problem::Unfiled) => desk.c.unfiled,
                _ if row.problem == Some(Problem::Stale) => desk.c.stale,
                GapKind::Missing => t.missing_required,
                GapKind::Wanted => t.not_obtained,
                GapKind::Invalid => t.not_valid,
                GapKind::Unexplained => t.unexplained,
                GapKind::Weak => t.weak_evidence,
                // The signature of a co-inspector stands with the other signatures; a tier is none of
                // the form's.
                GapKind::OpenProposal
                | GapKind::Unclassified
                | GapKind::Unsigned
                | GapKind::Commented => t.undecided_proposal,
            };
            table.row(vec![
                section.map_or("", |section| pick(&section.title, desk.lang)).into(),
                pick(&row.title, desk.lang).into(),
                Said::missing(why),
            ]);
        }
        let pack = crate::assets::preparation::shared().ok();
        let not_queried = self.report.lookups.iter();
        for row in not_queried.filter(|row| row.result == LookedUp::NotQueried) {
            let lookup = pack.as_ref().and_then(|pack| pack.lookup(&row.code));
            let why = row.last.as_ref().filter(|_| !row.stale).map(|last| last.detail.as_str());
            let later = self.made_up(&row.code).map(|later| desk.c.made_up(&later));
            let why: Vec<&str> =
                why.filter(|text| !text.is_empty()).into_iter().chain(later.as_deref()).collect();
            let why = if why.is_empty() { t.no_reason.to_owned() } else { desk.join(&why) };
            let words = &Catalog::of(desk.lang).prepare;
            table.row(vec![
                desk.c.look_ups.into(),
                lookup.map_or(&*row.code, |lookup| pick(&lookup.title, desk.lang)).into(),
                Said::missing(format!(
                    "{}{}",
                    words.looked_up(LookedUp::NotQueried),
                    t.bracketed(&why)
                )),
            ]);
        }
        table.or(t.nothing_missing)
    }

    fn signers(&self) -> Vec<Signature> {
        let t = self.desk.t;
        let sign = |role: &str, name: &str| Signature { role: role.into(), name: name.into() };
        let Some(record) = &self.report.record else {
            return vec![sign(t.lead, &self.report.row.officer_name), sign(t.reviewer, "")];
        };
        let last = self.report.versions.iter().find(|v| v.version == record.visit.version);
        let second = record.visit.second.asked.as_ref();
        let signed = second.filter(|row| row.stand.is_some()).map(|row| row.name.clone());
        let co_inspector = signed.or_else(|| {
            // Records of an older checklist have her name as an answer.
            self.judged.and_then(|judged| match &judged.answers.get("co_inspector")?.value {
                crate::domain::answer::Value::Text(name) => Some(name.clone()),
                _ => None,
            })
        });
        let reviewer = last.and_then(|version| version.reviewed_by.clone()).unwrap_or_default();
        let mut signers = vec![
            sign(t.lead, &record.visit.author_name),
            sign(t.co_inspector, &co_inspector.unwrap_or_default()),
            sign(t.reviewer, &reviewer),
        ];
        signers.extend(self.opinion_signers());
        signers
    }

    fn versions(&self) -> Block {
        let (desk, t) = (self.desk, self.desk.t);
        let mut table =
            Table::new(&[t.version, t.state, t.writers, t.handed_in, t.reviewed, t.remark]);
        for version in &self.report.versions {
            let reviewed = match (&version.reviewed_by, &version.reviewed_at) {
                (Some(by), at) => format!("{by}\n{}", at.as_deref().unwrap_or_default()).into(),
                (None, _) => Said::missing(t.not_reviewed),
            };
            let remarks: Vec<&str> = [version.amend_reason.as_deref(), version.note.as_deref()]
                .into_iter()
                .flatten()
                .collect();
            table.row(vec![
                version.version.to_string().into(),
                words::visit_state(desk.lang, version.state).into(),
                desk.join(&version.writers).into(),
                match &version.submitted_at {
                    Some(at) => at.as_str().into(),
                    None => Said::missing(t.not_handed_in),
                },
                reviewed,
                desk.join(&remarks).into(),
            ]);
        }
        table.or(t.no_record)
    }

    /// The hash over the content of each version, whole.
    fn hashes(&self) -> Option<Block> {
        let t = self.desk.t;
        let versions = self.report.versions.iter();
        let hashes = versions.map(|version| {
            let hash = match &version.hash {
                Some(hash) => Said::from(hash.as_str()),
                None => Said::missing(t.no_hash),
            };
            (t.hash_of(version.version), hash)
        });
        let hashes: Vec<_> = hashes.collect();
        (!hashes.is_empty()).then_some(Block::Pairs(hashes))
    }
}
