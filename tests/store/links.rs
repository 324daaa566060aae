//! Links, pipes, devices and folders where files should be: nothing outside the store is opened or
//! written, and nobody waits for ever.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::inspect::{EDITED, LOG};
use crate::sandbox::{Sandbox, empty, with_greeting};

const FOLDER: &str = "prompts/greeting";
const VERSION: &str = "prompts/greeting/1.0.0.prompt";
const DRAFT: &str = "prompts/greeting/draft.prompt";

/// A word of the files outside, and their name, that no command may print.
const CANARY: &str = "Canary";

/// Commands that look and commands that write.
const COMMANDS: [&[&str]; 16] = [
    &["list"],
    &["status"],
    &["show", "greeting"],
    &["show", "greeting", "--meta"],
    &["log", "greeting"],
    &["render", "greeting", "--var", "who=you"],
    &["diff", "greeting"],
    &["why", "greeting"],
    &["manifest"],
    &["validate"],
    &["repair"],
    &["resolve", "--keep", "ours"],
    &["promote", "greeting@1.0.0", "--label", "staging"],
    &["patch", "greeting", "-m", "From the draft"],
    &["patch", "greeting", "--file", "other", "-m", "From a file"],
    &["create", "other", "--file", "other"],
];

/// The exit code and the output of a command that has five seconds.
fn run(sandbox: &Sandbox, args: &[&str]) -> (i32, String) {
    let mut command = sandbox.command();
    let pipes = command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let (start, mut child) = (Instant::now(), pipes.spawn().unwrap());
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(5) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    let output = child.wait_with_output().unwrap();
    let code = output
        .status
        .code()
        .unwrap_or_else(|| panic!("{args:?}: {}", output.status));
    let all = [output.stdout, output.stderr].concat();
    (code, String::from_utf8_lossy(&all).into_owned())
}

/// Every command ends with a word of its own; nothing outside is shown or changed; `refused` fail
/// because of it and `validate` finds it.
fn is_harmless(what: &str, spoil: impl Fn(&Sandbox, &Path), refused: &[&str]) {
    let outside = with_greeting();
    outside.file("outside", EDITED.replace("Good day", CANARY));
    outside.file(VERSION, EDITED.replace("Good day", CANARY));
    outside.draft("canary", EDITED);
    let before = outside.disk();
    for args in COMMANDS {
        let sandbox = with_greeting();
        sandbox
            .draft("greeting", EDITED)
            .file("other", EDITED.replace("day", "night"));
        spoil(&sandbox, outside.path());
        let (code, output) = run(&sandbox, args);
        assert!(matches!(code, 0..=4), "{what}, {args:?}: {code}, {output}");
        let names = output
            .replace(outside.path().to_str().unwrap(), "")
            .to_lowercase();
        assert!(
            !names.contains("canary"),
            "{what}, {args:?} shows it: {output}"
        );
        assert_eq!(outside.disk(), before, "{what}, {args:?}");
        if refused.contains(&args[0]) {
            let words = output.to_lowercase();
            let is_clear = ["link", "regular", "folder", "directory"]
                .iter()
                .any(|w| words.contains(w));
            assert!(code != 0 && is_clear, "{what}, {args:?}: {code}, {output}");
        }
    }
}

fn replace_by_link(path: &'static str, target: &'static str) -> impl Fn(&Sandbox, &Path) {
    move |sandbox, outside| {
        clear(sandbox, path);
        symlink(outside.join(target), sandbox.join(path)).unwrap();
    }
}

fn clear(sandbox: &Sandbox, path: &str) {
    let path = sandbox.join(path);
    let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
}

const WRITERS: [&str; 3] = ["promote", "patch", "validate"];

#[test]
fn a_link_in_the_place_of_a_file_is_not_followed() {
    let readers = [
        "show", "log", "render", "why", "patch", "promote", "validate",
    ];
    is_harmless("changelog", replace_by_link(LOG, LOG), &readers);
    is_harmless(
        "version",
        replace_by_link(VERSION, VERSION),
        &["render", "validate"],
    );
    is_harmless("draft", replace_by_link(DRAFT, "outside"), &["validate"]);
    is_harmless(
        "lock",
        replace_by_link(".promptctl/lock", "outside"),
        &["promote", "patch", "repair"],
    );
    is_harmless(
        "settings",
        replace_by_link("promptctl.toml", "promptctl.toml"),
        &["list", "patch"],
    );
    is_harmless(
        "attributes",
        replace_by_link(".gitattributes", "outside"),
        &["validate"],
    );
}

