use snapbox::str;

use crate::sandbox::{GREETING, Sandbox, with_greeting, with_versions};

const LOG: &str = "prompts/greeting/changelog.jsonl";

/// A log that two branches wrote apart: production is at 1.0.1 here and at 1.1.0 there.
fn torn_apart() -> Sandbox {
    let sandbox = with_versions();
    let base = sandbox.read(LOG);
    sandbox
        .run(["promote", "greeting@1.0.0", "-m", "Back to 1.0.0"])
        .succeeds();
    let ours = sandbox.read(LOG);
    sandbox.file(LOG, &base);
    sandbox
        .run(["promote", "greeting@1.1.0", "-m", "On to 1.1.0"])
        .succeeds();
    let theirs = sandbox.read(LOG).replace(&base, "");
    sandbox.file(LOG, ours + &theirs);
    sandbox
}

#[test]
fn finds_nothing_open_in_a_whole_store() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox.run(["resolve"]).succeeds().prints(str![[r#"
nothing is open

"#]]);
    sandbox
        .run(["resolve", "greeting"])
        .succeeds()
        .prints(str![[r#"
nothing is open

"#]]);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn fails_closed_while_a_label_is_in_conflict() {
    let sandbox = torn_apart();
    sandbox.refuses(
        ["show", "greeting"],
        3,
        str![[r#"
error: the label `production` of `greeting` is in conflict: 1.0.0 or 1.1.0
hint: `promptctl resolve greeting` settles it

"#]],
    );
    sandbox.refuses(
        ["manifest"],
        3,
        str![[r#"
error: the label `production` of `greeting` is in conflict: 1.0.0 or 1.1.0
hint: `promptctl resolve greeting` settles it

"#]],
    );
    sandbox.run(["list"]).mentions("production in conflict");
    sandbox.run(["show", "greeting@staging"]).succeeds();
}

#[test]
fn lists_the_choices_and_settles_nothing_unasked() {
    let sandbox = torn_apart();
    sandbox.refuses(["resolve", "greeting"], 3, str![[r#"
error: `greeting`: there is a choice to make: the label `production` is 1.0.0 or 1.1.0
hint: `promptctl resolve greeting --keep ours` (or theirs); `--take LABEL=VERSION` says where a label points

"#]]);
}

#[test]
fn takes_what_is_said() {
    let sandbox = torn_apart();
    sandbox
        .run(["resolve", "greeting", "--take", "production=1.1.0"])
        .succeeds()
        .prints(str![[r#"
greeting is settled
  production is at 1.1.0

"#]]);
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 3 versions

"#]]);
    let before = sandbox.disk();
    sandbox
        .run(["resolve", "greeting"])
        .succeeds()
        .prints(str![[r#"
nothing is open

"#]]);
    assert_eq!(sandbox.disk(), before);
    let again = ["resolve", "greeting", "--take", "production=1.1.0"];
    sandbox.run(again).succeeds().mentions("nothing is open");
    assert_eq!(sandbox.disk(), before);
    let other = ["resolve", "greeting", "--take", "production=1.0.0"];
    sandbox.refuses(
        other,
        2,
        str![[r#"
error: the label `production` of `greeting` is not in conflict
hint: `promptctl promote greeting@V --label production` moves it

"#]],
    );
}

#[test]
fn takes_a_label_away_if_that_is_said() {
    let sandbox = torn_apart();
    sandbox
        .run(["resolve", "greeting", "--take", "production=none"])
        .succeeds()
        .prints(str![[r#"
greeting is settled
  production is gone

"#]]);
    sandbox.run(["show", "greeting"]).exits(2);
}

#[test]
fn drops_the_conflict_markers_of_a_log_and_keeps_every_event() {
    let sandbox = with_versions();
    let whole = sandbox.read(LOG);
    let lines: Vec<&str> = whole.lines().collect();
    sandbox.file(
        LOG,
        format!(
            "{}\n<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> topic\n",
            lines[0], lines[1], lines[2]
        ),
    );
    sandbox.refuses(
        ["show", "greeting"],
        4,
        str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 2: a conflict marker of git stands here
hint: `promptctl resolve greeting` keeps the events of both sides

"#]],
    );
    sandbox.refuses(
        ["note", "greeting", "-m", "Hm"],
        4,
        str![[r#"
error: `prompts/greeting/changelog.jsonl`, line 2: a conflict marker of git stands here
hint: `promptctl resolve greeting` keeps the events of both sides

"#]],
    );
    sandbox
        .run(["resolve", "greeting"])
        .succeeds()
        .complains(str![[r#"
look at it with `git diff`, then `git add` and commit it

"#]]);
    assert_eq!(sandbox.read(LOG), whole);
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn mends_converted_line_ends() {
    let sandbox = with_versions();
    let whole = sandbox.read(LOG);
    sandbox.file(LOG, whole.replace('\n', "\r\n"));
    sandbox.run(["resolve", "greeting"]).succeeds();
    assert_eq!(sandbox.read(LOG), whole);
}

#[test]
fn keeps_what_it_replaces() {
    let sandbox = with_greeting();
    let whole = sandbox.read(LOG);
    sandbox
        .run(["note", "greeting", "-m", "Reviewed"])
        .succeeds();
    let damaged = sandbox.read(LOG).replace("Reviewed", "Revised!");
    sandbox.file(LOG, &damaged);
    sandbox.run(["resolve", "greeting"]).succeeds();
    assert_eq!(sandbox.read(LOG), whole);
    let kept: Vec<String> = sandbox
        .files()
        .into_iter()
        .filter(|path| path.starts_with(".promptctl/recovered/"))
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(sandbox.read(&kept[0]), damaged);
}

#[test]
fn brings_a_changed_file_back_from_git() {
    let sandbox = with_greeting();
    sandbox.git(["init", "--quiet"]).succeeds();
    sandbox.git(["add", "."]).succeeds();
    sandbox.git(["commit", "--quiet", "-m", "All"]).succeeds();
    sandbox.file(
        "prompts/greeting/1.0.0.prompt",
        GREETING.replace("Hello", "Mine"),
    );
    sandbox.run(["validate"]).exits(1);
    sandbox
        .run(["resolve", "greeting"])
        .succeeds()
        .prints(str![[r#"
greeting is settled
  wrote prompts/greeting/1.0.0.prompt
  what was there is kept as .promptctl/recovered/42f8d18cd904-prompts__greeting__1.0.0.prompt

"#]]);
    assert_eq!(sandbox.read("prompts/greeting/1.0.0.prompt"), GREETING);
    sandbox.run(["validate"]).succeeds();
}

#[test]
fn refuses_a_take_that_is_none() {
    let sandbox = torn_apart();
    let before = sandbox.disk();
    sandbox
        .run(["resolve", "greeting", "--take", "production"])
        .exits(2)
        .complains(str![[r#"
error: `production` is not of the form LABEL=VERSION
hint: `--help` shows what `--take <LABEL=VERSION>` may be

"#]]);
    sandbox
        .run(["resolve", "greeting", "--take", "production=9.9.9"])
        .exits(2)
        .complains(str![[r#"
error: `greeting` has no version 9.9.9
hint: `promptctl log greeting` shows the versions there are

"#]]);
    sandbox
        .run(["resolve", "--take", "production=1.0.0"])
        .exits(2);
    assert_eq!(sandbox.disk(), before);
}
