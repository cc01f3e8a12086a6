//! The `pail` program.

fn main() -> std::process::ExitCode {
    command_line::run()
}
