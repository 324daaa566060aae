//! `promptctl.toml`: settings and policy, read strictly.

mod table;

use std::collections::BTreeMap;
use std::str::FromStr;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::table::{Table, boolean, fault, integer, parsed, string, wrong_type};
use super::document;
use super::fault::Fault;
use crate::model::Label;

/// The file's version that this program reads.
const FORMAT: u64 = 1;

/// What is said to be wrong with a file of a later version.
pub const NEWER_FORMAT: &str = "settings-newer-format";

/// What `promptctl.toml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `[store] project`
    pub project: String,
    /// `[store] root`: the folder of the prompts, beside the file.
    pub root: String,
    /// `[store] default-label`: what a bare name means.
    pub default_label: Label,
    /// `[store] first-labels`: what a new prompt's first version gets.
    pub first_labels: Vec<Label>,
    /// `[store] fix-forward`: whether labels may not go back.
    pub fix_forward: bool,
    /// `[labels.NAME]`
    pub labels: BTreeMap<Label, LabelPolicy>,
    /// `[contract] closed-outputs`
    pub closed_outputs: bool,
    /// `[lint]`
    pub lint: BTreeMap<String, Level>,
    /// `[[lint.path]]`, in the file's order.
    pub lint_paths: Vec<LintPath>,
    /// `[limits]`
    pub limits: document::Limits,
}

/// What may carry a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelPolicy {
    /// Whether pre-releases may.
    pub prerelease: bool,
    /// The label that a version must have carried before.
    pub from: Option<Label>,
}

impl Default for LabelPolicy {
    fn default() -> Self {
        Self {
            prerelease: true,
            from: None,
        }
    }
}

/// Severities for the prompts that match a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintPath {
    /// A glob over paths below the root.
    pub pattern: String,
    /// Rules and their severities.
    pub rules: BTreeMap<String, Level>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not looked at.
    Off,
    /// Good to know.
    Info,
    /// Probably a mistake.
    Warning,
    /// `validate` ends with exit code 1.
    Error,
}

impl Default for Settings {
    fn default() -> Self {
        let production: Label = "production".parse().expect("a constant that is a label");
        Self {
            project: "default".to_owned(),
            root: "prompts".to_owned(),
            default_label: production.clone(),
            first_labels: vec![production],
            fix_forward: false,
            labels: BTreeMap::new(),
            closed_outputs: false,
            lint: BTreeMap::new(),
            lint_paths: Vec::new(),
            limits: document::Limits::default(),
        }
    }
}

impl Settings {
    /// Reads the file. Unknown keys, wrong types and other formats are faults.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let file = DeTable::parse(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            fault(&span, error.message().to_owned())
        })?;
        let mut settings = Self::default();
        let table = Table::new("", &file);
        table.known(&["format", "store", "labels", "contract", "lint", "limits"])?;
        let Some(format) = table.get("format") else {
            return Err(fault(&(0..0), "`format = 1` is missing".to_owned())
                .hint("put `format = 1` on the first line"));
        };
        let version = integer(format)?;
        if version != FORMAT {
            let message =
                format!("format {version} needs a newer promptctl; this one reads {FORMAT}");
            let fault = Fault::new(NEWER_FORMAT, format.span(), message);
            return Err(fault.hint("install a newer promptctl"));
        }
        settings.read_store(&table)?;
        settings.read_labels(&table)?;
        if let Some(contract) = table.table("contract")? {
            contract.known(&["closed-outputs"])?;
            contract.set("closed-outputs", &mut settings.closed_outputs, boolean)?;
        }
        settings.read_lint(&table)?;
        settings.read_limits(&table)?;
        Ok(settings)
    }

    /// Returns the policy of a label.
    #[must_use]
    pub fn policy(&self, label: &Label) -> LabelPolicy {
        self.labels.get(label).cloned().unwrap_or_default()
    }

    fn read_store(&mut self, file: &Table) -> Result<(), Fault> {
        let Some(store) = file.table("store")? else {
            return Ok(());
        };
        store.known(&[
            "project",
            "root",
            "default-label",
            "first-labels",
            "fix-forward",
        ])?;
        store.set("project", &mut self.project, |value| {
            string(value).map(str::to_owned)
        })?;
        store.set("root", &mut self.root, folder)?;
        store.set("default-label", &mut self.default_label, parsed)?;
        self.first_labels = vec![self.default_label.clone()];
        store.set("first-labels", &mut self.first_labels, labels)?;
        store.set("fix-forward", &mut self.fix_forward, boolean)
    }

    fn read_labels(&mut self, file: &Table) -> Result<(), Fault> {
        let Some(all) = file.table("labels")? else {
            return Ok(());
        };
        for (name, value) in all.table {
            let label: Label = name
                .get_ref()
                .parse()
                .map_err(|error| fault(&name.span(), format!("`[labels]`: {error}")))?;
            let table = Table::of(&format!("labels.{label}"), value)?;
            table.known(&["prerelease", "from"])?;
            let mut policy = LabelPolicy::default();
            table.set("prerelease", &mut policy.prerelease, boolean)?;
            table.set("from", &mut policy.from, |value| parsed(value).map(Some))?;
            if policy.from.as_ref() == Some(&label) {
                return Err(fault(
                    &value.span(),
                    format!("`labels.{label}.from` names the label itself"),
                ));
            }
            self.labels.insert(label, policy);
        }
        Ok(())
    }

    fn read_lint(&mut self, file: &Table) -> Result<(), Fault> {
        let Some(lint) = file.table("lint")? else {
            return Ok(());
        };
        for (rule, value) in lint.table {
            if rule.get_ref() != "path" {
                self.lint.insert(rule.get_ref().to_string(), level(value)?);
                continue;
            }
            let paths = value
                .get_ref()
                .as_array()
                .ok_or_else(|| wrong_type(value, "a list of tables, `[[lint.path]]`"))?;
            for path in paths {
                self.lint_paths.push(lint_path(path)?);
            }
        }
        Ok(())
    }

    fn read_limits(&mut self, file: &Table) -> Result<(), Fault> {
        let Some(table) = file.table("limits")? else {
            return Ok(());
        };
        table.known(&["template-bytes", "front-matter-bytes"])?;
        let bytes = |value: &Spanned<DeValue>| {
            usize::try_from(integer(value)?).map_err(|_| wrong_type(value, "a number of bytes"))
        };
        table.set("template-bytes", &mut self.limits.template_bytes, bytes)?;
        table.set(
            "front-matter-bytes",
            &mut self.limits.front_matter_bytes,
            bytes,
        )
    }
}

