"""Pictures drawn by matplotlib: what all of them share."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from models.base.language import _

DARK, MIDDLE, LIGHT, RED, INK, FAINT = "#1f6f54", "#e0a030", "#c9d6d0", "#b3402a", "#22332d", "#8a958f"
DPI = 140
LARGE = 10_000


def plot_line(
    panel: Any, labels: Sequence[str], values: Sequence[float | None], colour: str, label: str, *, width: float = 2
) -> None:
    """A line with its points; what is None is left out."""
    points = [(n, value) for n, value in enumerate(values) if value is not None]
    panel.plot([n for n, _ in points], [v for _, v in points], "o-", color=colour, label=label, lw=width)
    panel.set_xlim(-0.5, len(labels) - 0.5)


def finish_panel(panel: Any, title: str, labels: Sequence[str], *, has_legend: bool = True) -> None:
    """Title, labels and grid."""
    panel.set_title(title, fontsize=10, loc="left", color=INK)
    panel.set_xticks(range(len(labels)), labels, fontsize=7, rotation=30)
    panel.tick_params(axis="y", labelsize=8)
    if max(map(abs, panel.get_ylim())) >= LARGE:
        panel.yaxis.set_major_formatter("{x:,.0f}")
    panel.grid(axis="y", color=FAINT, alpha=0.25)
    panel.spines[["top", "right"]].set_visible(False)
    if has_legend:
        panel.legend(fontsize=8, frameon=False)


def drawn(draw: Callable[[Any], None], *, width: float, height: float, bottom: float) -> bytes:
    """A figure as PNG."""
    # Imported when a picture is wanted: it takes a second, and most commands draw none. Without pyplot, which keeps
    # figures for a whole process and is not for threads.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    below = bottom / height
    figure = Figure(figsize=(width, height), dpi=DPI, layout=ConstrainedLayoutEngine(rect=(0, below, 1, 1 - below)))
    FigureCanvasAgg(figure)
    draw(figure)
    into = BytesIO()
    figure.savefig(into, format="png", metadata={"Software": None})
    return into.getvalue()


def percent(share: float) -> str:
    """A share in percent."""
    return _("no capacity") if share == float("inf") else f"{round(share * 100)} %"
