//! What may carry a label: judged before a label moves, and again by `validate`.

use super::error::{Error, ErrorKind, Result};
use super::prompt::Prompt;
use crate::model::{Label, Version};
use crate::text::settings::Settings;

/// Why a version may not carry a label.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Breach {
    /// Pre-releases may not.
    #[error("{version} is a pre-release, and `{label}` is for releases")]
    Prerelease {
        /// The label.
        label: Label,
        /// The version.
        version: Version,
    },
    /// It must have carried another label before.
    #[error("{version} has never been `{from}`, which `{label}` asks for")]
    From {
        /// The label.
        label: Label,
        /// The version.
        version: Version,
        /// The label it must have carried.
        from: Label,
    },
}

impl Settings {
    /// Judges whether a version may carry a label. `prompt` is its history so far; none for a
    /// prompt that is being made.
    pub(super) fn judge(
        &self,
        prompt: Option<&Prompt>,
        version: &Version,
        label: &Label,
    ) -> std::result::Result<(), Breach> {
        let policy = self.policy(label);
        let (label, version) = (label.clone(), version.clone());
        if version.is_prerelease() && !policy.prerelease {
            return Err(Breach::Prerelease { label, version });
        }
        let Some(from) = policy.from else {
            return Ok(());
        };
        if prompt.is_some_and(|prompt| prompt.history.has_carried(&version, &from)) {
            return Ok(());
        }
        Err(Breach::From {
            label,
            version,
            from,
        })
    }

    /// Refuses to publish a version under labels that may not carry it.
    pub(super) fn check_new_version(
        &self,
        version: &Version,
        labels: &[Label],
        way_out: &str,
    ) -> Result<()> {
        for label in labels {
            self.judge(None, version, label)
                .map_err(|breach| breach.refusal(way_out))?;
        }
        Ok(())
    }
}

impl Breach {
    /// Says so, with the way out.
    pub(super) fn refusal(&self, way_out: &str) -> Error {
        Error::new(ErrorKind::Policy, self.to_string()).hint(way_out)
    }
}
