//! What the kernel says about the machine and about processes. Linux only.

use std::fs;

use crate::Outcome;

/// The kernel tells CPU time in hundredths of a second (USER_HZ), whatever its own clock.
const TICKS_A_SECOND: f64 = 100.0;

/// Processors, memory and load, in one line.
pub fn describe() -> Outcome<String> {
    let processors = fs::read_to_string("/proc/cpuinfo")?;
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or("unknown processor", |(_, name)| name.trim());
    let memory = fs::read_to_string("/proc/meminfo")?;
    let kib: u64 = memory
        .lines()
        .find_map(|line| number_after(line, "MemTotal:"))
        .unwrap_or(0);
    Ok(format!(
        "{} x {model}, {} MiB of memory, {}",
        std::thread::available_parallelism()?,
        kib / 1024,
        load()?
    ))
}

/// The load average of the last minute, which stands beside every figure.
pub fn load() -> Outcome<String> {
    let text = fs::read_to_string("/proc/loadavg")?;
    Ok(format!(
        "load {}",
        text.split_whitespace().next().unwrap_or("?")
    ))
}

/// CPU seconds, user and system, that a process and its children have used.
pub fn cpu_seconds(pid: u32) -> Outcome<f64> {
    let mut ticks = of_stat(pid).ok_or("the process has ended")?.1;
    for entry in fs::read_dir("/proc")? {
        let Some(other) = entry?
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        // A process may end between the two looks; it was none of ours then.
        if let Some((parent, used)) = of_stat(other)
            && parent == pid
        {
            ticks += used;
        }
    }
    Ok(ticks as f64 / TICKS_A_SECOND)
}

/// Parent and ticks used of a process.
fn of_stat(pid: u32) -> Option<(u32, u64)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name, in brackets, may have spaces in it.
    let mut fields = text.rsplit_once(')')?.1.split_whitespace();
    let parent = fields.nth(1)?.parse().ok()?;
    let user: u64 = fields.nth(9)?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((parent, user + system))
}

/// Resident memory of a process.
pub struct Memory {
    /// KiB now, files mapped into memory included.
    pub resident: u64,
    /// KiB now that are the process's own.
    pub own: u64,
    /// KiB at most so far.
    pub peak: u64,
}

impl std::fmt::Display for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mib = |kib: u64| kib as f64 / 1024.0;
        write!(
            f,
            "{:.1} MiB resident ({:.1} its own), {:.1} at most",
            mib(self.resident),
            mib(self.own),
            mib(self.peak)
        )
    }
}

/// Resident memory of a process.
pub fn memory(pid: u32) -> Outcome<Memory> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let of = |name| {
        text.lines()
            .find_map(|line| number_after(line, name))
            .unwrap_or(0)
    };
    Ok(Memory {
        resident: of("VmRSS:"),
        own: of("RssAnon:"),
        peak: of("VmHWM:"),
    })
}

fn number_after(line: &str, name: &str) -> Option<u64> {
    line.strip_prefix(name)?
        .split_whitespace()
        .next()?
        .parse()
        .ok()
}

/// The middle of these.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