#[test]
fn a_link_in_the_place_of_a_folder_is_not_followed() {
    let readers = ["show", "log", "render", "patch", "promote", "validate"];
    is_harmless("prompt", replace_by_link(FOLDER, FOLDER), &readers);
    is_harmless(
        "work",
        replace_by_link(".promptctl", "prompts"),
        &["promote", "patch", "repair"],
    );
    is_harmless(
        "tmp",
        replace_by_link(".promptctl/tmp", "prompts"),
        &["promote", "patch", "repair"],
    );
    let recovered = replace_by_link(".promptctl/recovered", "prompts");
    let torn = |sandbox: &Sandbox, outside: &Path| {
        recovered(sandbox, outside);
        let log = sandbox.read(LOG);
        sandbox.file(LOG, format!("{log}{}", &log[..99]));
    };
    is_harmless("recovered", torn, &["promote", "patch", "repair"]);
}

#[test]
fn a_link_in_the_place_of_the_root_is_not_even_listed() {
    let readers = ["show", "log", "render", "patch", "promote", "validate"];
    is_harmless("root", replace_by_link("prompts", "prompts"), &readers);
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
    let pipe = |path: &'static str| {
        move |sandbox: &Sandbox, _: &Path| {
            clear(sandbox, path);
            let made = Command::new("mkfifo")
                .arg(sandbox.join(path))
                .status()
                .unwrap();
            assert!(made.success());
        }
    };
    is_harmless(
        "changelog",
        pipe(LOG),
        &["show", "log", "patch", "promote", "validate"],
    );
    is_harmless("version", pipe(VERSION), &["render", "validate"]);
    is_harmless("draft", pipe(DRAFT), &["validate"]);
    is_harmless("lock", pipe(".promptctl/lock"), &["promote", "patch"]);
}

#[test]
fn a_device_is_not_read() {
    // Only root may make one; what others can do is a link to it.
    let node = |path: &Path| {
        Command::new("mknod")
            .arg(path)
            .args(["c", "1", "5"])
            .output()
    };
    let has_nodes = node(&empty().join("zero")).is_ok_and(|output| output.status.success());
    for path in [LOG, VERSION, DRAFT] {
        let link = |sandbox: &Sandbox, _: &Path| {
            clear(sandbox, path);
            symlink("/dev/zero", sandbox.join(path)).unwrap();
        };
        is_harmless(path, link, &["validate"]);
        let device = |sandbox: &Sandbox, _: &Path| {
            clear(sandbox, path);
            assert!(node(&sandbox.join(path)).unwrap().status.success());
        };
        if has_nodes {
            is_harmless(path, device, &["validate"]);
        } else {
            println!("skipped, no devices may be made here");
        }
    }
}

#[test]
fn a_folder_in_the_place_of_a_file_is_an_error() {
    let folder = |path: &'static str| {
        move |sandbox: &Sandbox, _: &Path| {
            clear(sandbox, path);
            fs::create_dir(sandbox.join(path)).unwrap();
        }
    };
    is_harmless("changelog", folder(LOG), &WRITERS);
    is_harmless("version", folder(VERSION), &["render", "validate"]);
    is_harmless("draft", folder(DRAFT), &["validate"]);
    is_harmless("lock", folder(".promptctl/lock"), &["promote", "patch"]);
    let file = |path: &'static str| {
        move |sandbox: &Sandbox, _: &Path| {
            clear(sandbox, path);
            sandbox.file(path, "a file");
        }
    };
    is_harmless("work", file(".promptctl"), &["promote", "patch"]);
    is_harmless("prompt", file(FOLDER), &[]);
}

#[test]
fn a_store_may_itself_be_reached_through_a_link() {
    let (sandbox, folder) = (with_greeting(), empty());
    symlink(sandbox.path(), folder.join("link")).unwrap();
    folder
        .run(["show", "greeting", "--store", "link"])
        .succeeds();
}
