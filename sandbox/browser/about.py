"""Where things are in the house, for whoever drives it by program."""

from sandbox import control
from sandbox.site import Site


def where_things_are(site: Site) -> str:
    """One line for each door."""
    lines = [
        "A small Slack of our own.",
        f"The page  {site.url}/",
        f"Web API   {site.url}/api/<method>",
        f"Clock     {site.url}/clock",
        f"Control   {site.url}/control/<verb>   {site.url}/control/people/<who>/<act>",
        f"Verbs     {', '.join(control.VERBS)}",
        f"Acts      {', '.join(control.ACTS)}",
    ]
    return "\n".join(lines) + "\n"
