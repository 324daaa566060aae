//! What reviews found once, so that it stays found.

use crate::sandbox::{AUTHOR, GREETING, sandbox, with_greeting, with_versions};

#[test]
fn a_copy_becomes_a_release_of_its_own() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox
        .run([
            "create",
            "greeting",
            "--version",
            "1.0.0-rc.1",
            "--no-label",
        ])
        .succeeds();
    let copy = "greeting@1.0.0-rc.1";
    sandbox
        .run([
            "create",
            "greeting",
            "--copy",
            copy,
            "--version",
            "1.0.0",
            "-m",
            "Go",
        ])
        .succeeds()
        .mentions("published greeting@1.0.0, the text of greeting@1.0.0-rc.1");
    assert_eq!(sandbox.read("prompts/greeting/1.0.0.prompt"), GREETING);
}

#[test]
fn a_prompt_whose_versions_are_all_void_goes_on_with_a_number_of_its_own() {
    let sandbox = sandbox();
    sandbox.draft("greeting", GREETING);
    sandbox.run(["create", "greeting", "--no-label"]).succeeds();
    let log = sandbox.run(["log", "greeting", "--format", "json"]).json();
    let id = log["events"][0]["id"].as_str().unwrap().to_owned();
    sandbox
        .run(["void", "greeting", &id, "-m", "A name"])
        .succeeds();
    sandbox.draft("greeting", &GREETING.replace("Hello", "Dear"));
    sandbox
        .run([
            "create",
            "greeting",
            "--version",
            "1.0.1",
            "-m",
            "Without the name",
        ])
        .succeeds();
    sandbox.run(["show", "greeting@latest"]).succeeds();
}

#[test]
fn renaming_keeps_the_edits_that_wait_under_the_new_name() {
    let sandbox = with_greeting();
    sandbox.draft("greeting", "Edited {{who}}\n");
    sandbox.draft("hello", "My own {{who}}\n");
    sandbox
        .run(["rename", "greeting", "hello"])
        .succeeds()
        .mentions("both were left alone");
    assert_eq!(
        sandbox.read("prompts/hello/draft.prompt"),
        "My own {{who}}\n"
    );
}

