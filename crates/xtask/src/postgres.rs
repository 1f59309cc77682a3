//! A PostgreSQL server for the tests: of Debian's packages, in a folder of its own, gone afterwards.

use crate::{process, setup};
use anyhow::{Context, Result, bail};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Debian puts each major version in a folder of its own.
const VERSIONS: &str = "/usr/lib/postgresql";
/// How long it may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server. It ends when this is dropped, and its folder with it.
pub struct Postgres {
    folder: PathBuf,
    port: u16,
    server: Child,
}

/// Somebody other than root, whom PostgreSQL refuses to run as.
#[derive(Clone, Copy)]
struct User {
    uid: u32,
    gid: u32,
}

impl Postgres {
    /// Makes an empty one and starts it on a port of the system's choice, on this machine only.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let user = somebody_else()?;
        let folder = std::env::temp_dir().join(format!("bottega-postgres-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        if let Some(user) = user {
            chown(&folder, Some(user.uid), Some(user.gid))?;
        }
        let data = folder.join("data");
        let mut initdb = as_user(&programs.join("initdb"), user, &folder);
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "-D"]).arg(&data);
        let made = process::answer(&mut initdb);
        made.context("`initdb` could not make a PostgreSQL cluster.")?;

        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let mut server = as_user(&programs.join("postgres"), user, &folder);
        server.arg("-D").arg(&data).arg("-k").arg(&folder).arg("-p").arg(port.to_string());
        // Servers of ours are ended in its tests, it is not: it need not wait for the disk.
        let settings = ["listen_addresses=127.0.0.1", "max_connections=400", "shared_buffers=128MB", "fsync=off"];
        for setting in settings {
            server.args(["-c", setting]);
        }
        let log = std::fs::File::create(folder.join("log"))?;
        let server = server.stdout(log.try_clone()?).stderr(log).stdin(Stdio::null()).spawn()?;
        let started = Self { folder, port, server };
        started.wait()?;
        Ok(started)
    }

    /// The address of its first database.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn wait(&self) -> Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            // It opens its port when it is ready to talk.
            if TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok() {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        bail!("PostgreSQL did not start:\n{log}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A fast shutdown: who is connected is cut off.
        drop(Command::new("kill").args(["-INT", &self.server.id().to_string()]).status());
        drop(self.server.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Where its programs are; installed when they are missing.
fn programs() -> Result<PathBuf> {
    if let Some(found) = installed(Path::new(VERSIONS)) {
        return Ok(found);
    }
    setup::apt_install("postgres", &["postgresql"])?;
    installed(Path::new(VERSIONS)).context("`postgres` is still missing after its installation.")
}

/// The programs of the newest version below a folder.
fn installed(versions: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(versions).ok()?.flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("postgres").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

/// Debian's own user for it where we are root; nobody else otherwise.
fn somebody_else() -> Result<Option<User>> {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root {
        return Ok(None);
    }
    let users = std::fs::read_to_string("/etc/passwd")?;
    let user = users.lines().find_map(|line| user_of(line, "postgres"));
    user.map(Some).context("There is no user `postgres`, whom Debian's package makes.")
}

fn user_of(line: &str, name: &str) -> Option<User> {
    let mut parts = line.split(':');
    let (who, _password) = (parts.next()?, parts.next()?);
    let (uid, gid) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    (who == name).then_some(User { uid, gid })
}

fn as_user(program: &Path, user: Option<User>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    // Not a folder that the other user cannot enter.
    command.current_dir(folder);
    if let Some(User { uid, gid }) = user {
        command.uid(uid).gid(gid);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_is_used() {
        let folder = std::env::temp_dir().join(format!("bottega-versions-{}", std::process::id()));
        for version in ["9", "15", "16"] {
            std::fs::create_dir_all(folder.join(version).join("bin")).unwrap();
        }
        for version in ["9", "15"] {
            std::fs::write(folder.join(version).join("bin/postgres"), "").unwrap();
        }
        assert_eq!(installed(&folder), Some(folder.join("15/bin")));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_user_is_read_by_name() {
        let line = "postgres:x:105:111:PostgreSQL administrator:/var/lib/postgresql:/bin/bash";
        assert_eq!(user_of(line, "postgres").map(|user| (user.uid, user.gid)), Some((105, 111)));
        assert!(user_of(line, "root").is_none());
    }
}
