//! One firing test for each rule about folders and files, with the place.

use std::fs;

use snapbox::str;

use crate::sandbox::{GREETING, sandbox, with_greeting, with_partial, with_versions};

#[test]
fn gitattributes_missing() {
    let sandbox = with_greeting();
    sandbox.file(".gitattributes", "*.png binary\n");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[gitattributes-missing]: git is not told `prompts/**/[0-9]*.prompt -text -merge`
  --> .gitattributes
  hint: `promptctl init` adds what is missing
0 errors, 1 warning in 1 prompt, 1 version

"#]]);
    sandbox.remove(".gitattributes");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[gitattributes-missing]: git is not told `prompts/**/[0-9]*.prompt -text -merge`
  --> .gitattributes
  hint: `promptctl init` adds what is missing
0 errors, 1 warning in 1 prompt, 1 version

"#]]);
}

#[test]
fn invalid_name() {
    let sandbox = with_greeting();
    sandbox.draft("Support", GREETING);
    sandbox.draft("support/con", GREETING);
    sandbox.draft("support/9lives", GREETING);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[invalid-name]: `Support` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`
  --> prompts/Support
  hint: rename the folder
error[invalid-name]: `9lives` is no segment of a name: a lower-case letter, then at most 63 of a-z, 0-9, `_`, `-`
  --> prompts/support/9lives
  hint: rename the folder
error[invalid-name]: `con` is a reserved word and cannot be a segment of a name
  --> prompts/support/con
  hint: rename the folder
3 errors, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[cfg(unix)]
#[test]
fn linked_file() {
    let sandbox = with_greeting();
    sandbox.file("outside.prompt", GREETING);
    std::os::unix::fs::symlink(
        sandbox.join("outside.prompt"),
        sandbox.join("prompts/greeting/1.0.1.prompt"),
    )
    .unwrap();
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[linked-file]: this is a symbolic link, which nothing here follows
  --> prompts/greeting/1.0.1.prompt
  hint: put a file of its own in its place
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[cfg(unix)]
#[test]
fn linked_folder() {
    let sandbox = with_greeting();
    fs::create_dir(sandbox.join("outside")).unwrap();
    std::os::unix::fs::symlink(sandbox.join("outside"), sandbox.join("prompts/linked")).unwrap();
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[linked-file]: this is a symbolic link, which nothing here follows
  --> prompts/linked
  hint: put a file of its own in its place
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[cfg(unix)]
#[test]
fn linked_version_file() {
    let sandbox = with_greeting();
    sandbox.file("outside.prompt", GREETING);
    sandbox.remove("prompts/greeting/1.0.0.prompt");
    std::os::unix::fs::symlink(
        sandbox.join("outside.prompt"),
        sandbox.join("prompts/greeting/1.0.0.prompt"),
    )
    .unwrap();
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[unreadable]: `[ROOT]/prompts/greeting/1.0.0.prompt` is, or lies behind, a symbolic link; the store's files are never links
  --> prompts/greeting
error[linked-file]: this is a symbolic link, which nothing here follows
  --> prompts/greeting/1.0.0.prompt
  hint: put a file of its own in its place
2 errors, 0 warnings in 1 prompt, 0 versions

"#]]);
    sandbox.refuses(["show", "greeting"], 4, str![[r#"
error: `[ROOT]/prompts/greeting/1.0.0.prompt` is, or lies behind, a symbolic link; the store's files are never links

"#]]);
}

#[test]
fn nested_prompt() {
    let sandbox = with_greeting();
    sandbox.draft("greeting/formal", GREETING);
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[nested-prompt]: the prompt lies inside the folder of `greeting`
  --> prompts/greeting/formal
  hint: move it beside it
1 error, 0 warnings, 1 remark in 2 prompts, 1 version

"#]]);
}

#[test]
fn orphan_version() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/1.0.1.prompt", "Half done\n");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[orphan-version]: no event says that 1.0.1 was published
  --> prompts/greeting/1.0.1.prompt
  hint: a write was cut short, or somebody made the file by hand: publish it with `promptctl create greeting --version 1.0.1 --file FILE`, or move it away
0 errors, 1 warning in 1 prompt, 2 versions

"#]]);
}

#[test]
fn pin_missing() {
    let sandbox = with_partial();
    fs::remove_dir_all(sandbox.join("prompts/shared")).unwrap();
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[pin-missing]: the partial `shared/tone` cannot be read: there is no prompt `shared/tone`
  --> prompts/support/triage/1.0.0.prompt
error[missing-partial]: `{{> shared/tone}}`: there is no prompt `shared/tone`
  --> prompts/support/triage/draft.prompt:13:5
13 | {{> shared/tone}}
   |     ^^^^^^^^^^^
  hint: `promptctl list` shows the prompts there are
2 errors, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn released_content_changed() {
    let sandbox = with_versions();
    sandbox.file(
        "prompts/greeting/1.0.0.prompt",
        GREETING.replace("Hello", "Hello,"),
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[released-content-changed]: the file was changed after it was published
  --> prompts/greeting/1.0.0.prompt
  hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back, and so does `promptctl resolve greeting`; publish an edit with `promptctl patch`
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn released_content_changed_by_converted_line_ends() {
    let sandbox = with_versions();
    sandbox.file(
        "prompts/greeting/1.0.0.prompt",
        GREETING.replace('\n', "\r\n"),
    );
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[released-content-changed]: the file's line ends were converted to CR LF after it was published
  --> prompts/greeting/1.0.0.prompt
  hint: `git checkout -- prompts/greeting/1.0.0.prompt` brings it back, and so does `promptctl resolve greeting`; publish an edit with `promptctl patch`
1 error, 0 warnings in 1 prompt, 3 versions

"#]]);
}

#[test]
fn stray_file() {
    let sandbox = with_greeting();
    sandbox.file("prompts/greeting/notes.txt", "Mine\n");
    sandbox.file("prompts/greeting/1.2.prompt", "Mine\n");
    sandbox.file("prompts/readme.md", "Ours\n");
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
warning[stray-file]: `1.2.prompt` is named like a version and is none
  --> prompts/greeting/1.2.prompt
  hint: publish it with `promptctl create NAME --version V --file FILE`, or remove it
warning[stray-file]: the file is none of a prompt's
  --> prompts/greeting/notes.txt
  hint: move it away
warning[stray-file]: the file is none of a prompt's
  --> prompts/readme.md
  hint: move it away
0 errors, 3 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn unreadable() {
    let sandbox = with_greeting();
    sandbox.remove("prompts/greeting/draft.prompt");
    fs::create_dir(sandbox.join("prompts/greeting/draft.prompt")).unwrap();
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[unreadable]: `[ROOT]/prompts/greeting/draft.prompt` is no regular file
  --> prompts/greeting
1 error, 0 warnings in 1 prompt, 1 version

"#]]);
}

#[test]
fn version_file_missing() {
    let sandbox = with_versions();
    sandbox.remove("prompts/greeting/1.0.0.prompt");
    sandbox.run(["validate"]).exits(1).prints(str![[r#"
error[version-file-missing]: the file of 1.0.0 is missing
  --> prompts/greeting/1.0.0.prompt
  hint: `git checkout -- prompts/greeting/1.0.0.prompt`, or `promptctl resolve greeting`
1 error, 0 warnings in 1 prompt, 2 versions

"#]]);
}

#[test]
fn nothing_about_a_store_without_its_folder() {
    let sandbox = sandbox();
    fs::remove_dir(sandbox.join("prompts")).unwrap();
    sandbox.run(["validate"]).succeeds().prints(str![[r#"
0 errors, 0 warnings in 0 prompts, 0 versions

"#]]);
}
