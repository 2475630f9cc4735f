"""Figures for people: tables by group that give nobody away, comparison with the town, intervals and weights. Pure: no database."""
