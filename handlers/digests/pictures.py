"""Pictures drawn by matplotlib: the load of the coming weeks, and the last twelve weeks of the scoreboard."""

from collections.abc import Sequence
from typing import Any

from babel import Locale

from handlers.slack.pictures import DARK, INK, LIGHT, MIDDLE, RED, drawn, finish_panel, percent, plot_line
from handlers.slack.text import clip
from handlers.slack.web_calls import Picture
from models.base.language import _
from models.base.words import decimal_text, week_text
from models.digests.contents import ResourceLoad
from models.digests.scoreboard import Figures

MOST_PANELS = 6
TALLEST = 1.6


def load_picture(loads: Sequence[ResourceLoad], locale: Locale) -> Picture:
    """The fullest resources, a panel each: committed, held, asked for, against what a week offers."""
    shown = loads[:MOST_PANELS]
    columns = min(3, len(shown))
    rows = -(-len(shown) // columns)

    def draw(figure: Any) -> None:
        panels = figure.subplots(rows, columns, squeeze=False)
        for panel in panels.flat[len(shown) :]:
            panel.set_visible(False)
        for load, panel in zip(shown, panels.flat, strict=False):
            _load_panel(panel, load, locale)
        handles, labels = panels.flat[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="lower center", ncols=4, frameon=False, fontsize=8)

    png = drawn(draw, width=2.7 * columns, height=2.0 * rows + 0.4, bottom=0.4)
    return Picture(png, "load.png", load_alt(shown, locale))


def load_alt(loads: Sequence[ResourceLoad], locale: Locale) -> str:
    """What the picture says, for those who do not see it."""
    sentences = []
    for load in loads[:MOST_PANELS]:
        weeks = ", ".join(f"{week_text(c.load.week, locale)} {percent(c.share)}" for c in load.cells)
        sentences.append(f"{clip(load.resource.name, 40)}: {weeks}")
    return clip(_("Load of the coming weeks, all that is asked for included. ") + ". ".join(sentences), 1900)


def scoreboard_picture(weeks: Sequence[Figures], labels: Sequence[str]) -> Picture:
    """Twelve weeks: how fast the answers were, and beside it how well promises were kept."""

    def draw(figure: Any) -> None:
        speed, guard = figure.subplots(1, 2)
        plot_line(speed, labels, [_hours(w.first_answer.median) for w in weeks], DARK, _("first answer"))
        plot_line(speed, labels, [_hours(w.to_yes.median) for w in weeks], MIDDLE, _("yes"))
        finish_panel(speed, _("Working hours to…"), labels)
        plot_line(guard, labels, [_share(w.kept.count, w.kept.of) for w in weeks], DARK, _("promises kept"))
        plot_line(guard, labels, [_share(w.as_asked.count, w.as_asked.of) for w in weeks], MIDDLE, _("yes as asked"))
        guard.set_ylim(-5, 105)
        finish_panel(guard, _("Percent"), labels)

    png = drawn(draw, width=7.6, height=2.8, bottom=0.05)
    return Picture(png, "scoreboard.png", _scoreboard_alt(weeks, labels))


def _scoreboard_alt(weeks: Sequence[Figures], labels: Sequence[str]) -> str:
    sentences = []
    for label, week in zip(labels, weeks, strict=True):
        answer = _hours(week.first_answer.median)
        kept = week.kept
        if answer is not None or kept.of:
            parts = [_("first answer {answer} h", answer=decimal_text(answer, 1)) if answer is not None else ""]
            parts.append(_("{count} of {of} promises kept", count=kept.count, of=kept.of) if kept.of else "")
            sentences.append(f"{label}: {', '.join(filter(None, parts))}")
    return clip(_("The last twelve weeks. ") + "; ".join(sentences), 1900)


def _load_panel(panel: Any, load: ResourceLoad, locale: Locale) -> None:
    # A week that offers nothing is full as soon as anything is wanted of it.
    offered = [cell.load.offered or max(1, cell.wanted) for cell in load.cells]
    weeks = range(len(load.cells))
    layers = (
        ([c.load.committed for c in load.cells], DARK, _("promised")),
        ([c.load.held for c in load.cells], MIDDLE, _("held")),
        ([c.asked for c in load.cells], LIGHT, _("asked for")),
    )
    below = [0.0] * len(offered)
    for amounts, colour, label in layers:
        heights = [amount / whole for amount, whole in zip(amounts, offered, strict=True)]
        panel.bar(weeks, heights, bottom=below, color=colour, label=label, width=0.8)
        below = [low + height for low, height in zip(below, heights, strict=True)]
    panel.axhline(1, color=RED, linewidth=1.2, label=_("capacity"))
    for week, (cell, height) in enumerate(zip(load.cells, below, strict=True)):
        at = min(height, TALLEST - 0.12)
        colour = RED if cell.is_red else INK
        percent = f"{round(height * 100)}" if cell.load.offered else "–"
        panel.text(week, at + 0.02, percent, ha="center", fontsize=7, color=colour)
    panel.set_ylim(0, TALLEST)
    panel.set_yticks([])
    panel.set_xticks(list(weeks), [week_text(cell.load.week, locale) for cell in load.cells], fontsize=6.5, rotation=30)
    panel.set_title(clip(load.resource.name, 34), fontsize=10, loc="left", color=INK, parse_math=False)
    panel.spines[["top", "right", "left"]].set_visible(False)


def _hours(time: Any) -> float | None:
    return None if time is None else time.total_seconds() / 3600


def _share(count: int, of: int) -> float | None:
    return 100 * count / of if of else None