#[test]
fn renaming_again_refuses_other_content_under_the_same_number() {
    let sandbox = with_greeting();
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    sandbox.run(["restore", "greeting"]).succeeds();
    for (name, text) in [("greeting", "One {{who}}\n"), ("hello", "Two {{who}}\n")] {
        sandbox.draft(name, text);
        sandbox
            .run([
                "create",
                name,
                "--version",
                "1.0.1",
                "--label",
                "production",
                "-m",
                "x",
            ])
            .succeeds();
    }
    let before = sandbox.disk();
    sandbox
        .run(["rename", "greeting", "hello"])
        .exits(3)
        .mentions("with other content");
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn what_a_label_is_expected_to_point_to_counts_for_every_move() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    for args in [
        &["retire", "greeting", "--unlabel", "--expect", "7.7.7"][..],
        &["promote", "greeting", "--remove", "--expect", "7.7.7"],
    ] {
        sandbox.run_with(args, |_| {}, "").exits(3);
    }
    for args in [
        &["note", "greeting", "-m", "x", "--expect", "1.0.0"][..],
        &["restore", "greeting", "--expect", "1.0.0"],
        &["rename", "greeting", "hello", "--expect", "1.0.0"],
        &["resolve", "greeting", "--expect", "1.0.0"],
    ] {
        sandbox
            .run_with(args, |_| {}, "")
            .exits(2)
            .mentions("moves none");
    }
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn labels_of_a_retired_prompt_stay_away() {
    let sandbox = with_greeting();
    sandbox.run(["rename", "greeting", "hello"]).succeeds();
    let before = sandbox.disk();
    sandbox
        .run(["promote", "greeting@1.0.0", "--rollback"])
        .exits(2);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn removing_a_label_takes_no_version() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    sandbox
        .run(["promote", "greeting@7.0.0", "--remove"])
        .exits(2)
        .mentions("says nothing");
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn a_copy_cannot_close_a_circle_of_partials() {
    let sandbox = sandbox();
    sandbox
        .draft("tone", "Be kind\n")
        .run(["create", "tone"])
        .succeeds();
    sandbox
        .draft("triage", "{{> tone}}\n")
        .run(["create", "triage"])
        .succeeds();
    let before = sandbox.disk();
    sandbox
        .run([
            "create",
            "tone",
            "--copy",
            "triage@1.0.0",
            "--bump",
            "minor",
            "-m",
            "x",
        ])
        .exits(2)
        .mentions("circle");
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn a_successor_is_no_new_name_unless_the_prompt_was_renamed() {
    let sandbox = with_greeting();
    sandbox
        .draft("other", GREETING)
        .run(["create", "other"])
        .succeeds();
    sandbox
        .run(["retire", "greeting", "--unlabel", "--successor", "other"])
        .succeeds();
    sandbox.run(["show", "greeting@1.0.0"]).exits(2);
}

#[test]
fn no_setting_lets_validate_accept_what_publishing_refuses() {
    let sandbox = with_greeting();
    let settings = "format = 1\n[lint]\nunclosed-block = \"off\"\n";
    sandbox.file("promptctl.toml", settings);
    sandbox
        .run(["validate"])
        .exits(2)
        .mentions("`unclosed-block` stays an error");
}

#[test]
fn a_name_may_begin_like_the_root() {
    let sandbox = sandbox();
    sandbox
        .draft("promptset/a", GREETING)
        .run(["create", "promptset/a"])
        .succeeds();
    sandbox.run(["validate", "promptset/a"]).succeeds();
}

#[test]
fn a_time_that_no_log_can_hold_is_refused() {
    let sandbox = with_greeting();
    let before = sandbox.disk();
    let long_ago = |command: &mut std::process::Command| {
        command.env("SOURCE_DATE_EPOCH", "-99999999999");
    };
    sandbox
        .run_with(&["note", "greeting", "-m", "x"], long_ago, "")
        .exits(2);
    assert_eq!(sandbox.disk(), before);
}

#[test]
fn a_log_of_a_newer_format_is_left_to_whoever_reads_it() {
    let sandbox = with_versions();
    let path = "prompts/greeting/changelog.jsonl";
    let log = sandbox.read(path);
    let newer = log.lines().next().unwrap().replace("\"v\":1", "\"v\":2");
    for content in [format!("{log}{newer}\n"), format!("{log}{newer}")] {
        sandbox.file(path, &content);
        for args in [&["resolve", "greeting"][..], &["resolve"], &["repair"]] {
            sandbox.run_with(args, |_| {}, "").exits(4);
        }
        assert_eq!(sandbox.read(path), content);
    }
}

#[test]
fn what_was_recorded_is_said_if_the_result_cannot_be_written() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let sandbox = with_greeting();
    let mut command = sandbox.command();
    let output = command
        .args(["note", "greeting", "-m", "x"])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("was recorded, but the result cannot be written"),
        "{told}"
    );
    assert!(told.contains("do not repeat"), "{told}");
    let log = sandbox.read("prompts/greeting/changelog.jsonl");
    assert_eq!(log.matches(AUTHOR).count(), 2);
}

#[test]
fn settings_keep_what_git_was_told_before_byte_for_byte() {
    let sandbox = crate::sandbox::empty();
    sandbox.file(".gitattributes", b"caf\xe9 text");
    sandbox.run(["init"]).succeeds();
    assert!(
        sandbox
            .bytes(".gitattributes")
            .starts_with(b"caf\xe9 text\nprompts/")
    );
}

#[test]
fn a_damaged_partial_is_damage_and_no_mistake_of_whoever_includes_it() {
    let sandbox = sandbox();
    sandbox
        .draft("tone", "Be kind\n")
        .run(["create", "tone"])
        .succeeds();
    let log = "prompts/tone/changelog.jsonl";
    sandbox.file(log, sandbox.read(log).replace("First", "Last"));
    sandbox.draft("triage", "{{> tone}}\n");
    let before = sandbox.disk();
    sandbox.run(["create", "triage"]).exits(4).mentions(log);
    assert_eq!(sandbox.disk(), before);
}
