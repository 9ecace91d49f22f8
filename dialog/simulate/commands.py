"""`dialog simulate`: invented respondents against the running applications."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

if TYPE_CHECKING:
    from dialog.core.questionnaire import Questionnaire


@click.command()
@click.option("--round", "round_id", type=click.UUID, help="An open round; else one is made.")
@click.option(
    "--people",
    type=click.IntRange(1, 200_000),
    default=600,
    show_default=True,
    help="Size of the invented region that is imported when no round is named.",
)
@click.option(
    "--responses",
    type=click.IntRange(0, 200_000),
    default=400,
    show_default=True,
    help="How many of the invited answer.",
)
@click.option(
    "--concurrency",
    type=click.IntRange(1, 256),
    default=8,
    show_default=True,
    help="How many answer at the same time.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="The same seed, the same answers."
)
@click.option(
    "--over",
    "seconds",
    type=click.FloatRange(0, 86_400),
    default=0.0,
    help="Spread the arrivals over so many seconds.",
)
@click.option(
    "--questionnaire",
    "form",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A questionnaire in Dialog's JSON; else the built-in Samtalsklimat.",
)
@click.option(
    "--truth",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Write who gave which answer to this CSV file, with a mark planted in each text.",
)
@click.option(
    "--access",
    type=click.Choice(("invited", "codes", "link")),
    default="invited",
    show_default=True,
    help="How people come in when no round is named: a link of their own, a printed code, or one"
    " open link for all.",
)
@click.option(
    "--trustees",
    "number_of_trustees",
    type=click.IntRange(0, 3),
    default=0,
    help="So many invented trustees (2 or 3) hold keys of the round, and open with --close.",
)
@click.option(
    "--close", is_flag=True, help="Close the round afterwards and wait until it is opened."
)
def simulate(  # noqa: PLR0917 - one parameter for each option
    round_id: UUID | None,
    people: int,
    responses: int,
    concurrency: int,
    seed: int,
    seconds: float,
    form: Path | None,
    truth: Path | None,
    access: str,
    number_of_trustees: int,
    close: bool,  # noqa: FBT001 - a flag of the command line
) -> None:
    """Let invented people answer a round, over real HTTP and with real cryptography.

    Needs running applications (`dialog run`) and, for the links, the staff side's settings and
    keys. Without --round, an invented region is imported and a round is planned, approved and
    opened. Never use it on a real round: it votes.
    """
    from dialog.settings import from_environment  # noqa: PLC0415 - slow to load, for one command
    from dialog.simulate import driving, rounds  # noqa: PLC0415 - the same
    from dialog.surveys.models import Access  # noqa: PLC0415 - the same

    stage = rounds.stage(from_environment())
    if round_id is None:
        rounds.populate(stage, people=people, seed=seed)
    who = rounds.cast(stage)
    if round_id is None:
        round_id = rounds.open_round(
            stage,
            who=who,
            form=_form(form),
            title="Simulerad omgång",
            sender="Simuleringen",
            access=Access(access),
            number_of_trustees=number_of_trustees,
        )
        click.echo(f"Round {round_id} is open.")
    planned = rounds.visitors(
        stage, round_id=round_id, responses=responses, seed=seed, planted=truth is not None
    )
    with click.progressbar(length=len(planned), label="Answering") as bar:
        outcomes = driving.drive(
            planned,
            base_url=stage.settings.base_url,
            round_id=str(round_id),
            concurrency=concurrency,
            over_seconds=seconds,
            seed=seed,
            tell=lambda _done: bar.update(1),
        )
    if truth is not None:
        driving.write_truth(truth, outcomes)
    refused = [outcome.problem for outcome in outcomes if outcome.problem]
    click.echo(f"{len(outcomes) - len(refused)} answered, {len(refused)} were refused.")
    for sentence in sorted(set(refused))[:5]:
        click.echo(f"  {sentence}")
    if close:
        rounds.close(stage, round_id=round_id, by=who.analyst)
        for record in rounds.open_layers(stage, round_id=round_id):
            click.echo(f"Trustee {record.layer} opened: {record.ballots_in} in and out.")
        state = rounds.wait_for(stage, round_id=round_id, states=rounds.ENDED)
        click.echo(f"The round is {state}.")


def _form(path: Path | None) -> "Questionnaire":
    from dialog.core.questionnaire import load  # noqa: PLC0415 - slow to load, for one command
    from dialog.surveys.building.instruments import all_instruments  # noqa: PLC0415 - the same

    if path is None:
        return all_instruments()["samtalsklimat"]
    try:
        return load(path.read_bytes())
    except ValueError as wrong:
        raise click.ClickException(f"{path} is not a questionnaire: {wrong}") from None
