"""HTTP only: what anybody sees, what installers do, open data, the captive page."""
