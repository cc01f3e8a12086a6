//! What happens to a home as a whole: time, restarts, crashes, backups and archives.

use super::act::Lapse;
use super::model::End;
use super::world::World;
use engine::clock::Clock as _;
use engine::model::ObjectRef;
use engine::{Engine, ImportOptions, ListRequest, Selection};
use std::collections::BTreeMap;

const MINUTE: i64 = 60_000;
const SEASON: i64 = 100 * 24 * 60 * MINUTE;

impl World {
    pub fn reopen(&mut self) {
        self.engine = Engine::open_with(&self.home, self.clock.clone()).unwrap();
    }

    pub fn pass(&mut self, lapse: Lapse) {
        if lapse == Lapse::Minute {
            self.clock.advance(MINUTE);
            return;
        }
        self.clock.advance(SEASON);
        for link in self.links.iter_mut() {
            link.end = End::Past;
        }
        self.expire();
    }

    /// Whatever has an end ends.
    pub fn expire(&mut self) {
        let now = self.clock.now();
        self.now.expire(now);
        self.gone.iter_mut().for_each(|gone| gone.expire(now));
        // Nobody sees what has ended, swept or not.
        let request = ListRequest { limit: 1000, ..ListRequest::default() };
        let page = self.engine.object_list(&self.me, &self.now.bucket.id, &request).unwrap();
        assert_eq!(page.objects.len(), self.now.live.len());
        self.engine.expire().unwrap();
    }

    /// All is whole, and there is nothing to repair.
    pub fn verify(&mut self) {
        let verified = self.engine.verify(&mut |_, _| true).unwrap();
        assert!(verified.damaged.is_empty(), "{:?}", verified.damaged);
        let expected =
            self.now.contents() + self.gone.iter().map(super::model::Model::contents).sum::<usize>();
        assert_eq!(verified.contents, expected as u64);
        assert!(self.engine.examine_home().unwrap().is_well());
        let repaired = self.engine.repair_home(None).unwrap();
        assert_eq!((repaired.healed, repaired.damaged.len()), (0, 0));
    }

    /// The process ends in the middle of a put: staged and placed content without a row stays behind.
    pub fn crash(&mut self) {
        let files = self.home.join("files");
        let dead = files.join(".staging/pdead");
        std::fs::create_dir_all(&dead).unwrap();
        std::fs::write(dead.join(".alive"), b"").unwrap();
        std::fs::write(dead.join("half"), b"half a fi").unwrap();
        let orphan = files.join(&self.now.bucket.id).join("cdeadcontent0000");
        std::fs::create_dir_all(&orphan).unwrap();
        std::fs::write(orphan.join("lost"), b"lost").unwrap();
        self.reopen();
        let swept = self.engine.sweep().unwrap();
        assert_eq!((swept.orphans, swept.stagings), (1, 1));
    }

    /// Life goes on in what a backup brings back.
    pub fn back_up(&mut self) {
        let (backup, home) = (self.dir.path().join("backup"), format!("home{}", self.number()));
        let copied = self.engine.backup(&backup, &mut |_, _| ()).unwrap();
        assert!(copied.damaged.is_empty(), "{:?}", copied.damaged);
        let home = self.dir.path().join(home);
        let back = engine::restore(&backup, &home, &mut |_, _| ()).unwrap();
        assert_eq!((back.contents, back.damaged.len()), (copied.contents, 0));
        let former = std::mem::replace(&mut self.home, home);
        self.reopen();
        std::fs::remove_dir_all(former).unwrap();
    }

    /// The bucket goes into an archive, and comes back beside itself.
    pub fn archive(&mut self) {
        let zip = self.dir.path().join("archive.zip");
        let selection = Selection::Buckets(vec![self.bucket()]);
        let exported = self.engine.export(&self.me, &zip, &selection, &mut |_| true).unwrap();
        assert_eq!(exported.files, self.now.live.len() as u64);
        let options = ImportOptions { keep_ids: false };
        let imported = self.engine.import(&self.me, &zip, options, &mut |_| true).unwrap();
        let [twin] = &imported.buckets[..] else { panic!("{imported:?}") };
        let expected: BTreeMap<&str, &[u8]> =
            self.now.live.iter().map(|(key, object)| (key.as_str(), object.content())).collect();
        let request = ListRequest { limit: 1000, ..ListRequest::default() };
        let page = self.engine.object_list(&self.me, &twin.id, &request).unwrap();
        assert_eq!(page.objects.len(), expected.len());
        for object in page.objects {
            let which = ObjectRef::Id(object.id.clone());
            let (_, content) = self.engine.object_open(&self.me, &twin.id, &which).unwrap();
            let mut bytes = vec![0; content.size() as usize];
            assert_eq!(content.read_at(&mut bytes, 0).unwrap(), bytes.len());
            assert_eq!(bytes, expected[object.key().as_str()]);
        }
        self.engine.bucket_erase(&self.me, &twin.id).unwrap();
    }
}
