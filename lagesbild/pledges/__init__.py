"""Follow-up of pledges: what was done, and what the indicator showed before and after, never what led to what."""

from __future__ import annotations

from lagesbild.pledges.followup import follow_up
from lagesbild.pledges.result import OUTCOMES, FollowUp, FollowUps

__all__ = ["OUTCOMES", "FollowUp", "FollowUps", "follow_up"]
