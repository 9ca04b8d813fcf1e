//! Pictures for the screen. The last one stays decoded, so that looking closer costs nothing.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom};

use rusqlite::{Connection, OptionalExtension as _, named_params};

use super::drops::Drops;
use super::{Shelf, may_bring};
use crate::access::Actor;
use crate::domain::picture::{Picture, PictureFault, View};
use crate::media;
use crate::protocol::page::PicturePage;
use crate::protocol::query::PictureOf;
use crate::store::read::scope::Sight;

/// What a picture is known by: whose session, which, and how many bytes.
type Key = (String, PictureOf, u64);

/// The picture that was looked at last.
#[derive(Debug, Default)]
pub(in crate::store) struct Pictures(RefCell<Option<(Key, Result<Picture, PictureFault>)>>);

impl Pictures {
    /// A part of a picture; what is not there and what lies out of scope look alike.
    pub(in crate::store) fn page(
        &self,
        db: &Connection,
        drops: &Drops,
        actor: &Actor,
        what: &PictureOf,
        view: &View,
    ) -> Result<PicturePage, rusqlite::Error> {
        let file = match what {
            PictureOf::Stored(sha256) if sees(db, actor, sha256)? => {
                Shelf::of(db).open(sha256).ok()
            }
            PictureOf::Dropped(name) if may_bring(actor) => drops.open(name).ok(),
            _ => None,
        };
        // No refusal: it may have been taken away while somebody looked at it.
        let Some(file) = file else {
            let picture = Err(PictureFault::Gone);
            return Ok(PicturePage { what: what.clone(), view: *view, picture });
        };
        let size = file.metadata().map_or(0, |meta| meta.len());
        let key = (actor.user.to_string(), what.clone(), size);
        let mut kept = self.0.borrow_mut();
        if kept.as_ref().is_none_or(|(known, _)| *known != key) {
            *kept = Some((key, decode(file)));
        }
        let picture = match kept.as_ref() {
            Some((_, Ok(picture))) => Ok(picture.view(view)),
            Some((_, Err(fault))) => Err(*fault),
            None => Err(PictureFault::Broken),
        };
        Ok(PicturePage { what: what.clone(), view: *view, picture })
    }
}

fn decode(file: File) -> Result<Picture, PictureFault> {
    let mut file = BufReader::new(file);
    let looks = media::looks(&mut file).map_err(|_fault| PictureFault::Kind)?;
    file.seek(SeekFrom::Start(0)).map_err(|_error| PictureFault::Broken)?;
    media::picture(looks.media, &mut file)
}

fn sees(db: &Connection, actor: &Actor, sha256: &str) -> Result<bool, rusqlite::Error> {
    let sight = Sight::of(actor);
    let sql = format!(
        "SELECT 1 FROM (SELECT v.customer_id FROM attachments a JOIN visits v USING (visit_id) \
         WHERE a.sha256 = :sha UNION ALL \
         SELECT f.customer_id FROM proofs p JOIN flags f USING (flag_id) WHERE p.sha256 = :sha) x \
         JOIN customers c ON c.customer_id = x.customer_id WHERE {}",
        sight.sieve("c.officer")
    );
    let found = db
        .prepare_cached(&sql)?
        .query_row(named_params! {":sha": sha256, ":scope": sight.value()}, |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}
