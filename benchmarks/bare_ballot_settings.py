"""Settings of the stand of `benchmarks.ballots`: the portal as in production, with the bare post beside it."""

from pruszcz_portal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare_ballot"
