//! What every list of migrations must be.

/// Checks that the list is the folder of the database `of`: every file once, in order, one statement each.
pub(crate) fn are_the_folder(of: &str, steps: &[(&str, &str)]) {
    let folder = format!("{}/src/{of}/migrations", env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".sql"))
        .collect();
    files.sort();
    let listed: Vec<String> = steps.iter().map(|(name, _)| format!("{name}.sql")).collect();
    assert_eq!(files, listed);
    for (at, (name, statement)) in steps.iter().enumerate() {
        assert!(name.starts_with(&format!("{:04}_", at + 1)), "{name}");
        assert_eq!(statement.matches(';').count(), 1, "{name}: one statement");
    }
}
