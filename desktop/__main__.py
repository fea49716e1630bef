"""The program: environment, log and crash hook first, then the command line."""

import os
import sys

from desktop.offline import keep_offline


def main() -> None:
    """Run the command line and leave with its exit code."""
    os.environ.setdefault("QT_LOGGING_RULES", "qt.qpa.*.debug=false")
    keep_offline(os.environ)
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime reports to Microsoft otherwise, from 1.29 on
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")

    from desktop import logs, paths
    from desktop.cli import run

    logs.start_logging(paths.log_file())
    logs.catch_errors(paths.log_file())
    sys.exit(run())


if __name__ == "__main__":
    main()
