//! What the care of a home answers: verify, backup, doctor.

use crate::wire as w;

impl From<engine::Problem> for w::Problem {
    fn from(problem: engine::Problem) -> Self {
        match problem {
            engine::Problem::Missing => Self::Missing,
            engine::Problem::Unreadable => Self::Unreadable,
            engine::Problem::Size => Self::Size,
            engine::Problem::Hash => Self::Hash,
        }
    }
}

impl From<engine::Damage> for w::Damage {
    fn from(damage: engine::Damage) -> Self {
        Self {
            bucket: damage.bucket,
            object: damage.object,
            key: damage.key,
            version: damage.version,
            current: damage.current,
            problem: damage.problem.into(),
            healers: damage.healers,
            others: damage.others,
        }
    }
}

impl From<engine::Verified> for w::Verified {
    fn from(verified: engine::Verified) -> Self {
        Self {
            contents: verified.contents,
            bytes: verified.bytes,
            damaged: verified.damaged.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<engine::Copied> for w::Copied {
    fn from(copied: engine::Copied) -> Self {
        Self {
            contents: copied.contents,
            copied: copied.copied,
            bytes: copied.bytes,
            removed: copied.removed,
            damaged: copied.damaged,
        }
    }
}

impl From<engine::Diagnosis> for w::Diagnosis {
    fn from(diagnosis: engine::Diagnosis) -> Self {
        Self {
            well: diagnosis.is_well(),
            database: diagnosis.database,
            counters: diagnosis.counters,
            orphans: diagnosis.orphans,
            damaged: diagnosis.damaged.into_iter().map(Into::into).collect(),
            healed: diagnosis.healed,
            contents: diagnosis.contents,
        }
    }
}

impl From<engine::Rebuilt> for w::Rebuilt {
    fn from(rebuilt: engine::Rebuilt) -> Self {
        Self {
            buckets: rebuilt.buckets,
            objects: rebuilt.objects,
            versions: rebuilt.versions,
            untagged: rebuilt.untagged,
            former: rebuilt.former,
        }
    }
}
