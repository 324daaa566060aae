use snapbox::str;

use crate::sandbox::{with_greeting, with_partial};

const LOG: &str = "prompts/greeting/changelog.jsonl";

#[test]
fn finds_nothing_in_a_whole_store() {
    let sandbox = with_partial();
    let before = sandbox.disk();
    sandbox.run(["repair"]).succeeds().prints(str![[r#"
nothing to repair

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn sets_a_torn_line_aside() {
    let sandbox = with_greeting();
    let whole = sandbox.read(LOG);
    sandbox.file(LOG, format!("{whole}{{\"id\":\"44f1"));
    sandbox
        .run(["show", "greeting@1.0.0", "--meta"])
        .succeeds()
        .complains(str![[r#"
warning: `prompts/greeting/changelog.jsonl` ends with a piece of a line, which is ignored: a write is under way or was cut short; the next write, or `promptctl repair`, sets it aside

"#]]);
    let before = sandbox.disk();
    sandbox
        .run(["repair", "--dry-run"])
        .succeeds()
        .prints(str![[r#"
prompts/greeting/changelog.jsonl: its last line is not whole

"#]]);
    assert_eq!(sandbox.disk(), before);
    sandbox.run(["repair"]).succeeds().prints(str![[r#"
prompts/greeting/changelog.jsonl: the torn end is kept as .promptctl/recovered/781034582d4e-prompts__greeting__changelog.jsonl

"#]]);
    assert_eq!(sandbox.read(LOG), whole);
    let kept: Vec<String> = sandbox
        .files()
        .into_iter()
        .filter(|path| path.starts_with(".promptctl/recovered/"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(sandbox.read(&kept[0]), "{\"id\":\"44f1");
}

#[test]
fn completes_a_line_that_lacks_only_its_newline() {
    let sandbox = with_greeting();
    let whole = sandbox.read(LOG);
    sandbox.file(LOG, whole.trim_end());
    sandbox.run(["repair"]).succeeds().prints(str![[r#"
prompts/greeting/changelog.jsonl: the last newline was missing

"#]]);
    assert_eq!(sandbox.read(LOG), whole);
}

#[test]
fn shows_files_that_no_event_mentions() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/1.0.1.prompt", "Half done\n");
    let before = sandbox.disk();
    sandbox.run(["repair"]).succeeds().prints(str![[r#"
prompts/greeting/1.0.1.prompt: no event mentions this file; it was left alone

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn leaves_damage_to_resolve() {
    let sandbox = with_greeting();
    let whole = sandbox.read(LOG);
    sandbox.file(LOG, whole.replace("First", "Frist"));
    let before = sandbox.disk();
    sandbox
        .run(["repair"])
        .exits(4)
        .prints(str![""])
        .complains(str![[r#"
warning: `greeting` cannot be read: `prompts/greeting/changelog.jsonl`, line 1: the line was changed: its bytes give the id 3aa74dacbc96…, it says 44f102ac9290…
hint: `git checkout -- prompts/greeting/changelog.jsonl` brings the committed log back; `promptctl resolve greeting` keeps every line that verifies

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn mends_a_torn_line_before_the_next_write() {
    let sandbox = with_greeting();
    let whole = sandbox.read(LOG);
    sandbox.file(LOG, format!("{whole}{{\"id\":"));
    sandbox
        .run(["note", "greeting", "-m", "Next"])
        .succeeds()
        .complains(str![[r#"
warning: `prompts/greeting/changelog.jsonl` ends with a piece of a line, which is ignored: a write is under way or was cut short; the next write, or `promptctl repair`, sets it aside

"#]]);
    assert!(sandbox.read(LOG).starts_with(&whole));
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 1 version

"#]]);
}