impl FromStr for Level {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Ok(match text {
            "error" => Self::Error,
            "warning" => Self::Warning,
            "info" => Self::Info,
            "off" => Self::Off,
            _ => return Err(()),
        })
    }
}

fn labels(value: &Spanned<DeValue>) -> Result<Vec<Label>, Fault> {
    let list = value
        .get_ref()
        .as_array()
        .ok_or_else(|| wrong_type(value, "a list of labels"))?;
    list.iter().map(parsed).collect()
}

fn level(value: &Spanned<DeValue>) -> Result<Level, Fault> {
    string(value)?
        .parse()
        .map_err(|()| wrong_type(value, "\"error\", \"warning\", \"info\" or \"off\""))
}

fn folder(value: &Spanned<DeValue>) -> Result<String, Fault> {
    let text = string(value)?;
    let is_plain = |segment: &str| {
        !segment.is_empty() && !segment.starts_with('.') && !segment.contains(['\\', ':', '\0'])
    };
    if text.split('/').all(is_plain) {
        Ok(text.to_owned())
    } else {
        Err(fault(
            &value.span(),
            format!("`{text}` is no folder beside promptctl.toml"),
        ))
    }
}

fn lint_path(value: &Spanned<DeValue>) -> Result<LintPath, Fault> {
    let table = Table::of("lint.path", value)?;
    let Some(pattern) = table.get("match") else {
        return Err(fault(
            &value.span(),
            "`[[lint.path]]` needs `match`".to_owned(),
        ));
    };
    let mut rules = BTreeMap::new();
    for (rule, value) in table.table {
        if rule.get_ref() != "match" {
            rules.insert(rule.get_ref().to_string(), level(value)?);
        }
    }
    Ok(LintPath {
        pattern: string(pattern)?.to_owned(),
        rules,
    })
}

#[cfg(test)]
mod tests {
    use super::{Level, Settings};

    fn complaint(text: &str) -> (usize, String, Option<String>) {
        let fault = Settings::parse(text).unwrap_err();
        (fault.span.start, fault.message, fault.hint)
    }

    #[test]
    fn reads_every_key() {
        let settings = Settings::parse(
            r#"
            format = 1
            [store]
            project = "shop"
            root = "llm/prompts"
            default-label = "live"
            first-labels = ["live", "staging"]
            fix-forward = true
            [labels.live]
            prerelease = false
            from = "staging"
            [contract]
            closed-outputs = true
            [lint]
            unused-variable = "error"
            [[lint.path]]
            match = "experiments/**"
            missing-description = "off"
            [limits]
            template-bytes = 1000
            "#,
        )
        .unwrap();
        assert_eq!(settings.root, "llm/prompts");
        assert_eq!(settings.first_labels.len(), 2);
        assert!(settings.fix_forward && settings.closed_outputs);
        let policy = settings.policy(&settings.default_label);
        assert!(!policy.prerelease);
        assert_eq!(policy.from, Some("staging".parse().unwrap()));
        assert_eq!(settings.lint["unused-variable"], Level::Error);
        assert_eq!(
            settings.lint_paths[0].rules["missing-description"],
            Level::Off
        );
        assert_eq!(settings.limits.template_bytes, 1000);
    }

    #[test]
    fn suggests_the_key_that_was_meant() {
        assert_eq!(
            complaint("format = 1\n[store]\ndefualt-label = \"x\"\n"),
            (
                19,
                "unknown key `defualt-label` in `[store]`".into(),
                Some("did you mean `default-label`?".into())
            )
        );
    }

    #[test]
    fn the_first_labels_follow_the_default_label() {
        let settings = Settings::parse("format = 1\n[store]\ndefault-label = \"live\"\n").unwrap();
        assert_eq!(settings.first_labels, [settings.default_label]);
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for text in [
            "",
            "format = 2\n",
            "format = \"1\"\n",
            "format = 1\n[store]\nroot = \"../x\"\n",
            "format = 1\n[store]\nroot = \"/x\"\n",
            "format = 1\n[store]\ndefault-label = \"latest\"\n",
            "format = 1\n[labels.a]\nfrom = \"a\"\n",
            "format = 1\n[labels.a]\nprerelease = \"no\"\n",
            "format = 1\n[lint]\nx = \"loud\"\n",
            "format = 1\n[[lint.path]]\nx = \"off\"\n",
            "format = 1\nformat = 1\n",
            "format = \n",
        ] {
            assert!(Settings::parse(text).is_err(), "{text:?}");
        }
    }
}
