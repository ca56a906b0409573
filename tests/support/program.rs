//! The program as an operator runs it, in a process of its own that can be killed.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::editors::Outcome;

/// A running server; it is killed when dropped.
pub struct Program {
    pub child: Child,
    pub address: SocketAddr,
}

fn command(url: &str, data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yeoun"));
    command
        .env_remove("DATABASE_URL")
        .env("YEOUN_DATA_DIR", data)
        .env("YEOUN_LOG", "error")
        .args(["--database-url", url]);
    command
}

impl Program {
    /// Starts the server and waits until it is ready. Nobody's saves are counted.
    pub fn start(url: &str, data: &Path) -> Outcome<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let child = command(url, data)
            .args([
                "serve",
                "--listen",
                &address.to_string(),
                // What it has to say of stores that end under it is known.
                "--log",
                "off",
                "--edit-limit",
                "1000000/60s",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let mut program = Self { child, address };
        let begun = Instant::now();
        while ureq::get(format!("http://{address}/readyz"))
            .call()
            .is_err()
        {
            if let Some(status) = program.child.try_wait()? {
                return Err(format!("the server ended at once: {status}").into());
            }
            if begun.elapsed() > Duration::from_secs(60) {
                return Err("the server was not ready within a minute".into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(program)
    }

    /// Ends it at once, with no chance to finish anything.
    pub fn kill(mut self) -> Outcome {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the program, which must succeed.
pub fn run(url: &str, data: &Path, arguments: &[&str]) -> Outcome {
    let Output {
        status,
        stdout,
        stderr,
    } = command(url, data).args(arguments).output()?;
    if status.success() {
        return Ok(());
    }
    let (told, complaint) = (
        String::from_utf8_lossy(&stdout),
        String::from_utf8_lossy(&stderr),
    );
    Err(format!("yeoun {arguments:?}: {status}\n{told}{complaint}").into())
}
