"""The command line; nothing heavy is imported before a command needs it."""

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from desktop import __version__
from desktop.bench.order import Answers, Order, Peer, Quant, Shape
from desktop.choices import LogLevel
from desktop.command import Command
from desktop.errors import UserError
from desktop.switches import Switches, with_switches

log = logging.getLogger(__name__)

app = typer.Typer(
    name="shotglass",
    help="Press a hotkey, drag over the screen, and read the answer in a floating panel. Nothing leaves this computer "
    "unless you name a server.",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
)
models = typer.Typer(help="The models that can answer here.", no_args_is_help=True)
bench = typer.Typer(help="Measure how fast Shotglass is on this computer.", no_args_is_help=True)
app.add_typer(models, name="models")
app.add_typer(bench, name="bench")

Model = Annotated[str, typer.Argument(help="The id of a model in `shotglass models list`, such as 7b.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Out = Annotated[
    Path | None, typer.Option(metavar="FOLDER", help="Write JSON, Markdown and a picture of the curves there.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def run(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code: 0 done, 1 failed with a sentence on stderr, 2 wrong usage."""
    try:
        app(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except UserError as error:
        return _fail(str(error))
    except BrokenPipeError:
        return 1
    except Exception:
        log.exception("unexpected error")
        from desktop import paths

        return _fail(f"Something went wrong inside Shotglass; {paths.log_file()} has the details.")
    return 0


def _fail(sentence: str) -> int:
    typer.echo(sentence, err=True)
    return 1


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"shotglass {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
    log_level: Annotated[
        LogLevel | None, typer.Option(case_sensitive=False, help="How much goes to the log, for this time.")
    ] = None,
) -> None:
    """Start the tray app; a second start opens its last panel."""
    del version
    if log_level:
        logging.getLogger().setLevel(log_level)
    if context.invoked_subcommand is None:
        from desktop.activation import own_token
        from desktop.start import main

        raise typer.Exit(main(Command("open", activation_token=own_token()), log_level))


@app.command()
def capture(
    task: Annotated[str, typer.Option(help="The task to start with, such as text or describe.")] = "text",
    last: Annotated[bool, typer.Option("--last", help="Take the last region again.")] = False,
    delay: Annotated[float, typer.Option(min=0, max=60, help="Wait this many seconds first.")] = 0.0,
) -> None:
    """Capture now: for keyboard shortcuts of your desktop. Starts the app when it is not running."""
    from desktop import launch
    from desktop.activation import own_token

    launch.command_running_app(Command("capture", task, last, delay, activation_token=own_token()))


def _answer_command(task: str) -> Callable[..., None]:
    """The function behind a command that asks one task of pictures."""

    def answer(
        files: Annotated[list[str], typer.Argument(help="Pictures, PDFs, or folders of them; - is standard input.")],
        switches: Switches,
    ) -> None:
        from desktop.headless import Request, answer_files

        raise typer.Exit(answer_files(Request(task, files, switches)))

    return with_switches(answer)


for _task, _help in (
    ("text", "Read the text of pictures."),
    ("describe", "Describe pictures (needs the model)."),
    ("detect", "Find things in pictures, as JSON with x, y, width, height (needs the model)."),
    ("code", "Rebuild designs as HTML (needs the model)."),
):
    app.command(_task, help=_help)(_answer_command(_task))


@app.command()
@with_switches
def ask(
    file: Annotated[str, typer.Argument(help="A picture; - is standard input.")],
    question: Annotated[str, typer.Argument(help="What you want to know about it.")],
    switches: Switches,
) -> None:
    """Ask a question about a picture (needs the model)."""
    from desktop.headless import Request, answer_files

    raise typer.Exit(answer_files(Request("ask", [file], switches, question)))


@app.command("hold-clipboard", hidden=True)
def hold_clipboard() -> None:
    """Own the clipboard with the text on standard input until another program takes it."""
    from desktop.clipboard import hold

    hold(sys.stdin.buffer.read().decode())


@app.command()
def doctor(
    json: Json = False,
    report: Annotated[
        bool, typer.Option("--report", help="Print one text to paste: without names, paths and addresses.")
    ] = False,
) -> None:
    """Show what works here and what does not, each with its cure."""
    from desktop.doctor import examine, print_findings, print_report
    from desktop.language import VARIABLE, nearest, speak

    speak(nearest([os.environ.get(VARIABLE, "")]))
    raise typer.Exit(print_report(examine()) if report else print_findings(examine(), json))


@app.command()
def updates() -> None:
    """Ask the address in your settings whether there is a newer version; nothing is asked by itself."""
    from desktop import paths
    from desktop.language import VARIABLE, nearest, speak, tr
    from desktop.settings import SettingsFile
    from desktop.updates import find_update

    speak(nearest([os.environ.get(VARIABLE, "")]))
    settings, _problems = SettingsFile(paths.settings_file()).load()
    newer = find_update(settings)
    if newer is None:
        typer.echo(tr("Shotglass {version} is the newest version.", version=__version__))
    else:
        typer.echo(tr("Shotglass {version} is out: {page}", version=newer.version, page=newer.page))


@app.command("install-desktop-entry")
def install_desktop_entry(
    remove: Annotated[bool, typer.Option("--remove", help="Delete it again.")] = False,
) -> None:
    """Put Shotglass into the desktop's menu (Linux): Wayland desktops know by it whom they ask about."""
    from desktop import desktop_entry

    if remove:
        typer.echo("Deleted." if desktop_entry.remove() else "There was none.")
    else:
        typer.echo(f"Installed {desktop_entry.install()}.")


@models.command("list")
def list_models(json: Json = False) -> None:
    """Show every model with its size and what it needs."""
    from desktop.model_list import print_models

    print_models(json)


@models.command("download")
def download_model(name: Model, yes: Yes = False) -> None:
    """Download a model's weights after your yes; a download that was stopped goes on where it ended."""
    from desktop.models_command import download

    download(name, yes)


@models.command("verify")
def verify_model(name: Model) -> None:
    """Compare every byte of a downloaded model with its checksums."""
    from desktop.models_command import verify

    verify(name)


@models.command("remove")
def remove_model(name: Model, yes: Yes = False) -> None:
    """Delete a model's weights from this disk after your yes."""
    from desktop.models_command import remove

    remove(name, yes)


@bench.command("ui")
def bench_ui(
    captures: Annotated[int, typer.Option(min=3, help="How many captures to time.")] = 100,
    idle: Annotated[float, typer.Option(min=1, help="Seconds over which idle CPU is measured.")] = 30.0,
    json: Json = False,
) -> None:
    """Time hotkey, overlay, panel and text on this display, with a real pointer and keyboard."""
    from desktop.bench.report import print_figures
    from desktop.bench.ui import measure

    print_figures(measure(captures, idle), json)


@bench.command("views")
def bench_views(json: Json = False) -> None:
    """Stream a long answer into each view of a panel, and time how smooth it stays."""
    from desktop.bench.report import print_figures
    from desktop.bench.views import measure

    print_figures(measure(), json)


@bench.command("ocr")
def bench_ocr(json: Json = False) -> None:
    """Score the embedded OCR on pages rendered by Chromium: error rate and seconds a page."""
    from desktop.bench.ocr import print_rows

    print_rows(json)


@bench.command("history")
def bench_history(
    rows: Annotated[int, typer.Option(min=1000, help="How many entries the history holds.")] = 100_000,
    kills: Annotated[int, typer.Option(min=0, help="How many processes that write are killed.")] = 200,
    json: Json = False,
) -> None:
    """Time searching, opening and writing a full history, and kill those that write one."""
    from desktop.bench.history.measure import measure
    from desktop.bench.report import print_figures

    print_figures(measure(rows, kills), json)


@bench.command("engine")
def bench_engine(
    *,
    random: Annotated[
        Shape | None, typer.Option(help="Random weights of that shape, where no model is given; 7b if not said.")
    ] = None,
    quant: Annotated[
        Quant | None,
        typer.Option(help="Weights of few bits: random AWQ ones, or int8 made of the ones that are given."),
    ] = None,
    model: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Measure the checkpoint in this folder.")] = None,
    cap_gb: Annotated[float, typer.Option(min=0, help="Use no more of the GPU than this many GB; 0 is all.")] = 0,
    pictures: Annotated[
        Answers, typer.Option(help="Answers about 120 made pictures: cut at 48 tokens, whole (needs --model), or none.")
    ] = "cut",
    quick: Annotated[
        bool, typer.Option("--quick", help="Try it out in seconds: one round, few small pictures.")
    ] = False,
    ways: Annotated[bool, typer.Option("--ways", help="Compare the ways of attention with each other.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Tell where the time goes, kernel by kernel.")] = False,
    against: Annotated[Peer | None, typer.Option(help="Compare tokens and times with the same weights there.")] = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """Time the resident model on this GPU: starts, waits, pictures a second, memory; against what physics allows."""

    order = Order(random, quant, model, cap_gb, pictures, quick, ways, profile, against, out, json)
    if order.contradiction:
        raise typer.BadParameter(order.contradiction)
    order.carry_out()


@bench.command("remote")
def bench_remote(
    *,
    server: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Ask this server, not those of the preferences; may be repeated."),
    ] = None,
    model: Annotated[str | None, typer.Option(help="The name that the model has there.")] = None,
    together: Annotated[
        str, typer.Option(metavar="N,N…", help="How many pictures are asked at once, one number after the other.")
    ] = "1,3,6,12,24,48",
    tokens: Annotated[int, typer.Option(min=1, help="The longest answer.")] = 48,
    pictures: Annotated[int, typer.Option(min=1, max=30, help="How many made pictures of each of four kinds.")] = 30,
    out: Out = None,
    json: Json = False,
) -> None:
    """Time servers with the 120 made pictures: waits and pictures a second, few and many at once."""
    from desktop.bench.remote import Load, measure, read_counts

    measure(server, model, Load(read_counts(together), pictures, tokens)).tell(out, json)
